"""The runner: what it does with a crash, a route, a wrong plan; the verdict and unrepeated flags."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from checks import assemble, run, verify_plan
from checks.context import ApplicationContext, Parameters
from checks.finding import Finding, Judgement, finding
from checks.registry import Check, all_checks
from checks.verdict import unrepeated, verdict_of
from domain.errors import SetupError
from domain.kinds import Outcome, Severity, Verdict
from domain.plan import CheckUse, Plan, Requirement
from domain.review import Dossier, Flag, RequirementCited
from fixtures.checks.builder import plan as sample_plan
from tests.checks.dossiers import dossier

EVIDENCE = "330602198503124530"


def _plan(*uses: CheckUse) -> Plan:
    requirement = Requirement(id="X-1", title="样例", quote="样例原文", how=("D",), checks=uses)
    return sample_plan((requirement,))


def _dossier(*uses: CheckUse, **declaration: Any) -> Dossier:
    return dossier(_plan(*uses), [], {"applicant": {"name": "陈知远"}, **declaration})


def _crash(context: ApplicationContext[Parameters]) -> Iterator[Judgement]:
    raise ValueError(EVIDENCE)
    yield


def test_a_crash_is_a_result_and_hides_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    usual = dict(all_checks())
    broken = usual["statement.length"]
    crashing = Check("crash", broken.codes, Parameters, _spread, _crash, __name__)
    monkeypatch.setattr("checks.plan_uses.all_checks", lambda: {**usual, "crash": crashing})
    whole = _dossier(CheckUse(check="crash"), CheckUse(check="statement.length"), statement="述" * 1001)
    with caplog.at_level(logging.ERROR):
        results = run(whole)
    assert [one.outcome for one in results] == [Outcome.CRASHED, Outcome.FLAGGED]
    assert "ValueError" in results[0].problem
    assert EVIDENCE not in caplog.text + results[0].problem
    quiet = assemble("a", whole, results[:1])
    assert quiet.verdict is Verdict.REVIEW, "a check that crashed judged nothing"


def _spread(
    whole: Dossier, requirement: Requirement, given: Parameters
) -> Iterator[ApplicationContext[Parameters]]:
    yield ApplicationContext(whole, requirement, given)


def test_a_check_of_another_route_does_not_run() -> None:
    use = CheckUse(check="statement.length", routes=("转评",))
    assert [one.outcome for one in run(_dossier(use, statement="述" * 1001))] == [Outcome.NOT_APPLICABLE]
    assert run(_dossier(use, statement="述" * 1001, route="转评申报"))[0].outcome is Outcome.FLAGGED
    lost = run(_dossier(use, statement="述" * 1001, route="飞行"))
    assert [one.outcome for one in lost] == [Outcome.NOT_APPLICABLE]


def test_a_check_without_documents_says_so() -> None:
    results = run(_dossier(CheckUse(check="seal.present")))
    assert [one.outcome for one in results] == [Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("use", "told"),
    [
        (CheckUse(check="no.such"), "no.such"),
        (CheckUse(check="statement.length", parameters={"letters": 3}), "letters"),
        (CheckUse(check="hours.year"), "years"),
        (CheckUse(check="statement.length", routes=("飞行",)), "飞行"),
    ],
)
def test_a_wrong_plan_is_refused_by_name(use: CheckUse, told: str) -> None:
    with pytest.raises(SetupError, match=told) as refused:
        verify_plan(_plan(use))
    assert "X-1" in str(refused.value)


def test_doubt_is_never_an_error() -> None:
    assert finding("any", sure=False).severity is Severity.WARNING
    with pytest.raises(ValueError, match="doubtful"):
        Finding(code="any", severity=Severity.ERROR, unsure=True)


def _flag(severity: Severity, requirement: str, page: int = 1) -> Flag:
    cited = RequirementCited(id=requirement, notice="通知", quote="原文")
    return Flag(
        code="page.illegible", severity=severity, message="。", advice="。", requirement=cited, page=page
    )


def test_one_place_is_flagged_once_by_the_most_severe() -> None:
    warning, error, elsewhere = (
        _flag(Severity.WARNING, "A"),
        _flag(Severity.ERROR, "B"),
        _flag(Severity.WARNING, "A", page=2),
    )
    assert unrepeated([warning, error, elsewhere]) == (error, elsewhere)
    assert unrepeated([warning, _flag(Severity.WARNING, "B")]) == (warning,)


def test_verdict() -> None:
    info, warning, error = (_flag(one, "A") for one in (Severity.INFO, Severity.WARNING, Severity.ERROR))
    assert verdict_of([]) is Verdict.PASS
    assert verdict_of([info]) is Verdict.PASS
    assert verdict_of([info, warning]) is Verdict.REVIEW
    assert verdict_of([warning, error]) is Verdict.FAIL
