"""At which side of a box the sheet of paper ends: the picture's edge, or a desk's in a photograph."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.seals.edge_arcs import Side
from ocr.seals.finder import Pointed
from ocr.seals.shapes import Pixels

_SIDES: tuple[Side, ...] = ("left", "top", "right", "bottom")
_NEAR, _FAR = 0.03, 0.12
"""The band beyond a side that must be desk, in shares of the box's longer side."""
_DIFFERS, _ALONG = 34.0, 0.85
"""Grey levels between paper and desk, and along how much of the side they must differ."""


def sheet_edges(picture: Pixels, one: Pointed) -> tuple[Side, ...]:
    """Sides of the box at which the paper ends, those at the picture's own edge first."""
    height, width = picture.shape[:2]
    at_picture = [side for side, there in zip(_SIDES, one.edges(width, height), strict=True) if there]
    against_desk = [side for side in _SIDES if side not in at_picture and _desk_beyond(picture, one, side)]
    return (*at_picture, *against_desk)


def on_paper(picture: Pixels, one: Pointed) -> bool:
    """Whether the box lies on what is light about here: a strip of the desk beside the sheet does not."""
    long = max(one.width, one.height)
    inside, about = _grey(picture, one, 0.0), _grey(picture, one, long)
    if not inside.size:
        return False
    return float(np.percentile(inside, 70)) > 0.75 * float(np.percentile(about, 80))


def _grey(picture: Pixels, one: Pointed, margin: float) -> Pixels:
    """The box and ``margin`` pixels about it, as far as the picture goes; nothing where that is nothing."""
    left, top, right, bottom = (
        max(round(value), 0)
        for value in (one.left - margin, one.top - margin, one.right + margin, one.bottom + margin)
    )
    part = picture[top:bottom, left:right]
    if not part.size:
        return np.zeros((0, 0), np.uint8)
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2GRAY), np.uint8)


def _desk_beyond(picture: Pixels, one: Pointed, side: Side) -> bool:
    long = max(one.width, one.height)
    near, far = _NEAR * long + 1, _FAR * long + 3
    left, top, right, bottom = one.left, one.top, one.right, one.bottom
    beyond = {
        "left": Pointed(one.kind, left - far, top, left - near, bottom, 0),
        "top": Pointed(one.kind, left, top - far, right, top - near, 0),
        "right": Pointed(one.kind, right + near, top, right + far, bottom, 0),
        "bottom": Pointed(one.kind, left, bottom + near, right, bottom + far, 0),
    }[side]
    band, inside = _grey(picture, beyond, 0.0), _grey(picture, one, 0.0)
    if min(band.shape) < 2 or not inside.size:
        return False
    paper = float(np.percentile(inside, 75))
    levels = np.median(band, axis=1 if side in ("left", "right") else 0)
    return float((np.abs(levels - paper) > _DIFFERS).mean()) > _ALONG
