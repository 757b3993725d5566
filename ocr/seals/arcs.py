"""Which stretch of the circle holds the unit's name, judged by the text detector's profile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ocr.seals.shapes import Plane

_TEXT = 0.3
_DOWN = np.pi / 2
_UPSIDE_DOWN = 0.2


@dataclass(frozen=True, slots=True)
class Arc:
    """Radians, clockwise from east on the page."""

    start: float
    span: float

    @property
    def middle(self) -> float:
        return self.start + self.span / 2


def written_arcs(along: Plane, bridge: float = 0.30) -> list[Arc]:
    """Runs of writing around the circle, longest first; gaps up to ``bridge`` radians are closed."""
    steps = len(along)
    step = 2 * np.pi / steps
    marked = along > _TEXT
    if not marked.any():
        return []
    if marked.all():
        return [Arc(_DOWN, 2 * np.pi)]
    # Start counting just after a gap, so that no run is cut by the seam.
    edges = np.flatnonzero(marked & ~np.roll(marked, 1))
    runs: list[list[int]] = []
    for first in edges:
        length = int(np.argmin(np.append(np.roll(marked, -first), False)))
        runs.append([int(first), length])
    merged = [runs[0]]
    for first, length in runs[1:]:
        last = merged[-1]
        if (first - last[0] - last[1]) * step <= bridge:
            last[1] = first + length - last[0]
        else:
            merged.append([first, length])
    if len(merged) > 1 and (merged[0][0] + steps - merged[-1][0] - merged[-1][1]) * step <= bridge:
        tail = merged.pop()
        head = merged[0]
        merged[0] = [tail[0], head[0] + steps + head[1] - tail[0]]
    arcs = [Arc(first * step, min(length * step, 2 * np.pi)) for first, length in merged]
    return sorted(arcs, key=lambda arc: -arc.span)


def widest_gap(along: Plane) -> float:
    """The middle of the longest empty stretch, in radians: a good place to start reading.

    Names stand around the top, so a gap further down is the likelier start; one higher up may be a
    character that print hides.
    """
    arcs = written_arcs(along, bridge=0.0)
    if not arcs or arcs[0].span >= 2 * np.pi - 1e-6:
        return float(_DOWN)
    ordered = sorted(arcs, key=lambda arc: arc.start)
    best, place = -1.0, float(_DOWN)
    for index, arc in enumerate(ordered):
        following = ordered[(index + 1) % len(ordered)]
        gap = (following.start - arc.start - arc.span) % (2 * np.pi)
        if len(ordered) == 1:
            gap = 2 * np.pi - arc.span
        middle = arc.start + arc.span + gap / 2
        worth = gap * max((1 + np.cos(middle - _DOWN)) / 2, _UPSIDE_DOWN)
        if worth > best:
            best, place = worth, middle
    return float(place)
