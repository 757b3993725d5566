"""docs/plans.md says what the code does: every check, parameter, key and circumstance."""

from __future__ import annotations

import re
import tomllib

import pytest

from checks.registry import all_checks
from domain.declaration import Declaration, DeclaredEducation
from domain.plan import CheckUse, Requirement
from policies.plan_files import PlanFile
from tests.policies.guide import GUIDE, when_words, written

TEXT = GUIDE.read_text(encoding="utf-8")


def test_the_list_of_checks_is_that_of_the_code() -> None:
    assert written(TEXT) == TEXT, "run: python -m tests.policies.guide"


def test_every_circumstance_is_named() -> None:
    assert when_words() in TEXT


@pytest.mark.parametrize("key", sorted(set(PlanFile.model_fields) - {"requirements"}))
def test_every_key_of_the_head_is_explained(key: str) -> None:
    assert re.search(rf"^\| .*`\[?{key}", TEXT, re.M)


@pytest.mark.parametrize("key", sorted(set(Requirement.model_fields) | set(CheckUse.model_fields)))
def test_every_key_of_a_requirement_is_named(key: str) -> None:
    assert f"`{key}`" in TEXT or re.search(rf"\b{key} =", TEXT)


def test_the_examples_are_toml_of_checks_that_exist() -> None:
    for block in re.findall(r"```toml\n(.*?)```", TEXT, re.S):
        whole = block if "[[" in block else f"checks = [\n{block.replace(chr(10), ',' + chr(10))}]"
        table = tomllib.loads(whole)
        uses = table.get("checks") or table["requirements"][0]["checks"]
        for use in uses:
            all_checks()[use["check"]].parameters.model_validate(use.get("parameters", {}))


def test_what_may_be_declared_is_what_is_read() -> None:
    section = TEXT[TEXT.index("## What may be declared") : TEXT.index("## Hours")]
    named = {
        name for row in re.findall(r"^\| (`.*?) \|", section, re.M) for name in re.findall(r"`(\w+)`", row)
    }
    assert named <= set(Declaration.model_fields)
    assert {name for name in DeclaredEducation.model_fields if f"`{name}`" not in section} == set()
