"""Signature, date and seal beside a statement, from lines and strokes alone."""

from __future__ import annotations

import cv2
import numpy as np

from domain.geometry import Box
from domain.kinds import SealColour, SealShape
from domain.reading import Seal
from ocr.marks.day import find_day
from ocr.marks.patch import CHARACTER, Patch, PatchLine
from ocr.marks.seal import fresh_seal, has_coloured_ink
from ocr.marks.signature import find_signature
from ocr.marks.strokes import ink_of, loose_ink, uprightness
from ocr.seals.shapes import Pixels

PHRASE = (200.0, 150.0, 200.0 + 4 * CHARACTER, 150.0 + CHARACTER)


def white() -> Pixels:
    return np.full((560, 760, 3), 255, np.uint8)


def patch(picture: Pixels) -> Patch:
    back = np.array([[1.0, 0, 0], [0, 1.0, 0]])
    return Patch(picture, picture, back, (picture.shape[1], picture.shape[0]), PHRASE)


def line(text: str, left: float, top: float, right: float) -> PatchLine:
    bottom = top + CHARACTER
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    return PatchLine(text, 0.97, corners)


def scribbled(picture: Pixels, left: int, top: int) -> Pixels:
    """A slanting pen stroke, as of a name."""
    steps = np.linspace(0, 5 * np.pi, 90)
    points = np.column_stack(
        [left + 22 * steps / 2.2 + 9 * np.sin(2.3 * steps), top + 20 * np.sin(1.7 * steps)]
    )
    cv2.polylines(picture, [points.astype(np.int32)], False, (30, 30, 40), 3, cv2.LINE_AA)
    return picture


def test_a_form_that_was_never_signed_has_no_signature_and_no_date() -> None:
    lines = [line("核对人：", 200, 200, 320), line("日期：    年  月  日", 200, 250, 460)]
    signature = find_signature(patch(white()), PHRASE, lines, [], None)
    day = find_day(PHRASE, lines, [])
    assert signature.box is None
    assert not signature.unsure
    assert day.iso is None
    assert not day.unsure


def test_strokes_after_the_label_are_a_signature_though_nobody_can_read_them() -> None:
    picture = scribbled(white(), 340, 218)
    lines = [line("核对人：", 200, 200, 320)]
    loose = loose_ink(ink_of(picture), lines)
    found = find_signature(patch(picture), PHRASE, lines, loose, None)
    assert found.box is not None
    assert found.box[0] > 310


def test_a_blot_is_no_signature_but_makes_unsure() -> None:
    picture = white()
    cv2.circle(picture, (400, 218), 16, (30, 30, 30), -1)
    lines = [line("核对人：", 200, 200, 320)]
    found = find_signature(patch(picture), PHRASE, lines, loose_ink(ink_of(picture), lines), None)
    assert found.box is None
    assert found.unsure


def test_a_name_and_the_day_on_one_line_are_a_signature_and_a_date() -> None:
    picture = scribbled(scribbled(white(), 200, 218), 300, 218)
    lines = [line("沈国强2020.8.5", 200, 200, 460)]
    found = find_signature(patch(picture), PHRASE, lines, [], lines[0])
    assert found.box is not None
    assert found.box[2] < 350


def test_the_statement_before_the_day_is_no_name() -> None:
    picture = scribbled(white(), 200, 218)
    lines = [line("核对无误2020.8.5", 200, 200, 460)]
    found = find_signature(patch(picture), PHRASE, lines, [], lines[0])
    assert found.box is None
    assert not found.unsure


def test_a_short_line_that_was_half_read_makes_unsure() -> None:
    corners = line("王48敏慧", 200, 200, 330).corners
    found = find_signature(patch(white()), PHRASE, [PatchLine("王48敏慧", 0.62, corners)], [], None)
    assert found.box is None
    assert found.unsure


def test_a_table_line_is_no_ink() -> None:
    picture = white()
    cv2.line(picture, (20, 300), (740, 300), (0, 0, 0), 2)
    assert not ink_of(picture).any()


def test_dates_below_the_statement_count_and_the_documents_own_date_does_not() -> None:
    own = line("2019年1月6日", 300, 60, 480)
    assert find_day(PHRASE, [own], []).iso is None
    found = find_day(PHRASE, [own, line("二〇二〇年八月五日", 200, 250, 480)], [])
    assert found.iso == "2020-08-05"


def test_half_a_date_is_unsure_and_never_missing() -> None:
    found = find_day(PHRASE, [line("2020年8", 200, 250, 330)], [])
    assert found.iso is None
    assert found.unsure


def test_straight_strokes_are_told_from_slanting_ones() -> None:
    printed, written = white()[:60, :300].copy(), white()[:60, :300].copy()
    for x in range(20, 280, 30):
        cv2.rectangle(printed, (x, 12), (x + 20, 48), (0, 0, 0), 3)
    scribbled(written, 20, 30)
    assert uprightness(printed) > 0.6 > 0.45 > uprightness(written)


def seal(left: float, top: float, colour: SealColour) -> Seal:
    box = Box(left=left, top=top, right=left + 0.2, bottom=top + 0.14)
    return Seal(box=box, shape=SealShape.ROUND, colour=colour, text="", confidence=0.9)


def test_the_fresh_seal_is_the_coloured_one_even_where_the_grey_one_is_nearer() -> None:
    phrase = Box(left=0.3, top=0.7, right=0.4, bottom=0.72)
    seals = [seal(0.35, 0.6, SealColour.BLACK), seal(0.45, 0.72, SealColour.RED)]
    found = fresh_seal(phrase, [], seals, coloured_ink=True)
    assert found.index == 1
    assert not found.grey


def test_on_a_grey_page_the_seal_is_named_but_marked_as_grey() -> None:
    phrase = Box(left=0.3, top=0.7, right=0.4, bottom=0.72)
    found = fresh_seal(phrase, [], [seal(0.42, 0.7, SealColour.BLACK)], coloured_ink=False)
    assert found.index == 0
    assert found.grey


def test_a_far_seal_does_not_belong_to_the_statement() -> None:
    phrase = Box(left=0.1, top=0.9, right=0.2, bottom=0.92)
    assert fresh_seal(phrase, [], [seal(0.7, 0.1, SealColour.RED)], coloured_ink=True).index is None


def test_a_grey_seal_beside_a_statement_in_colour_is_the_photocopied_one() -> None:
    phrase = Box.clipped(0.3, 0.8, 0.5, 0.83)
    grey = [seal(0.42, 0.7, SealColour.BLACK)]
    assert fresh_seal(phrase, [], grey, coloured_ink=True).index is None


def test_colour_is_ink_and_not_tinted_paper() -> None:
    paper = np.full((200, 400, 3), (250, 240, 205), np.uint8)
    assert not has_coloured_ink(paper)
    paper[90:94, 100:200] = (40, 60, 150)
    assert has_coloured_ink(paper)
