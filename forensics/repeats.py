"""Characters that a page prints more than once, and how far two prints lie beside each other.

The shift is measured to a hundredth of a pixel: the difference of two pictures, regressed upon their slope
(B. D. Lucas and T. Kanade, IJCAI 1981).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from forensics.sight import Floats, Sight
from forensics.windows import Windows

Points = NDArray[np.intp]
"""n x 2: x, y in pixels."""

_SIDE, _SIDES = 0.7, (16, 48)
"""Side of the square round a character: share of the usual height of a line, and its bounds in pixels."""
_PRINT = 0.7
"""Darker than this share of the paper is print."""
_FEWEST, _MOST = 8, 1000
"""Characters, or parts of them, with which a page is compared with itself: what is denser is an article."""
_COARSE = 8
_MOST_PAIRS = 2000
"""Those that look most alike are measured, lest a table of figures take hundreds of megabytes."""
_LOOKS_ALIKE, _ALIKE = 0.96, 0.9
"""Correlation of coarse pictures, and of those that count as prints of one character."""
_FLAT = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Repeat:
    """Characters that stand once more at one distance. ``shift``, ``error``: pixels, larger of x and y."""

    places: Points
    half: int
    """Half the side of the square round each."""
    distance: tuple[int, int]
    shift: float
    error: float
    correlation: float


def repeats_of(sight: Sight, lines: Sequence[Windows]) -> list[Repeat]:
    if not lines:
        return []
    usual = float(np.median([windows[0, 3] - windows[0, 1] for windows in lines]))
    half = int(np.clip(_SIDE * usual, *_SIDES)) // 2
    centres = _characters(sight, lines, half)
    return _repeats(sight, centres, half) if _FEWEST <= len(centres) <= _MOST else []


def _characters(sight: Sight, lines: Sequence[Windows], half: int) -> NDArray[np.float64]:
    """Centres (n x 2) of connected print along the lines, far enough from the edges of the page."""
    height, width = sight.grey.shape
    here = np.zeros((height, width), np.uint8)
    for windows in lines:
        left, right = max(windows[:, 0].min(), 0), windows[:, 2].max()
        here[max(windows[0, 1], 0) : windows[0, 3], left:right] = 1
    here &= (sight.grey < sight.level * _PRINT).astype(np.uint8)
    _, _, boxes, centres = cv2.connectedComponentsWithStats(here, connectivity=8)
    _, _, wide, high, area = boxes.T
    whole = (area >= half) & (high >= 0.6 * half) & (high <= 3 * half) & (wide <= 3.5 * half)
    margin = half + 2
    inside = (centres >= margin).all(axis=1) & (centres < (width - margin, height - margin)).all(axis=1)
    whole[0] = False
    return np.asarray(centres[whole & inside], np.float64)


def _repeats(sight: Sight, centres: NDArray[np.float64], half: int) -> list[Repeat]:
    view = np.lib.stride_tricks.sliding_window_view(sight.grey, (2 * half, 2 * half))
    at = np.round(centres).astype(np.intp)
    first, second = _alike(view[at[:, 1] - half, at[:, 0] - half], at, half)
    distances = np.round(centres[second] - centres[first]).astype(np.intp)
    there = at[first] + distances
    fits = ((there >= half) & (there <= (view.shape[1] + half - 1, view.shape[0] + half - 1))).all(axis=1)
    first, distances, there = first[fits], distances[fits], there[fits]
    if not len(first):
        return []
    here = at[first]
    one = view[here[:, 1] - half, here[:, 0] - half].astype(np.float32)
    other = view[there[:, 1] - half, there[:, 0] - half].astype(np.float32)
    sums, correlations = _measured(one, other)
    told = correlations > _ALIKE
    groups: dict[tuple[int, int], list[int]] = {}
    for index in np.nonzero(told)[0]:
        groups.setdefault((int(distances[index, 0]), int(distances[index, 1])), []).append(int(index))
    return [
        _repeat(here[members], half, sums[members], correlations[members], distance)
        for distance, members in groups.items()
    ]


def _alike(squares: NDArray[np.uint8], at: Points, half: int) -> tuple[Points, Points]:
    """Indices of squares that look alike and lie apart; the first of each pair is the one on the left."""
    coarse = np.stack(
        [cv2.resize(square, (_COARSE, _COARSE), interpolation=cv2.INTER_AREA) for square in squares]
    )
    flat = coarse.reshape(len(coarse), -1).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1)
    likeness = flat @ flat.T
    first, second = np.nonzero(np.triu(likeness > _LOOKS_ALIKE, k=1))
    away = np.abs(at[first] - at[second]).max(axis=1) >= half
    first, second = first[away], second[away]
    if len(first) > _MOST_PAIRS:
        most = np.argpartition(-likeness[first, second], _MOST_PAIRS)[:_MOST_PAIRS]
        first, second = first[most], second[most]
    swap = (at[first] > at[second])[:, 0]
    return np.where(swap, second, first), np.where(swap, first, second)


def _measured(one: Floats, other: Floats) -> tuple[NDArray[np.float64], Floats]:
    """Of every pair what the regression needs (xx, yy, xy, xd, yd, dd, pixels), and its correlation."""
    one = one - one.mean(axis=(1, 2), keepdims=True)
    other = other - other.mean(axis=(1, 2), keepdims=True)
    mean, apart = (one + other) / 2, one - other
    down, across = np.gradient(mean, axis=(1, 2))

    def dot(left: Floats, right: Floats) -> Floats:
        return np.asarray(np.einsum("nij,nij->n", left, right))

    own, others = dot(one, one), dot(other, other)
    correlations = dot(one, other) / np.maximum(np.sqrt(own * others), 1)
    correlations[own < _FLAT**2 * one[0].size] = 0
    columns = (
        dot(across, across),
        dot(down, down),
        dot(across, down),
        dot(across, apart),
        dot(down, apart),
        dot(apart, apart),
        np.full(len(one), one[0].size),
    )
    return np.stack(columns, axis=1).astype(np.float64), correlations


def _repeat(
    here: Points, half: int, sums: NDArray[np.float64], correlations: Floats, distance: tuple[int, int]
) -> Repeat:
    """Of characters at one distance those that agree as well as the best; a cut one agrees less."""
    best = float(correlations.max())
    kept = 1 - correlations < max(4 * (1 - best), 0.005)
    xx, yy, xy, xd, yd, dd, pixels = sums[kept].sum(axis=0)
    slope = np.array([[xx, xy], [xy, yy]]) + np.eye(2)
    shift = np.linalg.solve(slope, [xd, yd])
    rest = max(dd - float(shift @ (xd, yd)), 0) / pixels
    error = float(np.sqrt(np.diag(np.linalg.inv(slope)).max() * rest))
    return Repeat(here[kept], half, distance, float(np.abs(shift).max()), error, best)
