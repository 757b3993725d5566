"""Print that the detector passed over: a lone character or number level with lines that it found.

Small numbers behind leaders and the last character of a broken title stay below the detector's bounds,
most of all in light faces. What is dark, as high as the page's print, on a row of it and in no box is read
like any other line, and kept only where the reading is sure.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from domain.reading import Line, Seal
from ocr.detection import Corners, crop
from ocr.lines import corners_of, line_of
from ocr.recognition import LineRecogniser, Picture

FEWEST_LINES = 12
"""With fewer there are no rows that print could be level with."""
SURE = 0.9
MOST = 60
"""More pieces than this are a picture or dirt, not print that was passed over."""
_GROWN = 0.8
"""A box is grown about its print: the print's share of its height."""
_DARKER = 18
"""Grey levels below the mean of its surroundings: print, not paper."""
_LEVEL = 0.6
_MARGIN = 0.18


def passed_over(
    picture: Picture, lines: Sequence[Line], seals: Sequence[Seal], recogniser: LineRecogniser
) -> tuple[Line, ...]:
    """Lines to be added to ``lines``; what lies on a seal is the seal's own."""
    if len(lines) < FEWEST_LINES:
        return ()
    boxes = [corners_of(line, picture) for line in lines]
    pieces = [piece for piece in _pieces(picture, boxes) if not _on_a_seal(piece, picture, seals)]
    if not 0 < len(pieces) <= MOST:
        return ()
    readings = recogniser.read([crop(picture, piece) for piece in pieces])
    return tuple(
        line_of(reading, piece, picture)
        for reading, piece in zip(readings, pieces, strict=True)
        if reading.confidence >= SURE and reading.text.strip(" ()（）").isalnum()
    )


def _pieces(picture: Picture, boxes: Sequence[Corners]) -> list[Corners]:
    """Boxes around runs of ink outside ``boxes`` that are as high as the print and stand on a row of it."""
    heights = np.array([np.linalg.norm(box[3] - box[0]) for box in boxes]) * _GROWN
    height = float(np.median(heights))
    slope = _slope(boxes, height)
    centres = np.array([box.mean(axis=0) for box in boxes])
    usual = np.abs(heights - height) < 0.35 * height
    rows = (centres[:, 1] - slope * centres[:, 0])[usual]
    found: list[Corners] = []
    margin = _MARGIN * height
    for x, y, wide, high in _runs(_ink(picture, boxes, height), height):
        narrowest = 0.12 if high >= 0.7 * height else 0.35  # the number 1 is hardly wider than a stroke
        if not (0.55 * height <= high <= 1.5 * height and narrowest * height <= wide <= 7 * height):
            continue
        row = y + high / 2 - slope * (x + wide / 2)
        if np.any(np.abs(rows - row) < _LEVEL * height):
            left, right = x - margin, x + wide + margin
            top, bottom = y - margin, y + high + margin
            found.append(np.array(((left, top), (right, top), (right, bottom), (left, bottom)), np.float32))
    return found


def _ink(picture: Picture, boxes: Sequence[Corners], height: float) -> npt.NDArray[np.uint8]:
    """What is dark and in no box, without dots, rules and anything much larger than print."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    around = max(int(height * 3), 3) | 1
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, _DARKER
    ).astype(np.uint8)
    for box in boxes:
        cv2.fillPoly(ink, [np.round(box).astype(np.int32)], (0,))
    _, labels, told, _ = cv2.connectedComponentsWithStats(ink)
    wide, high = told[:, cv2.CC_STAT_WIDTH], told[:, cv2.CC_STAT_HEIGHT]
    dot = (wide < 0.3 * height) & (high < 0.3 * height)
    none = dot | (wide > 6 * height) | (high > 1.6 * height)
    none[0] = True
    ink[none[labels]] = 0
    return ink


def _runs(ink: npt.NDArray[np.uint8], height: float) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of the runs that neighbouring strokes make together."""
    reach = np.ones((max(1, round(0.3 * height)), max(1, round(0.5 * height))), np.uint8)
    _, _, told, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, reach))
    return [(int(one[0]), int(one[1]), int(one[2]), int(one[3])) for one in told[1:]]


def _slope(boxes: Sequence[Corners], height: float) -> float:
    """Fall of the long lines for every pixel to the right."""
    falls = [
        float((box[1][1] - box[0][1]) / (box[1][0] - box[0][0]))
        for box in boxes
        if box[1][0] - box[0][0] > 6 * height
    ]
    return float(np.median(falls)) if falls else 0.0


def _on_a_seal(piece: Corners, picture: Picture, seals: Sequence[Seal]) -> bool:
    high, wide = picture.shape[:2]
    x, y = piece.mean(axis=0) / (wide, high)
    return any(
        seal.box.left <= x <= seal.box.right and seal.box.top <= y <= seal.box.bottom for seal in seals
    )
