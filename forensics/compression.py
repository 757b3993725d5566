"""Pieces of text that were not compressed when the rest of the page was: the lattice of JPEG tells.

JPEG rounds the cosine coefficients of blocks of 8 x 8 pixels to multiples of its table (ITU-T T.81,
A.3.4). A page saved twice still lies near the multiples of the first table; what was put in between does
not. The first
table is looked for among those of the IJG library by quality: where the page fits none, nothing is told.
Compare: H. Farid, Exposing digital forgeries from JPEG ghosts, IEEE TIFS 4 (2009).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from domain.traces import Patch, PatchSign
from forensics.sight import Mask, Picture, Sight
from forensics.windows import Window

Values = NDArray[np.float64]

_SIDE = 8
_SHIFT = 4
"""A page cut by half a block has lost the lattice of its earlier saves, and serves for comparison."""
_QUALITIES = tuple(range(60, 97))
_LUMINANCE = (
    (16, 11, 10, 16, 24, 40),
    (12, 12, 14, 19, 26, 58),
    (14, 13, 16, 24, 40, 57),
    (14, 17, 22, 29, 51, 87),
    (18, 22, 37, 56, 68, 109),
    (24, 35, 55, 64, 81, 104),
)
"""The low frequencies of table K.1 of ITU-T T.81, which the IJG's library scales by quality."""
_FREQUENCIES = tuple((u, v) for u in range(6) for v in range(6) if 0 < u + v <= 5)
_COARSE = 3
"""Table values below this are as fine as the rounding of pixels."""
_BUSY = 30
_FEWEST_BLOCKS, _SAMPLE = 200, 2000
_FEWEST_ENTRIES = 60
_FITS = 0.16
"""Mean distance from the nearest multiple, in steps: 0.25 by chance."""
_EARLIER = 0.02
"""By how much a page lies nearer to an earlier table than its cut and saved-again self."""
_AWAY = 0.05
_ALIKE = 0.144
"""Standard deviation of one distance by chance."""
_FEWEST_WINDOWS = 12
_WORTH_KEEPING = 4.0


