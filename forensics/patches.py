"""Pieces of text that differ from the page round them: sharper or softer print, paper of another colour.

All print of a page passed the same lens, and paper changes its colour slowly. Windows of a few characters go
along every line; of neighbouring windows that differ, the one that differs most is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

import numpy as np

from domain.traces import Patch, PatchSign
from forensics.compression import compression_patches
from forensics.sight import Colour, Rectangle, Sight, steepness
from forensics.windows import Window

_LEAST_CONTRAST = 60.0
_FEWEST_EDGES, _MANY_EDGES = 20, 60
"""Pixels of clear edge without which nothing is said, and with which what is said is trusted in full."""
_FEWEST_LINES = 12
"""Windows without which a page has no usual sharpness."""
_FEWEST_PAPER = 20
_WIDEST = 8
"""Of what is pasted, in heights of the line."""
_WORTH_KEEPING = {PatchSign.SHARPNESS: 0.2, PatchSign.PAPER: 3.0}
_MOST = 8
"""Patches kept of a page and sign, strongest first."""


def text_patches(sight: Sight, every: Sequence[Window]) -> tuple[Patch, ...]:
    looks = (_of_other_sharpness, _of_other_paper, compression_patches)
    return tuple(patch for look in looks for patch in strongest(look(sight, every)))


def strongest(patches: Iterable[Patch]) -> tuple[Patch, ...]:
    """Of patches that overlap the strongest, and no more than a few of a page."""
    kept: list[Patch] = []
    for patch in sorted(patches, key=lambda one: -abs(one.strength)):
        if len(kept) == _MOST:
            break
        if all(patch.box.intersection(other.box) == 0 for other in kept):
            kept.append(patch)
    return tuple(kept)


def _of_other_sharpness(sight: Sight, every: Sequence[Window]) -> list[Patch]:
    """``strength``: natural logarithm of the steepness of its edges over what is usual on the page."""
    contrast, share = sight.edges
    found: list[tuple[Window, float, float]] = []
    for window in every:
        left, top, right, bottom = window.place
        part = (slice(top, bottom), slice(left, right))
        told = steepness(contrast[part].ravel(), share[part].ravel(), _LEAST_CONTRAST, _FEWEST_EDGES)
        if told is not None:
            found.append((window, told[0], min(told[1] / _MANY_EDGES, 1) ** 0.25))
    if len(found) < _FEWEST_LINES:
        return []
    usual = float(np.median([steep for _, steep, _ in found]))
    differ = [(window, log(steep / usual) * trust) for window, steep, trust in found]
    return [
        Patch(box=sight.box(window.place), sign=PatchSign.SHARPNESS, strength=round(strength, 3))
        for window, strength in differ
        if abs(strength) > _WORTH_KEEPING[PatchSign.SHARPNESS]
    ]


def _of_other_paper(sight: Sight, every: Sequence[Window]) -> list[Patch]:
    """``strength``: levels (0-255) by which its paper differs from that on every side of it, signed."""
    found = []
    for window in every:
        inner = sight.paper_colour(window.place, _FEWEST_PAPER)
        place = _extent(sight, window, inner) if inner is not None else None
        if inner is None or place is None:
            continue
        step = _step(sight, place, inner, window.height)
        if step is not None and abs(step) > _WORTH_KEEPING[PatchSign.PAPER]:
            found.append(Patch(box=sight.box(place), sign=PatchSign.PAPER, strength=round(step, 1)))
    return found


def _extent(sight: Sight, window: Window, inner: Colour) -> Rectangle | None:
    """The window, widened as far as the paper keeps its colour; ``None`` where that is farther than a word.

    A shaded row of a table is even from side to side; what is pasted ends within the line.
    """
    left, top, right, bottom = window.place
    step = max(window.height // 3, 3)
    while right - left <= _WIDEST * window.height:
        beyond = (
            sight.paper_colour((left - 2 * step, top, left - step, bottom), _FEWEST_PAPER),
            sight.paper_colour((right + step, top, right + 2 * step, bottom), _FEWEST_PAPER),
        )
        if any(side is None for side in beyond):
            return None
        same = [
            side is not None and float(np.abs(side - inner).max()) < _WORTH_KEEPING[PatchSign.PAPER]
            for side in beyond
        ]
        if not any(same):
            return left, top, right, bottom
        left, right = left - step * same[0], right + step * same[1]
    return None


def _step(sight: Sight, place: Rectangle, inner: Colour, height: int) -> float | None:
    """The smallest step to any side, in the channel that steps most; ``None`` where sides disagree."""
    left, top, right, bottom = place
    near, far = max(height // 3, 3), max(2 * height // 3, 6)
    sides = (
        (left - far, top, left - near, bottom),
        (right + near, top, right + far, bottom),
        (left, top - far, right, top - 2),
        (left, bottom + 2, right, bottom + far),
    )
    colours = [colour for side in sides if (colour := sight.paper_colour(side, _FEWEST_PAPER)) is not None]
    if len(colours) < 3:
        return None
    steps = inner - np.array(colours)
    agree = (np.sign(steps) == np.sign(steps[:1])).all(axis=0)
    smallest = np.where(agree, np.abs(steps).min(axis=0) * np.sign(steps[0]), 0)
    return float(smallest[int(np.abs(smallest).argmax())])
