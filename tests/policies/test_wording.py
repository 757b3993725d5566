"""The wording of flags: filled in with values, and saying so where a reading is doubtful."""

from __future__ import annotations

import pytest

from domain.errors import SetupError
from domain.kinds import EvidenceKind, HoursCategory
from policies.names import CATEGORY_NAMES, KIND_NAMES
from policies.wording import UNSURE_SUFFIX, words


def test_values_fill_the_words() -> None:
    text = words("hours.total-short").filled({"year": 2019, "found": 81.0, "required": 90.0, "lacking": 9.0})
    assert text.message == "2019年度继续教育共81学时，少于要求的90学时。"
    assert text.advice.startswith("请在提交前补学9学时")


def test_doubt_is_said() -> None:
    text = words("seal.missing").filled({"kind": "聘书"}, unsure=True)
    assert text.message.endswith(UNSURE_SUFFIX)


def test_braces_in_evidence_are_no_placeholders() -> None:
    values = {"kind": "聘书", "found": "{expected.__class__}", "expected": "陈知远"}
    assert "{expected.__class__}" in words("identity.name-mismatch").filled(values).message


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("seal.missing").filled({})


def test_unknown_words_are_named() -> None:
    with pytest.raises(SetupError, match=r"no\.such/variant"):
        words("no.such", "variant")


def test_every_kind_and_category_has_a_chinese_name() -> None:
    assert set(KIND_NAMES) == set(EvidenceKind)
    assert set(CATEGORY_NAMES) == set(HoursCategory)
    assert len(set(KIND_NAMES.values())) == len(KIND_NAMES)
