"""Titles, authors, issues and pages of papers."""

import pytest

from matching.likeness import Likeness
from matching.papers import (
    FOUND,
    PERHAPS,
    authors_of,
    compare_authors,
    compare_issues,
    compare_pages,
    compare_titles,
    issue_key,
    title_found,
)

TITLE = "复杂地质条件下深基坑支护设计与施工"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("第05期", "5"),
        ("5", "5"),
        ("十二", "12"),
        ("S1", "增1"),
        ("增刊(一)", "增1"),
        ("增刊", "增"),
        ("2018年第5期", "5"),
    ],
)
def test_issue_key(text: str, key: str) -> None:
    assert issue_key(text) == key


def test_issues() -> None:
    assert compare_issues("5", "第05期") is Likeness.SAME
    assert compare_issues("5", "6") is Likeness.DIFFERENT
    assert compare_issues("5", "6", 0.5) is Likeness.SIMILAR
    assert compare_issues("5", "总第312期") is Likeness.SIMILAR


def test_pages() -> None:
    assert compare_pages("12-16", "12—16") is Likeness.SAME
    assert compare_pages("12-16", "12-16,20") is Likeness.SAME
    assert compare_pages("12-16", "12-18") is Likeness.SIMILAR
    assert compare_pages("12-16", "40") is Likeness.DIFFERENT


def test_titles() -> None:
    assert compare_titles(TITLE, "复杂地质条件下深基坑支护没计与施工") is Likeness.SAME
    assert compare_titles(TITLE, "深基坑支护设计与施工") is Likeness.SAME
    assert compare_titles(TITLE, "老旧小区给水管网改造") is Likeness.DIFFERENT
    assert compare_titles(TITLE, "Deep pit support") is Likeness.SIMILAR
    assert compare_titles(TITLE, "") is Likeness.SIMILAR


def test_a_title_is_found_though_broken_over_lines() -> None:
    assert title_found(TITLE, "复杂地质条件下深基坑……陈知远(12)支护设计与施工") >= FOUND
    assert title_found(TITLE + "——以某住宅楼为例", TITLE + " 陈知远 12") >= FOUND
    assert title_found(TITLE, "软土地区高层住宅桩基础设计与施工 林一 18") < PERHAPS


def test_authors() -> None:
    assert authors_of("张三1; 李 四2,*，王五") == ("张三", "李四", "王五")
    assert compare_authors(("陈知远",), "林一;陈 知 远") is Likeness.SAME
    assert compare_authors(("陈知远",), "林一;王二") is Likeness.DIFFERENT
    assert compare_authors(("陈知远",), "") is Likeness.SIMILAR


def test_a_name_that_holds_a_label_of_authors_stays_whole() -> None:
    assert authors_of("邹文洋;邵英丽") == ("邹文洋", "邵英丽")
    assert authors_of("文/陈知远") == ("陈知远",)
    assert authors_of("作者：陈知远，文：李若兰") == ("陈知远", "李若兰")