@dataclass(frozen=True, slots=True)
class Blocks:
    """Rows and columns of busy blocks, and their coefficients at ``_FREQUENCIES`` (blocks x frequencies)."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    coefficients: Values


def compression_patches(sight: Sight, windows: Sequence[Window]) -> list[Patch]:
    """``strength``: standard deviations by which a window lies farther from the lattice than the others."""
    blocks = _blocks(sight.picture, _within(sight, windows))
    if len(blocks.rows) < _FEWEST_BLOCKS:
        return []
    found: list[Patch] = []
    for table in _lattices(sight.picture, blocks):
        found.extend(_outliers(sight, windows, blocks, table))
    return found


def _within(sight: Sight, windows: Sequence[Window]) -> Mask:
    height, width = (size // _SIDE for size in sight.grey.shape)
    there = np.zeros((height, width), bool)
    for window in windows:
        left, top, right, bottom = (value // _SIDE for value in window.place)
        there[top : bottom + 1, left : right + 1] = True
    return there


def _blocks(picture: Picture, there: Mask) -> Blocks:
    luma = picture.astype(np.float64) @ np.array([0.299, 0.587, 0.114])
    height, width = there.shape
    tiles = luma[: height * _SIDE, : width * _SIDE].reshape(height, _SIDE, width, _SIDE).transpose(0, 2, 1, 3)
    whole = ~_saturated(picture, height, width)
    rows, columns = np.nonzero(there & whole & (np.ptp(tiles, axis=(2, 3)) > _BUSY))
    cosines = _COSINES @ (tiles[rows, columns] - 128) @ _COSINES.T
    return Blocks(rows, columns, np.stack([cosines[:, u, v] for u, v in _FREQUENCIES], axis=1))


def _saturated(picture: Picture, height: int, width: int) -> Mask:
    """Blocks with a pixel that was cut off at black or white: its rounding is lost."""
    cut = ((picture == 0) | (picture == 255)).any(axis=2)[: height * _SIDE, : width * _SIDE]
    return np.asarray(cut.reshape(height, _SIDE, width, _SIDE).any(axis=(1, 3)), np.bool_)


def _cosines() -> Values:
    steps = np.arange(_SIDE)
    basis = np.cos((2 * steps[None, :] + 1) * steps[:, None] * np.pi / (2 * _SIDE)) / 2
    basis[0] /= np.sqrt(2)
    return np.asarray(basis, np.float64)


def _table(quality: int) -> Values:
    scale = 5000 / quality if quality < 50 else 200 - 2 * quality
    return np.array(
        [max((_LUMINANCE[u][v] * scale + 50) // 100, 1) for u, v in _FREQUENCIES], dtype=np.float64
    )


_COSINES = _cosines()
_TABLES = tuple(_table(quality) for quality in _QUALITIES)


def _distances(coefficients: Values, table: Values) -> tuple[Values, Mask]:
    """Distance of every coefficient from the nearest multiple, in steps, and which of them say anything."""
    steps = coefficients / table
    return np.abs(steps - np.round(steps)), (np.abs(coefficients) > 0.6 * table) & (table >= _COARSE)


def _fits(coefficients: Values) -> Values:
    """Mean distance for every quality; 0.25 where too little can be said."""
    means = []
    for table in _TABLES:
        distances, telling = _distances(coefficients, table)
        means.append(float(distances[telling].mean()) if int(telling.sum()) > 500 else 0.25)
    return np.array(means)


def _lattices(picture: Picture, blocks: Blocks) -> list[Values]:
    """Tables of the last save, where it can be told, and of one before it."""
    stride = max(len(blocks.rows) // _SAMPLE, 1)
    fits = _fits(blocks.coefficients[::stride])
    last = int(fits.argmin())
    tables = [_TABLES[last]] if fits[last] < _FITS else []
    gained = _fits(_saved_anew(picture, blocks, _QUALITIES[last], stride)) - fits
    gained[max(last - 1, 0) : last + 2] = 0
    earlier = int(gained.argmax())
    if gained[earlier] > _EARLIER:
        tables.append(_TABLES[earlier])
    return tables


def _saved_anew(picture: Picture, blocks: Blocks, quality: int, stride: int) -> Values:
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(picture[_SHIFT:, _SHIFT:])).save(buffer, "JPEG", quality=quality)
    again = np.asarray(Image.open(buffer).convert("RGB"), np.uint8)
    there = np.zeros((again.shape[0] // _SIDE, again.shape[1] // _SIDE), bool)
    rows, columns = blocks.rows[::stride], blocks.columns[::stride]
    kept = (rows < there.shape[0]) & (columns < there.shape[1])
    there[rows[kept], columns[kept]] = True
    return _blocks(again, there).coefficients


def _outliers(sight: Sight, windows: Sequence[Window], blocks: Blocks, table: Values) -> list[Patch]:
    distances, telling = _distances(blocks.coefficients, table)
    height, width = (size // _SIDE for size in sight.grey.shape)
    sums = np.zeros((2, height + 1, width + 1))
    grid = np.zeros((2, height, width))
    grid[0, blocks.rows, blocks.columns] = (distances * telling).sum(axis=1)
    grid[1, blocks.rows, blocks.columns] = telling.sum(axis=1)
    sums[:, 1:, 1:] = grid.cumsum(axis=1).cumsum(axis=2)
    told: list[tuple[Window, float, float]] = []
    for window in windows:
        left, top, right, bottom = (round(value / _SIDE) for value in window.place)
        total, count = (
            sums[:, bottom, right] - sums[:, top, right] - sums[:, bottom, left] + sums[:, top, left]
        )
        if count >= _FEWEST_ENTRIES:
            told.append((window, total / count, count))
    if len(told) < _FEWEST_WINDOWS:
        return []
    means = np.array([mean for _, mean, _ in told])
    usual = float(np.median(means))
    spread = 1.4826 * float(np.median(np.abs(means - usual)))
    patches = []
    for window, mean, count in told:
        strength = (mean - usual) / float(np.hypot(spread, _ALIKE / np.sqrt(count)))
        if mean - usual > _AWAY and strength > _WORTH_KEEPING:
            patches.append(
                Patch(box=sight.box(window.place), sign=PatchSign.COMPRESSION, strength=round(strength, 1))
            )
    return patches
