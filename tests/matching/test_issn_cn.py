"""ISSN and CN numbers."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.issn_cn import Fault, Form, cn_key, find_cns, find_issns, judge_cn, judge_issn, normal_issn

SHARED = Path(os.environ.get("HEZHENG_SHARED", Path(__file__).parents[2].parent / "shared"))
VECTORS = SHARED / "data" / "journals" / "number_test_vectors.csv"


@pytest.mark.parametrize(
    ("text", "form", "fault"),
    [
        ("CN 33-1999/TU", Form.OK, Fault.NONE),
        ("CN10－1584／TU", Form.OK, Fault.NONE),
        ("81-5057/R", Form.OK, Fault.NONE),
        ("11-6025/S", Form.REVIEW, Fault.NETWORK),
        ("11-0100", Form.REVIEW, Fault.NEWSPAPER),
        ("33-1999", Form.REVIEW, Fault.NO_CLASS),
        ("33-1999/TA", Form.REVIEW, Fault.CLASS),
        ("98-1813/G", Form.INVALID, Fault.REGION),
        ("33-0000/G", Form.INVALID, Fault.SERIAL),
        ("CN(HK)NR4069-194/01", Form.INVALID, Fault.FOREIGN_MARK),
        ("CN-NR37-02", Form.INVALID, Fault.FOREIGN_MARK),
        ("03-3569/G-HK", Form.INVALID, Fault.FOREIGN_MARK),
        ("CN 33-3917/R(HK)", Form.INVALID, Fault.FOREIGN_MARK),
        ("33-19/TU", Form.INVALID, Fault.SHAPE),
    ],
)
def test_judge_cn(text: str, form: Form, fault: Fault) -> None:
    judged = judge_cn(text)
    assert (judged.form, judged.fault) == (form, fault)


def test_judge_issn() -> None:
    assert judge_issn("ISSN 0378-5955").form is Form.OK
    assert judge_issn("0378-5954").fault is Fault.CHECK_DIGIT
    assert judge_issn("0378-59").fault is Fault.SHAPE
    assert normal_issn("issn o378—595S") == "0378-5955"


@given(st.integers(0, 9_999_999))
def test_exactly_one_check_digit_fits(body: int) -> None:
    digits = f"{body:07d}"
    fits = [last for last in "0123456789X" if judge_issn(f"{digits[:4]}-{digits[4:]}{last}").form is Form.OK]
    assert len(fits) == 1


@pytest.mark.parametrize(
    ("text", "issns", "cns"),
    [
        ("ISSN 0378-5955 CN 33-1999/TU", ["0378-5955"], ["33-1999/TU"]),
        ("ISSN0378—5955/CN33—1999", ["0378-5955"], ["33-1999"]),
        ("国内统一刊号：CN 33-1999/TU 国际标准刊号 0378-5955", ["0378-5955"], ["33-1999/TU"]),
        ("ISSN03785955", ["0378-5955"], []),
        ("CN 33-1999lTU", [], ["33-1999/TU"]),
        ("CN（HK）NR4069-194/01", [], ["(HK)NR4069-194/01"]),
        ("电话 0575-85123456 年限2016-2019 www.a.CN", [], []),
        ("编号 0378-5954", [], []),
    ],
)
def test_find(text: str, issns: list[str], cns: list[str]) -> None:
    assert [one.number for one in find_issns(text)] == issns
    assert [one.number for one in find_cns(text)] == cns


def test_a_guessed_sign_is_not_sure() -> None:
    assert [one.sure for one in find_cns("CN 33-1999lTU CN 33-1999/TU")] == [False, True]
    assert [one.sure for one in find_issns("ISSN O378-5955")] == [False]


def test_cn_key_leaves_the_class_out() -> None:
    assert cn_key("CN 33-1999/TU") == cn_key("33-1999")


@pytest.mark.shared
@pytest.mark.skipif(not VECTORS.is_file(), reason="shared number vectors are absent")
def test_vectors() -> None:
    wrong = []
    with VECTORS.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            number, expected = row["number"], row["expected"]
            judged = judge_issn(number) if number.startswith("ISSN") else judge_cn(number)
            if expected.startswith("bad") or "marker" in expected:
                fits = judged.form is Form.INVALID
            elif expected in ("newspaper", "suspicious-serial"):
                fits = judged.form is Form.REVIEW
            else:
                fits = judged.form is not Form.INVALID
            if not fits:
                wrong.append((number, expected, judged))
    assert not wrong
