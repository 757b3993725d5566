"""Pages that are the same picture, among thousands: found by hash, then laid over each other.

Two sheets of one form that were each printed, stamped and scanned lie differently on the glass by parts of a
millimetre and differ in many places; a picture that was saved, made smaller or given another number in one
place does not. One cropped or turned since is not known again. Seals and signatures are ``ink_twins``' part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.geometry import Box
from domain.traces import PagePrint
from forensics.prints import HASH_BITS, PAGE_LEVELS, PAGE_SIDES, unpacked

Levels = NDArray[np.int8]
Words = NDArray[np.uint64]

NEAR = 26
"""Bits of the hash in which one picture differs at most: 16 of 384 where one scan was saved again (20 drawn
pairs), 27 at least, half above 110, for two sheets of one form (480 drawn pairs)."""
CHUNK = 512
_UNPACKED = 1024
_DIFFERS = 1
"""Levels by which a cell differs more than saving again explains."""
_FULL = 0.03
"""Share of cells with print on them without which a page is blank to the eye."""
_SAME = 0.002
"""Share of cells that differ in one picture at most."""
_PLACES = 3
"""Places in which one picture differs at most; two sheets of one form differed in eight and more."""
MOST = 20
"""Twins of one picture that are looked for: what everybody hands in is told of often enough."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Two pages by their places in the sequence; ``box``: where they differ most, on the first."""

    first: int
    second: int
    box: Box | None = None


def page_twins(prints: Sequence[PagePrint]) -> Iterator[Twin]:
    """Every pair of pages that are one picture. Pages with hardly any print are no pair."""
    hashes = words_of([one.hash for one in prints])
    look = lru_cache(_UNPACKED)(lambda place: _page(prints[place].picture))
    known: Counter[int] = Counter()
    for first, others in near(hashes):
        for second in map(int, others):
            if max(known[first], known[second]) >= MOST:
                continue
            differs = _laid_over(look(first), look(second))
            if differs is not None:
                known.update((first, second))
                yield Twin(first, second, _largest(differs))


def is_current(one: PagePrint) -> bool:
    """Whether the print was written as they are now: readings from before cannot be compared."""
    return len(one.hash) == HASH_BITS // 4


def words_of(hashes: Sequence[str]) -> Words:
    """Hashes as rows of 64-bit words. Raises ValueError where one is of another length."""
    raw = [bytes.fromhex(one) for one in hashes]
    if any(len(one) != HASH_BITS // 8 for one in raw):
        raise ValueError("no hash of this length")
    return np.frombuffer(b"".join(raw), np.uint64).reshape(len(raw), HASH_BITS // 64)


def near(hashes: Words, most: int = NEAR) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Of every hash, the later ones that differ in ``most`` bits or fewer, where there are any."""
    columns = np.ascontiguousarray(hashes.T)
    for start in range(0, len(hashes), CHUNK):
        apart = sum(
            np.bitwise_count(word[start : start + CHUNK, None] ^ word[None, start:]).astype(np.uint16)
            for word in columns
        )
        rows, others = np.nonzero(np.triu(np.asarray(apart) <= most, 1))
        found, begins = np.unique(rows, return_index=True)
        for row, later in zip(found, np.split(others + start, begins[1:]), strict=False):
            yield start + int(row), later


def _page(picture: str) -> Levels | None:
    """``None`` where hardly anything stands on the page."""
    levels = unpacked(picture, *PAGE_SIDES)
    return levels if float((levels < PAGE_LEVELS - 1).mean()) >= _FULL else None


def _laid_over(first: Levels | None, second: Levels | None) -> NDArray[np.bool_] | None:
    """Cells that differ; ``None`` where it is not one picture."""
    if first is None or second is None:
        return None
    differs = np.abs(first - second) > _DIFFERS
    if float(differs.mean()) > _SAME or len(_places(differs)) > _PLACES:
        return None
    return np.asarray(differs, np.bool_)


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
