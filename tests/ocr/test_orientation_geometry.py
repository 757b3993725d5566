import numpy as np
import pytest

from domain.geometry import Box
from domain.page import TextRun
from ocr.orientation import Rotation, turned_back
from ocr.reader import turned_run


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_undoing_the_turn_brings_text_runs_and_pixels_to_the_same_place(rotation: Rotation) -> None:
    upright = np.zeros((100, 200, 3), np.uint8)
    upright[10:20, 30:80] = 255
    clockwise = np.ascontiguousarray(np.rot90(upright, -rotation // 90))
    rows, columns = np.nonzero(clockwise[:, :, 0])
    height, width = clockwise.shape[:2]
    stored = Box.clipped(
        columns.min() / width, rows.min() / height, (columns.max() + 1) / width, (rows.max() + 1) / height
    )
    assert (turned_back(clockwise, rotation) == upright).all()
    back = turned_run(TextRun(text="字", box=stored), rotation).box
    assert back.corners == pytest.approx((0.15, 0.1, 0.4, 0.2))
