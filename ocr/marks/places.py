"""Where things stand about a statement: rectangles and points in the patch."""

from __future__ import annotations

from ocr.marks.patch import CHARACTER

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def nearby(place: tuple[float, float], phrase: Rectangle) -> bool:
    """Right of the statement or below it: what stands above belongs to the document."""
    x, y = place
    return (
        phrase[0] - 4 * CHARACTER < x < phrase[2] + 8 * CHARACTER
        and phrase[1] - 0.8 * CHARACTER < y < phrase[3] + 5.5 * CHARACTER
    )


def inside(place: tuple[float, float], window: Rectangle) -> bool:
    return window[0] < place[0] < window[2] and window[1] < place[1] < window[3]


def overlap(box: Rectangle, other: Rectangle) -> float:
    """Share of ``box`` that lies on the other."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    area = max((box[2] - box[0]) * (box[3] - box[1]), 1e-6)
    return max(width, 0.0) * max(height, 0.0) / area
