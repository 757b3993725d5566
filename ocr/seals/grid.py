"""The characters of a square seal: how many rows and columns it has, its cells in the order they are read.

Name seals and square seals of units are set in columns from the right, each from the top down, and each
character has the same room: where all rows and columns part at even steps there is next to no ink.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocr.seals.shapes import Plane

_MOST = 6
_NARROWEST, _WIDEST = 0.6, 1.7
"""Width of a cell in shares of its height."""
_ASIDE = 0.18
"""How far from its even place a parting may lie, in shares of a cell."""
_PARTED = 0.55
"""Ink on partings in shares of the mean, from which rows or columns do not part there."""
_FINER = 0.01
"""What each cell more makes up for."""
_OFFERS = 3
_INKED, _OF_THE_FULLEST = 0.04, 0.25
"""Ink of a cell, in shares of its room and of the fullest cell's, below which nothing is written in it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``row`` from the top, ``column`` from the left; where it lies, in pixels."""

    row: int
    column: int
    place: tuple[slice, slice]


@dataclass(frozen=True, slots=True)
class Grid:
    """``cells``: those with writing, in columns from the right. ``joined``: mean ink on the partings."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    joined: float


def grids_of(inked: npt.NDArray[np.bool_]) -> list[Grid]:
    """The likeliest grids of a face: those that part best, of equal ones the finest."""
    if not inked.any():
        return []
    # Of a grid that parts well its half does, too.
    found = sorted(_offers(inked), key=lambda grid: grid.joined - _FINER * grid.rows * grid.columns)
    return [grid for grid in found if grid.joined < _PARTED][:_OFFERS] or found[:1]


def _offers(inked: npt.NDArray[np.bool_]) -> Iterator[Grid]:
    height, width = inked.shape
    down = [_parted(_smooth(inked.mean(axis=1)), count) for count in range(1, _MOST + 1)]
    across = [_parted(_smooth(inked.mean(axis=0)), count) for count in range(1, _MOST + 1)]
    for rows, (joined_rows, tops) in enumerate(down, 1):
        for columns, (joined_columns, lefts) in enumerate(across, 1):
            shape = (width / columns) / (height / rows)
            if rows * columns > 1 and _NARROWEST < shape < _WIDEST:
                cells = _written(inked, tops, lefts)
                yield Grid(rows, columns, cells, max(joined_rows, joined_columns))


def _smooth(profile: Plane) -> Plane:
    return np.asarray(np.convolve(profile, np.ones(3) / 3, "same"), np.float32)


def _parted(profile: Plane, count: int) -> tuple[float, list[int]]:
    """Into so many even parts: mean ink on the partings in shares of the whole's, and where they lie."""
    step = len(profile) / count
    places, ink = [0], []
    for number in range(1, count):
        low = max(int(number * step - max(_ASIDE * step, 1)), places[-1] + 1)
        high = max(int(number * step + max(_ASIDE * step, 1)) + 1, low + 1)
        least = low + int(np.argmin(profile[low:high]))
        places.append(least)
        ink.append(float(profile[least]))
    mean = max(float(profile.mean()), 1e-6)
    return (float(np.mean(ink)) / mean if ink else 0.0), [*places, len(profile)]


def _written(inked: npt.NDArray[np.bool_], tops: list[int], lefts: list[int]) -> tuple[Cell, ...]:
    every = [
        Cell(row, column, (slice(tops[row], tops[row + 1]), slice(lefts[column], lefts[column + 1])))
        for column in reversed(range(len(lefts) - 1))
        for row in range(len(tops) - 1)
    ]
    shares = [float(inked[cell.place].mean()) if inked[cell.place].size else 0.0 for cell in every]
    least = max(_INKED, _OF_THE_FULLEST * max(shares))
    return tuple(cell for cell, share in zip(every, shares, strict=True) if share > least)
