"""Statements and days by the recogniser's probabilities, where its own reading is not the right one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from ocr.marks.day_grammar import START, complete, following
from ocr.marks.day_reading import read_day
from ocr.marks.scoring import best_fit, character_index
from ocr.recognition import characters

Seen = npt.NDArray[np.float32]


def seen(*choices: str) -> Seen:
    """Probabilities of a line: per place the first choice at 0.9, the others after it at 0.08."""
    steps = np.full((4 * len(choices) + 6, len(characters())), 1e-7, np.float32)
    steps[:, 0] = 0.99
    for place, letters in enumerate(choices):
        step = 4 + 4 * place
        steps[step, 0] = 0.001
        for rank, letter in enumerate(letters):
            steps[step, character_index()[letter]] = 0.9 if rank == 0 else 0.08
    return steps


@pytest.mark.reader
def test_a_statement_misread_by_a_character_is_borne_out_by_the_second_choice() -> None:
    fit = best_fit([seen("与", "原", "件", "一", "改致")])
    assert fit is not None
    assert fit.phrase == "与原件一致"
    assert fit.wrong == 1


@pytest.mark.reader
@pytest.mark.parametrize("words", ["核对人：", "核对日期：", "考核结果", "复印件", "与原件一起"])
def test_other_words_of_the_matter_bear_out_no_statement(words: str) -> None:
    assert best_fit([seen(*words)]) is None


@pytest.mark.reader
def test_where_in_the_line_the_statement_lies() -> None:
    fit = best_fit([seen(*"核对无误", "张", "三", "2", "0")])
    assert fit is not None
    assert fit.start < 0.2
    assert 0.4 < fit.end < 0.6


@pytest.mark.reader
@pytest.mark.parametrize(
    ("choices", "iso"),
    [
        (["2", "Oo0", "2", "0", ".", "8", ".", "5"], "2020-08-05"),
        ([*"2021", "年", *"12", "用月", *"26"], "2021-12-26"),
        ([*"二〇二〇", "午年", "八", "月", *"十五", "曰日"], "2020-08-15"),
        ([*"20180", "q9", "0", "3"], "2018-09-03"),
        ([*"时间", *"2019/1/", "7"], "2019-01-07"),
    ],
)
def test_a_day_misread_by_a_character_is_found_among_the_second_choices(choices: list[str], iso: str) -> None:
    day = read_day(seen(*choices))
    assert day is not None
    assert day.iso == iso


@pytest.mark.reader
@pytest.mark.parametrize("words", ["张建明", "2020", "人事专用章", "2020年8月"])
def test_what_is_no_day_is_not_made_one(words: str) -> None:
    assert read_day(seen(*words)) is None


@pytest.mark.reader
def test_two_days_equally_likely_are_no_day() -> None:
    assert read_day(seen(*"2020.1.", "17")) is not None
    even = seen(*"2020.1.", "17")
    step = 4 + 4 * 7
    even[step, character_index()["7"]] = even[step, character_index()["1"]]
    assert read_day(even) is None


def walked(text: str) -> bool:
    states = START
    for character in text:
        after = dict(following(states))
        if character not in after:
            return False
        states = after[character]
    return complete(states)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020年8月5日", True),
        ("2020年08月05日", True),
        ("2020年8月5", True),
        ("2020.8.5", True),
        ("2020-08-05", True),
        ("2020/12/31", True),
        ("20200805", True),
        ("二〇二〇年十二月三十一日", True),
        ("2020.8-5", False),
        ("2020.13.5", False),
        ("2020年8月", False),
        ("20200832", False),
        ("1820.8.5", False),
    ],
)
def test_the_forms_of_a_day(text: str, day: bool) -> None:
    assert walked(text) is day
