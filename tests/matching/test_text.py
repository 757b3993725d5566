"""Normal forms and distances."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.lookalikes import as_digits, look_alike
from matching.text import (
    bare,
    best_within,
    error_rate,
    fold_width_in_place,
    only_look_alikes,
    similarity,
    simplified,
    squeeze,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《建筑结构》（中文版）", "建筑结构中文版"),
        ("學報·自然科學版", "学报自然科学版"),
        ("Ｂ８ 号　楼", "b8号楼"),
        ("二○二〇年", "二○二〇年"),
        ("——", ""),
    ],
)
def test_bare(text: str, expected: str) -> None:
    assert bare(text) == expected


def test_squeeze_drops_what_cannot_be_seen() -> None:
    assert squeeze("张\u200b 三\u3000（甲）") == "张三(甲)"


def test_simplified_leaves_simplified_text_alone() -> None:
    assert simplified("张三的证书") == "张三的证书"
    assert simplified("張") == "张"


@given(st.text(max_size=30))
def test_folding_in_place_keeps_places(text: str) -> None:
    assert len(fold_width_in_place(text)) == len(text)


@given(st.text(max_size=20))
def test_bare_is_stable(text: str) -> None:
    assert bare(bare(text)) == bare(text)


def test_distances() -> None:
    assert error_rate("绍兴市建设局", "绍兴巿建设局") == pytest.approx(1 / 6)
    assert similarity("《甲乙》", "甲乙") == 1.0
    assert best_within("基坑支护设计", "12 基坑支护设计……张三") == 1.0
    assert best_within("基坑支护设计", "老旧小区给水管网") < 0.4
    assert best_within("基坑", "") == 0.0


def test_look_alikes() -> None:
    assert look_alike("未", "末")
    assert not look_alike("张", "李")
    assert only_look_alikes("己经", "已经")
    assert not only_look_alikes("己经", "已")
    assert as_digits("2O2l") == "2021"
