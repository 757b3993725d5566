"""Shapes that the seal finder passes around, in pixels of the picture at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from domain.geometry import Box

Pixels = npt.NDArray[np.uint8]
"""A picture, H×W×3, RGB, 0-255."""

Plane = npt.NDArray[np.float32]
"""One value a pixel, H×W."""

Family = Literal["red", "other", "dark"]
"""Which map of the page a candidate was found on."""


@dataclass(frozen=True, slots=True)
class Ellipse:
    """Centre and half axes in pixels; ``angle`` in radians turns the first axis from x towards y (down)."""

    x: float
    y: float
    a: float
    b: float
    angle: float = 0.0

    @property
    def radius(self) -> float:
        return float(np.sqrt(self.a * self.b))

    @property
    def aspect(self) -> float:
        """Short axis over long axis, 0-1."""
        return min(self.a, self.b) / max(self.a, self.b, 1e-6)

    @property
    def half_extent(self) -> tuple[float, float]:
        """Half width and half height of the upright rectangle around it."""
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        return float(np.hypot(self.a * cos, self.b * sin)), float(np.hypot(self.a * sin, self.b * cos))

    def scaled(self, factor: float) -> Ellipse:
        """The same ellipse on a picture resized by ``factor``."""
        return replace(self, x=self.x * factor, y=self.y * factor, a=self.a * factor, b=self.b * factor)

    def moved(self, dx: float, dy: float) -> Ellipse:
        return replace(self, x=self.x + dx, y=self.y + dy)

    def grown(self, factor: float) -> Ellipse:
        """Larger about its own centre."""
        return replace(self, a=self.a * factor, b=self.b * factor)

    def points(self, angles: Plane, rho: Plane | float = 1.0) -> tuple[Plane, Plane]:
        """Pixel coordinates at ``angles`` (radians on the page, clockwise from east) and relative radii."""
        shifted = angles - self.angle
        # The radius of the ellipse in each direction, so that equal angles are equal on the page.
        radius = 1.0 / np.sqrt((np.cos(shifted) / self.a) ** 2 + (np.sin(shifted) / self.b) ** 2)
        x = self.x + rho * radius * np.cos(angles)
        y = self.y + rho * radius * np.sin(angles)
        return x.astype(np.float32), y.astype(np.float32)

    def box(self, width: int, height: int) -> Box:
        """The upright rectangle around it as fractions of a picture of this size, cut at its edges."""
        half_x, half_y = self.half_extent
        return Box.clipped(
            (self.x - half_x) / width,
            (self.y - half_y) / height,
            (self.x + half_x) / width,
            (self.y + half_y) / height,
        )


@dataclass(frozen=True, slots=True)
class RingCandidate:
    """A ring that may be a seal. ``support``: share of the visible angles with ink on the ring, 0-1.

    ``outside``: share of angles with as much ink just outside; ``visible``: share of the ring on the page.
    """

    ellipse: Ellipse
    family: Family
    support: float
    outside: float
    visible: float

    @property
    def score(self) -> float:
        return self.support - 0.35 * self.outside


def sample(plane: Pixels | Plane, x: Plane, y: Plane) -> Plane:
    """Values of a picture at fractional places; outside it zero."""
    taken = cv2.remap(plane, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(0, 0, 0, 0))
    return np.asarray(taken, np.float32)


def darkest(picture: Pixels) -> npt.NDArray[np.uint8]:
    """The lowest channel of every pixel, H×W; NumPy's own minimum over three takes ten times as long."""
    red, green, blue = cv2.split(picture)
    return np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)


def brightest(picture: Pixels) -> npt.NDArray[np.uint8]:
    """The highest channel of every pixel, H×W."""
    red, green, blue = cv2.split(picture)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def shrunk(picture: Pixels, long_side: int) -> tuple[Pixels, float]:
    """The picture with no side longer than this, and its scale. Whole steps first: they cost a tenth."""
    height, width = picture.shape[:2]
    scale = min(long_side / max(height, width), 1.0)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    steps = min(height // size[1], width // size[0])
    if steps > 1:
        whole = picture[: height // steps * steps, : width // steps * steps]
        halved = (whole.shape[1] // steps, whole.shape[0] // steps)
        picture = np.asarray(cv2.resize(whole, halved, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8), scale
