"""Print that stands on a page twice: a piece of it that was copied and moved.

What is moved is moved by whole pixels. Two prints of one character fall anywhere between the pixels of a
scanner, so that even where they look alike one lies a fraction of a pixel beside the other, and that fraction
can be measured to a hundredth: the difference of two pictures, regressed upon their slope (B. D. Lucas and
T. Kanade, IJCAI 1981). A page that was never on paper repeats itself everywhere, or has paper of one level,
and is left alone; so are repetitions along a line or down a column, which a form prints at equal distances.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.traces import Patch, PatchSign
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
_LOOKS_ALIKE, _ALIKE, _AGREES = 0.96, 0.9, 0.985
"""Correlation of coarse pictures, of those that are measured, and of those that are called copies."""
_FLAT = 12.0
_EXACT, _EXACT_ALONE, _APART = 0.018, 0.012, 0.12
"""Pixels: shift and standard error together below which there is none; the same where it rests on a single
character; shifts above the third are those of separate prints."""
_FEWEST_APART = 2
"""Repetitions, most of all of them, that show that the page's print falls between its pixels."""
_ONE_LEVEL = 0.95
"""Share of the paper."""
_OFF_GRID, _SLOPE = 0.3, 0.04
"""By what a displacement must leave line and column: share of the side, and the most a page is askew."""


@dataclass(frozen=True, slots=True, eq=False)
class _Repeat:
    """Characters that stand once more at one distance. ``shift``, ``error``: pixels, x and y."""

    places: Points
    distance: tuple[int, int]
    shift: Floats
    error: float
    correlation: float

    @property
    def farthest(self) -> float:
        return float(np.abs(self.shift).max())

    @property
    def exact(self) -> bool:
        return self.farthest + self.error < (_EXACT_ALONE if len(self.places) == 1 else _EXACT)


def copied_patches(sight: Sight, lines: Sequence[Windows]) -> list[Patch]:
    """``strength``: correlation of the pixels with those at ``source``; both places are told."""
    if not lines:
        return []
    usual = float(np.median([windows[0, 3] - windows[0, 1] for windows in lines]))
    half = int(np.clip(_SIDE * usual, *_SIDES)) // 2
    centres = _characters(sight, lines, half)
    if not _FEWEST <= len(centres) <= _MOST:
        return []
    repeats = _repeats(sight, centres, half)
    exact = [one for one in repeats if one.exact]
    apart = [one.farthest - 2 * one.error > _APART for one in repeats if not one.exact]
    if len(exact) != 1 or sum(apart) < max(_FEWEST_APART, len(apart) / 2) or _of_one_level(sight):
        return []
    return _told(sight, exact[0], half)


def _of_one_level(sight: Sight) -> bool:
    """Whether the paper is as even as a program draws it, or a scanner's driver that whitens."""
    counts = cv2.calcHist([sight.grey], [0], sight.paper.astype(np.uint8), [256], [0, 256])
    return float(counts.max()) > _ONE_LEVEL * float(counts.sum())


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


def _repeats(sight: Sight, centres: NDArray[np.float64], half: int) -> list[_Repeat]:
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
    return [_repeat(here, sums, correlations, distance, members) for distance, members in groups.items()]


def _alike(squares: NDArray[np.uint8], at: Points, half: int) -> tuple[Points, Points]:
    """Indices of squares that look alike and lie apart; the first of each pair is the one on the left."""
    coarse = np.stack(
        [cv2.resize(square, (_COARSE, _COARSE), interpolation=cv2.INTER_AREA) for square in squares]
    )
    flat = coarse.reshape(len(coarse), -1).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1)
    first, second = np.nonzero(np.triu(flat @ flat.T > _LOOKS_ALIKE, k=1))
    away = np.abs(at[first] - at[second]).max(axis=1) >= half
    first, second = first[away], second[away]
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
    here: Points,
    sums: NDArray[np.float64],
    correlations: Floats,
    distance: tuple[int, int],
    members: list[int],
) -> _Repeat:
    """Of characters at one distance those that agree as well as the best; a cut one agrees less."""
    best = float(correlations[members].max())
    kept = [index for index in members if 1 - correlations[index] < max(4 * (1 - best), 0.005)]
    xx, yy, xy, xd, yd, dd, pixels = sums[kept].sum(axis=0)
    slope = np.array([[xx, xy], [xy, yy]]) + np.eye(2)
    shift = np.linalg.solve(slope, [xd, yd])
    rest = max(dd - float(shift @ (xd, yd)), 0) / pixels
    error = float(np.sqrt(np.diag(np.linalg.inv(slope)).max() * rest))
    return _Repeat(here[kept], distance, np.asarray(shift, np.float32), error, best)


def _told(sight: Sight, repeat: _Repeat, half: int) -> list[Patch]:
    """Both places, since the pixels do not tell which of them is the source."""
    across, down = np.abs(repeat.distance)
    off_grid = min(across - _SLOPE * down, down - _SLOPE * across) > _OFF_GRID * 2 * half
    if not off_grid or repeat.correlation < _AGREES:
        return []
    left, top = repeat.places.min(axis=0) - half
    right, bottom = repeat.places.max(axis=0) + half
    dx, dy = repeat.distance
    one = sight.box((left, top, right, bottom))
    other = sight.box((left + dx, top + dy, right + dx, bottom + dy))
    strength = round(repeat.correlation, 4)
    return [
        Patch(box=box, sign=PatchSign.COPY, strength=strength, source=source)
        for box, source in ((one, other), (other, one))
    ]
