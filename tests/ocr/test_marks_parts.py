"""Signature, date and seal beside a statement, from lines and strokes alone."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from domain.geometry import Box
from domain.kinds import SealColour, SealShape
from domain.reading import Seal
from fixtures.content import dice
from fixtures.hands import scribble
from ocr.marks.day import find_day
from ocr.marks.frames import small_frames
from ocr.marks.grey import lifted
from ocr.marks.name_stamps import Stamp, stamps_of
from ocr.marks.patch import CHARACTER, Patch, PatchLine
from ocr.marks.pen import Hand, hand_of
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


def told_as(monkeypatch: pytest.MonkeyPatch, hand: Hand) -> None:
    """The network's answer, whatever it is shown."""
    monkeypatch.setattr("ocr.marks.signature.hand_of", lambda picture, box: hand)


INKED = np.ones((560, 760), bool)
PEN, PRINTED = Hand(0.01, 0.97, 0.02), Hand(0.97, 0.02, 0.01)
BLOT, DOUBT = Hand(0, 0, 1), Hand(0.5, 0.45, 0.05)


def test_a_form_that_was_never_signed_has_no_signature_and_no_date() -> None:
    lines = [line("核对人：", 200, 200, 320), line("日期：    年  月  日", 200, 250, 460)]
    signature = find_signature(patch(white()), PHRASE, lines, [], ink_of(white()))
    day = find_day(PHRASE, lines, [])
    assert signature.box is None
    assert not signature.unsure
    assert day.iso is None
    assert not day.unsure


def test_strokes_after_the_label_are_a_signature_though_nobody_can_read_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told_as(monkeypatch, PEN)
    picture = scribbled(white(), 340, 218)
    lines = [line("核对人：", 200, 200, 320)]
    found = find_signature(patch(picture), PHRASE, lines, loose_ink(ink_of(picture), lines), ink_of(picture))
    assert found.box is not None
    assert found.box[0] > 310


def test_strokes_that_the_label_s_own_line_took_in_are_a_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    told_as(monkeypatch, PEN)
    label = replace(line("核对人：", 200, 200, 450), positions=(0.07, 0.21, 0.35, 0.47))
    found = find_signature(
        patch(scribbled(white(), 340, 218)), PHRASE, [label], [], ink_of(scribbled(white(), 340, 218))
    )
    assert found.box is not None
    assert found.box[0] > 320


def test_a_name_in_type_after_the_label_is_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    told_as(monkeypatch, PRINTED)
    found = find_signature(patch(white()), PHRASE, [line("核对人：张建明", 200, 200, 420)], [], INKED)
    assert found.box is None
    assert found.unsure


def test_a_blot_is_no_signature_but_makes_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    told_as(monkeypatch, BLOT)
    picture = white()
    cv2.circle(picture, (400, 218), 16, (30, 30, 30), -1)
    lines = [line("核对人：", 200, 200, 320)]
    found = find_signature(patch(picture), PHRASE, lines, loose_ink(ink_of(picture), lines), ink_of(picture))
    assert found.box is None
    assert found.unsure


def test_a_name_and_the_day_on_one_line_are_a_signature_and_a_date(monkeypatch: pytest.MonkeyPatch) -> None:
    told_as(monkeypatch, PEN)
    lines = [line("沈国强2020.8.5", 200, 200, 460)]
    found = find_signature(patch(white()), PHRASE, lines, [], INKED)
    day = find_day(PHRASE, lines, [])
    assert found.box is not None
    assert day.box is not None
    assert found.box[2] <= day.box[0] + 1
    assert day.iso == "2020-08-05"


