"""Small pictures of pages, seals and signatures, and the prints that are kept of them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.traces import PagePrint, SealPrint, SignaturePrint
from forensics.prints import INK_LEVELS, PAGE_LEVELS, PAGE_SIDES, SEAL_SIDE, SIGNATURE_SIDES, hash_of, packed

Picture = NDArray[np.float32]


def sheet(seed: int = 1) -> Picture:
    """Rows of words on a white page."""
    generator = np.random.default_rng(seed)
    page = np.ones((PAGE_SIDES[1], PAGE_SIDES[0]), np.float32)
    for row in range(20, 250, 10):
        page[row : row + 4, 16:176] = generator.choice((0.3, 0.5, 1.0), (4, 160))
    return page


def saved_again(picture: Picture, seed: int = 2) -> Picture:
    noise = np.random.default_rng(seed).normal(0, 0.02, picture.shape)
    return np.asarray(np.clip(picture + noise, 0, 1), np.float32)


def page_print(page: Picture) -> PagePrint:
    return PagePrint(hash=hash_of(page), picture=packed(page, PAGE_LEVELS))


def impression(seed: int) -> Picture:
    """Of one stamp, each pressed by hand."""
    ring = np.zeros((SEAL_SIDE, SEAL_SIDE))
    ring[5:50:6] = 0.7
    pressure = np.random.default_rng(seed).uniform(0.2, 1.4, ring.shape)
    return np.asarray(np.clip(ring * pressure, 0, 1), np.float32)


def seal_print(ink: Picture) -> SealPrint:
    return SealPrint(seal=0, hash=hash_of(ink), picture=packed(ink, INK_LEVELS))


def strokes(seed: int) -> Picture:
    """Of one name, each written by hand: the same strokes, never quite in the same place."""
    width, height = SIGNATURE_SIDES
    wander = np.random.default_rng(seed).normal(0, 2.5, (6, 4, 2))
    plane = np.zeros((height, width), np.uint8)
    for number in range(6):
        left = 6 + number * 15
        knots = np.array([[left, 6], [left + 10, 14], [left, 26], [left + 12, 34]]) + wander[number]
        cv2.polylines(plane, [np.round(knots).astype(np.int32)], False, (255,), 2, cv2.LINE_AA)
    return np.asarray(plane / 255, np.float32)


def signature_print(ink: Picture) -> SignaturePrint:
    return SignaturePrint(mark=0, hash=hash_of(ink), picture=packed(ink, INK_LEVELS))
