"""Whose seal: same, cannot tell or different, for the true name, near rivals and random rivals.

    python -m bench.whose_seal record --set report --into DIR [--share 0.1]
    python -m bench.whose_seal judge DIR [--verbose] [--floors bench/baselines/whose_seal.toml]

``record`` draws seals and keeps their readings, which takes most of the time; ``judge`` replays the rule on them in
seconds. ``choose`` and ``report`` share no word, face or seed: the rule was chosen on the one and is reported on the
other. The ring is fitted from a guess a tenth of its radius off, so that it is reading that is measured, not finding.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import models
from fixtures.sealed_crops import STOCKS, Drawn, one_drawn, unit_names
from domain.kinds import SealColour, SealShape
from domain.reading import Seal
from ocr.recognition import LineRecogniser
from ocr.seals import SealTextDetector
from ocr.seals.gatekeeper import gate
from ocr.seals.ink import ink_maps
from ocr.seals.preparation import prepared
from ocr.seals.reading import read_ring
from ocr.seals.ring import fit_ring
from ocr.seals.shapes import Ellipse, Family

COUNTS = {"red": 1100, "blue": 150, "grey": 250}
NAMES = 250
_FAMILIES: dict[str, Family] = {"red": "red", "blue": "other", "grey": "dark"}
_COLOURS = {"red": SealColour.RED, "blue": SealColour.BLUE, "grey": SealColour.BLACK}


class SealReader:
    """The reader of seals as the page reader uses it, given where the ring about is."""

    def __init__(self) -> None:
        self.recogniser = LineRecogniser()
        self.find_text = SealTextDetector(models.session("seal_text_detection"))

    def read(self, drawn: Drawn, rng: random.Random) -> Seal | None:
        """The seal as a page reading keeps it; None where no ring could be fitted."""
        maps = ink_maps(drawn.picture)
        family = _FAMILIES[drawn.colour]
        x, y, a, b = drawn.ring
        off = 0.06 * (a + b) / 2
        guess = Ellipse(x + rng.uniform(-off, off), y + rng.uniform(-off, off), a, b).scaled(maps.scale)
        ring = fit_ring(maps.of(family), guess.grown(rng.uniform(0.95, 1.05)), family)
        if ring is None:
            return None
        looked = gate(maps.flat, ring.ellipse, self.find_text)
        own = ring.ellipse.scaled(1 / maps.scale)
        text = read_ring(prepared(drawn.picture, own, family), looked, self.recogniser)
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


def record(which: str, share: float, into: Path, counts: dict[str, int]) -> None:
    """Draw and read; one JSON line a seal, so that a run can be looked at while it goes on."""
    into.mkdir(parents=True, exist_ok=True)
    stock, reader = STOCKS[which], SealReader()
    units = unit_names(stock, NAMES)
    for colour, count in counts.items():
        with (into / f"{which}-{colour}.jsonl").open("w", encoding="utf-8") as lines:
            for number in range(round(count * share)):
                drawn = one_drawn(stock, units[number % len(units)], colour, number)
                seal = reader.read(drawn, random.Random(number))
                told = {"name": drawn.name, "number": number, "conditions": drawn.conditions}
                told["seal"] = json.loads(seal.model_dump_json()) if seal else None
                lines.write(json.dumps(told, ensure_ascii=False) + "\n")
                lines.flush()
