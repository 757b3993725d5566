"""Hours, ID numbers, certificate numbers. The ID numbers are made up."""

import pytest
from stdnum.cn import ric

from matching.likeness import Likeness
from matching.numbers import (
    compare_certificate_numbers,
    compare_ids,
    compare_numbers,
    normal_id,
    parse_number,
    valid_id,
)

BODY = "33060119800101123"
ID = BODY + ric.calc_check_digit(f"{BODY}?")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("96", 96),
        ("96.0", 96),
        ("９６学时", 96),
        ("九十六", 96),
        ("十二", 12),
        ("一百零八", 108),
        ("9O", 90),
        ("共计96学时", 96),
        ("1,200", 1200),
        ("合格", None),
        ("", None),
        ("OO", None),
    ],
)
def test_parse_number(text: str, value: float | None) -> None:
    assert parse_number(text) == value


def test_compare_numbers() -> None:
    assert compare_numbers(96, 96.0) is Likeness.SAME
    assert compare_numbers(96, 69) is Likeness.DIFFERENT
    assert compare_numbers(96, 69, 0.5) is Likeness.SIMILAR


def test_ids() -> None:
    other_body = "33060119800101124"
    other = other_body + ric.calc_check_digit(f"{other_body}?")
    assert valid_id(ID)
    assert not valid_id(ID[:-1] + ("0" if ID[-1] != "0" else "1"))
    assert compare_ids(ID, f" {ID[:6]} {ID[6:]} ") is Likeness.SAME
    assert compare_ids(ID, ID[:6] + "********" + ID[14:]) is Likeness.SAME
    assert compare_ids(ID, ID[:6] + ID[8:17]) is Likeness.SAME
    assert compare_ids(ID, other) is Likeness.DIFFERENT
    assert compare_ids(ID, other, 0.5) is Likeness.SIMILAR


def test_check_character_and_birthday_of_an_id() -> None:
    assert valid_id("11010519491231002X")  # the sample number of GB 11643-1999
    assert valid_id("11010519491231002x")
    assert not valid_id("110105194912310021")
    assert not valid_id("11010519491331002X")
    assert not valid_id("11010519491231002")


def test_an_id_that_fails_its_own_check_is_a_misreading() -> None:
    misread = ID[:5] + str((int(ID[5]) + 3) % 10) + ID[6:]
    assert compare_ids(ID, misread) is Likeness.SIMILAR


def test_normal_id() -> None:
    assert normal_id("33O6 0219-8001O1 123x") == "33060219800101123X"


@pytest.mark.parametrize(
    ("expected", "read", "confidence", "likeness"),
    [
        ("浙G33012345", "证书编号：浙G33012345", 1.0, Likeness.SAME),
        ("G33O12345", "G33012345", 1.0, Likeness.SAME),
        ("G33012345", "33012345", 1.0, Likeness.SIMILAR),
        ("G33012345", "G33012346", 0.7, Likeness.SIMILAR),
        ("G33012345", "G33012346", 1.0, Likeness.DIFFERENT),
        ("G33012345", "", 1.0, Likeness.SIMILAR),
    ],
)
def test_certificate_numbers(expected: str, read: str, confidence: float, likeness: Likeness) -> None:
    assert compare_certificate_numbers(expected, read, confidence) is likeness
