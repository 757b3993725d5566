"""Forms whose boxes are spans of their own: engines lose the box that a tick runs through."""

from __future__ import annotations

import pytest

from tests.fields.pages import facts, page, rows

PLACES = (0.3, 0.44, 0.58, 0.76)


def _result(label: str, choices: tuple[str, ...], opinion: str = "") -> list[object]:
    lines = [(0.1, 0.2, "考核年度：2019年1月1日至2019年12月31日"), (0.1, 0.4, label)]
    lines += [(left, 0.4, text) for left, text in zip(PLACES, choices, strict=False) if text]
    if opinion:
        lines.append((0.1, 0.34, opinion))
    found = facts(page([line for line in lines if line[2]], title="员工年度绩效考核表"))
    return [each["result"] for each in rows(found, "result")]


@pytest.mark.parametrize("label", ["考核等级", "考"])
def test_the_choice_whose_box_was_lost(label: str) -> None:
    assert _result(label, ("□优秀", "称职", "□基本称职", "□不称职")) == ["称职"]
    assert _result(label, ("口优秀", "称职", "□基本称职□不称职")) == ["称职"]


def test_a_read_tick_goes_before_a_lost_box() -> None:
    assert _result("考核等级", ("优秀", "☑称职", "□基本称职", "□不称职")) == ["称职"]


def test_two_lost_boxes_are_told_apart_by_what_the_form_says() -> None:
    choices = ("优秀", "□合格", "□基本合格", "不合格")
    assert _result("考", choices, "该同志工作认真负责，建议评为优秀等次。") == ["优秀"]
    assert _result("考核等级", choices) == []


@pytest.mark.parametrize(
    ("opinion", "sure"), [("同意评定为称职。", True), ("同意评定为优秀。", False), ("", False)]
)
def test_a_lost_box_is_sure_only_where_the_opinion_agrees(opinion: str, sure: bool) -> None:
    lines = [(0.1, 0.2, "考核年度：2019年1月1日至2019年12月31日"), (0.1, 0.4, "考核等级")]
    lines += [(left, 0.4, text) for left, text in zip(PLACES, ("□优秀", "称职", "□基本称职"), strict=False)]
    lines += [(0.1, 0.5, opinion)] if opinion else []
    found = facts(page(lines, title="员工年度绩效考核表"))
    assert (found.rows_of("result")[0].fields["result"].confidence > 0.9) is sure


@pytest.mark.parametrize(
    "choices",
    [
        ("□优秀", "□称职", "□基本称职", "□不称职"),
        ("优秀", "称职", "基本称职", "不称职"),
        ("优秀□称职□基本称职□不称职",),
    ],
)
def test_nothing_is_guessed(choices: tuple[str, ...]) -> None:
    assert _result("考核等级", choices) == []
