"""The frame of a stamp at the place pointed at: closed by its contour or by its sides, or only its ink."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from ocr.seals.frame_ink import lined, solid, with_its_colour
from ocr.seals.outline import outline_at
from ocr.seals.patches import Patch
from ocr.seals.rectangles import INKED, MOST_JOINED, Corners, Frame, clockwise, filled, frames_of
from ocr.seals.shapes import Family

_SHORTEST, _LONGEST = 0.6, 1.5
"""Sides of a frame in shares of the pointed box's longer one."""
_SAME = 0.45
_MOSTLY_INSIDE = 0.45
_WELL_CLOSED = 0.94
"""Support of an outline found by its sides."""


def frame_at(patch: Patch) -> Frame | None:
    """The frame at the place pointed at, in pixels of the patch; ``None`` where none is whole."""
    for family in patch.families():
        found = [*_by_contour(patch, family)] or [*_by_sides(patch, family)]
        found = [one for one in found if lined(patch, one)]
        if found:
            frame = with_its_colour(patch, max(found, key=lambda one: one.support))
            return replace(frame, solid=solid(patch, frame))
    return None


def _by_contour(patch: Patch, family: Family) -> Iterator[Frame]:
    """Frames about as large as the pointed box that nothing else touches."""
    left, top, right, bottom = patch.box()
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
            yield frame


def _by_sides(patch: Patch, family: Family) -> Iterator[Frame]:
    """The frame whose sides close although print touches them or its contour is broken."""
    outline = outline_at(patch, family)
    if outline is None or outline.support < _WELL_CLOSED or outline.joined > MOST_JOINED:
        return
    frame = filled(outline.corners, (patch.maps.of(family) > INKED).astype(np.uint8), family)
    if frame is not None:
        yield frame


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
