"""Frames of stamps told from tables' cells, blocks of colour and codes, on drawn ink. No networks."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.seals.coloured import coloured_pieces
from ocr.seals.finder import Kind, Pointed
from ocr.seals.frames import frame_at
from ocr.seals.grey import grey_pieces
from ocr.seals.judging import LEAST_CONFIDENCE, SURE, stamp_confidence
from ocr.seals.outline import outline_at
from ocr.seals.patches import Patch, patch_about
from ocr.seals.shapes import Pixels
from ocr.seals.stamp_words import stamp_words

RED, BLUE, BLACK = (200, 30, 40), (26, 34, 100), (60, 60, 60)
PLACE = Pointed(Kind.FRAME, 192, 262, 395, 398, 0.3)


def printed() -> Pixels:
    """Rows of print across the whole sheet."""
    sheet = np.full((700, 600, 3), 255, np.uint8)
    for y in range(40, 660, 24):
        for x in range(30, 560, 16):
            cv2.rectangle(sheet, (x, y), (x + 9, y + 11), (20, 20, 20), 1)
    return sheet


def framed(sheet: Pixels, ink: tuple[int, int, int], *, tilt: float = 5, width: int = 2) -> Pixels:
    """A frame of 200 x 120 about (295, 330) with six characters in it."""
    layer = np.full_like(sheet, 255)
    corners = np.asarray(cv2.boxPoints(((295, 330), (200, 120), tilt)), np.int32)
    cv2.polylines(layer, [corners], True, ink, width, cv2.LINE_AA)
    for x in (230, 280, 330):
        for y in (300, 340):
            cv2.rectangle(layer, (x, y), (x + 26, y + 24), ink, 2)
    return np.asarray(sheet.astype(np.float32) * layer / 255, np.uint8)


def patch_of(picture: Pixels, place: Pointed = PLACE) -> Patch:
    return patch_about(picture, place)


def test_a_frame_that_print_crosses_is_found_by_its_sides() -> None:
    """Copies of stamps over print had one contour with it and were taken for nothing."""
    outline = outline_at(patch_of(framed(printed(), BLACK)), "dark")
    assert outline is not None
    assert outline.support > 0.94
    assert outline.joined <= 1
    across, down = (outline.corners[end] - outline.corners[0] for end in (1, 3))
    assert np.degrees(np.arctan2(across[1], across[0])) == pytest.approx(5, abs=1.5)
    assert np.linalg.norm(across) / np.linalg.norm(down) == pytest.approx(200 / 120, abs=0.15)


def test_the_rules_of_a_table_run_on_beyond_the_corners_of_its_cell() -> None:
    sheet = np.full((700, 600, 3), 255, np.uint8)
    for y in (270, 390):
        cv2.line(sheet, (40, y), (560, y), (20, 20, 20), 2)
    for x in (200, 390):
        cv2.line(sheet, (x, 100), (x, 600), (20, 20, 20), 2)
    outline = outline_at(patch_of(sheet), "dark")
    assert outline is not None
    assert outline.joined >= 6
    assert frame_at(patch_of(sheet)) is None


def test_thin_sides_of_dark_blue_are_coloured_although_they_are_found_as_darkness() -> None:
    frame = frame_at(patch_of(framed(printed(), BLUE, width=1)))
    assert frame is not None
    assert frame.family == "other"
    black = frame_at(patch_of(framed(printed(), BLACK)))
    assert black is not None
    assert black.family == "dark"


def test_rows_of_writing_in_a_small_frame_are_no_rules_of_a_table() -> None:
    """JPEG spreads colour over the gaps: a row of small characters was one line from side to side."""
    sheet = np.full((700, 600, 3), 255, np.uint8)
    cv2.rectangle(sheet, (200, 300), (390, 330), RED, 2)
    for x in range(206, 380, 14):
        cv2.rectangle(sheet, (x, 307), (x + 9, 322), RED, 2)
    _, data = cv2.imencode(".jpg", sheet[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 60])
    spread = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1], np.uint8)
    frame = frame_at(patch_of(spread, Pointed(Kind.FRAME, 196, 294, 396, 336, 0.3)))
    assert frame is not None
    assert frame.family == "red"
    assert not frame.solid


def test_two_characters_whose_colour_runs_together_are_no_frame() -> None:
    """合计 in red figures was read as a stamp."""
    sheet = np.full((700, 600, 3), 255, np.uint8)
    cv2.rectangle(sheet, (200, 270), (390, 390), (255, 205, 205), -1)
    for left in (204, 300):
        for x in range(left, left + 80, 26):
            cv2.rectangle(sheet, (x, 272), (x + 14, 388), RED, 2)
    assert frame_at(patch_of(sheet)) is None


def test_white_letters_on_a_bar_of_colour_are_told_from_bold_ones_in_a_frame() -> None:
    bar = np.full((700, 600, 3), 255, np.uint8)
    cv2.rectangle(bar, (200, 270), (390, 390), RED, -1)
    for x in (215, 275, 335):
        cv2.rectangle(bar, (x, 300), (x + 40, 360), (255, 255, 255), 6)
    masthead = frame_at(patch_of(bar))
    assert masthead is None or masthead.solid
    bold = framed(np.full((700, 600, 3), 255, np.uint8), RED, width=6)
    stamp = frame_at(patch_of(bold))
    assert stamp is not None
    assert not stamp.solid


def test_a_stamp_on_a_photograph_is_not_white_on_ink() -> None:
    """What is no paper between its letters was ink: a black stamp half over a picture was refused unread."""
    photograph = np.full((700, 600, 3), 255, np.uint8)
    cv2.rectangle(photograph, (60, 120), (540, 560), (140, 140, 140), -1)
    stamp = frame_at(patch_of(framed(photograph, (20, 20, 20), width=4)))
    assert stamp is not None
    assert not stamp.solid


@pytest.mark.parametrize(
    "text", ["现金收讫", "副本", "安河口市建设局业务专用章", "兴原市人民医院章", "霍望瑾之印", "收文第466号"]
)
def test_words_that_only_stamps_bear(text: str) -> None:
    assert stamp_words(text, tilted=False)


@pytest.mark.parametrize("text", ["数据采集", "工程局", "合计", "目录", "资料审核", "印刷"])
def test_what_stands_in_boxes_of_forms_and_charts_is_no_word_of_a_stamp(text: str) -> None:
    assert not stamp_words(text, tilted=True)


def test_a_flow_chart_has_boxes_with_words_of_stamps_but_they_do_not_lean() -> None:
    assert stamp_words("已审核", tilted=True)
    assert not stamp_words("已审核", tilted=False)


def test_a_unit_in_a_leaning_frame_is_a_stamp_and_in_a_chart_it_is_not() -> None:
    """Copies of a department's stamp, closed and read without a slip, were taken for a box of print."""
    assert stamp_words("南泽市职业技术学院", tilted=True)
    assert stamp_words("安河口市公证处", tilted=True)
    assert not stamp_words("南泽市职业技术学院", tilted=False)
    assert not stamp_words("会议", tilted=True)


