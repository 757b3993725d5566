"""Lines found without the ink and lines read with it, brought together: none twice, none lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocr.detection import Corners
from ocr.under_ink.places import line_height, line_length, reach_beyond, share_inside, stretched

_MUCH_TALLER = 1.6
"""A box so much taller than the lines that show without the ink swallowed several, with the ring between."""
_ALIKE = 1.4
_TOUCHED_COVERED = 0.3
_UNTOUCHED_COVERED = 0.7
_TWICE = 0.5


@dataclass(frozen=True, slots=True)
class Joined:
    """``quads``: lines to be read anew. ``replaced``: indices of known lines that they stand for."""

    quads: tuple[Corners, ...]
    replaced: frozenset[int]


def joined(found: Sequence[Corners], known: Sequence[Corners], touched: frozenset[int]) -> Joined:
    """``found``: lines that seals touch, seen without the ink. ``touched``: which known ones seals touch."""
    quads: list[Corners] = []
    replaced: set[int] = set()
    for quad in found:
        whole = quad
        for index, line in enumerate(known):
            if index in touched:
                covered = max(share_inside(line, quad), share_inside(quad, line)) > _TOUCHED_COVERED
            else:
                covered = share_inside(line, quad) > _UNTOUCHED_COVERED
            if not covered:
                continue
            replaced.add(index)
            if index in touched and line_height(line) < _MUCH_TALLER * line_height(quad):
                whole = stretched(whole, *reach_beyond(whole, line)) if _alike(line, quad) else whole
        quads.append(whole)
    return Joined(tuple(without_twins(quads)), frozenset(replaced))


def without_twins(quads: Sequence[Corners]) -> list[Corners]:
    """Of lines that lie on one another the longest."""
    kept: list[Corners] = []
    for quad in sorted(quads, key=line_length, reverse=True):
        if not any(share_inside(quad, other) > _TWICE for other in kept):
            kept.append(quad)
    return kept


def _alike(line: Corners, quad: Corners) -> bool:
    taller = max(line_height(line), line_height(quad))
    return taller < _ALIKE * min(line_height(line), line_height(quad))
