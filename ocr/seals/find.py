"""All seals of a page: the network points, a ring or frame is fitted there, gate and reading confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from domain.kinds import SealShape
from domain.reading import Seal
from ocr.marks.phrases import find_phrase
from ocr.seals.coloured import coloured_pieces
from ocr.seals.finder import LONG_SIDE, Kind, Pointed, Pointer, seal_finder
from ocr.seals.gatekeeper import Gate, TextFinder, gate
from ocr.seals.grey import grey_pieces
from ocr.seals.judging import (
    LEAST_CONFIDENCE,
    SURE,
    colour_of,
    seal_confidence,
    worth_a_gate,
    worth_asking,
    worth_reading,
)
from ocr.seals.patches import Patch, patch_about
from ocr.seals.preparation import prepared
from ocr.seals.reading import SealText, read_ring
from ocr.seals.recogniser import Recogniser, StripReader
from ocr.seals.ring_judge import Judge, ring_judge
from ocr.seals.rings import ring_at
from ocr.seals.shapes import Ellipse, Pixels, RingCandidate, shrunk
from ocr.seals.slices import slice_seal
from ocr.seals.stamps import read_stamp
from ocr.seals.strip_reader import strip_reader

_OVAL = 0.88
_ABOUT_THERE = 0.5
"""Overlap that a fitted ring must have with the box pointed at: else it is another thing's curve."""
_WITHIN = 0.6
_WHOLE = 0.9
"""Share of a ring that lies on the page where it is not cut by the page's edge."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """``ring`` in pixels of the patch, ``ellipse`` in pixels of the page. ``gate`` None: not worth asking."""

    patch: Patch
    ring: RingCandidate
    ellipse: Ellipse
    looks: float
    gate: Gate | None


@dataclass(frozen=True, slots=True)
class _Networks:
    """What reads plain lines and the strip along a ring, marks writing, and tells a seal by its looks.

    None: the one that comes with the program.
    """

    lines: Recogniser
    strips: StripReader | None
    text: TextFinder
    judge: Judge | None


def find_seals(
    picture: Pixels,
    recognise: Recogniser,
    seal_text_detector: TextFinder,
    strips: StripReader | None = None,
    point: Pointer | None = None,
    judge: Judge | None = None,
) -> tuple[Seal, ...]:
    """Seals of an upright page, surest first. ``picture``: H×W×3 RGB; boxes are fractions of it.

    ``recognise`` reads the stamps' plain lines, ``strips`` (the taught reader) what stands along a ring.

    A seal below ``judging.SURE`` is only perhaps one. ``point``, ``judge``: stand in for the networks that
    point and that judge rings.
    """
    networks = _Networks(recognise, strips, seal_text_detector, judge)
    small, scale = shrunk(picture, LONG_SIDE)
    seen = (point or seal_finder())(small)
    cut = grey_pieces(small, seen)
    pointed = [one.scaled(1 / scale) for one in (*seen, *coloured_pieces(small, seen), *cut)]
    found: list[Seal] = []
    rings: list[Ellipse] = []
    for one in pointed:
        for seal, ellipse in _seals_at(picture, one, networks, rings):
            same = [other for other in found if _twice(seal, other)]
            if any(other.confidence >= min(seal.confidence, SURE) for other in same):
                continue
            # What was only perhaps a seal gives way to what is likelier one at its place.
            found = [other for other in found if other not in same]
            found.append(seal)
            if ellipse is not None:
                rings.append(ellipse)
    found = [seal for seal in found if not any(_within_slice(seal, other) for other in found)]
    # A framed statement that a copy is true is a mark, not a seal.
    kept = (seal for seal in found if _round(seal) or find_phrase(seal.text) is None)
    return tuple(sorted(kept, key=lambda seal: -seal.confidence))


def _twice(seal: Seal, other: Seal) -> bool:
    """The same seal again, or a piece of one that was found whole."""
    piece = seal.partial and not seal.text
    within = seal.box.intersection(other.box) > _WITHIN * seal.box.area
    return seal.box.overlap(other.box) > _WITHIN or (piece and within)


def _within_slice(seal: Seal, other: Seal) -> bool:
    """A piece of a name that was taken for a stamp of its own, in the slice that it is a part of."""
    if other.box.area <= seal.box.area or not other.partial or _round(seal):
        return False
    return other.confidence >= SURE and seal.box.intersection(other.box) > _WITHIN * seal.box.area


def _seals_at(
    picture: Pixels, one: Pointed, networks: _Networks, rings: Sequence[Ellipse]
) -> Iterator[tuple[Seal, Ellipse | None]]:
    """The seal at one place, if it is one that is not among ``rings``, and the ellipse that was fitted."""
    patch = patch_about(picture, one)
    if one.kind is Kind.FRAME:
        stamp = read_stamp(picture, patch, networks.lines)
        if stamp is not None:
            yield stamp, None
            return
    asked = _asked(picture, patch, networks, rings)
    if asked is not None and asked.gate and worth_reading(one, asked.ring, asked.looks, asked.gate):
        seal = _seal(picture, asked, asked.gate, networks.strips or strip_reader())
        if seal.confidence >= LEAST_CONFIDENCE:
            yield seal, asked.ellipse
            return
    height, width = picture.shape[:2]
    if one.kind is Kind.CUT or (one.kind is Kind.RING and any(one.edges(width, height))):
        piece = slice_seal(picture, patch, asked.ring if asked is not None else None)
        if piece is not None:
            yield piece, None


def _asked(picture: Pixels, patch: Patch, networks: _Networks, rings: Sequence[Ellipse]) -> _Asked | None:
    height, width = picture.shape[:2]
    ring = ring_at(patch, width, height)
    if ring is None or not worth_asking(patch.pointed, ring):
        return None
    ellipse = patch.to_page(ring.ellipse)
    if any(_same(ellipse, other) for other in rings):
        return None
    if ellipse.box(width, height).overlap(patch.pointed.box(width, height)) < _ABOUT_THERE:
        return None
    looks = (networks.judge or ring_judge())(patch.maps.flat, ring.ellipse)
    worth = worth_a_gate(patch.pointed, ring, looks)
    told = gate(patch.maps.flat, ring.ellipse, networks.text) if worth else None
    return _Asked(patch, ring, ellipse, looks, told)


def _round(seal: Seal) -> bool:
    return seal.shape in (SealShape.ROUND, SealShape.OVAL)


def _same(one: Ellipse, other: Ellipse) -> bool:
    """Nearly the same place, or one within the other: the inner line of a double ring is no second seal."""
    apart = float(np.hypot(one.x - other.x, one.y - other.y))
    smaller, larger = sorted((one.radius, other.radius))
    return apart < 0.4 * smaller or apart + smaller < 1.05 * larger


def _seal(picture: Pixels, asked: _Asked, told: Gate, strips: StripReader) -> Seal:
    ring, ellipse = asked.ring, asked.ellipse
    text: SealText = read_ring(prepared(picture, ellipse, ring.family), told, strips)
    height, width = picture.shape[:2]
    return Seal(
        box=ellipse.box(width, height),
        shape=SealShape.OVAL if ring.ellipse.aspect < _OVAL else SealShape.ROUND,
        colour=colour_of(asked.patch.maps, ring),
        text=text.text,
        bottom_text=text.bottom_text,
        code=text.code,
        confidence=seal_confidence(asked.patch.pointed, ring, asked.looks, told, text),
        text_confidence=text.confidence,
        alternatives=text.alternatives,
        strips=text.strips,
        partial=ring.visible < _WHOLE,
    )
