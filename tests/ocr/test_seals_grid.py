"""Square seals: rows and columns found by where ink parts, cells read in columns from the right."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw

from fixtures.fonts import font
from ocr.recognition import LineRecogniser, Recognised
from ocr.seals.cell_reading import read_cells
from ocr.seals.faces import Face
from ocr.seals.grid import grids_of
from ocr.seals.shapes import Pixels

SIDE = 180


def face(columns: Sequence[str]) -> Face:
    """Columns from the right, each from the top down, as a square seal is set."""
    picture = Image.new("RGB", (SIDE, SIDE), "white")
    draw = ImageDraw.Draw(picture)
    rows = max(map(len, columns))
    wide, high = SIDE // len(columns), SIDE // rows
    for number, column in enumerate(columns):
        for row, character in enumerate(column):
            middle = (SIDE - (number + 0.5) * wide, (row + 0.5) * high)
            draw.text(middle, character, "black", font("song", int(0.9 * min(wide, high))), anchor="mm")
    pixels = np.asarray(picture, np.uint8)
    return Face(pixels, np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) < 128, bool))


@pytest.mark.parametrize(
    ("columns", "rows"),
    [(("白石桥", "区总工", "会印"), 3), (("北丰市卫", "生健康局", "印"), 4), (("管青", "牧印"), 2)],
)
def test_rows_and_columns_are_found(columns: tuple[str, ...], rows: int) -> None:
    best = grids_of(face(columns).inked)
    assert (rows, len(columns)) in [(grid.rows, grid.columns) for grid in best]
    grid = next(one for one in best if (one.rows, one.columns) == (rows, len(columns)))
    assert len(grid.cells) == sum(map(len, columns))


def test_a_face_without_ink_has_no_grid() -> None:
    assert grids_of(np.zeros((90, 90), bool)) == []


class _Says:
    """Reads a line of as many cells as it has characters, and is unsure of any other."""

    def __init__(self, characters: str) -> None:
        self.characters = characters

    def read(self, crops: Sequence[Pixels]) -> list[Recognised]:
        count = max((crops[0].shape[1] - 8) // 56, 1)
        text = self.characters[:count].ljust(count, "一")
        places = tuple((8 + 56 * (at + 0.5) - 4) / crops[0].shape[1] for at in range(count))
        sure = 0.95 if count == len(self.characters) else 0.3
        return [Recognised(text, sure, (sure,) * count, places)]

    def probabilities(self, crops: Sequence[Pixels]) -> list[npt.NDArray[np.float32]]:
        raise AssertionError("only the other way of reading is asked for here")


def test_cells_are_read_in_columns_from_the_right() -> None:
    """白石桥区总工会印 was read in rows: 会区白印总石工桥."""
    said = read_cells(face(("白石桥", "区总工", "会印")), _Says("白石桥区总工会印"))
    assert said.text == "白石桥区总工会印"


def test_rows_from_the_left_where_only_they_make_a_units_name() -> None:
    said = read_cells(face(("市局室", "浦政公", "榕民办")), _Says("市局室浦政公榕民办"))
    assert said.text == "榕浦市民政局办公室"


def test_one_row_runs_from_the_left() -> None:
    """副本 in a frame that is nearly square was read 本副."""
    square = face(("本", "副"))
    low = Face(square.picture[30:150], square.inked[30:150])
    assert read_cells(low, _Says("本副")).text == "副本"


def test_many_sure_cells_are_better_than_few() -> None:
    """Of 沅岭县自然资源和规划局印 in four columns a coarser grid read 自然县源和印, surely."""
    laid = ("沅岭县", "自然资", "源和规", "划局印")
    assert read_cells(face(laid), _Says("".join(laid))).text == "".join(laid)


@pytest.mark.reader
@pytest.mark.parametrize("columns", [("榕浦市", "民政局", "印"), ("长林新区", "疾病预防", "控制中心", "章")])
def test_the_real_reader_reads_a_square_seal(columns: tuple[str, ...]) -> None:
    assert read_cells(face(columns), LineRecogniser()).text == "".join(columns)
