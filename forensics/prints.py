"""What is kept of a page so that it can be known again: a hash to look it up by, small pictures to compare.

A hash of 64 bits stands for the coarse look of the page (low frequencies of its cosine transform); it only
finds candidates. The small picture, of few grey levels, is what two candidates are laid over each other by.
Of a seal only the ink is kept: how deep it lies, print left out.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.reading import Seal
from domain.traces import PagePrint, SealPrint
from forensics.sight import Floats, Sight

PAGE_SIDES = (96, 136)
"""Width and height of a page's small picture: a cell is some 2 mm of A4, half a character."""
SEAL_SIDE = 56
PAGE_LEVELS, SEAL_LEVELS = 8, 16
_HASH_SIDE = 32
_LOW = 8
_LEAST_SEAL = 60
"""Pixels: a smaller seal shows no ink of its own."""


def page_print(sight: Sight) -> PagePrint:
    light = cv2.divide(sight.grey.astype(np.float32), np.maximum(sight.level, 1))
    small = cv2.resize(np.minimum(light, 1), PAGE_SIDES, interpolation=cv2.INTER_AREA)
    return PagePrint(
        hash=hash_of(np.asarray(small, np.float32)),
        picture=packed(np.asarray(small, np.float32), PAGE_LEVELS),
    )


def seal_prints(sight: Sight, seals: Sequence[Seal]) -> tuple[SealPrint, ...]:
    """Prints of the seals that are whole, coloured and large enough."""
    found = []
    for index, seal in enumerate(seals):
        left, top, right, bottom = sight.rectangle(seal.box)
        if seal.partial or min(right - left, bottom - top) < _LEAST_SEAL:
            continue
        colours = sight.picture[top:bottom, left:right].astype(np.float32)
        ink = (colours.max(axis=2) - colours.min(axis=2)) / 255
        if float(np.percentile(ink, 95)) < 0.2:
            continue
        small = cv2.resize(ink, (SEAL_SIDE, SEAL_SIDE), interpolation=cv2.INTER_AREA)
        small = small / max(float(np.percentile(small, 99)), 0.05)
        found.append(SealPrint(seal=index, picture=packed(np.asarray(small, np.float32), SEAL_LEVELS)))
    return tuple(found)


def hash_of(small: Floats) -> str:
    """Signs of the low frequencies against their median, as 16 hexadecimal digits."""
    square = cv2.resize(small, (_HASH_SIDE, _HASH_SIDE), interpolation=cv2.INTER_AREA)
    low = np.asarray(cv2.dct(np.asarray(square, np.float32)))[:_LOW, :_LOW].ravel()
    bits = low > np.median(low[1:])
    return np.packbits(bits).tobytes().hex()


def packed(small: Floats, count: int) -> str:
    """Values 0-1 as levels, squeezed, in letters: one to three kilobytes for a page."""
    levels = np.clip(small * (count - 1) + 0.5, 0, count - 1).astype(np.uint8)
    return base64.b64encode(zlib.compress(levels.tobytes(), 9)).decode("ascii")


def unpacked(picture: str, width: int, height: int) -> NDArray[np.int8]:
    """Levels of a small picture. Raises ValueError where it is none."""
    raw = zlib.decompressobj().decompress(base64.b64decode(picture, validate=True), width * height + 1)
    if len(raw) != width * height:
        raise ValueError("no picture of this size")
    return np.frombuffer(raw, np.uint8).reshape(height, width).astype(np.int8)
