"""A page as the other modules of the room look at it: its brightness, edges and paper, each computed once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.geometry import Box

Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Colour = NDArray[np.float64]
Rectangle = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

_FIVE = np.ones((5, 5), np.uint8)
_REDUCED = 8
_INK = 0.88
"""Darker than this share of the paper's brightness is no paper."""
_FAINT_EDGE = 0.25
_EDGE_SHARE = 0.6


@dataclass(frozen=True)
class Sight:
    """``picture``: upright, RGB."""

    picture: Picture

    @cached_property
    def light(self) -> Floats:
        """The brightest channel, 0-255: coloured ink is nearly gone in it, print is not."""
        return np.asarray(self.picture.max(axis=2), np.float32)

    @cached_property
    def grey(self) -> Floats:
        return np.asarray(cv2.cvtColor(self.picture, cv2.COLOR_RGB2GRAY), np.float32)

    @cached_property
    def edges(self) -> tuple[Floats, Floats]:
        return edges_of(self.light)

    @cached_property
    def level(self) -> Floats:
        """Brightness of the paper, lights and shadows included."""
        height, width = self.grey.shape
        reduced = (max(width // _REDUCED, 1), max(height // _REDUCED, 1))
        bright = cv2.dilate(self.grey, np.ones((3, 3), np.uint8))
        small = cv2.resize(bright, reduced, interpolation=cv2.INTER_AREA)
        smooth = cv2.medianBlur(cv2.dilate(small, _FIVE).astype(np.uint8), 5).astype(np.float32)
        return np.asarray(cv2.resize(smooth, (width, height)), np.float32)

    @cached_property
    def paper(self) -> Mask:
        """Where neither print nor ink lies, nor near."""
        return ~grown(self.grey < self.level * _INK, _FIVE)

    @cached_property
    def _paper_sums(self) -> NDArray[np.float64]:
        """Summed over all pixels above and to the left: red, green, blue, and how many, of paper alone."""
        paper = self.paper.astype(np.uint8)
        parts = cv2.merge([*cv2.split(self.picture * paper[..., None]), paper])
        return np.asarray(cv2.integral(parts, sdepth=cv2.CV_64F), np.float64)

    def paper_colour(self, place: Rectangle, enough: int) -> Colour | None:
        """Mean RGB of the paper within; ``None`` where less than ``enough`` pixels of it are seen."""
        height, width = self.grey.shape
        left, right = (min(max(value, 0), width) for value in (place[0], place[2]))
        top, bottom = (min(max(value, 0), height) for value in (place[1], place[3]))
        sums = self._paper_sums
        total = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return total[:3] / total[3] if total[3] >= enough else None

    def rectangle(self, box: Box) -> Rectangle:
        height, width = self.grey.shape
        left, top, right, bottom = box.corners
        return round(left * width), round(top * height), round(right * width), round(bottom * height)

    def box(self, rectangle: Rectangle) -> Box:
        height, width = self.grey.shape
        left, top, right, bottom = rectangle
        return Box.clipped(left / width, top / height, right / width, bottom / height)


def grown(mask: Mask, kernel: NDArray[np.uint8]) -> Mask:
    return np.asarray(cv2.dilate(mask.astype(np.uint8), kernel)) > 0


def shrunk(mask: Mask, kernel: NDArray[np.uint8]) -> Mask:
    return np.asarray(cv2.erode(mask.astype(np.uint8), kernel)) > 0


def edges_of(channel: Floats) -> tuple[Floats, Floats]:
    """Contrast within five pixels, and the steepest step between two neighbours as a share of it.

    A perfect edge has a share of 1; the lens and the paper's own softness bring that down for all that was
    scanned or photographed together.
    """
    contrast = np.asarray(cv2.dilate(channel, _FIVE) - cv2.erode(channel, _FIVE), np.float32)
    across = np.abs(np.diff(channel, axis=1, append=channel[:, -1:]))
    down = np.abs(np.diff(channel, axis=0, append=channel[-1:]))
    return contrast, np.maximum(across, down) / np.maximum(contrast, 1)


def steepness(contrast: Floats, share: Floats, least: float, enough: int) -> tuple[float, int] | None:
    """Steepness of the clear edges among some pixels, and their count; ``None`` below ``enough``."""
    if contrast.size < enough:
        return None
    clear = (contrast > max(_EDGE_SHARE * float(np.percentile(contrast, 95)), least)) & (share > _FAINT_EDGE)
    count = int(clear.sum())
    return (float(np.percentile(share[clear], 80)), count) if count >= enough else None
