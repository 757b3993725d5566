"""Pieces of text that were not compressed when the rest of the page was: the lattice of JPEG tells.

JPEG rounds the cosine coefficients of blocks of 8 x 8 pixels to multiples of its table (ITU-T T.81,
A.3.4). A page saved twice still lies near the multiples of the first table; what was put in between does
not. The first
table is looked for among those of the IJG library by quality: where the page fits none, nothing is told.
Compare: H. Farid, Exposing digital forgeries from JPEG ghosts, IEEE TIFS 4 (2009).
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from domain.traces import Patch, PatchSign
from forensics.sight import Mask, Picture, Sight
from forensics.windows import Windows

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


def compression_patches(sight: Sight, windows: Windows) -> list[Patch]:
    """``strength``: standard deviations by which a window lies farther from the lattice than the others."""
    blocks = _blocks(sight.picture, _within(sight, windows))
    if len(blocks.rows) < _FEWEST_BLOCKS:
        return []
    found: list[Patch] = []
    for table in _lattices(sight.picture, blocks):
        found.extend(_outliers(sight, windows, blocks, table))
    return found


def _within(sight: Sight, windows: Windows) -> Mask:
    height, width = (size // _SIDE for size in sight.grey.shape)
    there = np.zeros((height, width), bool)
    for left, top, right, bottom in windows // _SIDE:
        there[top : bottom + 1, left : right + 1] = True
    return there


def _blocks(picture: Picture, there: Mask) -> Blocks:
    rows, columns = np.nonzero(there)
    height, width = there.shape
    tiles = picture[: height * _SIDE, : width * _SIDE].reshape(height, _SIDE, width, _SIDE, 3)
    busy, coefficients = _told(tiles.transpose(0, 2, 1, 3, 4)[rows, columns])
    return Blocks(rows[busy], columns[busy], coefficients)


def _told(tiles: Picture) -> tuple[Mask, Values]:
    """Which of the tiles (tiles x 8 x 8 x RGB) are busy and whole, and the coefficients of these.

    Where a pixel was cut off at black or white its rounding is lost.
    """
    flat = tiles.reshape(len(tiles), 3 * _SIDE**2)
    busy = np.asarray((flat.min(axis=1, initial=255) > 0) & (flat.max(axis=1, initial=0) < 255))
    luma = tiles[busy] @ np.array([0.299, 0.587, 0.114])
    uneven = np.ptp(luma.reshape(len(luma), _SIDE**2), axis=1) > _BUSY
    busy[busy] = uneven
    cosines = _COSINES @ (luma[uneven] - 128) @ _COSINES.T
    return busy, np.stack([cosines[:, u, v] for u, v in _FREQUENCIES], axis=1)


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
    """Coefficients of some blocks as if the page had been cut by ``_SHIFT`` and saved: only they are."""
    reach = np.arange(_SIDE) + _SHIFT
    down, across = (of[::stride, None] * _SIDE + reach for of in (blocks.rows, blocks.columns))
    inside = (down[:, -1] < picture.shape[0]) & (across[:, -1] < picture.shape[1])
    strip = picture[down[inside, :, None], across[inside, None, :]].reshape(-1, _SIDE, 3)
    buffer = io.BytesIO()
    Image.fromarray(strip).save(buffer, "JPEG", quality=quality, subsampling=0)
    again = np.asarray(Image.open(buffer).convert("RGB"), np.uint8)
    return _told(again.reshape(-1, _SIDE, _SIDE, 3))[1]


def _outliers(sight: Sight, windows: Windows, blocks: Blocks, table: Values) -> list[Patch]:
    distances, telling = _distances(blocks.coefficients, table)
    height, width = (size // _SIDE for size in sight.grey.shape)
    sums = np.zeros((height + 1, width + 1, 2))
    sums[blocks.rows + 1, blocks.columns + 1, 0] = (distances * telling).sum(axis=1)
    sums[blocks.rows + 1, blocks.columns + 1, 1] = telling.sum(axis=1)
    sums = sums.cumsum(axis=0).cumsum(axis=1)
    left, top, right, bottom = np.round(windows / _SIDE).astype(np.intp).T
    totals, counts = (sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]).T
    told = counts >= _FEWEST_ENTRIES
    if told.sum() < _FEWEST_WINDOWS:
        return []
    means = totals[told] / counts[told]
    usual = float(np.median(means))
    spread = 1.4826 * float(np.median(np.abs(means - usual)))
    strengths = (means - usual) / np.hypot(spread, _ALIKE / np.sqrt(counts[told]))
    kept = (means - usual > _AWAY) & (strengths > _WORTH_KEEPING)
    return [
        Patch(box=sight.box(window), sign=PatchSign.COMPRESSION, strength=round(float(strength), 1))
        for window, strength in zip(windows[told][kept], strengths[kept], strict=True)
    ]
