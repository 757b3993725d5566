"""Year, issue, ISSN and CN in the forms that journals print."""

from __future__ import annotations

import pytest

from fields.paper_numbers import cns, issns, issue_of, year_of


@pytest.mark.parametrize(
    ("text", "issue", "label", "year"),
    [
        ("2018年第5期", "5", "", "2018"),
        ("2018年第05期(总第512期)", "5", "", "2018"),
        ("第45卷第5期", "5", "", None),
        ("Vol.45,No.5", "5", "", None),
        ("Vol.33,No.10", "10", "", None),
        ("2018.5", "5", "", "2018"),
        ("2018年5期", "5", "", "2018"),
        ("2018年增刊1", "增刊1", "", "2018"),
        ("2018年第S1期", "增刊1", "", "2018"),
        ("2018年第48卷增刊(Ⅱ)", "增刊2", "", "2018"),
        ("2018,48(5)", "5", "", "2018"),
        ("二〇一八年第五期", "5", "", "2018"),
        ("二〇一八年第十二期", "12", "", "2018"),
        ("第5期(上)", "5", "上", None),
        ("2018年第3-4期", "3-4", "", "2018"),
        ("2018年第5期总第413期", "5", "", "2018"),
    ],
)
def test_issues(text: str, issue: str, label: str, year: str | None) -> None:
    found = issue_of(text)
    assert found is not None
    assert (found[0].value, found[0].label) == (issue, label)
    assert (found[1].value if found[1] else None) == year


@pytest.mark.parametrize(
    "text", ["总第413期", "(总512期)", "累计第88期", "2018年5月", "13.50元", "0575-88123456", "第一作者"]
)
def test_no_issues(text: str) -> None:
    assert issue_of(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ISSN1007-8924", "1007-8924"),
        ("lSSN 1OO7-8924", "1007-8924"),
        ("ISSN1007-8924CN33-1299/TU", "1007-8924"),
        ("1007-8924", "1007-8924"),
    ],
)
def test_issns(text: str, number: str) -> None:
    assert [found.value for found in issns(text)] == [number]


def test_a_telephone_number_is_no_issn() -> None:
    assert issns("电话:1007-8924") == []
    assert issns("2016-2019") == []


def test_cns() -> None:
    assert [found.value for found in cns("ISSN1007-8924CN33-1299/TU")] == ["33-1299/TU"]
    assert [found.value for found in cns("国内统一刊号:CN33—1299/TU")] == ["33-1299/TU"]


def test_years() -> None:
    found = year_of("出版日期2018年5月10日")
    assert found is not None
    assert found.value == "2018"
    assert year_of("创刊于1979年") is None
    assert year_of("收稿日期:2017-08-01") is None
