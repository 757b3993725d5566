"""Lay a seal's arc out straight, so that a line recogniser can read it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ocr.seals.shapes import Ellipse, Pixels, Plane

STRIP_HEIGHT = 48


@dataclass(frozen=True, slots=True)
class Band:
    """The ring of writing: distances inwards from the seal's outline, in units of its short half axis."""

    outer: float
    inner: float

    @property
    def middle(self) -> float:
        return (self.outer + self.inner) / 2


USUAL_BAND = Band(0.08, 0.37)


def outline(ellipse: Ellipse, angles: Plane, inset: Plane | float) -> tuple[Plane, Plane]:
    """Points ``inset`` pixels inside the outline, along its normal, at page angles ``angles``."""
    shifted = angles - ellipse.angle
    # Ellipse parameter of the outline's point in that direction.
    parameter = np.arctan2(np.sin(shifted) * ellipse.a, np.cos(shifted) * ellipse.b)
    cos, sin = np.cos(parameter), np.sin(parameter)
    normal_x, normal_y = cos / ellipse.a, sin / ellipse.b
    length = np.hypot(normal_x, normal_y)
    along = ellipse.a * cos - inset * normal_x / length
    across = ellipse.b * sin - inset * normal_y / length
    turn_cos, turn_sin = np.cos(ellipse.angle), np.sin(ellipse.angle)
    x = ellipse.x + along * turn_cos - across * turn_sin
    y = ellipse.y + along * turn_sin + across * turn_cos
    return x.astype(np.float32), y.astype(np.float32)


def unrolled(
    picture: Pixels,
    ellipse: Ellipse,
    band: Band,
    start: float,
    span: float,
    squeeze: float,
    below: bool = False,
) -> Pixels:
    """The arc as a straight strip, 48 pixels high.

    ``start`` and ``span`` in radians, clockwise from east on the page; ``squeeze``: width relative to the
    arc's own length; ``below``: letters stand with their feet outwards, read against the clock.
    """
    short = min(ellipse.a, ellipse.b)
    dense = np.linspace(start, start + span, 361, dtype=np.float32)
    x, y = outline(ellipse, dense, band.middle * short)
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    thickness = max((band.inner - band.outer) * short, 1.0)
    width = max(int(lengths[-1] / thickness * STRIP_HEIGHT * squeeze), 16)
    angles = np.interp(np.linspace(0, lengths[-1], width), lengths, dense).astype(np.float32)
    insets = np.linspace(band.outer, band.inner, STRIP_HEIGHT, dtype=np.float32) * short
    if below:
        angles, insets = angles[::-1], insets[::-1]
    map_x, map_y = outline(ellipse, angles[None, :], insets[:, None])
    how = cv2.INTER_CUBIC if thickness < STRIP_HEIGHT else cv2.INTER_AREA
    strip = cv2.remap(
        picture,
        map_x,
        map_y,
        cv2.INTER_CUBIC if how == cv2.INTER_CUBIC else cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(strip, np.uint8)


def writing_band(ink: Plane, ellipse: Ellipse) -> Band:
    """Where the writing lies between ring and middle, from how much ink there is at each distance.

    ``ink``: 0-1, print removed. Falls back to the usual place where the profile is unclear.
    """
    short = min(ellipse.a, ellipse.b)
    angles = np.linspace(0, 2 * np.pi, 240, endpoint=False).astype(np.float32)
    insets = np.arange(0.0, 0.56, 0.01, dtype=np.float32)
    x, y = outline(ellipse, angles[:, None], insets[None, :] * short)
    values = cv2.remap(ink, x, y, cv2.INTER_LINEAR)
    profile = np.convolve(values.mean(axis=0), np.ones(3) / 3, mode="same")
    # The ring (or two of them) is behind us where the profile first falls into its gap.
    gap = 4 + int(np.argmin(profile[4:18]))
    crest = float(np.percentile(profile[gap : gap + 26], 80))
    if crest < 0.04:
        return USUAL_BAND
    floor = profile[gap] + 0.35 * (crest - profile[gap])
    inside = np.flatnonzero(profile[gap:] > floor)
    if inside.size == 0:
        return USUAL_BAND
    outer = gap + int(inside[0])
    after = np.flatnonzero(profile[outer + 8 :] < floor)
    inner = outer + 8 + int(after[0]) if after.size else outer + 28
    outer_edge, inner_edge = max(outer * 0.01 - 0.02, 0.03), inner * 0.01 + 0.02
    if not 0.15 < inner_edge - outer_edge < 0.42:
        return USUAL_BAND
    return Band(float(outer_edge), float(inner_edge))
