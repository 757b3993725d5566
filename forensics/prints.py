"""What is kept of a page so that it can be known again: a hash to look it up by, small pictures to compare.

The small picture, of few grey levels, is what two candidates are laid over each other by. The hash only finds
candidates: two pictures that correlate by cos(a) differ in a share of a / 180 degrees of its bits (Charikar,
Similarity estimation techniques from rounding algorithms, 2002).
Of a seal or signature only the ink is kept: how deep it lies, whatever lies beside it left out.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.reading import Seal, VerificationMark
from domain.traces import PagePrint, SealPrint, SignaturePrint
from forensics.sight import Floats, Rectangle, Sight

PAGE_SIDES = (192, 272)
"""Width and height of a page's small picture: a cell is some 1 mm of A4, a fifth of a character.

At 2 mm one in twelve pairs of drawn sheets of one form, stamped and scanned apart, passed for one picture.
"""
SEAL_SIDE = 96
"""Half a millimetre: at a whole one two impressions of one stamp were as like as one pasted twice."""
SIGNATURE_SIDES = (144, 56)
PAGE_LEVELS, INK_LEVELS = 8, 16
HASH_BITS = 384
_LEAST_SEAL = 60
"""Pixels: a smaller seal shows no ink of its own."""
_SIGNATURE_CELL = 1 / 480
"""Of the page's width: half a millimetre of A4."""
_ROUND = 0.1
"""Of its width and height: so much round a signature is looked at, to see what only passes through."""
_LEAST_STROKES = 60
"""Cells: fewer are no signature that could be told from another."""
_STROKE = 0.3
"""Darker than the paper by this share: a stroke of a pen."""


def page_print(sight: Sight) -> PagePrint:
    light = sight.grey / np.maximum(sight.level, 1)
    small = _reduced(np.minimum(light, 1), PAGE_SIDES)
    return PagePrint(hash=hash_of(small), picture=packed(small, PAGE_LEVELS))


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
        small = _strengthened(_reduced(ink, (SEAL_SIDE, SEAL_SIDE)))
        found.append(SealPrint(seal=index, hash=hash_of(small), picture=packed(small, INK_LEVELS)))
    return tuple(found)


def signature_prints(sight: Sight, marks: Sequence[VerificationMark]) -> tuple[SignaturePrint, ...]:
    """Prints of the signatures beside statements that a copy agrees with its original."""
    found = []
    for index, mark in enumerate(marks):
        if mark.signature is None:
            continue
        box = mark.signature.box
        strokes = _strokes(sight, sight.rectangle(box.grown(_ROUND * box.width, _ROUND * box.height)))
        small = _centred(strokes, _SIGNATURE_CELL * sight.grey.shape[1])
        if int((small > _STROKE).sum()) >= _LEAST_STROKES:
            small = _strengthened(small)
            found.append(SignaturePrint(mark=index, hash=hash_of(small), picture=packed(small, INK_LEVELS)))
    return tuple(found)


def _strokes(sight: Sight, place: Rectangle) -> Floats:
    """How dark the pen's ink is, 0-1. Rules and print that pass through the place are no strokes of it."""
    left, top, right, bottom = place
    light = sight.light[max(top, 0) : bottom, max(left, 0) : right]
    if light.size == 0:
        return np.zeros((1, 1), np.float32)
    ink = np.clip(1 - light / max(float(np.percentile(light, 90)), 1), 0, 1).astype(np.float32)
    joined = cv2.dilate((ink > _STROKE).astype(np.uint8), np.ones((3, 3), np.uint8))
    pieces = np.asarray(cv2.connectedComponents(joined)[1])
    edges = np.concatenate((pieces[0], pieces[-1], pieces[:, 0], pieces[:, -1]))
    ink[np.isin(pieces, edges[edges > 0])] = 0
    return ink


def _centred(ink: Floats, cell: float) -> Floats:
    """In cells of so many pixels, its strokes' middle in the middle: it is as large however it was boxed."""
    width, height = SIGNATURE_SIDES
    sides = max(round(ink.shape[1] / cell), 1), max(round(ink.shape[0] / cell), 1)
    small = _reduced(ink, sides)
    weights = np.where(small > _STROKE / 2, small, 0)
    total = max(float(weights.sum()), 1e-6)
    down, across = np.mgrid[0 : sides[1], 0 : sides[0]]
    x, y = (round(float((weights * axis).sum()) / total) for axis in (across, down))
    matrix = np.array([[1.0, 0, width // 2 - x], [0, 1.0, height // 2 - y]])
    return np.asarray(cv2.warpAffine(small, matrix, SIGNATURE_SIDES), np.float32)


def _reduced(picture: Floats, sides: tuple[int, int]) -> Floats:
    return np.asarray(cv2.resize(picture, sides, interpolation=cv2.INTER_AREA), np.float32)


def _strengthened(ink: Floats) -> Floats:
    """As if all had been pressed alike."""
    return np.asarray(ink / max(float(np.percentile(ink, 99)), 0.05), np.float32)


def hash_of(small: Floats) -> str:
    """On which side of so many planes the picture lies, as hexadecimal digits.

    The planes are rows of a cosine transform behind signs that fell by chance, once and for all.
    """
    height, width = small.shape
    even = np.zeros((height + height % 2, width + width % 2), np.float32)
    even[:height, :width] = (small - float(small.mean())) * _signs(height, width)
    planes = np.asarray(cv2.dct(even)).ravel()[:HASH_BITS]
    return np.packbits(planes > 0).tobytes().hex()


@lru_cache(maxsize=8)
def _signs(height: int, width: int) -> Floats:
    """1 or -1 for every cell, from the raw bits of a generator that gives the same in every release."""
    raw = np.random.PCG64(2002).random_raw(-(-height * width // 64)).astype("<u8").view(np.uint8)
    bits = np.unpackbits(raw, count=height * width).reshape(height, width)
    return np.asarray(bits, np.float32) * 2 - 1


def packed(small: Floats, count: int) -> str:
    """Values 0-1 as levels, squeezed, in letters: some four kilobytes for a page."""
    levels = np.clip(small * (count - 1) + 0.5, 0, count - 1).astype(np.uint8)
    return base64.b64encode(zlib.compress(levels.tobytes(), 9)).decode("ascii")


def unpacked(picture: str, width: int, height: int) -> NDArray[np.int8]:
    """Levels of a small picture. Raises ValueError where it is none."""
    raw = zlib.decompressobj().decompress(base64.b64decode(picture, validate=True), width * height + 1)
    if len(raw) != width * height:
        raise ValueError("no picture of this size")
    return np.frombuffer(raw, np.uint8).reshape(height, width).astype(np.int8)
