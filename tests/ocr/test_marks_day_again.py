"""The date looked at in several views: votes, and where a day may stand that was not read as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from ocr.marks.day import FoundDay, find_day
from ocr.marks.day_again import day_again
from ocr.marks.day_reading import ReadDay
from ocr.recognition import Recognised
from ocr.seals.shapes import Pixels
from tests.ocr.test_marks_parts import PHRASE, line, patch, white

RIGHT, WRONG = "2020-11-19", "2020-11-01"


class Views:
    """A recogniser of which only the number of crops is asked for."""

    def read(self, crops: Sequence[Pixels]) -> list[Recognised]:
        raise AssertionError("only the other way of reading is asked for here")

    def probabilities(self, crops: Sequence[Pixels]) -> list[npt.NDArray[np.float32]]:
        return [np.zeros((8, 4), np.float32) for _ in crops]


def seen(monkeypatch: pytest.MonkeyPatch, *days: tuple[str, bool] | None) -> None:
    """What the views show, one after the other: a day and whether it is sure, or nothing."""
    told = iter([ReadDay(day[0], 0.0, 1.0, day[1]) if day else None for day in days])
    monkeypatch.setattr("ocr.marks.day_again.read_day", lambda probabilities: next(told))


def again(first: FoundDay, *texts: str) -> FoundDay:
    lines = [line(text, 200, 250, 420) for text in texts]
    return day_again(patch(white()), first, PHRASE, lines, [], Views())


def read(text: str, confidence: float = 0.97) -> FoundDay:
    found = find_day(PHRASE, [replace(line(text, 200, 250, 420), confidence=confidence)], [])
    assert found.iso is not None
    return found


def test_a_last_figure_that_the_line_lost_is_found_by_the_views(monkeypatch: pytest.MonkeyPatch) -> None:
    """2020.11.19 by hand was surely 2020.11.1: the figure at its end was narrow."""
    seen(monkeypatch, (RIGHT, True), (RIGHT, True), (RIGHT, True), None)
    found = again(read("2020.11.1"))
    assert (found.iso, found.unsure) == (RIGHT, False)


def test_where_views_contradict_the_reading_a_person_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    seen(monkeypatch, None, None, (RIGHT, False), None)
    found = again(read("2020.11.1"))
    assert (found.iso, found.unsure) == (WRONG, True)


def test_a_clear_day_that_no_view_denies_stays_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    seen(monkeypatch, None, None, None, None)
    assert not again(read("2020.11.19")).unsure


def test_a_doubtful_reading_is_confirmed_by_a_sure_view(monkeypatch: pytest.MonkeyPatch) -> None:
    seen(monkeypatch, (RIGHT, True), None, None, None)
    assert not again(read("2020.11.19", confidence=0.6)).unsure


def test_a_day_without_its_first_figure_is_looked_for_where_it_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """核对H期：020.09.21 has neither a label nor the beginning of a year, and every view read it."""
    seen(monkeypatch, *[("2020-09-21", True)] * 4)
    fragment = line("H期：020.09.21", 200, 250, 420)
    first = find_day(PHRASE, [fragment], [])
    assert first.iso is None
    found = day_again(patch(white()), first, PHRASE, [fragment], [], Views())
    assert (found.iso, found.unsure) == ("2020-09-21", False)


def test_what_no_view_reads_stays_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    seen(monkeypatch, *[None] * 8)
    first = find_day(PHRASE, [line("2020年8", 200, 250, 330)], [])
    found = again(first, "2020年8")
    assert found.iso is None
    assert found.unsure


@pytest.mark.parametrize(
    ("text", "doubt"), [("2020027", True), ("20111", True), ("2016", False), ("6886692593", False)]
)
def test_figures_run_together_are_a_day_that_lost_some(text: str, doubt: bool) -> None:
    """20200227 in a narrow hand was read 2020027, and the date called missing."""
    assert find_day(PHRASE, [line(text, 200, 250, 330)], []).unsure == doubt


def test_a_seals_code_is_not_looked_at_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """4136C10-39502 at the foot of a seal became the ninth of January 2036."""
    seen(monkeypatch)
    first = find_day(PHRASE, [line("4136C10-39502", 200, 250, 330)], [])
    assert again(replace(first, line=first.line), "4136C10-39502").iso is None
