"""Square and rectangular stamps: frames of ink with writing inside, and solid name seals.

Looked for only where the network points: in black and white a stamp's frame has the shape
of a table's cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ocr.seals.patches import Patch
from ocr.seals.shapes import Family, Plane

Corners = npt.NDArray[np.float32]

_SHORTEST, _LONGEST = 0.6, 1.5
"""Sides of a frame in shares of the pointed box's longer one."""
_SAME = 0.45
_MOSTLY_INSIDE = 0.45
_SIDE_INKED = 0.72


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


def frame_at(patch: Patch) -> Frame | None:
    """The frame at the place pointed at, in pixels of the patch; ``None`` where none is whole."""
    left, top, right, bottom = patch.box()
    found: list[tuple[float, Frame]] = []
    for family in patch.families():
        long = max(right - left, bottom - top)
        sides = (_SHORTEST * long, _LONGEST * long)
        for frame in frames_of(patch.maps.of(family), family, sides, round(long / 40)):
            low, high = frame.corners.min(axis=0), frame.corners.max(axis=0)
            across = min(float(high[0]), right) - max(float(low[0]), left)
            down = min(float(high[1]), bottom) - max(float(low[1]), top)
            if across <= 0 or down <= 0:
                continue
            shared = across * down
            both = (right - left) * (bottom - top) + float(np.prod(high - low)) - shared
            if shared / both > _SAME:
                found.append((frame.support, frame))
        if found:
            break
    return max(found, key=lambda one: one[0])[1] if found else None


def ink_extent(patch: Patch) -> Frame:
    """Where no frame is whole: the ink that hangs together at the pointed box, in the tightest rectangle."""
    family = patch.families()[0]
    left, top, right, bottom = patch.box()
    box = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    plane = patch.maps.of(family)
    inked = (plane > 0.45).astype(np.uint8)
    inside = inked[max(round(top), 0) : round(bottom), max(round(left), 0) : round(right)]
    fill = float(inside.mean()) if inside.size else 0.0
    if family != "dark":
        places = cv2.findNonZero(_hanging_together(inked, (left, top, right, bottom)))
        if places is not None and len(places) > 40:
            tight = np.asarray(cv2.boxPoints(cv2.minAreaRect(places)), np.float32)
            if _about_as_large(tight, box):
                box = clockwise(tight)
    return Frame(box, family, 0.0, fill > 0.55)


def _hanging_together(
    inked: npt.NDArray[np.uint8], box: tuple[float, float, float, float]
) -> npt.NDArray[np.uint8]:
    """Ink no further apart than a part of the box's short side, if much of it is inside."""
    left, top, right, bottom = (max(round(value), 0) for value in box)
    reach = max(round(0.3 * min(right - left, bottom - top)), 3)
    joined = cv2.dilate(inked, np.ones((reach, reach), np.uint8))
    _, labels = cv2.connectedComponents(joined)
    inside = np.zeros_like(inked)
    inside[top:bottom, left:right] = 1
    kept = np.zeros_like(inked)
    for label in np.unique(labels[(inside > 0) & (inked > 0)]):
        part = (labels == label) & (inked > 0)
        if label > 0 and float(inside[part].mean()) > _MOSTLY_INSIDE:
            kept[part] = 1
    return kept


def _about_as_large(one: Corners, other: Corners) -> bool:
    """The network's boxes of long stamps are too short rather than too long."""
    ratio = float(cv2.contourArea(one)) / max(float(cv2.contourArea(other)), 1.0)
    return bool(0.5 < ratio < 2.2)


def frames_of(plane: Plane, family: Family, sides: tuple[float, float], gap: int) -> list[Frame]:
    """Frames on an ink map. ``sides``: least and most of the longer one; ``gap``: holes that are closed."""
    inked = (plane > 0.4).astype(np.uint8)
    found: list[Frame] = []
    # A worn frame is in pieces, and an unworn one may touch a ruled line: try with and without closing.
    for reach in (1, max(gap, 3)):
        mask = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            frame = _frame(np.asarray(contour, np.int32), inked, sides, family)
            if frame is not None:
                found.append(frame)
    return found


def _frame(
    contour: npt.NDArray[np.int32], inked: npt.NDArray[np.uint8], sides: tuple[float, float], family: Family
) -> Frame | None:
    rectangle = cv2.minAreaRect(contour)
    width, height = rectangle[1]
    if not sides[0] < max(width, height) < sides[1] or min(width, height) < 8:
        return None
    if cv2.contourArea(cv2.convexHull(contour)) < 0.86 * width * height:
        return None
    corners = clockwise(np.asarray(cv2.boxPoints(rectangle), np.float32))
    flat = _straight(inked, corners)
    inked_sides = _sides(flat)
    if min(inked_sides) < _SIDE_INKED:
        return None
    rows, columns = flat.shape
    inner = flat[round(0.14 * rows) : round(0.86 * rows), round(0.1 * columns) : round(0.9 * columns)]
    fill = float(inner.mean()) if inner.size else 0.0
    # Empty boxes and solid patches (a red portrait background, a highlighted cell) are no stamps.
    if not 0.06 < fill < 0.86 or _ruled(inner):
        return None
    return Frame(corners, family, float(np.mean(inked_sides)), fill > 0.55)


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
