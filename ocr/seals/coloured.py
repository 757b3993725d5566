"""Seals of coloured ink that the network overlooked: rings by their outline, stamps by their sides, slices.

Looked for only on pages that have colour at all. What is found here must speak for itself by what it says.
"""

from __future__ import annotations

import cv2
import numpy as np

from ocr.seals.edge_pieces import pieces_at_edges
from ocr.seals.finder import Kind, Pointed
from ocr.seals.ink import chroma, flattened, redness, strength
from ocr.seals.rectangles import Frame, frames_of
from ocr.seals.shapes import Ellipse, Family, Pixels, Plane, sample, shrunk

_GLANCE_SIDE, _LONG_SIDE = 240, 704
_LEAST_COLOUR = 0.0002
"""Share of the page that is coloured where there is anything to look for: half of a strip of a pile's."""
_STRONG = 30.0
_SHORTEST, _LONGEST = 0.022, 0.35
"""Longer side of a stamp in shares of the page's."""
_SQUARE = 1.6
_SCORE = 0.3
"""What a frame is worth that the network did not point at: its writing must speak for it."""
_RING_SCORE = 0.2
"""As much for a ring: the network knows rings best, and medals, badges and coffee cups have one, too."""
_SMALLEST_RING, _LARGEST_RING = 0.06, 0.4
"""Across, in shares of the page's short side."""
_NARROWEST = 0.55
_DIRECTIONS = 90
_CLOSED, _CLEAR = 0.75, 0.35
"""Shares of all directions with ink on the outline (least) and just outside it (most)."""
_FAMILIES: tuple[Family, ...] = ("red", "other")
_INKED = 0.45
_MOST = 6
_KNOWN, _SAME_FRAME, _SAME_PIECE = 0.3, 0.6, 0.8


def coloured_pieces(picture: Pixels, known: list[Pointed]) -> list[Pointed]:
    """Rings, frames and slices of red, blue or other ink away from what is already pointed at, best first."""
    if not _has_colour(picture):
        return []
    small, scale = shrunk(picture, _LONG_SIDE)
    planes = _planes(small)
    sides = (_SHORTEST * max(small.shape), _LONGEST * max(small.shape))
    found = [frame for family in _FAMILIES for frame in frames_of(planes[family], family, sides, 3)]
    pointed = [one.scaled(1 / scale) for family in _FAMILIES for one in rings_of(planes[family])]
    pointed += [_pointed(frame, scale) for frame in sorted(found, key=_worth) if _stamp_like(frame)]
    pointed += [one.scaled(1 / scale) for family in _FAMILIES for one in pieces_at_edges(planes[family])]
    kept: list[Pointed] = []
    for one in pointed:
        if not any(_known(one, other) for other in (*known, *kept)):
            kept.append(one)
    return kept[:_MOST]


def _known(one: Pointed, other: Pointed) -> bool:
    """Whether nothing is gained by looking at ``one`` beside ``other``."""
    if one.kind is Kind.CUT:
        # The network's boxes of strips are rough, and strips are told by arcs that fill their box.
        return one.overlap(other) >= _SAME_PIECE
    if one.kind is Kind.FRAME:
        # It takes squares for rings and boxes of long stamps too short; these sides are inked all along.
        return other.kind is Kind.FRAME and one.overlap(other) >= _SAME_FRAME
    return one.overlap(other) >= _KNOWN


def _planes(small: Pixels) -> dict[Family, Plane]:
    flat = flattened(small)
    red, colour = redness(flat), chroma(flat)
    other = np.where(red > 0.35 * colour, 0.0, colour).astype(np.float32)
    return {"red": strength(red), "other": strength(other, 22.0)}


def rings_of(plane: Plane) -> list[Pointed]:
    """Joined ink that closes round an ellipse, with ink within and hardly any just outside."""
    short = min(plane.shape)
    inked = (plane > _INKED).astype(np.uint8)
    joined = np.asarray(cv2.dilate(inked, np.ones((3, 3), np.uint8)), np.uint8)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    found: list[Pointed] = []
    for left, top, across, down, _ in boxes[1:].tolist():
        narrow, wide = sorted((across, down))
        if not (_SMALLEST_RING * short < wide < _LARGEST_RING * short and narrow > _NARROWEST * wide):
            continue
        outline = Ellipse(left + across / 2, top + down / 2, across / 2, down / 2)
        if _closes(joined, outline):
            found.append(Pointed(Kind.RING, left, top, left + across, top + down, _RING_SCORE))
    return found


def _closes(joined: Pixels, outline: Ellipse) -> bool:
    angles = np.linspace(0, 2 * np.pi, _DIRECTIONS, endpoint=False).astype(np.float32)

    def inked(least: float, most: float) -> float:
        x, y = outline.points(angles[:, None], np.linspace(least, most, 7, dtype=np.float32)[None, :])
        return float((sample(joined.astype(np.float32), x, y) > _INKED).any(axis=1).mean())

    return inked(0.9, 1.0) > _CLOSED and inked(1.06, 1.14) < _CLEAR and inked(0.5, 0.8) > _CLEAR


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
