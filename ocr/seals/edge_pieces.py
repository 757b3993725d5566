"""Pieces of ink that an edge of the page cuts off: where slices of seals (骑缝章) may be."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from ocr.seals.edge_arcs import SHALLOWEST
from ocr.seals.finder import Kind, Pointed
from ocr.seals.shapes import Plane

SCORE = 0.3
"""What a piece is worth that the network did not point at: its arcs must speak for it."""
_INKED, _JOINED = 0.45, 5
_GAPS = (5, 25, 61, 91)
"""Gaps along the edge that are closed: a middle strip has arcs above and below and little between them."""
_TOUCHES = 4
"""Pixels between ink and edge at most."""
_DEEPEST = 0.16
"""Of a page's short side: how far a slice may reach in."""
_LEAST_CHORD, _LONGEST_CHORD = 0.03, 0.25
"""Of its long side."""
_THINNEST, _DEEPER = 8, 0.75
"""Pixels that a slice reaches in at least; shares of its chord that it does at most."""
_SPARSE, _DENSE = 0.06, 0.6
_SAME = 0.7

_Mask = npt.NDArray[np.uint8]


def pieces_at_edges(plane: Plane) -> list[Pointed]:
    """Longer along the edge than deep, strokes and no patch; each place once. ``plane``: ink, 0-1."""
    inked = (plane > _INKED).astype(np.uint8)
    found: list[Pointed] = []
    for one in (*_at_sides(inked), *(_turned(one) for one in _at_sides(np.ascontiguousarray(inked.T)))):
        if all(one.overlap(other) < _SAME for other in found):
            found.append(one)
    return found


def _turned(one: Pointed) -> Pointed:
    return Pointed(one.kind, one.top, one.left, one.bottom, one.right, one.score)


def _at_sides(inked: _Mask) -> Iterator[Pointed]:
    """Pieces at the left and the right edge."""
    width = inked.shape[1]
    depth, long = round(_DEEPEST * min(inked.shape)), max(inked.shape)
    for gap in _GAPS:
        joined = np.asarray(cv2.dilate(inked, np.ones((gap, _JOINED), np.uint8)), np.uint8)
        for start in (0, width - depth):
            band = inked[:, start : start + depth]
            for left, top, right, bottom in _boxes(
                joined[:, start : start + depth], band, _LEAST_CHORD * long
            ):
                touches = left < _TOUCHES if start == 0 else right > depth - _TOUCHES
                ends = right < depth - 1 if start == 0 else left > 0
                across, down = right - left, bottom - top
                share = float(band[top:bottom, left:right].mean())
                if (
                    touches
                    and ends
                    and _LEAST_CHORD * long < down < _LONGEST_CHORD * long
                    and max(_THINNEST, SHALLOWEST * down) < across < _DEEPER * down
                    and _SPARSE < share < _DENSE
                ):
                    outer = (0, right) if start == 0 else (start + left, width)
                    yield Pointed(Kind.CUT, outer[0], top, outer[1], bottom, SCORE)


def _boxes(joined: _Mask, inked: _Mask, least: float) -> Iterator[tuple[int, int, int, int]]:
    """The ink of each joined piece higher than ``least``: left, top, right, bottom."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(joined)
    for label in range(1, count):
        left, top, across, down = (int(value) for value in boxes[label, :4])
        if down <= least:
            continue
        part = (labels[top : top + down, left : left + across] == label) & (
            inked[top : top + down, left : left + across] > 0
        )
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        if len(rows):
            yield (
                left + int(columns[0]),
                top + int(rows[0]),
                left + int(columns[-1]) + 1,
                top + int(rows[-1]) + 1,
            )
