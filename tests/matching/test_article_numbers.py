"""文章编号, as printed and as engines read it."""

from __future__ import annotations

import pytest

from matching.article_numbers import parse_article_number


@pytest.mark.parametrize(
    "text",
    [
        "文章编号：1007-8924(2018)05-0032-04",
        "文章编号：1007-8924（2018） 05—0032—04",
        "10078924(2018)05-0032-04",
    ],
)
def test_forms_of_a_number_are_one(text: str) -> None:
    told = parse_article_number(text)
    assert told is not None
    assert (told.issn, told.year, told.issue, told.pages) == ("1007-8924", 2018, "5", "32-35")


def test_a_supplement_and_what_is_no_number() -> None:
    told = parse_article_number("1007-8924(2018)S1-0101-03")
    assert told is not None
    assert (told.issue, told.first_page, told.count) == ("增刊1", 101, 3)
    assert parse_article_number("电话 0575-88888888") is None
