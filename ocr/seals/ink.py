"""What is ink, and of which colour: maps of a page after its local paper colour is divided out."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ocr.seals.shapes import Family, Pixels, Plane

LONG_SIDE = 1100
"""Seals are looked for on a copy of this long side; smaller pictures are not enlarged beyond twice."""

_PAPER_STEP = 8
_DARKEST_PAPER = 70.0
_PAPER = np.maximum(np.arange(256, dtype=np.float32), _DARKEST_PAPER)
"""By brightness as found. Pages are looked up in tables: arithmetic on them takes twice the time."""
_FLOOR = 14.0
_SPAN = 44.0


@dataclass(frozen=True, slots=True)
class InkMaps:
    """Ink strength 0-1 by family on the working copy. ``scale`` = working copy / original.

    ``flat`` is the working copy with white paper; ``redness`` and ``chroma`` are 0-255, before clipping.
    """

    scale: float
    flat: Pixels
    redness: Plane
    chroma: Plane
    red: Plane
    other: Plane
    dark: Plane

    def of(self, family: Family) -> Plane:
        return {"red": self.red, "other": self.other, "dark": self.dark}[family]


def paper_colour(picture: Pixels, step: int = _PAPER_STEP) -> Plane:
    """The local colour of the empty paper, H×W×3, 0-255: the brightest neighbourhood, smoothed."""
    return np.asarray(cv2.LUT(_brightest(picture, step), _PAPER), np.float32)


def _brightest(picture: Pixels, step: int) -> Pixels:
    height, width = picture.shape[:2]
    small = cv2.resize(picture, (max(width // step, 1), max(height // step, 1)), interpolation=cv2.INTER_AREA)
    small = cv2.medianBlur(small, 3)
    reach = 11
    bright = cv2.dilate(small, np.ones((reach, reach), np.uint8))
    bright = cv2.blur(bright, (reach, reach))
    return np.asarray(cv2.resize(bright, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def flattened(picture: Pixels, step: int = _PAPER_STEP) -> Pixels:
    """The picture with its paper turned white, so that tinted paper and shadows carry no colour."""
    flat = np.asarray(cv2.LUT(_brightest(picture, step), 255.0 / _PAPER), np.float32)
    np.minimum(np.multiply(picture, flat, out=flat), 255, out=flat)
    return flat.astype(np.uint8)


def redness(flat: Pixels) -> Plane:
    """``min(r - g, 1.6 (r - b))``: high for red, pink and orange-red ink, about zero for grey. -255..255."""
    values = flat.astype(np.float32)
    red, green, blue = values[..., 0], values[..., 1], values[..., 2]
    return np.asarray(np.minimum(red - green, 1.6 * (red - blue)), np.float32)


def chroma(flat: Pixels) -> Plane:
    """How far from grey, whatever the hue: 0-255."""
    red, green, blue = cv2.split(flat)
    span = cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue))
    return np.asarray(span, np.float32)


def strength(values: Plane, floor: float = _FLOOR, span: float = _SPAN) -> Plane:
    """Clip to 0-1 so that a faint seal counts nearly as much as a strong one."""
    return np.asarray(np.clip((values - floor) / span, 0, 1), np.float32)


def thin_darkness(flat: Pixels, reach: int) -> Plane:
    """Dark strokes thinner than ``reach`` pixels, 0-255."""
    grey = cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY)
    hat = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((reach, reach), np.uint8))
    return np.asarray(hat, np.float32)


def ink_maps(picture: Pixels, long_side: int = LONG_SIDE) -> InkMaps:
    """Working copy and its maps. ``picture``: H×W×3 RGB."""
    height, width = picture.shape[:2]
    scale = min(long_side / max(height, width), 2.0)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    working = cv2.resize(picture, size, interpolation=how)
    flat = flattened(np.asarray(working, np.uint8))
    red = redness(flat)
    colour = chroma(flat)
    not_red = np.where(red > 0.35 * colour, 0.0, colour).astype(np.float32)
    return InkMaps(
        scale=scale,
        flat=flat,
        redness=red,
        chroma=colour,
        red=strength(red),
        other=strength(not_red, 22.0),
        dark=strength(thin_darkness(flat, 11), 24.0, 70.0),
    )