@pytest.mark.parametrize(
    "text", ["核对无误2020.8.5", "日期：2020.8.5", "合格", "20200805", "样例建设有限公司"]
)
def test_the_statement_dates_and_words_of_forms_are_no_names(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    told_as(monkeypatch, PEN)
    found = find_signature(patch(white()), PHRASE, [line(text, 200, 200, 460)], [], INKED)
    assert found.box is None
    assert not found.unsure


def test_a_short_line_between_pen_and_print_makes_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    told_as(monkeypatch, DOUBT)
    found = find_signature(patch(white()), PHRASE, [line("王48敏慧", 200, 200, 330)], [], INKED)
    assert found.box is None
    assert found.unsure


def test_a_framed_name_is_the_stamp_of_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    told_as(monkeypatch, PRINTED)
    stamp = (200.0, 200.0, 260.0, 262.0)
    lines = [line("张建", 205, 205, 255)]
    assert find_signature(patch(white()), PHRASE, lines, [], INKED, [Stamp(stamp)]).box == stamp
    own_frame = (PHRASE[0] - 8, PHRASE[1] - 8, PHRASE[2] + 8, PHRASE[3] + 8)
    assert find_signature(patch(white()), PHRASE, [], [], INKED, [Stamp(own_frame)]).box is None


def test_print_beneath_the_stamp_of_a_name_is_none_of_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name's stamp over the document's lines, or over its own date, was taken for no name."""
    told_as(monkeypatch, PRINTED)
    box = (200.0, 200.0, 290.0, 295.0)
    lines = [
        line("超长混凝土结构裂缝工程实例分析", 20, 220, 480),
        line("核对日期：2020.12.20", 150, 262, 330),
    ]
    assert find_signature(patch(white()), PHRASE, lines, [], INKED, [Stamp(box, "冠印沈博")]).box == box
    assert find_signature(patch(white()), PHRASE, lines, [], INKED, [Stamp(box)]).box is None
    assert find_signature(patch(white()), PHRASE, lines, [], INKED, [Stamp(box, "核对无误")]).box is None


def test_a_square_stamp_that_leans_with_the_statement_is_as_large_as_it_is() -> None:
    """The box about a leaning box about a leaning square was so large that it lay on the statement."""
    turn, side = np.radians(20), 100.0
    cos, sin = np.cos(turn), np.sin(turn)
    back = np.array([[cos, -sin, 0], [sin, cos, 0]])
    middle = np.array([250.0, 260.0])
    reach = side * (cos + sin) / 2
    on_page = back[:, :2] @ middle
    corners = [*(on_page - reach) / (760, 560), *(on_page + reach) / (760, 560)]
    seal = Seal(
        box=Box.clipped(*corners),
        shape=SealShape.SQUARE,
        colour=SealColour.RED,
        text="沈冠博印",
        confidence=0.9,
    )
    leaning = Patch(white(), white(), back, (760, 560), PHRASE)
    (stamp,) = stamps_of(leaning, [seal])
    assert np.allclose(stamp.box, (200, 210, 300, 310), atol=0.5)
    assert stamp.words == "沈冠博印"


def framed_square(picture: Pixels, left: int, top: int, side: int) -> Pixels:
    """A frame with two strokes in it, as of a name's stamp."""
    cv2.rectangle(picture, (left, top), (left + side, top + side), (180, 30, 40), 3)
    cv2.line(picture, (left + 15, top + 20), (left + side - 15, top + side - 22), (180, 30, 40), 4)
    return picture


def test_a_small_frame_is_found_and_a_table_s_cell_is_none() -> None:
    found = small_frames(framed_square(white(), 200, 200, 70))
    assert found
    assert abs(found[0][0] - 200) < 8
    table = framed_square(white(), 200, 200, 70)
    for line_at in (200, 270):
        cv2.line(table, (60, line_at), (700, line_at), (40, 40, 40), 3)
        cv2.line(table, (line_at, 60), (line_at, 500), (40, 40, 40), 3)
    assert not small_frames(table)


@pytest.mark.reader
def test_the_network_tells_strokes_from_blots_and_paper() -> None:
    picture = white()
    ink = scribble(40, dice(5))
    shade = (255 * (1 - 0.9 * ink[..., None])).astype(np.uint8)
    picture[100 : 100 + ink.shape[0], 100 : 100 + ink.shape[1]] = shade
    signed = (98.0, 98.0, 102.0 + ink.shape[1], 102.0 + ink.shape[0])
    assert hand_of(picture, signed).pen > 0.6
    assert hand_of(picture, (400, 300, 500, 340)).nothing > 0.6


def test_a_pen_s_stroke_across_a_grey_seal_is_kept_and_the_seal_taken_off() -> None:
    picture = white()
    cv2.circle(picture, (300, 300), 90, (130, 130, 130), 6, cv2.LINE_AA)
    cv2.line(picture, (200, 300), (420, 310), (25, 25, 25), 4, cv2.LINE_AA)
    grey = seal(210 / 760, 210 / 560, SealColour.BLACK)
    grey = grey.model_copy(update={"box": Box.clipped(210 / 760, 210 / 560, 390 / 760, 390 / 560)})
    cleaned, hidden = lifted(patch(picture), [grey])
    assert not hidden
    assert cleaned.clean[300 - 90, 300].min() > 200
    assert cleaned.clean[305, 300].min() < 120


def test_a_seal_as_black_as_the_pen_hides_what_stands_on_it() -> None:
    picture = white()
    cv2.circle(picture, (300, 300), 90, (30, 30, 30), 6, cv2.LINE_AA)
    cv2.line(picture, (200, 300), (420, 310), (25, 25, 25), 4, cv2.LINE_AA)
    grey = seal(210 / 760, 210 / 560, SealColour.BLACK)
    grey = grey.model_copy(update={"box": Box.clipped(210 / 760, 210 / 560, 390 / 760, 390 / 560)})
    assert len(lifted(patch(picture), [grey])[1]) == 1


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
    found = fresh_seal(phrase, [], seals, [0, 1], coloured_ink=True)
    assert found.index == 1
    assert not found.grey


def test_on_a_grey_page_the_seal_is_named_but_marked_as_grey() -> None:
    phrase = Box(left=0.3, top=0.7, right=0.4, bottom=0.72)
    found = fresh_seal(phrase, [], [seal(0.42, 0.7, SealColour.BLACK)], [0], coloured_ink=False)
    assert found.index == 0
    assert found.grey


def test_a_far_seal_does_not_belong_to_the_statement() -> None:
    phrase = Box(left=0.1, top=0.9, right=0.2, bottom=0.92)
    assert fresh_seal(phrase, [], [seal(0.7, 0.1, SealColour.RED)], [0], coloured_ink=True).index is None


def test_a_grey_seal_beside_a_statement_in_colour_is_the_photocopied_one() -> None:
    phrase = Box.clipped(0.3, 0.8, 0.5, 0.83)
    grey = [seal(0.42, 0.7, SealColour.BLACK)]
    assert fresh_seal(phrase, [], grey, [0], coloured_ink=True).index is None


def test_colour_is_ink_and_not_tinted_paper() -> None:
    paper = np.full((200, 400, 3), (250, 240, 205), np.uint8)
    assert not has_coloured_ink(paper)
    paper[90:94, 100:200] = (40, 60, 150)
    assert has_coloured_ink(paper)
