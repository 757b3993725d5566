"""Pages and seals that are the same picture, among thousands: found by hash, then laid over each other.

Two sheets of one form that were each printed, stamped and scanned differ in many places, and no hand stamps
twice alike; a picture that was saved, made smaller or given another number in one place does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.geometry import Box
from domain.traces import PagePrint, SealPrint
from forensics.prints import PAGE_LEVELS, PAGE_SIDES, SEAL_SIDE, unpacked

Levels = NDArray[np.int8]

_NEAR = 10
"""Bits of 64 in which the hashes of one picture differ at most after it was saved again."""
_CHUNK = 1024
_DIFFERS = 1
"""Levels by which a cell differs more than saving again explains."""
_FULL = 0.03
"""Share of cells with print on them without which a page is blank to the eye."""
_NEARLY, _SAME = 0.02, 0.002
"""Share of cells that differ: worth shifting by a cell; the same picture."""
_PLACES = 3
"""Places in which one picture differs at most."""
_SEAL_SAME = 0.955
"""Correlation of the ink of two seals."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Two pages by their places in the sequence; ``box``: where they differ most, on the first."""

    first: int
    second: int
    box: Box | None = None


def page_twins(prints: Sequence[PagePrint]) -> Iterator[Twin]:
    """Every pair of pages that are one picture. Pages with hardly any print are no pair."""
    pictures = np.array([unpacked(one.picture, *PAGE_SIDES) for one in prints], np.int8)
    full = (pictures < PAGE_LEVELS - 1).mean(axis=(1, 2)) >= _FULL if len(prints) else []
    for first, others in near(np.array([int(one.hash, 16) for one in prints], np.uint64)):
        if not full[first]:
            continue
        apart = (np.abs(pictures[others] - pictures[first]) > _DIFFERS).mean(axis=(1, 2))
        for second in others[apart <= _NEARLY]:
            differs = _laid_over(pictures[first], pictures[second])
            if differs is not None:
                yield Twin(first, int(second), _largest(differs))


def near(hashes: NDArray[np.uint64], most: int = _NEAR) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Of every hash, the later ones that differ in ``most`` bits or fewer, where there are any."""
    for start in range(0, len(hashes), _CHUNK):
        rows = hashes[start : start + _CHUNK]
        close = np.bitwise_count(rows[:, None] ^ hashes[None, start:]) <= most
        for row in range(len(rows)):
            later = np.nonzero(close[row, row + 1 :])[0] + start + row + 1
            if len(later):
                yield start + row, later


def _laid_over(first: Levels, second: Levels) -> NDArray[np.bool_] | None:
    """Cells that differ at the best of the shifts by a cell; ``None`` where it is not one picture."""
    height, width = first.shape
    inner = first[1 : height - 1, 1 : width - 1]
    shifted = (
        second[down : down + height - 2, across : across + width - 2]
        for down in range(3)
        for across in range(3)
    )
    differs = min((np.abs(inner - other) > _DIFFERS for other in shifted), key=lambda one: int(one.sum()))
    if float(differs.mean()) > _SAME or len(_places(differs)) > _PLACES:
        return None
    return np.asarray(np.pad(differs, 1), np.bool_)


def _places(differs: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Left, top, width, height and area of the places that differ."""
    joined = cv2.dilate(differs.astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.connectedComponentsWithStats(joined)[2][1:], np.int32)


def _largest(differs: NDArray[np.bool_]) -> Box | None:
    places = _places(differs)
    if not len(places):
        return None
    height, width = differs.shape
    left, top, across, down = (int(value) for value in places[places[:, cv2.CC_STAT_AREA].argmax()][:4])
    return Box.clipped(left / width, top / height, (left + across) / width, (top + down) / height)


def seal_twins(prints: Sequence[SealPrint]) -> Iterator[tuple[int, int]]:
    """Pairs of seals whose ink lies alike to the pixel, by their places in the sequence."""
    if not prints:
        return
    flat = np.array([unpacked(one.picture, SEAL_SIDE, SEAL_SIDE).ravel() for one in prints], np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
    for start in range(0, len(flat), _CHUNK):
        alike = flat[start : start + _CHUNK] @ flat[start:].T
        for row, column in zip(*np.nonzero(alike >= _SEAL_SAME), strict=True):
            if column > row:
                yield start + int(row), start + int(column)
