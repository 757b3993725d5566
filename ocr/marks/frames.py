"""Small ruled frames, as round the stamp of a name: four straight sides about a character or two apart."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ocr.marks.patch import CHARACTER
from ocr.marks.places import Rectangle
from ocr.marks.strokes import dark_of
from ocr.seals.shapes import Pixels

Dark = npt.NDArray[np.uint8]

_LEAST, _TALLEST, _WIDEST = 0.8 * CHARACTER, 5.5 * CHARACTER, 8.0 * CHARACTER
_SIDE = 0.72
"""Share of each side that must be inked: stamps are worn."""
_SQUARE = 0.8
"""Least share of its upright box that a frame's inside fills."""
_BEYOND = round(0.45 * CHARACTER)
_TABLE = 3
"""So many sides that go on beyond their corners make a table's cell."""
_BAND = 3


def small_frames(picture: Pixels) -> list[Rectangle]:
    """Frames in a patch of known size whose sides are nearly level. Cells of tables are none."""
    dark = dark_of(picture)
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    contours, hierarchy = cv2.findContours(closed, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    found: list[Rectangle] = []
    for place, contour in enumerate(contours):
        left, top, width, height = cv2.boundingRect(contour)
        if not (_LEAST < height < _TALLEST and _LEAST < width < _WIDEST):
            continue
        hole = hierarchy[0][place][3] >= 0
        if hole and cv2.contourArea(contour) < _SQUARE * width * height:
            continue
        box = (left, top, left + width, top + height)
        if _ruled(dark, box, hole=hole) and not _goes_on(dark, box):
            found.append((float(box[0]), float(box[1]), float(box[2]), float(box[3])))
    return found


def _ruled(dark: Dark, box: tuple[int, int, int, int], *, hole: bool) -> bool:
    """Ink along all four sides, in a band that allows for a slight turn; no solid patch."""
    band = max(int(0.09 * CHARACTER + 0.06 * min(box[2] - box[0], box[3] - box[1])), _BAND)
    # A hole ends where the line begins, an outline where it ends: look on both sides of either.
    out, into = (band, _BAND + 1) if hole else (1, band)
    left, top, right, bottom = box
    sides = (
        dark[max(top - out, 0) : top + into, left:right],
        dark[bottom - into : bottom + out, left:right],
        dark[top:bottom, max(left - out, 0) : left + into].T,
        dark[top:bottom, right - into : right + out].T,
    )
    return all(float(side.any(axis=0).mean()) > _SIDE and float(side.mean()) < 0.9 for side in sides)


def _goes_on(dark: Dark, box: tuple[int, int, int, int]) -> bool:
    """Sides that run on beyond the corners, as the lines of a table do."""
    left, top, right, bottom = box
    strips = []
    for y in (top, bottom):
        rows = slice(max(y - 2 * _BAND, 0), y + 2 * _BAND)
        strips.append(dark[rows, max(left - _BEYOND - _BAND, 0) : max(left - _BAND, 0)])
        strips.append(dark[rows, right + _BAND : right + _BAND + _BEYOND])
    for x in (left, right):
        columns = slice(max(x - 2 * _BAND, 0), x + 2 * _BAND)
        strips.append(dark[max(top - _BEYOND - _BAND, 0) : max(top - _BAND, 0), columns].T)
        strips.append(dark[bottom + _BAND : bottom + _BAND + _BEYOND, columns].T)
    going = sum(strip.size > 0 and float(strip.any(axis=0).mean()) > 0.85 for strip in strips)
    return going >= _TABLE
