"""How the faces of stamps are handed to the recogniser: way up, row by row, without print. No networks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import pytest

from ocr.seals.rectangles import Frame, clockwise
from ocr.seals.shapes import Pixels
from ocr.seals.stamp_reading import read_face

RED, BLACK = (200, 30, 40), (20, 20, 20)


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    confidence: float
    character_confidences: tuple[float, ...]
    positions: tuple[float, ...]


@dataclass
class FromTheSolidEnd:
    """Reads a row only where its first character, a full block, is at its left; keeps what it was handed."""

    handed: list[Pixels] = field(default_factory=list)

    def read(self, crops: Sequence[Pixels]) -> list[Line]:
        self.handed += crops
        return [self._line(crop) for crop in crops]

    def _line(self, crop: Pixels) -> Line:
        dark = crop.min(axis=2) < 128
        side = crop.shape[0]
        upright = crop.shape[1] > 2 * side and dark[:, : 2 * side].mean() > 1.3 * dark[:, -2 * side :].mean()
        sure = 0.95 if upright else 0.2
        return Line("现金收讫", sure, (sure,) * 4, (0.2, 0.4, 0.6, 0.8))


def stamp(tilt: float) -> tuple[Pixels, Frame]:
    """One row in a frame of 200 x 50: a block, then three thin signs."""
    face = np.full((50, 200, 3), 255, np.uint8)
    cv2.rectangle(face, (1, 1), (198, 48), RED, 2)
    cv2.rectangle(face, (14, 12), (44, 38), RED, -1)
    for x in (70, 110, 150):
        cv2.line(face, (x, 12), (x, 38), RED, 3)
    turn = np.asarray(cv2.getRotationMatrix2D((100, 25), -tilt, 1.0), np.float64)
    turn[:, 2] += (100, 175)
    sheet = cv2.warpAffine(face, turn, (400, 400), borderValue=(255, 255, 255))
    corners = np.array([[0, 0], [199, 0], [199, 49], [0, 49]], np.float32) @ turn[:, :2].T + turn[:, 2]
    placed = clockwise(np.asarray(corners, np.float32))
    return np.asarray(sheet, np.uint8), Frame(placed, "red", 0.98, False)


@pytest.mark.parametrize("tilt", [0, 30, 75, 90, 150, 180, 255, 300])
def test_a_rectangle_is_read_along_its_long_side_whichever_way_up_it_was_pressed(tilt: float) -> None:
    """Those that leaned by more than half a right angle were read row by row across their short side."""
    sheet, frame = stamp(tilt)
    assert read_face(sheet, frame.corners, frame, FromTheSolidEnd()).confidence > 0.9


def two_rows() -> tuple[Pixels, Frame]:
    """In red, half of them on a photograph's grey, with a black stroke through both."""
    sheet = np.full((300, 400, 3), 255, np.uint8)
    sheet[:, 200:] = (150, 150, 160)
    cv2.rectangle(sheet, (100, 100), (300, 180), RED, 2)
    for y in (112, 148):
        for x in range(110, 285, 20):
            cv2.rectangle(sheet, (x, y), (x + 12, y + 20), RED, 3)
    cv2.line(sheet, (150, 90), (170, 190), BLACK, 4)
    corners = np.array([[100, 100], [300, 100], [300, 180], [100, 180]], np.float32)
    return sheet, Frame(corners, "red", 0.98, False)


def test_rows_are_parted_by_their_own_ink_where_print_and_a_photograph_join_them() -> None:
    sheet, frame = two_rows()
    reader = FromTheSolidEnd()
    read_face(sheet, frame.corners, frame, reader)
    assert max(crop.shape[0] for crop in reader.handed) < 50


def test_print_under_a_coloured_device_without_a_frame_is_not_its_word() -> None:
    """A blue badge over running print was a stamp for what the print said."""
    sheet, frame = two_rows()
    bare = Frame(frame.corners, "red", 0.0, False)
    reader = FromTheSolidEnd()
    read_face(sheet, bare.corners, bare, reader)
    assert reader.handed
    assert min(int(crop.max(axis=2).min()) for crop in reader.handed) > 90
