"""Frames of coloured ink that the network overlooked: straight sides of one colour are seldom anything else.

The network learned rings better than frames. Looked for only on pages that have colour at all.
"""

from __future__ import annotations

import numpy as np

from ocr.seals.finder import Kind, Pointed
from ocr.seals.ink import chroma, flattened, redness, strength
from ocr.seals.rectangles import Frame, frames_of
from ocr.seals.shapes import Family, Pixels, shrunk

_GLANCE_SIDE, _LONG_SIDE = 240, 704
_LEAST_COLOUR = 0.0004
"""Share of the page that is coloured where there is anything to look for."""
_STRONG = 40.0
_SHORTEST, _LONGEST = 0.022, 0.35
"""Longer side of a stamp in shares of the page's."""
_SQUARE = 1.6
_SCORE = 0.3
"""What a frame is worth that the network did not point at: its writing must speak for it."""
_MOST = 4
_KNOWN = 0.3


def coloured_frames(picture: Pixels, known: list[Pointed]) -> list[Pointed]:
    """Frames of red, blue or other ink away from what is already pointed at, best first."""
    if not _has_colour(picture):
        return []
    small, scale = shrunk(picture, _LONG_SIDE)
    flat = flattened(small)
    red, colour = redness(flat), chroma(flat)
    planes = {
        "red": strength(red),
        "other": strength(np.where(red > 0.35 * colour, 0.0, colour).astype(np.float32), 22.0),
    }
    sides = (_SHORTEST * max(small.shape), _LONGEST * max(small.shape))
    families: tuple[Family, ...] = ("red", "other")
    found = [frame for family in families for frame in frames_of(planes[family], family, sides, 3)]
    pointed = [_pointed(frame, scale) for frame in sorted(found, key=_worth) if _stamp_like(frame)]
    kept: list[Pointed] = []
    for one in pointed:
        if all(one.overlap(other) < _KNOWN for other in (*known, *kept)):
            kept.append(one)
    return kept[:_MOST]


def _has_colour(picture: Pixels) -> bool:
    small, _ = shrunk(picture, _GLANCE_SIDE)
    return float((chroma(flattened(small, step=4)) > _STRONG).mean()) > _LEAST_COLOUR


def _worth(frame: Frame) -> float:
    return -frame.support


def _stamp_like(frame: Frame) -> bool:
    """Solid patches of colour are headings and buttons, but for square ones: name seals cut in white."""
    width, height = frame.size
    return not frame.solid or max(width, height) < _SQUARE * min(width, height)


def _pointed(frame: Frame, scale: float) -> Pointed:
    left, top = (float(value) / scale for value in frame.corners.min(axis=0))
    right, bottom = (float(value) / scale for value in frame.corners.max(axis=0))
    return Pointed(Kind.FRAME, left, top, right, bottom, _SCORE)
