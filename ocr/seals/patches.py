"""A place on the page, cut out and brought to a size at which a seal is looked at closely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ocr.seals.finder import Pointed
from ocr.seals.ink import InkMaps, ink_maps
from ocr.seals.shapes import Ellipse, Family, Pixels

SEAL_SIDE = 150
"""Pixels that the pointed box's long side has on its patch: enough to fit a ring, few enough to be quick."""
_MARGIN = 0.5
"""Of the box's long side, added all round: paper to compare with, and room for a box that is too small."""
_COLOURED = 0.012
"""Share of the pointed box that coloured ink must cover to be looked at as such."""


@dataclass(frozen=True, slots=True)
class Patch:
    """``maps`` of the patch at ``maps.scale``; ``left``, ``top``: where it lies on the page, in pixels."""

    pointed: Pointed
    maps: InkMaps
    left: int
    top: int

    def from_page(self, ellipse: Ellipse) -> Ellipse:
        return ellipse.moved(-self.left, -self.top).scaled(self.maps.scale)

    def to_page(self, ellipse: Ellipse) -> Ellipse:
        return ellipse.scaled(1 / self.maps.scale).moved(self.left, self.top)

    def box(self) -> tuple[float, float, float, float]:
        """The pointed box on the patch: left, top, right, bottom."""
        one, scale = self.pointed, self.maps.scale
        return (
            (one.left - self.left) * scale,
            (one.top - self.top) * scale,
            (one.right - self.left) * scale,
            (one.bottom - self.top) * scale,
        )

    def families(self) -> tuple[Family, ...]:
        """Which inks are to be tried: colours that are there at all, and darkness where none is."""
        left, top, right, bottom = (max(round(value), 0) for value in self.box())
        seen: list[tuple[float, Family]] = []
        for family in ("red", "other"):
            inside = self.maps.of(family)[top:bottom, left:right]
            share = float((inside > 0.5).mean()) if inside.size else 0.0
            if share > _COLOURED:
                seen.append((share, family))
        return (*(family for _, family in sorted(seen, reverse=True)), "dark")


def patch_about(picture: Pixels, pointed: Pointed) -> Patch:
    """The part of the page about a pointed box."""
    height, width = picture.shape[:2]
    long = max(pointed.width, pointed.height)
    margin = max(_MARGIN * long, 12.0)
    left, top = max(int(pointed.left - margin), 0), max(int(pointed.top - margin), 0)
    right = min(int(np.ceil(pointed.right + margin)), width)
    bottom = min(int(np.ceil(pointed.bottom + margin)), height)
    part = picture[top:bottom, left:right]
    return Patch(pointed, ink_maps(part, round(max(part.shape[:2]) * SEAL_SIDE / long)), left, top)