def test_a_frame_in_black_ink_that_print_touches_is_pointed_at_and_a_tables_cell_is_not() -> None:
    """The network passed large ones over; by its outer contour such a frame is one with the print."""
    found = [one for one in grey_pieces(framed(printed(), BLACK), []) if one.kind is Kind.FRAME]
    assert any(one.overlap(PLACE) > 0.7 for one in found)
    sheet = framed(np.full((700, 600, 3), 255, np.uint8), BLACK, tilt=0)
    for y in (270, 390):
        cv2.line(sheet, (40, y), (560, y), BLACK, 2)
    assert not [one for one in grey_pieces(sheet, []) if one.kind is Kind.FRAME]


def test_a_coloured_frame_is_looked_at_where_the_network_takes_it_for_a_ring() -> None:
    """Squares that it called rings were fitted as rings, refused, and nobody looked again."""
    sheet = framed(np.full((700, 600, 3), 255, np.uint8), RED)
    ring = Pointed(Kind.RING, 192, 262, 395, 398, 0.3)
    assert [one.kind for one in coloured_pieces(sheet, [ring])] == [Kind.FRAME]
    assert coloured_pieces(sheet, [PLACE]) == []


def test_a_grey_frame_is_believed_for_the_words_of_a_stamp_alone() -> None:
    weak = Pointed(Kind.FRAME, 0, 0, 100, 50, 0.3)
    assert stamp_confidence(weak, 0.98, 4, 0.98, coloured=False, worded=True) > SURE
    assert stamp_confidence(weak, 0.98, 4, 0.98, coloured=False) < LEAST_CONFIDENCE


def test_a_thumb_print_in_red_ink_is_no_stamp() -> None:
    """The network points at it with 0.8; nothing is framed, nothing reads."""
    thumb = Pointed(Kind.FRAME, 0, 0, 60, 80, 0.8)
    assert stamp_confidence(thumb, 0.7, 0, 0.0, coloured=True) < LEAST_CONFIDENCE
