"""Make a seal ready for reading: cut out at a good size, paper white, print painted out."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ocr.seals.ink import chroma, flattened, redness, strength
from ocr.seals.separation import Mask, print_mask, without_print
from ocr.seals.shapes import Ellipse, Family, Pixels, Plane

_LEAST_RADIUS = 110.0
"""Smaller seals are enlarged to this radius in pixels before anything else."""
_MOST_RADIUS = 220.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A seal cut out at a good size. ``clean`` has the print painted out; ``ink`` is 0-1 without print."""

    raw: Pixels
    clean: Pixels
    ink: Plane
    ellipse: Ellipse
    printed: float
    """Share of the seal's disc that print covers."""


def prepared(picture: Pixels, ellipse: Ellipse, family: Family) -> Prepared:
    """Cut the seal out, set its size, turn the paper white, separate print from ink."""
    half_x, half_y = (extent * 1.18 + 2 for extent in ellipse.half_extent)
    left, top = max(int(ellipse.x - half_x), 0), max(int(ellipse.y - half_y), 0)
    right = min(int(ellipse.x + half_x) + 1, picture.shape[1])
    bottom = min(int(ellipse.y + half_y) + 1, picture.shape[0])
    patch = picture[top:bottom, left:right]
    factor = min(max(_LEAST_RADIUS / ellipse.radius, 1.0), 4.0)
    factor = min(factor, _MOST_RADIUS / ellipse.radius)
    if factor != 1.0:
        how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
        patch = np.asarray(cv2.resize(patch, None, fx=factor, fy=factor, interpolation=how), np.uint8)
    own = ellipse.moved(-left, -top).scaled(factor)
    flat = flattened(np.ascontiguousarray(patch), step=4)
    ink = _ink(flat, family)
    ring = _ring_mask(ink, own)
    mask = print_mask(flat, ring, family)
    clean = without_print(flat, mask)
    inside = _disc(ink.shape, own)
    printed = float(mask[inside].mean()) if inside.any() else 0.0
    return Prepared(flat, clean, _ink(clean, family), own, printed)


def _ink(flat: Pixels, family: Family) -> Plane:
    if family == "red":
        return strength(redness(flat))
    if family == "other":
        return strength(chroma(flat), 22.0)
    return strength(255.0 - cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY).astype(np.float32), 40.0, 80.0)


def _ring_mask(ink: Plane, ellipse: Ellipse) -> Mask:
    mask: Pixels = np.zeros(ink.shape, np.uint8)
    centre, axes = (ellipse.x, ellipse.y), (2 * ellipse.a, 2 * ellipse.b)
    thickness = max(round(0.05 * ellipse.radius), 2)
    cv2.ellipse(mask, (centre, axes, float(np.rad2deg(ellipse.angle))), (1,), thickness)
    return np.asarray((mask > 0) & (ink > 0.5), bool)


def _disc(shape: tuple[int, ...], ellipse: Ellipse) -> Mask:
    mask: Pixels = np.zeros(shape, np.uint8)
    box = ((ellipse.x, ellipse.y), (2 * ellipse.a, 2 * ellipse.b), float(np.rad2deg(ellipse.angle)))
    cv2.ellipse(mask, box, (1,), -1)
    return np.asarray(mask > 0, bool)
