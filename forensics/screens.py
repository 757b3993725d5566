"""Whether a picture was taken off a screen, by its shape and bars, and whether its paper is pure white."""

from __future__ import annotations

import cv2
import numpy as np

from forensics.sight import Plane, Sight

_WHITE = np.array((255, 255, 255), np.uint8)
_SHEETS = (2**0.5, 1.294, 1.5, 4 / 3)
"""Long side over short side of A4, letter, and what cameras give."""
_LIKE_A_SHEET = 0.06
_SCREENS = (1.55, 2.4)
_EVEN = 1.0
_BAR = 0.015
"""Share of a side that a bar takes at least."""


def pure_white(sight: Sight) -> float:
    """Share of the pixels that are as white as can be."""
    white = cv2.inRange(sight.picture, _WHITE, _WHITE)
    return round(int(cv2.countNonZero(white)) / white.size, 3)


def screen_bars(sight: Sight) -> bool:
    """Bars of one colour along two sides of a picture that has the shape of a screen and of no sheet."""
    height, width = sight.grey.shape
    shape = max(height, width) / min(height, width)
    if not _SCREENS[0] < shape < _SCREENS[1] or any(abs(shape - one) < _LIKE_A_SHEET for one in _SHEETS):
        return False
    rows, columns = sight.grey, np.ascontiguousarray(sight.grey.T)
    bars = [_bar(side) for side in (rows, rows[::-1], columns, columns[::-1])]
    return sum(bars) >= 2


def _bar(side: Plane) -> bool:
    """Whether the first rows of ``side`` are even, each for itself: a clock or a title may stand in some."""
    depth = max(round(side.shape[0] * _BAR), 4)
    spread = np.abs(side[:depth] - np.median(side[:depth], axis=1, keepdims=True)).mean(axis=1)
    return bool(np.median(spread) < _EVEN)
