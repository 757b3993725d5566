"""Reading one drawn seal as the page reader does, given about where its ring is.

The ring is fitted from a guess that is off, so that it is reading that is measured, not finding.
"""

from __future__ import annotations

import random

import models
from domain.kinds import SealColour, SealShape
from domain.reading import Seal
from fixtures.sealed_crops import Drawn
from ocr.seals import SealTextDetector
from ocr.seals.gatekeeper import gate
from ocr.seals.ink import ink_maps
from ocr.seals.preparation import prepared
from ocr.seals.reading import read_ring
from ocr.seals.ring import fit_ring
from ocr.seals.shapes import Ellipse, Family
from ocr.seals.strip_reader import strip_reader

_FAMILIES: dict[str, Family] = {"red": "red", "blue": "other", "grey": "dark"}
_COLOURS = {"red": SealColour.RED, "blue": SealColour.BLUE, "grey": SealColour.BLACK}
_OFF = 0.06
"""How far off the guess is, in radii."""


class SealReader:
    """Networks loaded once, one seal after the other."""

    def __init__(self) -> None:
        self._recogniser = strip_reader()
        self._find_text = SealTextDetector(models.session("seal_text_detection"))

    def read(self, drawn: Drawn, seed: int) -> Seal | None:
        """The seal as a page's reading keeps it; None where no ring could be fitted."""
        rng = random.Random(seed)  # noqa: S311
        maps, family = ink_maps(drawn.picture), _FAMILIES[drawn.colour]
        x, y, a, b = drawn.ring
        off = _OFF * (a + b) / 2
        guess = Ellipse(x + rng.uniform(-off, off), y + rng.uniform(-off, off), a, b).scaled(maps.scale)
        ring = fit_ring(maps.of(family), guess.grown(rng.uniform(1 - _OFF, 1 + _OFF)), family)
        if ring is None:
            return None
        looked = gate(maps.flat, ring.ellipse, self._find_text)
        own = ring.ellipse.scaled(1 / maps.scale)
        text = read_ring(prepared(drawn.picture, own, family), looked, self._recogniser)
        height, width = drawn.picture.shape[:2]
        return Seal(
            box=own.box(width, height),
            shape=SealShape.ROUND,
            colour=_COLOURS[drawn.colour],
            text=text.text,
            confidence=1.0,
            text_confidence=text.confidence,
            alternatives=text.alternatives,
            strips=text.strips,
        )
