"""All seals of a page: candidates, gatekeeper, reading, judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.kinds import SealShape
from domain.reading import Line, Seal
from ocr.marks.phrases import find_phrase
from ocr.seals.candidates import ring_candidates
from ocr.seals.gatekeeper import Gate, TextFinder, gate
from ocr.seals.ink import InkMaps, ink_maps
from ocr.seals.judging import LEAST_CONFIDENCE, colour_of, logit, seal_confidence, worth_reading
from ocr.seals.preparation import prepared
from ocr.seals.reading import read_ring
from ocr.seals.recogniser import Recogniser
from ocr.seals.shapes import Ellipse, Pixels, RingCandidate
from ocr.seals.stamps import find_stamps

_MOST_READ = 24
_OVAL = 0.88


@dataclass(frozen=True, slots=True)
class _Asked:
    ring: RingCandidate
    gate: Gate


def find_seals(
    picture: Pixels, lines: Sequence[Line], recognise: Recogniser, seal_text_detector: TextFinder
) -> tuple[Seal, ...]:
    """Seals of an upright page, surest first. ``picture``: H×W×3 RGB; boxes are fractions of it.

    ``lines``: the page's lines of text as read (used to tell print inside frames from stamps).
    """
    maps = ink_maps(picture)
    stamps = find_stamps(picture, maps, recognise)
    rings = _rings(picture, maps, stamps, recognise, seal_text_detector)
    # A framed statement that a copy is true is a mark, not a seal.
    seals = [*rings, *(stamp for stamp in stamps if find_phrase(stamp.text) is None)]
    return tuple(sorted(seals, key=lambda seal: -seal.confidence))


def _rings(
    picture: Pixels,
    maps: InkMaps,
    stamps: Sequence[Seal],
    recognise: Recogniser,
    find_text: TextFinder,
) -> list[Seal]:
    candidates = [ring for ring in ring_candidates(maps) if not _in_frame(ring.ellipse, stamps, maps)]
    asked = [_Asked(ring, gate(maps.flat, ring.ellipse, find_text)) for ring in candidates]
    asked = [one for one in asked if worth_reading(one.ring, one.gate)]
    asked.sort(key=lambda one: -logit(one.ring, one.gate))
    kept: list[_Asked] = []
    for one in asked:
        if not any(_swallowed(one.ring.ellipse, other.ring.ellipse) for other in kept):
            kept.append(one)
    seals = (_seal(picture, maps, one, recognise) for one in kept[:_MOST_READ])
    return [seal for seal in seals if seal.confidence >= LEAST_CONFIDENCE]


def _in_frame(ellipse: Ellipse, stamps: Sequence[Seal], maps: InkMaps) -> bool:
    """Curves that are characters of a stamp already read."""
    height, width = maps.red.shape
    box = ellipse.box(width, height)
    return any(
        stamp.box.contains(box.centre) and box.intersection(stamp.box) > 0.5 * min(box.area, stamp.box.area)
        for stamp in stamps
    )


def _swallowed(weaker: Ellipse, stronger: Ellipse) -> bool:
    """Curves inside or across a seal that was found already. Two real seals keep their middles apart."""
    apart = float(np.hypot(weaker.x - stronger.x, weaker.y - stronger.y))
    return apart < 0.8 * max(stronger.radius, weaker.radius)


def _seal(picture: Pixels, maps: InkMaps, asked: _Asked, recognise: Recogniser) -> Seal:
    ring = asked.ring
    ellipse = ring.ellipse.scaled(1 / maps.scale)
    text = read_ring(prepared(picture, ellipse, ring.family), asked.gate, recognise)
    height, width = picture.shape[:2]
    return Seal(
        box=ellipse.box(width, height),
        shape=SealShape.OVAL if ring.ellipse.aspect < _OVAL else SealShape.ROUND,
        colour=colour_of(maps, ring),
        text=text.text,
        bottom_text=text.bottom_text,
        code=text.code,
        confidence=seal_confidence(ring, asked.gate, text),
        text_confidence=text.confidence,
        alternatives=text.alternatives,
        strips=text.strips,
        partial=ring.visible < 0.9,
    )
