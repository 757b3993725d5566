"""A frame by its four straight sides: found where print touches it and where worn ink leaves it in pieces.

The patch is turned by every likely tilt; a side is then a row or a column inked from corner to corner.
A table's rules run on beyond the corners of its cells, a stamp's sides end there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ocr.seals.patches import Patch
from ocr.seals.rectangles import INKED, REACH, RUNS_ON, Corners
from ocr.seals.shapes import Family

_Turn = npt.NDArray[np.float64]

_STEEPEST, _STEP = 16.0, 1.0
"""Degrees of tilt that are tried."""
_SLACK = 0.3
"""How far a side may lie from the box pointed at, in shares of the box."""
_CLOSED = 0.72
"""Share of each side that must be inked."""
_OUTER = 0.93
"""The outermost row that has this share of the best one's ink is the side: writing lies within it."""
_THINNEST = 9.0


@dataclass(frozen=True, slots=True)
class Outline:
    """``corners``: 4x2 pixels of the patch, clockwise from the top left.

    ``support``: mean share of the sides with ink, 0-1. ``joined``: how many of the eight ends run on beyond
    their corner, as a table's rules do.
    """

    corners: Corners
    support: float
    joined: int


@dataclass(frozen=True, slots=True)
class _Sides:
    left: int
    top: int
    right: int
    bottom: int
    covers: tuple[float, float, float, float]
    joined: int

    @property
    def worth(self) -> float:
        return sum(self.covers) + min(self.covers)


def outline_at(patch: Patch, family: Family) -> Outline | None:
    """The frame of one ink at the place pointed at; ``None`` where no four sides close."""
    left, top, right, bottom = patch.box()
    x, y, across, down = (left + right) / 2, (top + bottom) / 2, right - left, bottom - top
    inked = (patch.maps.of(family) > INKED).astype(np.uint8)
    best: tuple[float, _Turn, _Sides] | None = None
    for tilt in map(float, np.arange(-_STEEPEST, _STEEPEST + _STEP / 2, _STEP)):
        size = _upright_size(across, down, tilt)
        if size is None:
            continue
        turn, middle, turned = _turned(inked, (x, y), tilt, size)
        sides = _sides(turned, middle, size)
        # Where several tilts serve as well, the nearest to upright does.
        if sides is not None and (best is None or sides.worth - 0.004 * abs(tilt) > best[0]):
            best = (sides.worth - 0.004 * abs(tilt), turn, sides)
    if best is None:
        return None
    _, turn, sides = best
    corners = np.array(
        [
            [sides.left, sides.top],
            [sides.right, sides.top],
            [sides.right, sides.bottom],
            [sides.left, sides.bottom],
        ],
        np.float64,
    )
    back = cv2.invertAffineTransform(turn)
    placed = corners @ back[:, :2].T + back[:, 2]
    return Outline(placed.astype(np.float32), float(np.mean(sides.covers)), sides.joined)


def _upright_size(across: float, down: float, tilt: float) -> tuple[float, float] | None:
    """Width and height of the rectangle that, turned by ``tilt``, has a box of this size."""
    cos, sin = math.cos(math.radians(tilt)), abs(math.sin(math.radians(tilt)))
    width = (across * cos - down * sin) / (cos * cos - sin * sin)
    height = (down * cos - across * sin) / (cos * cos - sin * sin)
    # The box is rough: of a long stamp that leans, nothing may be left of its height.
    height, width = max(height, 0.35 * down), max(width, 0.35 * across)
    return (width, height) if min(width, height) >= _THINNEST else None


def _turned(
    inked: npt.NDArray[np.uint8], middle: tuple[float, float], tilt: float, size: tuple[float, float]
) -> tuple[_Turn, tuple[float, float], npt.NDArray[np.uint8]]:
    """What a frame of ``size`` may reach, set upright: how it was turned, where its middle is, and itself."""
    beyond = REACH * min(size) + 6
    half = [min(side * (0.5 + 1.1 * _SLACK) + beyond, max(inked.shape)) for side in size]
    turn = np.asarray(cv2.getRotationMatrix2D(middle, tilt, 1.0), np.float64)
    moved = (float(round(half[0] - middle[0])), float(round(half[1] - middle[1])))
    turn[:, 2] += moved
    across, down = (round(2 * value) + 1 for value in half)
    turned = cv2.warpAffine(inked, turn, (across, down), flags=cv2.INTER_NEAREST)
    return turn, (middle[0] + moved[0], middle[1] + moved[1]), np.asarray(turned, np.uint8)


