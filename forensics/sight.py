"""A page as the other modules of the room look at it: its brightness, edges and paper, each computed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.geometry import Box

Picture = NDArray[np.uint8]
Plane = NDArray[np.uint8]
"""One value, 0-255, for every pixel."""
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Colours = NDArray[np.float64]
Rectangle = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

_FIVE = np.ones((5, 5), np.uint8)
_REDUCED = 8
_INK = 0.88
"""Darker than this share of the paper's brightness is no paper."""
_WIDE, _BRIGHTER = 21, 1.06
"""Reduced pixels across which paper has its usual brightness, and what is more than that."""
_EVEN = 16
"""Contrast within five pixels that print exceeds."""
_FAINT_EDGE = 0.25
_EDGE_SHARE = 0.6
_CONTRAST_AT, _SHARE_AT = 95, 80
"""Percentiles: clear edges are held against the first, their steepness is the second."""


@dataclass(frozen=True)
class Sight:
    """``picture``: upright, RGB."""

    picture: Picture

    @cached_property
    def light(self) -> Plane:
        """The brightest channel: coloured ink is nearly gone in it, print is not."""
        red, green, blue = cv2.split(self.picture)
        return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)

    @cached_property
    def grey(self) -> Plane:
        return np.asarray(cv2.cvtColor(self.picture, cv2.COLOR_RGB2GRAY), np.uint8)

    @cached_property
    def edges(self) -> tuple[Plane, Floats]:
        return edges_of(self.light)

    @cached_property
    def level(self) -> Floats:
        """Brightness of the paper, lights and shadows included."""
        return self._full(self._levels)

    @cached_property
    def _levels(self) -> Plane:
        height, width = self.grey.shape
        reduced = (max(width // _REDUCED, 1), max(height // _REDUCED, 1))
        bright = cv2.dilate(self.grey, np.ones((3, 3), np.uint8)).astype(np.float32)
        small = cv2.resize(bright, reduced, interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.medianBlur(cv2.dilate(small, _FIVE).astype(np.uint8), 5), np.uint8)

    def _full(self, levels: Plane) -> Floats:
        height, width = self.grey.shape
        return np.asarray(cv2.resize(levels.astype(np.float32), (width, height)), np.float32)

    @cached_property
    def paper(self) -> Mask:
        """Where neither print nor ink lies, nor near; paper beside a brighter piece is no print."""
        paper = ~grown(self.grey < self.level * _INK, _FIVE)
        wide = cv2.medianBlur(self._levels, _WIDE)
        brighter = self._levels > wide * _BRIGHTER
        if brighter.any():
            usual = self._full(np.where(brighter, wide, self._levels))
            contrast, _ = self.edges
            paper |= (contrast < _EVEN) & (self.grey > usual * _INK)
        return np.asarray(paper, np.bool_)

    @cached_property
    def _paper_sums(self) -> NDArray[np.int32]:
        """Summed over all pixels above and to the left: red, green, blue, and how many, of paper alone.

        On huge pages the sums wrap round, which their differences do not feel.
        """
        paper = self.paper.astype(np.uint8)
        parts = cv2.merge([*cv2.split(cv2.copyTo(self.picture, paper)), paper])
        return np.asarray(cv2.integral(parts, sdepth=cv2.CV_32S), np.int32)

    def paper_colours(self, places: NDArray[np.intp], enough: int) -> Colours:
        """Mean RGB of the paper within each place (n x 4: left, top, right, bottom; n x 3).

        Not a number where less than ``enough`` pixels of paper are seen.
        """
        height, width = self.grey.shape
        left, right = (np.clip(places[:, side], 0, width) for side in (0, 2))
        top, bottom = (np.clip(places[:, side], 0, height) for side in (1, 3))
        sums = self._paper_sums
        total = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        count = total[:, 3:].astype(np.float64)
        return np.asarray(total[:, :3] / np.where(count >= enough, count, np.nan), np.float64)

    def rectangle(self, box: Box) -> Rectangle:
        height, width = self.grey.shape
        left, top, right, bottom = box.corners
        return round(left * width), round(top * height), round(right * width), round(bottom * height)

    def box(self, place: Sequence[int]) -> Box:
        """``place``: left, top, right, bottom in pixels."""
        height, width = self.grey.shape
        left, top, right, bottom = (int(value) for value in place)
        return Box.clipped(left / width, top / height, right / width, bottom / height)


def grown(mask: Mask, kernel: NDArray[np.uint8]) -> Mask:
    return np.asarray(cv2.dilate(mask.astype(np.uint8), kernel)) > 0


def shrunk(mask: Mask, kernel: NDArray[np.uint8]) -> Mask:
    return np.asarray(cv2.erode(mask.astype(np.uint8), kernel)) > 0


def edges_of(channel: Plane) -> tuple[Plane, Floats]:
    """Contrast within five pixels, and the steepest step between two neighbours as a share of it.

    A perfect edge has a share of 1; the lens and the paper's own softness bring that down for all that was
    scanned or photographed together.
    """
    contrast = cv2.subtract(cv2.dilate(channel, _FIVE), cv2.erode(channel, _FIVE))
    beside, below = np.hstack((channel[:, 1:], channel[:, -1:])), np.vstack((channel[1:], channel[-1:]))
    steepest = cv2.max(cv2.absdiff(channel, beside), cv2.absdiff(channel, below))
    share = cv2.divide(steepest, np.maximum(contrast, 1), dtype=cv2.CV_32F)
    return np.asarray(contrast, np.uint8), np.asarray(share, np.float32)


def steepness(contrast: Plane, share: Floats, least: float, enough: int) -> tuple[float, int] | None:
    """Steepness of the clear edges among some pixels (flat), and their count; ``None`` below ``enough``."""
    if contrast.size < enough:
        return None
    counts = np.bincount(contrast, minlength=256)[None]
    edge = share > _FAINT_EDGE
    return _of_clear(contrast[edge], share[edge], max(_clear_contrast(counts)[0], least), enough)


def steepness_along(
    contrast: Plane, share: Floats, windows: NDArray[np.intp], least: float, enough: int
) -> list[tuple[float, int] | None]:
    """``steepness`` in each of the windows of one line (n x 4: left, top, right, bottom in pixels)."""
    top, bottom = windows[0, 1], windows[0, 3]
    cuts, where = np.unique(windows[:, ::2], return_inverse=True)
    begins, ends = where.reshape(-1, 2).T
    # Column by column, so that what lies in a window lies together.
    upright = np.ascontiguousarray(contrast[top:bottom, cuts[0] : cuts[-1]].T)
    shares = np.ascontiguousarray(share[top:bottom, cuts[0] : cuts[-1]].T)
    piece = np.searchsorted(cuts, np.arange(cuts[0], cuts[-1]), side="right")
    counts = np.bincount((piece[:, None] * 256 + upright).ravel(), minlength=256 * len(cuts))
    upto = counts.reshape(-1, 256).cumsum(axis=0)
    bounds = np.maximum(_clear_contrast(upto[ends] - upto[begins]), least)
    there, _ = np.nonzero(edge := (shares > _FAINT_EDGE) & (upright > least))
    upright, shares = upright[edge], shares[edge]
    firsts, lasts = (np.searchsorted(there, windows[:, side] - cuts[0]) for side in (0, 2))
    return [
        _of_clear(upright[first:last], shares[first:last], bound, enough)
        for first, last, bound in zip(firsts, lasts, bounds, strict=True)
    ]


def _clear_contrast(counts: NDArray[np.intp]) -> Colours:
    """Contrast of clear edges by how often each of the 256 values occurs (n x 256)."""
    upto = counts.cumsum(axis=1)
    place = _CONTRAST_AT / 100 * (upto[:, -1:] - 1)
    below = (upto <= np.floor(place)).sum(axis=1)
    above = (upto <= np.ceil(place)).sum(axis=1)
    return np.asarray(_EDGE_SHARE * (below + (above - below) * (place - np.floor(place))[:, 0]))


def _of_clear(contrast: Plane, share: Floats, bound: float, enough: int) -> tuple[float, int] | None:
    clear = share[contrast > bound]
    if clear.size < enough:
        return None
    place = _SHARE_AT / 100 * (clear.size - 1)
    low = int(place)
    high = min(low + 1, clear.size - 1)
    parted = np.partition(clear, (low, high))
    below, above = float(parted[low]), float(parted[high])
    return below + (above - below) * (place - low), clear.size
