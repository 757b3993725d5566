"""All checks of the built-in plan together: an application in order, faults put into it, anything at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks import assemble, run, verify_plan
from domain.kinds import Outcome, Severity, Verdict
from domain.review import CheckResult
from policies import DEFAULT_PLAN, load_plan, plan_ids
from tests.checks.dossiers import any_declaration, any_files, clean_declaration, clean_files, dossier

ErrorPlace = tuple[str, str, str | None]


@pytest.mark.parametrize("plan", plan_ids())
def test_plan_and_checks_fit(plan: str) -> None:
    verify_plan(load_plan(plan))


def test_an_application_in_order_raises_nothing() -> None:
    whole = dossier(load_plan(DEFAULT_PLAN), clean_files(), clean_declaration())
    results = run(whole)
    review = assemble("in-order", whole, results)
    assert [(flag.code, flag.file, flag.message) for flag in review.all_flags] == []
    assert review.verdict is Verdict.PASS
    assert all(result.outcome is not Outcome.CRASHED for result in results)


def _without(path: str) -> list[dict[str, Any]]:
    return [one for one in clean_files() if one["path"] != path]


def test_a_missing_year_fails_the_application() -> None:
    whole = dossier(load_plan(DEFAULT_PLAN), _without("ce-2019.jpg"), clean_declaration())
    review = assemble("a", whole, run(whole))
    assert [flag.code for flag in review.flags] == ["hours.year-missing"]
    assert review.verdict is Verdict.FAIL


def test_an_unreadable_file_is_never_held_for_a_missing_one() -> None:
    files = [*_without("ce-2019.jpg"), {"path": "scan.pdf", "error": "file.unreadable"}]
    whole = dossier(load_plan(DEFAULT_PLAN), files, clean_declaration())
    review = assemble("a", whole, run(whole))
    missing = [flag for flag in review.flags if flag.code == "hours.year-missing"]
    assert [flag.severity for flag in missing] == [Severity.WARNING]


def test_flags_sit_with_their_file() -> None:
    files = clean_files()
    files[0]["facts"][0]["fields"] = {"name": "周若兰"}
    files[0]["pages"][0]["lines"] = []
    whole = dossier(load_plan(DEFAULT_PLAN), files, clean_declaration())
    review = assemble("a", whole, run(whole))
    assert [flag.code for flag in review.files[0].flags] == ["identity.name-mismatch"]
    assert review.files[0].flags[0].requirement.notice == whole.plan.notice


def _errors(results: tuple[CheckResult, ...]) -> set[ErrorPlace]:
    return {
        (result.check, flag.code, flag.file)
        for result in results
        for flag in result.flags
        if flag.severity is Severity.ERROR
    }


def _dimmed(short: Any, factor: float) -> Any:
    """The same short form with every confidence of a reading lowered, seals' and lines' included."""
    if isinstance(short, list):
        return [_dimmed(one, factor) for one in short]
    if isinstance(short, dict):
        return {
            key: value * factor if key.endswith("confidence") else _dimmed(value, factor)
            for key, value in short.items()
        }
    return short


@given(
    plan_id=st.sampled_from(plan_ids()),
    files=any_files(),
    declaration=any_declaration(),
    factor=st.sampled_from([0.0, 0.4, 0.75, 0.95]),
)
@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
def test_no_check_crashes_and_doubt_never_makes_an_error(
    plan_id: str, files: list[dict[str, Any]], declaration: dict[str, Any], factor: float
) -> None:
    plan = load_plan(plan_id)
    results = run(dossier(plan, files, declaration))
    doubtful = run(dossier(plan, _dimmed(files, factor), declaration))
    assert [one for one in (*results, *doubtful) if one.outcome is Outcome.CRASHED] == []
    assert _errors(doubtful) <= _errors(results)
    for result in (*results, *doubtful):
        if result.outcome is Outcome.UNSURE:
            assert all(flag.severity is not Severity.ERROR for flag in result.flags)
            assert all("识别不确定" in flag.message for flag in result.flags)
