"""Seals in black ink or on copies that the network overlooked: slices at the edge, frames of stamps."""

from __future__ import annotations

from ocr.seals.edge_pieces import pieces_at_edges
from ocr.seals.finder import Kind, Pointed
from ocr.seals.ink import flattened, strength, thin_darkness
from ocr.seals.rectangles import Frame, frames_of
from ocr.seals.shapes import Pixels, Plane

_STROKES = 11
_MOST_SLICES, _MOST_FRAMES = 4, 3
_SHORTEST, _LONGEST = 0.06, 0.4
"""Longer side of a stamp in shares of the page's."""
_LEAST_OF_PAGE = 0.016
_SCORE = 0.3
"""What a frame is worth that the network did not point at: its words must speak for it."""
_SAME_FRAME = 0.6


def grey_pieces(picture: Pixels, known: list[Pointed]) -> list[Pointed]:
    """Slices, for print keeps clear of the edge, and frames that stand alone, as a table's cells do not."""
    dark = strength(thin_darkness(flattened(picture), _STROKES), 24.0, 70.0)
    return [*pieces_at_edges(dark)[:_MOST_SLICES], *_frames(dark, known)]


def _frames(dark: Plane, known: list[Pointed]) -> list[Pointed]:
    sides = (_SHORTEST * max(dark.shape), _LONGEST * max(dark.shape))
    found = [
        frame
        for frame in frames_of(dark, "dark", sides, 3)
        if not frame.solid and min(frame.size) > _LEAST_OF_PAGE * min(dark.shape)
    ]
    kept: list[Pointed] = []
    # Stamps lean, boxes that were printed do not.
    for one in map(_pointed, sorted(found, key=lambda frame: -frame.tilt)):
        others = [other for other in (*known, *kept) if other.kind is Kind.FRAME]
        if all(one.overlap(other) < _SAME_FRAME for other in others):
            kept.append(one)
    return kept[:_MOST_FRAMES]


def _pointed(frame: Frame) -> Pointed:
    left, top = (float(value) for value in frame.corners.min(axis=0))
    right, bottom = (float(value) for value in frame.corners.max(axis=0))
    return Pointed(Kind.FRAME, left, top, right, bottom, _SCORE)
