"""Every row of the requirements' tables is served by a plan, in the notice's own words."""

from __future__ import annotations

import os
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from checks.registry import all_checks
from policies import load_plan, plan_ids
from tests.policies.requirements_table import TableRow, table_rows

_SHARED = Path(os.environ.get("HEZHENG_SHARED") or Path(__file__).parents[3] / "shared")
_TABLES = _SHARED / "domain" / "requirements.md"
_NOTICES = _SHARED / "domain" / "notices"
BOTH = "shaoxing-natural-resources-forestry-2020.txt"
NOTICE_OF = {
    "shaoxing-construction-2020": "shaoxing-construction-2020.txt",
    "zhejiang-industry-2020": "zhejiang-industry-2020.md",
    "zhejiang-ecology-2020": "zhejiang-ecology-2020.txt",
    "shaoxing-forestry-2020": BOTH,
    "shaoxing-natural-resources-2020": BOTH,
    "fushun-ecology-2024": "fushun-ecology-2024.md",
}
_BY_HAND = "P"


def rows_of(plan_id: str) -> list[TableRow]:
    return [row for row in table_rows(_TABLES) if not row.plans or plan_id in row.plans]


def codes_of(plan_id: str) -> set[str]:
    """Every code that some check of the plan may raise."""
    uses = [use for one in load_plan(plan_id).requirements for use in one.checks]
    return {code for use in uses for code in all_checks()[use.check].codes}


def test_the_six_notices_are_built_in() -> None:
    assert set(NOTICE_OF) <= set(plan_ids())


@pytest.mark.shared
def test_the_tables_name_the_plans_and_many_rows() -> None:
    rows = table_rows(_TABLES)
    assert {plan for row in rows for plan in row.plans} == set(NOTICE_OF)
    assert len({name for row in rows for name in row.ids}) > 80


@pytest.mark.shared
@pytest.mark.parametrize("plan_id", sorted(NOTICE_OF))
def test_every_row_of_the_tables_is_in_the_plan(plan_id: str) -> None:
    served = {one.id for one in load_plan(plan_id).requirements}
    demanded = {name for row in rows_of(plan_id) for name in row.ids}
    assert demanded - served == set()


@pytest.mark.shared
@pytest.mark.parametrize("plan_id", sorted(NOTICE_OF))
def test_what_is_checked_on_evidence_or_values_has_a_check(plan_id: str) -> None:
    """A row of the sister plan is told by a note; one that is not P must be checked here."""
    by_id = {one.id: one for one in load_plan(plan_id).requirements}
    for row in rows_of(plan_id):
        for name in row.ids:
            requirement = by_id[name]
            elsewhere = "另见其评审计划" in requirement.title
            if not elsewhere and row.how[:1] in ("E", "D"):
                assert requirement.checks or _BY_HAND in row.how, name


@pytest.mark.shared
@pytest.mark.parametrize("plan_id", sorted(NOTICE_OF))
def test_every_code_of_the_tables_can_be_raised(plan_id: str) -> None:
    raised = codes_of(plan_id)
    missing = [
        (row.ids, code)
        for row in rows_of(plan_id)
        for code in row.codes
        if not any(fnmatch(one, code) for one in raised)
    ]
    assert missing == []


@pytest.mark.shared
@pytest.mark.parametrize("plan_id", sorted(NOTICE_OF))
def test_quotes_are_the_notices_own_words(plan_id: str) -> None:
    notice = _tight((_NOTICES / NOTICE_OF[plan_id]).read_text(encoding="utf-8"))
    for requirement in load_plan(plan_id).requirements:
        for passage in requirement.quote.split("…"):
            assert _tight(passage) in notice, (requirement.id, passage)


def _tight(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("plan_id", plan_ids())
def test_every_requirement_is_checked_or_tells_a_person_what_to_do(plan_id: str) -> None:
    for requirement in load_plan(plan_id).requirements:
        if _BY_HAND in requirement.how:
            assert requirement.note or requirement.checks, requirement.id
        else:
            assert requirement.checks, requirement.id


@pytest.mark.parametrize("plan_id", plan_ids())
def test_deadlines_are_judged_or_told(plan_id: str) -> None:
    for requirement in load_plan(plan_id).requirements:
        judged = any(use.check == "period.deadline" for use in requirement.checks)
        if requirement.deadline is not None:
            assert judged or requirement.note, requirement.id
        else:
            assert not judged, requirement.id
