"""Which lines state that a copy is true, and which only talk about it."""

from __future__ import annotations

import pytest

from ocr.marks.phrases import day_label, find_phrase, may_be_name, signer_label


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("核对无误", "核对无误"),
        ("与原件核对无误", "与原件核对无误"),
        ("复印件与原件一致", "复印件与原件一致"),
        ("经核对与原件相符。", "经核对与原件相符"),
        ("原件已核", "原件已核"),
        ("核对一致", "核对一致"),
        ("核 对 无 误", "核对无误"),
        ("核对无娱", "核对无误"),
        ("复印件与厚件一致", "复印件与原件一致"),
        ("核对无误 张建明 2020.8.5", "核对无误"),
        ("核对无误：", "核对无误"),
    ],
)
def test_statements_are_found_with_one_character_misread(line: str, phrase: str) -> None:
    found = find_phrase(line)
    assert found is not None
    assert found.text == phrase


@pytest.mark.parametrize(
    "line",
    [
        "请核对无误后签字并加盖公章",
        "以上信息经本人核对无误",
        "申报材料复印件须与原件一致",
        "所提供的复印件与原件不一致的，取消资格",
        "核对人：张建明",
        "原件已交",
        "与原件一起装订",
        "2020年度考核结果无误会",
        "数据核对工作流程",
        "",
    ],
)
def test_talk_about_copies_is_no_statement(line: str) -> None:
    assert find_phrase(line) is None


def test_a_statement_cut_short_by_a_seal_is_told_apart() -> None:
    found = find_phrase("复印件与原件")
    assert found is not None
    assert not found.whole


def test_the_place_of_a_statement_in_its_line() -> None:
    line = "（核对无误）李四"
    found = find_phrase(line)
    assert found is not None
    assert line[found.start : found.end] == "核对无误"


def test_labels_give_what_follows_them() -> None:
    signer = signer_label("验证人：张建明")
    assert signer is not None
    assert signer.rest == "张建明"
    assert 0.5 < signer.at < 0.62
    assert signer_label("核对无误") is None
    assert signer_label("核对日期：2020.8.5") is None
    day = day_label("日期：2020.8.5")
    assert day is not None
    assert day.rest == "2020.8.5"


@pytest.mark.parametrize(
    ("text", "name"), [("张建明", True), ("日期", False), ("合格", False), ("2020", False)]
)
def test_names_and_words_of_forms(text: str, name: bool) -> None:
    assert may_be_name(text) is name
