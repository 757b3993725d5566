"""Print beneath a seal: inks told apart, readings settled, lines brought together; and on a real page."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from checks.certainty import SURE_VALUE
from domain.geometry import Box
from domain.kinds import SealColour, SealShape
from domain.reading import Line, Seal
from matching.text import bare
from ocr.detection import Corners, LineDetector
from ocr.ink_removal import without_coloured_ink
from ocr.lines import read_lines
from ocr.recognition import LineRecogniser, Picture, Recognised
from ocr.under_ink import read_under_ink
from ocr.under_ink.deciding import decided
from ocr.under_ink.joining import joined
from ocr.under_ink.places import touched

PAGE = Path(__file__).parents[2] / "fixtures" / "demo" / "01-clean" / "ce-2018.jpg"
LIGHT_RED, DARK_RED, BLUE = (226, 72, 70), (128, 18, 28), (38, 62, 160)
PRINT = 28


def quad(left: float, top: float, right: float, bottom: float) -> Corners:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def read(text: str, confidence: float = 0.98) -> Recognised:
    return Recognised(text, confidence, (confidence,) * len(text), ())


def pressed(picture: Picture, ink: tuple[int, int, int], face: Picture) -> Picture:
    """Ink over print as one filter over another; ``face`` is 255 where the seal prints."""
    share = face[..., None].astype(np.float32) / 255 * 0.92
    return (picture * (1 - share * (1 - np.array(ink, np.float32) / 255))).astype(np.uint8)


@pytest.mark.parametrize("ink", [LIGHT_RED, DARK_RED, BLUE])
def test_ink_becomes_paper_and_the_print_beneath_it_stays(ink: tuple[int, int, int]) -> None:
    sheet = np.full((160, 160, 3), 255, np.uint8)
    sheet[70:90] = PRINT
    face = np.zeros((160, 160), np.uint8)
    cv2.circle(face, (80, 80), 60, (255,), 20)
    clean = without_coloured_ink(pressed(sheet, ink, face))
    assert clean is not None
    ink_alone, both, print_alone = clean[20, 80, 0], clean[80, 20, 0], clean[80, 80, 0]
    assert ink_alone > 225
    assert both < 90
    assert print_alone < 90


def test_a_grey_seal_cannot_be_told_from_print_by_colour() -> None:
    sheet = np.full((100, 100, 3), 255, np.uint8)
    cv2.circle(sheet, (50, 50), 40, (90, 90, 90), 8)
    assert without_coloured_ink(sheet) is None


def test_readings_that_agree_are_sure() -> None:
    told = decided(read("2020年8月5日"), [read("2020年8月5日", 0.95)])
    assert told.agreed
    assert told.text == "2020年8月5日"
    assert told.confidence >= SURE_VALUE


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("2020年8月6日", "2020年8月5日"),
        ("", "2020年8月5日"),
        ("2020年8月6日", ""),
        ("年8月5日", "2020年8月5日"),
    ],
)
def test_readings_that_disagree_are_never_sure(raw: str, cleaned: str) -> None:
    told = decided(read(raw, 1.0), [read(cleaned, 1.0), read(cleaned, 1.0)])
    assert not told.agreed
    assert told.confidence < SURE_VALUE


def test_the_reading_without_ink_is_believed_before_the_one_with_it() -> None:
    assert decided(read("2010年8月5目"), [read("2020年8月5日")]).text == "2020年8月5日"


def test_two_ways_of_cleaning_outvote_one() -> None:
    told = decided(read("张三车"), [read("张三军", 0.9), read("张三丰", 0.95), read("张三丰", 0.9)])
    assert told.text == "张三丰"


def test_three_different_readings_vote_by_character() -> None:
    told = decided(
        read("绍兴市越山建设有限公可"), [read("绍兴巾越山建设有限公司"), read("绍兴市越屾建设有限公司")]
    )
    assert told.text == "绍兴市越山建设有限公司"


def test_one_doubtful_character_makes_the_line_unsure() -> None:
    doubtful = Recognised("2020年8月5日", 0.94, (1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 1.0, 1.0, 1.0), ())
    assert decided(doubtful, [doubtful]).confidence < SURE_VALUE


def test_a_line_broken_at_the_ring_is_one_again() -> None:
    left, right, whole = quad(100, 50, 180, 70), quad(220, 50, 300, 70), quad(102, 51, 290, 71)
    plan = joined([whole], [left, right], frozenset({0, 1}))
    assert plan.replaced == {0, 1}
    (one,) = plan.quads
    assert one[:, 0].min() <= 101
    assert one[:, 0].max() >= 299


def test_lines_of_another_row_are_left_alone() -> None:
    above, below = quad(100, 20, 300, 40), quad(100, 80, 300, 100)
    plan = joined([quad(100, 50, 300, 70)], [above, below], frozenset({0}))
    assert plan.replaced == frozenset()


def test_a_line_beside_the_seal_gives_way_only_to_a_longer_one_that_holds_it() -> None:
    label, apart = quad(100, 50, 160, 70), quad(340, 50, 420, 70)
    plan = joined([quad(98, 50, 330, 70)], [label, apart], frozenset())
    assert plan.replaced == {0}


def test_only_what_lies_on_the_round_itself_is_touched() -> None:
    seal = Seal(
        box=Box.clipped(0.4, 0.4, 0.6, 0.6),
        shape=SealShape.ROUND,
        colour=SealColour.RED,
        text="",
        confidence=1,
    )
    size = (1000, 1000)
    assert touched(quad(300, 480, 420, 510), [seal], size)
    assert touched(quad(480, 480, 520, 510), [seal], size)
    assert not touched(quad(300, 400, 425, 425), [seal], size), "in the box's corner, outside the ring"
    assert not touched(quad(100, 480, 380, 510), [seal], size)


@pytest.fixture(scope="module")
def picture() -> Picture:
    return np.asarray(Image.open(PAGE).convert("RGB"), np.uint8)


@pytest.fixture(scope="module")
def engines() -> tuple[LineDetector, LineRecogniser]:
    return LineDetector(), LineRecogniser()


def lines_of(picture: Picture, engines: tuple[LineDetector, LineRecogniser]) -> tuple[Line, ...]:
    return read_lines(picture, engines[0].find(picture), engines[1]).lines


@pytest.mark.reader
@pytest.mark.parametrize("ink", [LIGHT_RED, DARK_RED, BLUE])
def test_lines_beneath_a_ring_and_star_are_read_and_all_others_come_out_as_they_were(
    picture: Picture, engines: tuple[LineDetector, LineRecogniser], ink: tuple[int, int, int]
) -> None:
    height, width = picture.shape[:2]
    plain = lines_of(picture, engines)
    hidden = max(plain[:8], key=lambda line: line.box.width)
    centre = (round(hidden.box.right * width) - 150, round(hidden.box.centre.y * height))
    face = np.zeros((height, width), np.uint8)
    cv2.circle(face, centre, 118, (255,), 9, cv2.LINE_AA)
    cv2.fillPoly(face, [star(centre, 44)], (255,), cv2.LINE_AA)
    sealed = pressed(picture, ink, face)
    colour = SealColour.BLUE if ink == BLUE else SealColour.RED
    box = Box.clipped(
        (centre[0] - 123) / width,
        (centre[1] - 123) / height,
        (centre[0] + 123) / width,
        (centre[1] + 123) / height,
    )
    seal = Seal(box=box, shape=SealShape.ROUND, colour=colour, text="", confidence=1)
    before = lines_of(sealed, engines)
    after = read_under_ink(sealed, before, [seal], *engines)
    assert bare(hidden.text) in {bare(line.text) for line in after}
    away = [line for line in before if line.box.intersection(box) == 0]
    assert away
    assert all(line in after for line in away)


@pytest.mark.reader
def test_a_page_without_seals_costs_nothing(
    picture: Picture, engines: tuple[LineDetector, LineRecogniser], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = lines_of(picture, engines)
    monkeypatch.setattr(LineDetector, "find", None)
    monkeypatch.setattr(LineRecogniser, "read", None)
    assert read_under_ink(picture, lines, (), *engines) == lines


def star(centre: tuple[int, int], radius: int) -> np.ndarray:
    turns = np.arange(10) * np.pi / 5
    reach = np.where(np.arange(10) % 2 == 0, radius, 0.382 * radius)
    points = np.stack([centre[0] + reach * np.sin(turns), centre[1] - reach * np.cos(turns)], axis=1)
    return points.astype(np.int32)
