"""Faces of stamps told from boxes round other ink and from bars of colour, on drawn ink. No networks."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.seals.faces import faces_of, is_bar
from ocr.seals.rectangles import Frame
from ocr.seals.shapes import Pixels

RED, BLACK, WHITE = (200, 30, 40), (20, 20, 20), (255, 255, 255)


def row(sheet: Pixels, ink: tuple[int, int, int]) -> None:
    """Fourteen bold characters between (108, 106) and (496, 134)."""
    for x in range(108, 480, 28):
        cv2.rectangle(sheet, (x + 2, 108), (x + 22, 132), ink, 4)
        cv2.line(sheet, (x + 2, 120), (x + 22, 120), ink, 3)


def boxed(ink: tuple[int, int, int]) -> tuple[Pixels, Frame]:
    """A red box round writing in some ink."""
    sheet = np.full((240, 600, 3), 255, np.uint8)
    cv2.rectangle(sheet, (100, 100), (500, 140), RED, 2)
    row(sheet, ink)
    corners = np.array([[100, 100], [500, 100], [500, 140], [100, 140]], np.float32)
    return sheet, Frame(corners, "red", 0.98, False)


def test_a_box_drawn_round_writing_in_another_ink_says_nothing() -> None:
    """A conclusion that a pupil had boxed in red was read through and was a stamp."""
    sheet, frame = boxed(BLACK)
    assert not list(faces_of(sheet, frame.corners, frame))
    stamp, frame = boxed(RED)
    assert list(faces_of(stamp, frame.corners, frame))


def test_a_flat_bar_with_white_letters_is_no_frame() -> None:
    """A newspaper's heading: 14 pixels high on its patch its letters were ink, and its edges sides."""
    bar = np.full((240, 600, 3), 255, np.uint8)
    cv2.rectangle(bar, (100, 100), (500, 140), RED, -1)
    row(bar, WHITE)
    stamp, frame = boxed(RED)
    assert is_bar(bar, frame.corners)
    assert not is_bar(stamp, frame.corners)