def _sides(
    turned: npt.NDArray[np.uint8], middle: tuple[float, float], size: tuple[float, float]
) -> _Sides | None:
    width, height = size
    rows = _Lines(np.asarray(cv2.dilate(turned, np.ones((3, 1), np.uint8)), np.uint8))
    left, right = middle[0] - width / 2, middle[0] + width / 2
    top, bottom = middle[1] - height / 2, middle[1] + height / 2
    slack_x, slack_y = max(_SLACK * width, 4), max(_SLACK * height, 4)
    columns = None
    for _ in range(2):
        inset = 0.12 * (right - left)
        span = (left + inset, right - inset)
        upper = rows.best(span, (top - slack_y, top + slack_y), first=True)
        lower = rows.best(span, (bottom - slack_y, bottom + slack_y), first=False)
        if upper is None or lower is None or lower - upper < _THINNEST:
            return None
        top, bottom = upper, lower
        # Most tilts have no rows, and need no columns.
        columns = columns or _Lines(np.asarray(cv2.dilate(turned, np.ones((1, 3), np.uint8)).T, np.uint8))
        inset = 0.12 * (bottom - top)
        span = (top + inset, bottom - inset)
        near = columns.best(span, (left - slack_x, left + slack_x), first=True)
        far = columns.best(span, (right - slack_x, right + slack_x), first=False)
        if near is None or far is None or far - near < _THINNEST:
            return None
        left, right = near, far
        slack_x, slack_y = max(0.1 * width, 3), max(0.1 * height, 3)
    if columns is None:
        return None
    across, down = (left, right), (top, bottom)
    covers = (
        rows.cover(int(top), *across),
        rows.cover(int(bottom), *across),
        columns.cover(int(left), *down),
        columns.cover(int(right), *down),
    )
    if min(covers) < _CLOSED:
        return None
    reach = REACH * min(right - left, bottom - top)
    ends = [cover for level in down for cover in rows.beyond(int(level), across, reach)]
    ends += [cover for level in across for cover in columns.beyond(int(level), down, reach)]
    joined = sum(cover > RUNS_ON for cover in ends)
    return _Sides(int(left), int(top), int(right), int(bottom), covers, joined)


class _Lines:
    """How much of a row lies under ink, between any two places."""

    def __init__(self, inked: npt.NDArray[np.uint8]) -> None:
        self._summed = np.pad(np.cumsum(inked, axis=1, dtype=np.int32), ((0, 0), (1, 0)))
        self._rows, self._length = inked.shape

    def best(self, span: tuple[float, float], between: tuple[float, float], *, first: bool) -> int | None:
        """The row ``between`` two levels that is inked best along ``span``; the outermost of equal ones."""
        start, end = max(int(span[0]), 0), min(int(span[1]), self._length)
        low, high = max(int(between[0]), 0), min(int(between[1]) + 1, self._rows)
        if end - start < 4 or high - low < 1:
            return None
        covers = (self._summed[low:high, end] - self._summed[low:high, start]) / (end - start)
        if covers.max() < _CLOSED:
            return None
        equal = np.flatnonzero(covers >= _OUTER * covers.max())
        return low + int(equal[0] if first else equal[-1])

    def cover(self, row: int, start: float, end: float) -> float:
        """Of the best of three rows, so that a tilt of a fraction of a degree does no harm."""
        low, high = max(int(start), 0), min(int(end) + 1, self._length)
        if high - low < 2:
            return 0.0
        near = slice(max(row - 1, 0), min(row + 2, self._rows))
        return float(((self._summed[near, high] - self._summed[near, low]) / (high - low)).max())

    def beyond(self, row: int, ends: tuple[float, float], reach: float) -> Iterator[float]:
        gap = max(3.0, 0.15 * reach)
        yield self.cover(row, ends[0] - reach, ends[0] - gap)
        yield self.cover(row, ends[1] + gap, ends[1] + reach)
