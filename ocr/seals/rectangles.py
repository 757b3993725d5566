"""Square and rectangular stamps: frames of coloured ink with writing inside, and solid name seals.

Only coloured ones: in black and white a stamp's frame cannot be told from a table cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ocr.seals.ink import InkMaps
from ocr.seals.shapes import Family, Plane

Corners = npt.NDArray[np.float32]

_SMALLEST = 0.02
_LONGEST = 0.42
_SIDE_INKED = 0.72
_LEAST_INK = 0.0004


@dataclass(frozen=True, slots=True)
class Frame:
    """``corners``: 4×2 pixels of the working copy, clockwise from the top left. ``solid``: white on ink.

    ``support``: share of the outline with ink on it, 0-1.
    """

    corners: Corners
    family: Family
    support: float
    solid: bool

    @property
    def size(self) -> tuple[float, float]:
        return (
            float(np.linalg.norm(self.corners[1] - self.corners[0])),
            float(np.linalg.norm(self.corners[3] - self.corners[0])),
        )


def frames(maps: InkMaps, most: int = 4) -> list[Frame]:
    """Frames that may be stamps, best first."""
    found: list[Frame] = []
    for family in ("red", "other"):
        plane = maps.of(family)
        if float((plane > 0.5).mean()) > _LEAST_INK:
            found += _frames_of(plane, family)
    found.sort(key=lambda frame: -frame.support)
    kept: list[Frame] = []
    for frame in found:
        if not any(_overlap(frame, other) for other in kept):
            kept.append(frame)
    return kept[:most]


def _frames_of(plane: Plane, family: Family) -> list[Frame]:
    long = max(plane.shape)
    inked = (plane > 0.4).astype(np.uint8)
    found: list[Frame] = []
    # A worn frame is in pieces, and an unworn one may touch a ruled line: try with and without closing.
    for reach in (1, max(round(long / 300), 3)):
        mask = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            frame = _frame(np.asarray(contour, np.int32), inked, long, family)
            if frame is not None:
                found.append(frame)
    return found


def _frame(
    contour: npt.NDArray[np.int32], inked: npt.NDArray[np.uint8], long: int, family: Family
) -> Frame | None:
    rectangle = cv2.minAreaRect(contour)
    width, height = rectangle[1]
    if min(width, height) < _SMALLEST * long or max(width, height) > _LONGEST * long:
        return None
    if cv2.contourArea(cv2.convexHull(contour)) < 0.86 * width * height:
        return None
    corners = clockwise(np.asarray(cv2.boxPoints(rectangle), np.float32))
    flat = _straight(inked, corners)
    sides = _sides(flat)
    if min(sides) < _SIDE_INKED:
        return None
    rows, columns = flat.shape
    inner = flat[round(0.14 * rows) : round(0.86 * rows), round(0.1 * columns) : round(0.9 * columns)]
    fill = float(inner.mean()) if inner.size else 0.0
    # Empty boxes and solid patches (a red portrait background, a highlighted cell) are no stamps.
    if not 0.06 < fill < 0.86 or _ruled(inner):
        return None
    return Frame(corners, family, float(np.mean(sides)), fill > 0.55)


def clockwise(points: Corners) -> Corners:
    """Corners from the top left; the longer reading direction is the one nearer to the horizontal."""
    by_x = points[np.argsort(points[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)


def _straight(mask: npt.NDArray[np.uint8], corners: Corners) -> npt.NDArray[np.uint8]:
    width = max(round(float(np.linalg.norm(corners[1] - corners[0]))), 8)
    height = max(round(float(np.linalg.norm(corners[3] - corners[0]))), 8)
    target = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    turn = cv2.getPerspectiveTransform(corners, target)
    return np.asarray(cv2.warpPerspective(mask, turn, (width, height), flags=cv2.INTER_NEAREST), np.uint8)


def _sides(flat: npt.NDArray[np.uint8]) -> tuple[float, float, float, float]:
    """Share of each side with ink within a few pixels of the outline."""
    depth = max(round(0.07 * min(flat.shape)), 3)
    return (
        float(flat[:depth].max(axis=0).mean()),
        float(flat[-depth:].max(axis=0).mean()),
        float(flat[:, :depth].max(axis=1).mean()),
        float(flat[:, -depth:].max(axis=1).mean()),
    )


def _ruled(inner: npt.NDArray[np.uint8]) -> bool:
    """Lines from side to side inside: a table, or a stamp with a ruled form, not a seal."""
    if min(inner.shape) < 12:
        return False
    return bool((inner.mean(axis=1) > 0.93).any() and inner.shape[1] > 3 * inner.shape[0]) or bool(
        ((inner.mean(axis=1) > 0.93).sum() >= 1) and ((inner.mean(axis=0) > 0.93).sum() >= 1)
    )


def _overlap(one: Frame, other: Frame) -> bool:
    return bool(np.linalg.norm(one.corners.mean(axis=0) - other.corners.mean(axis=0)) < 0.5 * min(other.size))
