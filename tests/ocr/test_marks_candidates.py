"""What may be a signature: not a date, not its label, not a piece of the statement."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from ocr.marks.completing import completed
from ocr.marks.patch import CHARACTER
from ocr.marks.phrases import find_phrase, is_form_word, may_be_name
from ocr.marks.signature import find_signature
from ocr.marks.statement import Row
from ocr.marks.strokes import InkGroup
from ocr.recognition import Recognised, characters
from ocr.seals.shapes import Pixels
from tests.ocr.test_marks_parts import INKED, PEN, PHRASE, line, patch, told_as, white


def test_a_stamped_date_after_the_empty_label_is_no_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line 二〇一八年十月六 stood beside 验证人：, and was the signature and the date."""
    told_as(monkeypatch, PEN)
    lines = [line("验证人：", 180, 210, 310), line("二〇一八年十月六", 345, 205, 625)]
    found = find_signature(patch(white()), PHRASE, lines, [], INKED, day=(346.0, 205.0, 612.0, 241.0))
    assert found.box is None
    assert not found.unsure


def test_the_label_before_a_day_by_second_choices_is_no_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    """核对日期：2019.(2.19 was read by its second choices; 核对日期 was then signed for."""
    told_as(monkeypatch, PEN)
    lines = [line("核对日期：2019.(2.19", 175, 265, 385)]
    found = find_signature(patch(white()), PHRASE, lines, [], INKED, day=(262.0, 265.0, 385.0, 301.0))
    assert found.box is None


def test_strokes_between_the_label_and_a_day_by_second_choices_are_a_signature(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """验证人：202.76: the scribble before the date had no letters, and was not looked at."""
    told_as(monkeypatch, PEN)
    lines = [line("验证人：202.76", 445, 137, 764)]
    found = find_signature(patch(white()), PHRASE, lines, [], INKED, day=(694.0, 137.0, 764.0, 184.0))
    assert found.box is not None
    assert found.box[2] <= 695


def test_what_a_seal_left_behind_is_too_tall_for_a_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    told_as(monkeypatch, PEN)
    left_over = InkGroup(392, 110, 590, 110 + 5 * CHARACTER, 3000, 5.0)
    lines = [line("核对人签名：", 200, 200, 380)]
    found = find_signature(patch(white()), PHRASE, lines, [left_over], INKED)
    assert found.box is None
    assert found.unsure


@pytest.mark.parametrize("text", ["复印件", "与原", "原件", "无误"])
def test_a_row_of_the_statement_is_no_name(text: str) -> None:
    """复印件 stood above 与原件一致 in its frame, and was the signature."""
    assert is_form_word(text)
    assert not may_be_name(text)


def test_a_statement_with_a_name_and_a_day_in_numerals_on_its_line_is_one() -> None:
    found = find_phrase("复印件与原件一致韩洋波二〇一八年十月二十九曰")
    assert found is not None
    assert found.text == "复印件与原件一致"


def test_the_end_of_a_statement_over_print_is_the_statement() -> None:
    """Of 与原件核对无误 across the print only 对无误 was read, and the mark was missed."""
    corners = np.array([[100, 100], [200, 100], [200, 140], [100, 140]], np.float32)
    said = completed(Row("对无误", 0.9, corners), [], [white()], _Blind())
    assert said is not None
    assert said.found.text == "核对无误"
    assert said.found.wrong == 1


class _Blind:
    """A recogniser that sees nothing."""

    def read(self, crops: Sequence[Pixels]) -> list[Recognised]:
        raise AssertionError("only the other way of reading is asked for here")

    def probabilities(self, crops: Sequence[Pixels]) -> list[npt.NDArray[np.float32]]:
        blank = np.full((40, len(characters())), 1e-7, np.float32)
        blank[:, 0] = 1.0
        return [blank for _ in crops]
