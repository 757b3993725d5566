"""Where lines and seals lie on one another, in pixels of the page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from domain.geometry import Box
from domain.kinds import SealShape
from domain.reading import Seal
from ocr.detection import Corners

_ROUND = (SealShape.ROUND, SealShape.OVAL)
_EDGE = 1.05
"""How far the ink reaches beyond a seal's own box, as a factor: boxes are good to a few pixels."""
_LEAST_TOUCHED = 0.35
"""Length under a seal, in heights of the line, from which the seal lies on the line."""
_AS_LONG, _AS_TALL = 0.97, 1.2
_STEPS_DOWN = (0.2, 0.4, 0.6, 0.8)


def line_height(corners: Corners) -> float:
    return float(np.linalg.norm(corners[3] - corners[0]) + np.linalg.norm(corners[2] - corners[1])) / 2


def line_length(corners: Corners) -> float:
    return float(np.linalg.norm(corners[1] - corners[0]) + np.linalg.norm(corners[2] - corners[3])) / 2


def under_seal(corners: Corners, seals: Sequence[Seal], size: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """Along the line, in steps of about a fifth of its height: whether a seal lies there. ``size``: h, w."""
    count = max(round(line_length(corners) / max(line_height(corners), 1.0) * 5), 4)
    along = (np.arange(count) + 0.5)[:, None] / count
    inside = np.zeros(count, bool)
    for down in _STEPS_DOWN:
        left = corners[0] + (corners[3] - corners[0]) * down
        right = corners[1] + (corners[2] - corners[1]) * down
        points = left[None] + (right - left)[None] * along
        for seal in seals:
            inside |= _within(points, seal, size)
    return inside


def touched(corners: Corners, seals: Sequence[Seal], size: tuple[int, int]) -> bool:
    """A seal lies on the line, if only on a third of a character."""
    inside = under_seal(corners, seals, size)
    length = float(inside.mean()) * line_length(corners)
    return length >= _LEAST_TOUCHED * line_height(corners)


def wholly_under(corners: Corners, seals: Sequence[Seal], size: tuple[int, int]) -> bool:
    return float(under_seal(corners, seals, size).mean()) > 0.8


def _within(points: npt.NDArray[np.floating], seal: Seal, size: tuple[int, int]) -> npt.NDArray[np.bool_]:
    height, width = size
    centre = np.array([seal.box.centre.x * width, seal.box.centre.y * height])
    half = np.array([seal.box.width * width, seal.box.height * height]) / 2 * _EDGE
    away = np.abs(points - centre) / np.maximum(half, 1e-6)
    if seal.shape in _ROUND and not seal.partial:
        return np.asarray((away**2).sum(axis=1) <= 1)
    return np.asarray((away <= 1).all(axis=1))


def share_inside(corners: Corners, other: Corners) -> float:
    """Share of the first line that lies on the second one, by length along it; 0 in another row."""
    left, right, down = _relative(corners, other)
    overlap = min(right, line_length(other)) - max(left, 0.0)
    height = line_height(other)
    if overlap <= 0 or abs(down) > 0.5 * max(height, line_height(corners)):
        return 0.0
    return float(min(overlap / max(right - left, 1.0), 1.0))


def same_line(corners: Corners, other: Corners) -> bool:
    """As good as one and the same place."""
    taller = max(line_height(corners), line_height(other)) < _AS_TALL * min(
        line_height(corners), line_height(other)
    )
    return taller and min(share_inside(corners, other), share_inside(other, corners)) > _AS_LONG


def reach_beyond(corners: Corners, other: Corners) -> tuple[float, float]:
    """How far ``other`` reaches beyond the line's left and right end, in pixels."""
    left, right, _ = _relative(other, corners)
    return max(-left, 0.0), max(right - line_length(corners), 0.0)


def stretched(corners: Corners, left: float, right: float) -> Corners:
    """The line made longer at its ends, by pixels."""
    along = (corners[1] - corners[0]) + (corners[2] - corners[3])
    unit = along / max(float(np.linalg.norm(along)), 1e-6)
    moved = corners.copy()
    moved[[0, 3]] -= unit * left
    moved[[1, 2]] += unit * right
    return moved


def box_of(corners: Corners, size: tuple[int, int]) -> Box:
    height, width = size
    low, high = corners.min(axis=0), corners.max(axis=0)
    return Box.clipped(
        float(low[0]) / width, float(low[1]) / height, float(high[0]) / width, float(high[1]) / height
    )


def _relative(corners: Corners, other: Corners) -> tuple[float, float, float]:
    """The first line's ends along the second one's left-to-right axis, and how far its middle lies below."""
    along = (other[1] - other[0]) + (other[2] - other[3])
    unit = along / max(float(np.linalg.norm(along)), 1e-6)
    start = (other[0] + other[3]) / 2
    places = (corners - start) @ unit
    down = (corners.mean(axis=0) - start) @ np.array([-unit[1], unit[0]])
    return float(places.min()), float(places.max()), float(down)
