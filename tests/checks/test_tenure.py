"""Arithmetic of periods in post: a day counts once, in whatever order and however often it is attested."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.assessment_results import Grade, grade_of
from checks.tenure import Term, days_in_post, enough

COUNTED_TO = date(2020, 12, 31)
_DAYS = st.dates(date(2005, 1, 1), date(2023, 12, 31))
_TERMS = st.lists(
    st.builds(
        lambda first, length: Term(first, first + timedelta(days=length), True), _DAYS, st.integers(0, 2000)
    ),
    max_size=6,
)


@given(terms=_TERMS, since=st.one_of(st.none(), _DAYS))
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
def test_days_are_those_of_the_union(terms: list[Term], since: date | None) -> None:
    days = {
        term.first + timedelta(days=number)
        for term in terms
        for number in range((term.last - term.first).days + 1)
    }
    expected = sum(1 for day in days if day <= COUNTED_TO and (since is None or day >= since))
    assert days_in_post(terms, since, COUNTED_TO) == expected
    assert days_in_post([*reversed(terms), *terms], since, COUNTED_TO) == expected


@pytest.mark.parametrize(
    "start", [date(2011, 3, 1), date(2013, 12, 20), date(2015, 12, 31), date(2016, 1, 1)]
)
def test_five_calendar_years_are_five_years(start: date) -> None:
    end = date(start.year + 5, start.month, start.day) - timedelta(days=1)
    assert enough(days_in_post([Term(start, end, True)], None, COUNTED_TO), 5)
    assert not enough(days_in_post([Term(start, end - timedelta(days=7), True)], None, COUNTED_TO), 5)


@pytest.mark.parametrize(
    ("result", "grade"),
    [
        ("合格", Grade.PASSED),
        ("2016合格", Grade.PASSED),
        ("称 职", Grade.PASSED),
        ("2017年度优秀", Grade.EXCELLENT),
        ("良好", Grade.GOOD),
        ("不合格", Grade.FAILED),
        ("2018基本称职", Grade.FAILED),
        ("不定等次", Grade.FAILED),
        ("2016", Grade.UNKNOWN),
        ("同意", Grade.UNKNOWN),
    ],
)
def test_grades(result: str, grade: Grade) -> None:
    assert grade_of(result) is grade
