"""Make a seal ready for reading: cut out at a good size, paper white, print painted out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from ocr.seals.ink import chroma, flattened, redness, strength
from ocr.seals.ring import fit_ring, measured
from ocr.seals.separation import Mask, print_mask, without_print
from ocr.seals.shapes import Ellipse, Family, Pixels, Plane

_LEAST_RADIUS = 110.0
"""Smaller seals are enlarged to this radius in pixels before anything else."""
_MOST_RADIUS = 220.0
_FIT_RADIUS, _FIT_REACH = 90.0, 1.5
_BETTER = 0.02
_GROUND = 0.5
_INKED = 0.5


@dataclass(frozen=True, slots=True)
class Prepared:
    """A seal cut out at a good size. ``clean`` has the print painted out; ``ink`` is 0-1 without print."""

    raw: Pixels
    clean: Pixels
    ink: Plane
    ellipse: Ellipse
    printed: float
    """Share of the seal's disc that print covers."""
    covered: float = 0.0
    """Share of the disc under ink or print: of an impression less than half."""


def prepared(picture: Pixels, ellipse: Ellipse, family: Family) -> Prepared:
    """Fit the ring anew, cut the seal out, set its size, turn the paper white, separate print from ink."""
    ellipse = _refitted(picture, ellipse, family)
    factor = min(max(_LEAST_RADIUS / ellipse.radius, 1.0), 4.0)
    patch, own = _cut(picture, ellipse, 1.18, min(factor, _MOST_RADIUS / ellipse.radius))
    flat = flattened(patch, step=4)
    ink = _ink(flat, family)
    ring = _ring_mask(ink, own)
    mask = print_mask(flat, ring, family)
    inside = _disc(ink.shape, own)
    printed = float(mask[inside].mean()) if inside.any() else 0.0
    # What covers half of the seal is the ground it stands on, dark or photographed, and no print.
    clean = without_print(flat, mask) if printed < _GROUND else flat
    covered = float(((ink > _INKED) | mask)[inside].mean()) if inside.any() else 0.0
    return Prepared(flat, clean, _ink(clean, family), own, printed, covered)


def _cut(picture: Pixels, ellipse: Ellipse, reach: float, factor: float) -> tuple[Pixels, Ellipse]:
    """The seal and what lies about it, ``reach`` radii from its middle, resized; its ellipse on that."""
    half_x, half_y = (extent * reach + 2 for extent in ellipse.half_extent)
    left, top = max(int(ellipse.x - half_x), 0), max(int(ellipse.y - half_y), 0)
    right = min(int(ellipse.x + half_x) + 1, picture.shape[1])
    bottom = min(int(ellipse.y + half_y) + 1, picture.shape[0])
    patch = picture[top:bottom, left:right]
    if factor != 1.0:
        how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
        patch = np.asarray(cv2.resize(patch, None, fx=factor, fy=factor, interpolation=how), np.uint8)
    return np.ascontiguousarray(patch), ellipse.moved(-left, -top).scaled(factor)


def _refitted(picture: Pixels, ellipse: Ellipse, family: Family) -> Ellipse:
    """The ring fitted on the seal itself at a size of its own.

    Seals are found on a small copy of the page, on a map that knows only strokes of a certain breadth: the
    broad ring of a seal taken from near is no such stroke, and its writing may have passed for the ring.
    """
    factor = _FIT_RADIUS / ellipse.radius
    patch, guess = _cut(picture, ellipse, _FIT_REACH, factor)
    plane = _ink(flattened(patch, step=4), family)
    best = measured(plane, guess, family)
    for _ in range(2):
        fitted = fit_ring(plane, best.ellipse, family)
        if fitted is None or fitted.score < best.score + _BETTER:
            break
        best = fitted
    moved_x, moved_y = best.ellipse.x - guess.x, best.ellipse.y - guess.y
    return replace(
        ellipse,
        x=ellipse.x + moved_x / factor,
        y=ellipse.y + moved_y / factor,
        a=best.ellipse.a / factor,
        b=best.ellipse.b / factor,
        angle=best.ellipse.angle,
    )


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
    return np.asarray((mask > 0) & (ink > _INKED), bool)


def _disc(shape: tuple[int, ...], ellipse: Ellipse) -> Mask:
    mask: Pixels = np.zeros(shape, np.uint8)
    box = ((ellipse.x, ellipse.y), (2 * ellipse.a, 2 * ellipse.b), float(np.rad2deg(ellipse.angle)))
    cv2.ellipse(mask, box, (1,), -1)
    return np.asarray(mask > 0, bool)
