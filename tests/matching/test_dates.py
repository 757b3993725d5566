"""Dates and periods in the forms of Chinese documents."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.dates import compare_dates, earliest, find_dates, latest, parse_date
from matching.likeness import Likeness
from matching.periods import after, find_periods


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020年8月5日", "2020-08-05"),
        ("2020.8.5", "2020-08-05"),
        ("2020-08-05", "2020-08-05"),
        ("2020/8/5", "2020-08-05"),
        ("２０２０年８月５日", "2020-08-05"),
        ("二〇二〇年八月五日", "2020-08-05"),
        ("二○二O年八月五日", "2020-08-05"),
        ("二零一三年十二月三十一日", "2013-12-31"),
        ("二〇〇八年六月廿八日", "2008-06-28"),
        ("2O2O年8月5曰", "2020-08-05"),
        ("2020 年 8 月 5 日", "2020-08-05"),
        ("2020 年    8 月    5 日", "2020-08-05"),
        ("20 20年8月5日", "2020-08-05"),
        ("2020年8月5", "2020-08-05"),
        ("20200805", "2020-08-05"),
        ("2013年12月", "2013-12"),
        ("2013.12", "2013-12"),
        ("200808", "2008-08"),
        ("18年5月", "2018-05"),
        ("2013", "2013"),
        ("2019年度", "2019"),
    ],
)
def test_parse(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "2020年13月5日",
        "2020年2月30日",
        "1020年8月5日",
        "13805751234",
        "330602198001012233",
        "1002-8480",
        "合格",
        "",
    ],
)
def test_no_date(text: str) -> None:
    assert parse_date(text) is None
    assert find_dates(text) == ()


def test_find_gives_places_in_the_text_as_given() -> None:
    text = "发证　日期：２０２０年８月５日，有效至2025.8.4"
    found = find_dates(text)
    assert [one.iso for one in found] == ["2020-08-05", "2025-08-04"]
    assert [text[one.start : one.end] for one in found] == [one.raw for one in found]


def test_a_guessed_digit_is_not_sure() -> None:
    assert [one.sure for one in find_dates("2O20年8月5日 2020年8月5日")] == [False, True]


def test_a_number_before_the_year_stays_apart() -> None:
    assert [one.iso for one in find_dates("12 2018年5月")] == ["2018-05"]


@given(st.dates(date(1930, 1, 1), date(2079, 12, 31)))
def test_every_day_is_found_in_every_form(day: date) -> None:
    forms = (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}")
    assert {parse_date(form) for form in forms} == {day.isoformat()}


@given(st.text(max_size=40))
def test_any_text_gives_real_days_only(text: str) -> None:
    for one in find_dates(text):
        assert earliest(one.iso) <= latest(one.iso)


@pytest.mark.parametrize(
    ("expected", "read", "confidence", "likeness"),
    [
        ("2013-12", "2013年12月28日", 1.0, Likeness.SAME),
        ("2013-12-01", "2012年11月", 1.0, Likeness.DIFFERENT),
        ("2013-12", "2012-12", 0.6, Likeness.SIMILAR),
        ("2013-12", "看不清", 1.0, Likeness.SIMILAR),
    ],
)
def test_compare(expected: str, read: str, confidence: float, likeness: Likeness) -> None:
    assert compare_dates(expected, read, confidence) is likeness


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("聘期自2014年1月1日起至2016年12月31日止", [("2014-01-01", "2016-12-31")]),
        ("2014.01-2016.12", [("2014-01", "2016-12")]),
        ("2014.01一2016.12", [("2014-01", "2016-12")]),
        ("2014-01-01至2016-12-31", [("2014-01-01", "2016-12-31")]),
        ("2017年1月1日至今", [("2017-01-01", None)]),
        ("2016-2019年", [("2016", "2019")]),
        ("自2014年1月1日起聘期三年", [("2014-01-01", "2016-12-31")]),
        ("聘任期限为3年。2014年1月1日", [("2014-01-01", "2016-12-31")]),
        ("2014年1月至2016年12月,2017年1月至2019年12月", [("2014-01", "2016-12"), ("2017-01", "2019-12")]),
        (
            "2015.02.01—2018.01.31;.2018.02.01—2021.01.31",
            [("2015-02-01", "2018-01-31"), ("2018-02-01", "2021-01-31")],
        ),
        ("发证日期2014年1月1日", []),
        ("2016年12月至2014年1月", []),
    ],
)
def test_periods(text: str, periods: list[tuple[str, str | None]]) -> None:
    assert [(one.first, one.last) for one in find_periods(text)] == periods


def test_after() -> None:
    assert after("2014-03", 12) == "2015-02"
    assert after("2014", 36) == "2016"
    assert after("2020-02-29", 12) == "2021-02-27"


def test_a_year_whose_zero_was_dropped_is_read_and_never_sure() -> None:
    start, end = find_dates("聘期自二一四年一月一日起至二○二○年十二月三十一日止")
    assert (start.iso, start.sure) == ("2014-01-01", False)
    assert (end.iso, end.sure) == ("2020-12-31", True)
    assert find_dates("第二一四条") == ()
