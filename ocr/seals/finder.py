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
from ocr.seals.shapes import Pixels, Plane

LONG_SIDE = 704
"""The page is shrunk to this; a name seal of 14 mm on A4 is then 33 pixels wide."""
_MOST_ENLARGED = 1.5
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

    def box(self, width: int, height: int) -> Box:
        """As fractions of a picture of this size."""
        return Box.clipped(self.left / width, self.top / height, self.right / width, self.bottom / height)

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
        """Likely seals of a page (RGB), likeliest first."""
        height, width = picture.shape[:2]
        scale = min(LONG_SIDE / max(height, width), _MOST_ENLARGED)
        size = (max(round(width * scale), 1), max(round(height * scale), 1))
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        small = cv2.resize(picture, size, interpolation=how)
        padded: Pixels = np.full((_filled(size[1]), _filled(size[0]), 3), 255, np.uint8)
        padded[: size[1], : size[0]] = small
        batch = np.ascontiguousarray(padded.transpose(2, 0, 1)[None], np.float32) / np.float32(255)
        heat, reach = self._session.run(None, {"picture": batch})
        found = [_grown(one, scale, width, height) for one in peaks(heat[0], reach[0])]
        return [one for one in found if one.width > 2 and one.height > 2]


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
    found.sort(key=lambda one: -one.score)
    kept: list[Pointed] = []
    for one in found:
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
