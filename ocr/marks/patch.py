"""The neighbourhood of a statement, cut out level and at a known size, with the seals' ink taken off.

All that is looked for beside the statement is looked for here, so that a stamp set at an angle is no special
case. One unit of the patch is ``CHARACTER`` pixels: the height of a character of the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from domain.geometry import Box
from ocr.seals.recogniser import ReadLine, Recogniser
from ocr.seals.shapes import Pixels

CHARACTER = 36
_LEFT, _RIGHT, _ABOVE, _BELOW = 5.0, 18.0, 4.0, 9.5
_LEAST_SURE = 0.4
_FIRST_HAN = 0x2E7F

Corners = npt.NDArray[np.float32]


class Detector(Protocol):
    """Finds lines of text: corners (4×2 pixels, from the top left clockwise), as ``LineDetector.find``."""

    def __call__(self, picture: Pixels) -> Sequence[Corners]: ...


class MarkReader(Recogniser, Protocol):
    """Reads line crops, and gives the probabilities behind the reading: steps × characters for each."""

    def probabilities(self, crops: Sequence[Pixels]) -> Sequence[npt.NDArray[np.float32]]: ...


@dataclass(frozen=True, slots=True)
class PatchLine:
    """A line in the patch; ``corners`` in its pixels."""

    text: str
    confidence: float
    corners: Corners
    positions: tuple[float, ...] = ()
    """Middle of every character of ``text`` along the line, 0-1; spread evenly where not known."""

    def x_before(self, index: int) -> float:
        """Where character ``index`` begins: half-way between its middle and that of the one before."""
        count = len(self.text)
        if index <= 0 or count == 0:
            return self._before_first()
        if index >= count:
            return self._after_last()
        middles = (
            self.positions if len(self.positions) == count else [(i + 0.5) / count for i in range(count)]
        )
        return self.left + (middles[index - 1] + middles[index]) / 2 * (self.right - self.left)

    def _before_first(self) -> float:
        """Where the first character begins; strokes that were not read may stand before it."""
        return self.start_of(0) if len(self.positions) == len(self.text) > 1 else self.left

    def _after_last(self) -> float:
        """Where the last character ends; the line may go on with strokes that were not read."""
        return self.end_of(len(self.text) - 1) if len(self.positions) == len(self.text) > 1 else self.right

    def start_of(self, index: int) -> float:
        """Left edge of a character by its own width, whatever stands before it."""
        return max(self._middle_of(index) - self._half(index), self.left)

    def end_of(self, index: int) -> float:
        """Right edge of a character by its own width, whatever comes after it."""
        return min(self._middle_of(index) + self._half(index), self.right)

    def _middle_of(self, index: int) -> float:
        count = len(self.text)
        share = self.positions[index] if len(self.positions) == count else (index + 0.5) / max(count, 1)
        return self.left + share * (self.right - self.left)

    def _half(self, index: int) -> float:
        """Half the width of a character: Chinese ones are about as wide as the line is high."""
        wide = 0.5 if ord(self.text[index]) > _FIRST_HAN else 0.3
        return wide * 0.9 * (self.bottom - self.top)

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.left, self.top, self.right, self.bottom

    @property
    def left(self) -> float:
        return float(self.corners[:, 0].min())

    @property
    def right(self) -> float:
        return float(self.corners[:, 0].max())

    @property
    def top(self) -> float:
        return float(self.corners[:, 1].min())

    @property
    def bottom(self) -> float:
        return float(self.corners[:, 1].max())

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Patch:
    """``clean``: seals' ink taken off; ``raw``: as it is. ``back``: patch pixels → page pixels, 2×3.

    ``phrase``: left, top, right, bottom of the statement in the patch.
    """

    clean: Pixels
    raw: Pixels
    back: npt.NDArray[np.float64]
    page_size: tuple[int, int]
    phrase: tuple[float, float, float, float]

    def page_box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """An upright box on the page, in fractions, around a rectangle of the patch."""
        corners = np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]])
        places = corners @ self.back.T
        width, height = self.page_size
        low, high = places.min(axis=0), places.max(axis=0)
        return Box.clipped(low[0] / width, low[1] / height, high[0] / width, high[1] / height)


def cut_patch(picture: Pixels, clean: Pixels, corners: Corners, characters: int) -> Patch:
    """The patch around a line. ``corners``: 4×2 page pixels; ``characters``: how many stand on the line."""
    top_left, top_right, _, bottom_left = corners.astype(np.float64)
    along = top_right - top_left
    length = float(np.hypot(*along))
    tall = float(np.hypot(*(bottom_left - top_left)))
    unit = float(np.clip(length / max(characters, 1), 0.5 * tall, 1.15 * tall))
    scale = CHARACTER / unit
    direction = along / max(length, 1e-6)
    down = np.array([-direction[1], direction[0]])
    width = int((_LEFT + length / unit + _RIGHT) * CHARACTER)
    height = int((_ABOVE + tall / unit + _BELOW) * CHARACTER)
    origin = top_left - (_LEFT * direction + _ABOVE * down) * unit
    back = np.column_stack([direction / scale, down / scale, origin])
    box = (
        _LEFT * CHARACTER,
        _ABOVE * CHARACTER,
        _LEFT * CHARACTER + length * scale,
        _ABOVE * CHARACTER + tall * scale,
    )
    size = (picture.shape[1], picture.shape[0])
    return Patch(_cut(clean, back, width, height), _cut(picture, back, width, height), back, size, box)


def on_page(patch: Patch, corners: Corners) -> Corners:
    """Corners of the patch as pixels of the page."""
    return np.asarray(np.column_stack([corners, np.ones(len(corners))]) @ patch.back.T, np.float32)


def in_patch(patch: Patch, corners: Corners) -> Corners:
    """Corners on the page, in pixels, as pixels of the patch."""
    forward = cv2.invertAffineTransform(patch.back)
    return np.asarray(np.column_stack([corners, np.ones(len(corners))]) @ forward.T, np.float32)


def _cut(picture: Pixels, back: npt.NDArray[np.float64], width: int, height: int) -> Pixels:
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    cut = cv2.warpAffine(picture, back, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8)


def straight(picture: Pixels, corners: Corners) -> Pixels:
    """A line of text set straight."""
    width = max(int(np.linalg.norm(corners[1] - corners[0])), 4)
    height = max(int(np.linalg.norm(corners[3] - corners[0])), 4)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    flat = cv2.warpPerspective(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, np.uint8)


def patch_lines(patch: Patch, recognise: Recogniser, detect: Detector) -> list[PatchLine]:
    """The lines of the patch, read with the seals' ink taken off, from top to bottom."""
    corners = [np.asarray(found, np.float32) for found in detect(patch.clean)]
    reads = recognise.read([straight(patch.clean, quad) for quad in corners])
    lines = [
        PatchLine(read.text.strip(), float(read.confidence), quad, _places(read))
        for read, quad in zip(reads, corners, strict=True)
        if read.text.strip() and read.confidence >= _LEAST_SURE
    ]
    return sorted(lines, key=lambda line: line.middle[1])


def _places(read: ReadLine) -> tuple[float, ...]:
    """Middles of the characters that are left when the ends are trimmed."""
    start = len(read.text) - len(read.text.lstrip())
    return tuple(read.positions[start : start + len(read.text.strip())])
