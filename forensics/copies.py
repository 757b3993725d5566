"""Print that stands on a page twice: a piece of it that was copied and moved.

What is moved is moved by whole pixels. Two prints of one character fall anywhere between the pixels of a
scanner, so that even where they look alike one lies a fraction of a pixel beside the other. A page that was
never on paper repeats itself everywhere, or has paper of one level, and is left alone; so are repetitions
along a line or down a column, which a form prints at equal distances.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from domain.traces import Patch, PatchSign
from forensics.repeats import Repeat, repeats_of
from forensics.sight import Floats, Mask, Rectangle, Sight
from forensics.windows import Windows

_AGREES = 0.985
_EXACT, _EXACT_ALONE, _APART = 0.018, 0.012, 0.12
"""Pixels: shift and standard error together below which there is none; the same where it rests on a single
character; shifts above the third are those of separate prints."""
_FEWEST_APART = 2
"""Repetitions, most of all of them, that show that the page's print falls between its pixels."""
_ONE_LEVEL = 0.95
"""Share of the paper."""
_OFF_GRID, _SLOPE = 0.3, 0.04
"""By what a displacement must leave line and column: share of the side, and the most a page is askew."""
_DIFFERS, _DIFFERS_BY = 10.0, 3.0
"""Levels, and times what is usual between the places, by which columns differ that were not moved."""


def copied_patches(sight: Sight, lines: Sequence[Windows]) -> list[Patch]:
    """``strength``: correlation of the pixels with those at ``source``; what looks put in comes first."""
    repeats = repeats_of(sight, lines)
    exact = [one for one in repeats if _exact(one)]
    apart = [one.shift - 2 * one.error > _APART for one in repeats if not _exact(one)]
    if len(exact) != 1 or sum(apart) < max(_FEWEST_APART, len(apart) / 2):
        return []
    (copy,) = exact
    if copy.correlation < _AGREES or not _off_grid(copy) or _of_one_level(sight):
        return []
    return _told(sight, copy)


def _exact(repeat: Repeat) -> bool:
    return repeat.shift + repeat.error < (_EXACT_ALONE if len(repeat.places) == 1 else _EXACT)


def _off_grid(repeat: Repeat) -> bool:
    across, down = (abs(step) for step in repeat.distance)
    return min(across - _SLOPE * down, down - _SLOPE * across) > _OFF_GRID * 2 * repeat.half


def _of_one_level(sight: Sight) -> bool:
    """Whether the paper is as even as a program draws it, or a scanner's driver that whitens."""
    counts = cv2.calcHist([sight.grey], [0], sight.paper.astype(np.uint8), [256], [0, 256])
    return float(counts.max()) > _ONE_LEVEL * float(counts.sum())


def _told(sight: Sight, repeat: Repeat) -> list[Patch]:
    left, top = (int(value) for value in repeat.places.min(axis=0) - repeat.half)
    right, bottom = (int(value) for value in repeat.places.max(axis=0) + repeat.half)
    across, down = repeat.distance
    here, there = (left, top, right, bottom), (left + across, top + down, right + across, bottom + down)
    if _cut(sight, there, here, repeat.half) > _cut(sight, here, there, repeat.half):
        here, there = there, here
    one, other = sight.box(here), sight.box(there)
    return [
        Patch(box=box, sign=PatchSign.COPY, strength=round(repeat.correlation, 4), source=source)
        for box, source in ((one, other), (other, one))
    ]


def _cut(sight: Sight, place: Rectangle, other: Rectangle, half: int) -> float:
    """How abruptly ``place`` ends, in levels: what is put in cuts through the print that stood there."""
    left, top, right, bottom = place
    away = other[0] - left
    start, stop = max(left - 5 * half, 0, -away), min(right + 5 * half, sight.grey.shape[1] - max(away, 0))
    mine = sight.grey[top:bottom, start:stop].astype(np.float32)
    theirs = sight.grey[other[1] : other[3], start + away : stop + away].astype(np.float32)
    apart = np.sqrt(np.square(mine - theirs).mean(axis=0))
    usual = float(np.median(apart[left - start : right - start]))
    differs = np.asarray(apart > max(_DIFFERS_BY * usual, _DIFFERS), np.bool_)
    middle = (left + right) // 2 - start
    return _jump(mine, differs, range(middle, -1, -1)) + _jump(mine, differs, range(middle, len(differs)))


def _jump(part: Floats, differs: Mask, columns: range) -> float:
    """Step between columns where the agreement ends, above those on both sides of it; 0 at the end."""
    step = columns.step
    end = next((column for column in columns if differs[column]), None)
    if end is None or not 2 <= end < part.shape[1] - 2:
        return 0.0

    def between(column: int) -> float:
        return float(np.abs(part[:, column] - part[:, column - step]).mean())

    return between(end) - (between(end - step) + between(end + step)) / 2
