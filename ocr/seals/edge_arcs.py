"""The ring of a seal in a strip at a sheet's edge (骑缝章), told by its arcs.

The middle strip of a fanned pile has two short ones, above and below, and its inner end is cut off straight.

All ellipses that would show just the pointed box in the strip are tried; of a true one the arcs are inked all
along, nothing lies just outside them, and letters stand within.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ocr.seals.patches import Patch
from ocr.seals.ring import measured
from ocr.seals.shapes import Ellipse, Family, Plane, RingCandidate

Side = Literal["left", "top", "right", "bottom"]

SHALLOWEST = 0.15
"""Depth of a strip in shares of its chord: in a shallower one any row of print fits some arc."""
_CENTRES = np.arange(-2.0, 3.01, 0.25)
"""Where the ring's middle may lie, in widths of the strip from its left."""
_ASPECTS = (1.0, 0.7, 1.4)
_SIZES = (1.0, 0.97, 1.03)
_LEAST_VISIBLE = 0.08
_THINNEST = 0.55
_CROWDED = 0.5
_STEPS = (0.05, 0.025, 0.012)
_MOVES = (
    (1, 0, 0, 0), (-1, 0, 0, 0), (0, 1, 0, 0), (0, -1, 0, 0), (0, 0, 1, 1), (0, 0, -1, -1),
    (0, 0, 1, 0), (0, 0, -1, 0), (0, 0, 0, 1), (0, 0, 0, -1),
)  # fmt: skip
_SUPPORT, _OUTSIDE, _WRITTEN = 0.88, 0.2, 0.03
"""Of true strips 0.93 and more, 0.04 and less; a desk's edge and its shadow have 0.3 and more outside."""
_INNER = 0.88
"""Radius within which there is no more of the ring itself."""
_INK = 0.3


@dataclass(frozen=True, slots=True)
class Arcs:
    """``ring`` in pixels of the strip (turned where it lies along the top or the bottom).

    ``written``: share of what is seen within the ring that is inked, 0-1.
    """

    ring: RingCandidate
    written: float

    @property
    def clear(self) -> bool:
        ring = self.ring
        return ring.support > _SUPPORT and ring.outside < _OUTSIDE and self.written > _WRITTEN


def arcs_at(patch: Patch, side: Side) -> Arcs | None:
    """The best ring of the strip between the box's inner end and the sheet's edge, whatever its ink."""
    found = [arcs for family in patch.families() if (arcs := _arcs(patch, side, family)) is not None]
    return max(found, key=lambda one: _worth(one.ring)) if found else None


def _arcs(patch: Patch, side: Side, family: Family) -> Arcs | None:
    plane, (left, top, right, bottom) = patch.maps.of(family), patch.box()
    if side in ("top", "bottom"):
        plane, (left, top, right, bottom) = np.ascontiguousarray(plane.T), (top, left, bottom, right)
    first, last = max(round(left), 0), min(round(right), plane.shape[1])
    if last - first < max(SHALLOWEST * (bottom - top), 4) or bottom - top < 8:
        return None
    strip = np.ascontiguousarray(plane[:, first:last])
    rings = [measured(strip, one, family) for one in _guesses(last - first, top, bottom)]
    rings = [ring for ring in rings if ring.visible > _LEAST_VISIBLE]
    if not rings:
        return None
    ring = _refined(strip, max(rings, key=_worth))
    return Arcs(ring, _written(strip, ring))


def _worth(ring: RingCandidate) -> float:
    return ring.support - _CROWDED * ring.outside


def _guesses(width: float, top: float, bottom: float) -> Iterator[Ellipse]:
    """Ellipses that reach from ``top`` to ``bottom`` where the strip, 0 to ``width``, shows them."""
    half, y = (bottom - top) / 2, (top + bottom) / 2
    for place in _CENTRES * width:
        beyond = max(-place, place - width, 0.0)
        for aspect in _ASPECTS:
            tall = float(np.hypot(half, beyond / aspect))
            wide = tall * aspect
            near, far = place - wide, place + wide
            fills = far > 0.75 * width and near < 0.25 * width
            for size in _SIZES if fills else ():
                yield Ellipse(float(place), y, wide * size, tall * size)


def _refined(strip: Plane, ring: RingCandidate) -> RingCandidate:
    """Moved, stretched and made larger in smaller and smaller steps as long as more of it is inked."""
    for step in _STEPS:
        for _ in range(3):
            before = ring
            for x, y, wide, tall in _MOVES:
                old, reach = ring.ellipse, step * ring.ellipse.radius
                new = Ellipse(
                    old.x + x * reach, old.y + y * reach, old.a * (1 + wide * step), old.b * (1 + tall * step)
                )
                tried = measured(strip, new, ring.family)
                if (
                    tried.visible > _LEAST_VISIBLE
                    and new.aspect > _THINNEST
                    and _worth(tried) > _worth(ring) + 1e-3
                ):
                    ring = tried
            if ring is before:
                break
    return ring


def _written(strip: Plane, ring: RingCandidate) -> float:
    one = ring.ellipse
    y, x = np.mgrid[: strip.shape[0], : strip.shape[1]].astype(np.float32)
    within = np.hypot((x - one.x) / one.a, (y - one.y) / one.b) < _INNER
    return float((strip[within] > _INK).mean()) if within.any() else 0.0
