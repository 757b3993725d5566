"""Pieces of text that differ from the page round them: sharper or softer print, paper of another colour.

All print of a page passed the same lens, and paper changes its colour slowly. Windows of a few characters go
along every line; of neighbouring windows that differ, the one that differs most is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.traces import Patch, PatchSign
from forensics.compression import compression_patches
from forensics.copies import copied_patches
from forensics.sight import Colours, Mask, Plane, Sight, steepness_along
from forensics.windows import Windows, together

_LEAST_CONTRAST = 60.0
_FEWEST_EDGES, _MANY_EDGES = 20, 60
"""Pixels of clear edge without which nothing is said, and with which what is said is trusted in full."""
_FEWEST_LINES = 12
"""Windows without which a page has no usual sharpness."""
_MUCH_BLACKER = 10.0
"""Levels of 255."""
_HEADING = 1.4
"""Higher than this many usual lines."""
_FEWEST_PAPER = 20
_WIDEST = 8
"""Of what is pasted, in heights of the line."""
_WORTH_KEEPING = {PatchSign.SHARPNESS: 0.2, PatchSign.PAPER: 3.0}
_MOST = 8
"""Patches kept of a page and sign, strongest first."""


def text_patches(sight: Sight, lines: Sequence[Windows]) -> tuple[Patch, ...]:
    """``lines``: the windows of each."""
    every = together(lines)
    looks = (
        _of_other_sharpness(sight, lines),
        _of_other_paper(sight, every),
        compression_patches(sight, every),
        copied_patches(sight, lines),
    )
    return tuple(patch for patches in looks for patch in strongest(patches))


def strongest(patches: Iterable[Patch]) -> tuple[Patch, ...]:
    """Of patches that overlap the strongest, and no more than a few of a page."""
    kept: list[Patch] = []
    for patch in sorted(patches, key=lambda one: -abs(one.strength)):
        if len(kept) == _MOST:
            break
        if all(patch.box.intersection(other.box) == 0 for other in kept):
            kept.append(patch)
    return tuple(kept)


def _of_other_sharpness(sight: Sight, lines: Sequence[Windows]) -> list[Patch]:
    """``strength``: natural logarithm of the steepness of its edges over what is usual on the page.

    It counts up to twice where the print is blacker, too, than that of every other line: toner and scanner
    make one black for the whole page, and only a heading, being bolder, comes nearer to it than the rest.
    """
    contrast, share = sight.edges
    found = [
        (window, *told, blacker)
        for windows, gaps in zip(lines, _blacker(sight, lines), strict=True)
        for window, told, blacker in zip(
            windows,
            steepness_along(contrast, share, windows, _LEAST_CONTRAST, _FEWEST_EDGES),
            gaps,
            strict=True,
        )
        if told is not None
    ]
    if len(found) < _FEWEST_LINES:
        return []
    usual = float(np.median([steep for _, steep, _, _ in found]))
    differ = (
        (window, log(steep / usual) * min(count / _MANY_EDGES, 1) ** 0.25, blacker)
        for window, steep, count, blacker in found
    )
    return [
        Patch(box=sight.box(window), sign=PatchSign.SHARPNESS, strength=round(strength * (1 + blacker), 3))
        for window, strength, blacker in differ
        if abs(strength) > _WORTH_KEEPING[PatchSign.SHARPNESS]
    ]


def _blacker(sight: Sight, lines: Sequence[Windows]) -> list[NDArray[np.float64]]:
    """Of every window of every line, by how much it is blacker than all other lines: 0-1, 0 in headings."""
    if len(lines) < 2:
        return [np.zeros(len(windows)) for windows in lines]
    spots = np.asarray(cv2.blur(sight.light, (2, 2)), np.uint8)
    blackest = [np.array([_blackest(spots, window) for window in windows]) for windows in lines]
    of_lines = np.array([blacks.min() for blacks in blackest])
    heights = np.array([windows[0, 3] - windows[0, 1] for windows in lines])
    bold = heights > _HEADING * np.median(heights)
    first, second = np.partition(of_lines, 1)[:2]
    return [
        np.zeros(len(blacks))
        if heading
        else np.clip(((second if own == first else first) - blacks) / _MUCH_BLACKER, 0, 1)
        for blacks, own, heading in zip(blackest, of_lines, bold, strict=True)
    ]


def _blackest(spots: Plane, window: NDArray[np.intp]) -> float:
    left, top, right, bottom = np.maximum(window, 0)
    return float(spots[top:bottom, left:right].min(initial=255))


def _of_other_paper(sight: Sight, windows: Windows) -> list[Patch]:
    """``strength``: levels (0-255) by which its paper differs from that on every side of it, signed."""
    inner = sight.paper_colours(windows, _FEWEST_PAPER)
    seen = ~np.isnan(inner[:, 0])
    windows, inner = windows[seen], inner[seen]
    heights = windows[:, 3] - windows[:, 1]
    places, ends = _extents(sight, windows, inner)
    steps = _steps(sight, places[ends], inner[ends], heights[ends])
    return [
        Patch(box=sight.box(place), sign=PatchSign.PAPER, strength=round(float(step), 1))
        for place, step in zip(places[ends], steps, strict=True)
        if abs(step) > _WORTH_KEEPING[PatchSign.PAPER]
    ]


def _extents(sight: Sight, windows: Windows, inner: Colours) -> tuple[Windows, Mask]:
    """The windows, widened as far as the paper keeps its colour, and which of them end within a word.

    A shaded row of a table is even from side to side; what is pasted ends within the line.
    """
    places = windows.copy()
    heights = places[:, 3] - places[:, 1]
    ends = np.zeros(len(places), bool)
    left = np.arange(len(places))
    while len(left := left[places[left, 2] - places[left, 0] <= _WIDEST * heights[left]]):
        steps = np.maximum(heights[left] // 3, 3)
        same = np.zeros((2, len(left)), bool)
        unseen = np.zeros(len(left), bool)
        for side, (near, far) in enumerate(((-1, -2), (1, 2))):
            beside = places[left]
            edge = beside[:, 2 * side].copy()
            beside[:, 0] = edge + steps * min(near, far)
            beside[:, 2] = edge + steps * max(near, far)
            colours = sight.paper_colours(beside, _FEWEST_PAPER)
            unseen |= np.isnan(colours[:, 0])
            same[side] = np.abs(colours - inner[left]).max(axis=1) < _WORTH_KEEPING[PatchSign.PAPER]
        ends[left] = ~unseen & ~same.any(axis=0)
        places[left, 0] -= steps * same[0]
        places[left, 2] += steps * same[1]
        left = left[~unseen & same.any(axis=0)]
    return places, ends


def _steps(sight: Sight, places: Windows, inner: Colours, heights: NDArray[np.intp]) -> NDArray[np.float64]:
    """The smallest step to any side, in the channel that steps most; 0 where sides disagree, or are few."""
    left, top, right, bottom = places.T
    near, far = np.maximum(heights // 3, 3), np.maximum(2 * heights // 3, 6)
    sides = (
        (left - far, top, left - near, bottom),
        (right + near, top, right + far, bottom),
        (left, top - far, right, top - 2),
        (left, bottom + 2, right, bottom + far),
    )
    colours = np.array([sight.paper_colours(np.stack(side, axis=1), _FEWEST_PAPER) for side in sides])
    steps = inner - colours
    found = np.zeros(len(places))
    told = (~np.isnan(steps[..., 0])).sum(axis=0) >= 3
    steps = steps[:, told]
    lowest, highest = np.nanmin(steps, axis=0), np.nanmax(steps, axis=0)
    # Below zero on every side the smallest step is the highest, above zero the lowest.
    smallest = np.where(lowest > 0, lowest, np.where(highest < 0, highest, 0))
    most = np.abs(smallest).argmax(axis=1)
    found[told] = np.take_along_axis(smallest, most[:, None], axis=1)[:, 0]
    return found
