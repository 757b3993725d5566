"""Where seals may be: a small network of our own looks at the whole page, shrunk, and points at them.

It is right about the place and wrong about one roundel in a few, so all that it points at is looked at
closely afterwards (``rings.py``, ``stamps.py``). How it was taught stands in ``models/seal_finder/card.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

import models
from domain.geometry import Box
from ocr.seals.gatekeeper import Session
from ocr.seals.shapes import Pixels, Plane, shrunk

LONG_SIDE = 704
"""The page is shrunk to this; a name seal of 14 mm on A4 is then 33 pixels wide."""
_SMALL_SIDE, _LARGEST = 256, 330
"""The second copy's long side; pixels on the first from which a seal is looked for there."""
_MOST_ENLARGED = 1.5
_AT_EDGE = 0.02
"""A box this near to the picture's edge, in shares of its side, is cut there."""
_MULTIPLE = 64
_STRIDE = 4
LEAST_SCORE = 0.12
"""Below this hardly anything is a seal."""
_MOST = 24
_SAME = 0.45


class Kind(IntEnum):
    """What the network tells apart: round and oval seals, square and rectangular ones, cut ones."""

    RING = 0
    FRAME = 1
    CUT = 2


@dataclass(frozen=True, slots=True)
class Pointed:
    """Something that may be a seal. The box is in pixels of the picture, ``score`` is 0-1."""

    kind: Kind
    left: float
    top: float
    right: float
    bottom: float
    score: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def scaled(self, factor: float) -> Pointed:
        """The same on a picture resized by ``factor``."""
        return Pointed(
            self.kind,
            self.left * factor,
            self.top * factor,
            self.right * factor,
            self.bottom * factor,
            self.score,
        )

    def box(self, width: int, height: int) -> Box:
        """As fractions of a picture of this size."""
        return Box.clipped(self.left / width, self.top / height, self.right / width, self.bottom / height)

    def edges(self, width: int, height: int) -> tuple[bool, bool, bool, bool]:
        """Whether it reaches the left, top, right and bottom edge of a picture of this size."""
        slack = _AT_EDGE * max(self.width, self.height) + 2
        return (
            self.left < slack,
            self.top < slack,
            self.right > width - slack,
            self.bottom > height - slack,
        )

    def overlap(self, other: Pointed) -> float:
        """Intersection over union."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        if across <= 0 or down <= 0:
            return 0.0
        shared = across * down
        return shared / (self.width * self.height + other.width * other.height - shared)


class Pointer(Protocol):
    """Anything that points at likely seals on a page, such as ``SealFinder``."""

    def __call__(self, picture: Pixels) -> list[Pointed]: ...


class SealFinder:
    """The network ``seal_finder``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, picture: Pixels) -> list[Pointed]:
        """Likely seals of a page (RGB), likeliest first.

        The network learned seals of up to ``_LARGEST`` pixels: larger ones are seen on a smaller copy.
        """
        found = self._at(picture, LONG_SIDE)
        least = _LARGEST * max(picture.shape[:2]) / LONG_SIDE
        large = [one for one in self._at(picture, _SMALL_SIDE) if max(one.width, one.height) > least]
        return distinct([*found, *large])

    def _at(self, picture: Pixels, long_side: int) -> list[Pointed]:
        height, width = picture.shape[:2]
        small, scale = _fitted(picture, long_side)
        padded: Pixels = np.full((_filled(small.shape[0]), _filled(small.shape[1]), 3), 255, np.uint8)
        padded[: small.shape[0], : small.shape[1]] = small
        batch = cv2.dnn.blobFromImage(padded, 1 / 255)
        heat, reach = self._session.run(None, {"picture": np.asarray(batch, np.float32)})
        found = [_grown(one, scale, width, height) for one in peaks(heat[0], reach[0])]
        return [one for one in found if one.width > 2 and one.height > 2]


def _fitted(picture: Pixels, long_side: int) -> tuple[Pixels, float]:
    """The picture at the size that the network looks at, and its scale."""
    height, width = picture.shape[:2]
    if max(height, width) >= long_side:
        return shrunk(picture, long_side)
    scale = min(long_side / max(height, width), _MOST_ENLARGED)
    size = (round(width * scale), round(height * scale))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), np.uint8), scale


def _filled(side: int) -> int:
    return -(-side // _MULTIPLE) * _MULTIPLE


def peaks(heat: npt.NDArray[np.float32], reach: npt.NDArray[np.float32]) -> list[Pointed]:
    """The tops of the heat maps (3 × cells × cells) with their boxes (4 × cells × cells), each place once."""
    found: list[Pointed] = []
    for kind in Kind:
        plane: Plane = heat[kind]
        tops = (plane >= cv2.dilate(plane, np.ones((3, 3), np.uint8))) & (plane > LEAST_SCORE)
        for row, column in zip(*np.nonzero(tops), strict=True):
            x, y = (float(column) + 0.5) * _STRIDE, (float(row) + 0.5) * _STRIDE
            left, top, right, bottom = (float(value) for value in reach[:, row, column])
            found.append(Pointed(kind, x - left, y - top, x + right, y + bottom, float(plane[row, column])))
    return distinct(found)


def distinct(found: list[Pointed]) -> list[Pointed]:
    """Each place once, the surest word about it, likeliest first."""
    kept: list[Pointed] = []
    for one in sorted(found, key=lambda one: -one.score):
        if all(one.overlap(other) < _SAME for other in kept):
            kept.append(one)
    return kept[:_MOST]


def _grown(one: Pointed, scale: float, width: int, height: int) -> Pointed:
    """From the shrunk page to the picture, cut at its edges."""
    return Pointed(
        one.kind,
        min(max(one.left / scale, 0.0), width),
        min(max(one.top / scale, 0.0), height),
        min(max(one.right / scale, 0.0), width),
        min(max(one.bottom / scale, 0.0), height),
        one.score,
    )


@cache
def seal_finder() -> SealFinder:
    """The network that comes with the program, loaded once a process."""
    return SealFinder(models.session("seal_finder"))
