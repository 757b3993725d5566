"""Each of the six plans: an application in order has no error; each planted fault is found, by its row."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from domain.kinds import Outcome, Severity
from tests.checks.plan_dossiers import Application, Spoil, applications

ORDERLY = applications()
CONSTRUCTION, INDUSTRY, ECOLOGY, FORESTRY, RESOURCES, FUSHUN = ORDERLY


class Fault(NamedTuple):
    """``spoil`` puts one fault into the plan's application; ``code`` is then raised, by row ``row``."""

    plan: str
    row: str
    code: str
    severity: str
    spoil: Spoil


def without(name: str) -> Spoil:
    return lambda one: one.files.pop(name)


def amount(name: str, **amounts: float) -> Spoil:
    return lambda one: one.row(name).update(amounts)


def read(name: str, **fields: Any) -> Spoil:
    return lambda one: one.facts(name)["fields"].update(fields)


def typed(**values: Any) -> Spoil:
    return lambda one: one.declaration.update(values)


def stamped(name: str, *units: str) -> Spoil:
    seals = [{"text": unit, "text_confidence": 0.97} for unit in units]
    return lambda one: one.files[name]["pages"][0].update(seals=seals)


def _gap_in_post(one: Application) -> None:
    rows = one.facts("letter")["rows"]
    rows[0].update(end="2015-12-31")
    rows.append({"row": "period", "position": "高级工程师", "start": "2019-01-01"})


def _unsigned_expert(one: Application) -> None:
    second = one.row("experts", 1)
    second.update(signed=False)
    del second["date"]


def _old_report(one: Application) -> None:
    one.files["report"] = {**one.files["award"], "path": "report.jpg"}
    one.files["report"]["facts"] = [{"kind": "project_report", "fields": {"issue_date": "2018-05-20"}}]


def _misfilled_roster(one: Application) -> None:
    row = {"row": "listed", "name": one.declaration["applicant"]["name"], "born": "1980.8"}
    one.files["roster"] = {"path": "roster.jpg", "facts": [{"kind": "roster", "rows": [row]}]}


def _one_expert(one: Application) -> None:
    del one.facts("experts")["rows"][1]


def _bad_course(one: Application) -> None:
    course = {"row": "course", "title": "深基坑支护技术", "year": 2018, "hours": 30}
    one.facts("ce-2018")["rows"].append(course | {"start": "2018-05-07", "end": "2018-05-07"})


FAULTS = (
    Fault(CONSTRUCTION, "C-CE-1", "hours.year-missing", "error", without("ce-2018")),
    Fault(CONSTRUCTION, "C-CE-2", "hours.total-short", "error", amount("ce-2019", total=81, professional=47)),
    Fault(CONSTRUCTION, "C-CE-2", "hours.category-short", "error", amount("ce-2019", professional=50)),
    Fault(CONSTRUCTION, "C-CE-2", "hours.sum-inconsistent", "error", amount("ce-2019", total=120)),
    Fault(CONSTRUCTION, "C-CE-2", "hours.sum-inconsistent", "warning", _bad_course),
    Fault(CONSTRUCTION, "C-ASS", "assessment.year-missing", "error", without("assessment-2017")),
    Fault(
        CONSTRUCTION,
        "C-ASS",
        "assessment.result-unqualified",
        "error",
        lambda one: one.row("assessment-2018").update(result="不合格"),
    ),
    Fault(
        CONSTRUCTION,
        "C-APP",
        "appointment.years-short",
        "error",
        lambda one: one.row("letter").update(start="2017-01-01"),
    ),
    Fault(CONSTRUCTION, "C-APP", "appointment.years-short", "error", _gap_in_post),
    Fault(
        CONSTRUCTION,
        "C-APP",
        "appointment.not-current",
        "error",
        lambda one: one.row("letter").update(end="2019-12-31"),
    ),
    Fault(
        CONSTRUCTION,
        "C-CERT",
        "certificate.needs-confirmation",
        "warning",
        read("certificate", issuer="江苏省人力资源和社会保障厅"),
    ),
    Fault(CONSTRUCTION, "C-POST", "evidence.missing", "error", without("post")),
    Fault(CONSTRUCTION, "C-TRUE", "evidence.missing", "warning", read("truth", signed=False)),
    Fault(CONSTRUCTION, "C-STM", "statement.too-long", "error", typed(statement="述" * 1001)),
    Fault(CONSTRUCTION, "C-SOC", "evidence.missing", "error", typed(social_security_province="江苏省")),
    Fault(
        CONSTRUCTION,
        "C-DIM",
        "evidence.missing",
        "warning",
        typed(projects=[{"name": "样例大桥", "collective": True}]),
    ),
    Fault(
        CONSTRUCTION,
        "C-NOCONT",
        "form.value-format",
        "warning",
        typed(last_review={"year": 2019, "passed": False, "new_work": False}),
    ),
    Fault(CONSTRUCTION, "C-NOCONT", "form.value-format", "warning", typed(registration_revoked="2018-09-01")),
    Fault(CONSTRUCTION, "C-TIME", "period.deadline-passed", "warning", typed(submitted="2020-08-21")),
    Fault(
        CONSTRUCTION,
        "C-PUB",
        "publicity.days-short",
        "error",
        typed(publicity={"start": "2020-08-10", "end": "2020-08-13"}),
    ),
    Fault(CONSTRUCTION, "C-INT", "form.value-format", "info", typed(route="标志性业绩直接申报")),
    Fault(CONSTRUCTION, "C-SKILL", "form.value-format", "info", typed(route="正常申报（技能人才）")),
    Fault(CONSTRUCTION, "C-SKILL", "evidence.missing", "warning", typed(route="正常申报（技能人才）")),
    Fault(CONSTRUCTION, "C-APP-2", "evidence.missing", "warning", typed(route="标志性业绩直接申报")),
    Fault(INDUSTRY, "I-CE", "hours.year-missing", "error", without("ce-2019")),
    Fault(
        INDUSTRY,
        "I-CE",
        "hours.category-short",
        "error",
        amount("ce-2018", total=79, industry_public=8, general_public=9),
    ),
    Fault(INDUSTRY, "I-ASS", "assessment.year-missing", "error", without("assessment-2017")),
    Fault(INDUSTRY, "I-ID", "evidence.missing", "warning", without("card")),
    Fault(
        INDUSTRY,
        "I-ID",
        "evidence.missing",
        "error",
        typed(education=[{"level": "本科", "graduated": "2008-06", "abroad": True}]),
    ),
    Fault(
        INDUSTRY,
        "I-REPORT",
        "evidence.missing",
        "warning",
        lambda one: one.files["report"]["pages"][0].update(lines=["编制人：周若兰"]),
    ),
    Fault(INDUSTRY, "I-BREAK", "evidence.missing", "error", typed(route="破格申报")),
    Fault(INDUSTRY, "I-POST", "evidence.missing", "error", without("post")),
    Fault(
        INDUSTRY,
        "I-PUB",
        "publicity.days-short",
        "error",
        typed(publicity={"start": "2020-09-30", "end": "2020-10-10"}),
    ),
    Fault(INDUSTRY, "I-TIME", "period.deadline-passed", "warning", typed(submitted="2020-10-11")),
    Fault(ECOLOGY, "E-CE", "hours.year-missing", "error", without("ce-2018")),
    Fault(ECOLOGY, "E-CE", "hours.year-missing", "warning", without("ce-2017")),
    Fault(ECOLOGY, "E-CE", "hours.total-short", "error", amount("ce-2019", total=88, professional=54)),
    Fault(
        ECOLOGY,
        "E-CERT",
        "certificate.needs-confirmation",
        "warning",
        read("certificate", issuer="江苏省人力资源和社会保障厅"),
    ),
    Fault(ECOLOGY, "E-SELF", "evidence.missing", "error", without("score")),
    Fault(ECOLOGY, "E-SELF", "evidence.missing", "error", read("score", score=79)),
    Fault(ECOLOGY, "E-SELF", "evidence.missing", "error", without("experts")),
    Fault(ECOLOGY, "E-SELF", "evidence.missing", "error", _one_expert),
    Fault(ECOLOGY, "E-SELF", "evidence.missing", "error", _unsigned_expert),
    Fault(ECOLOGY, "E-POST", "evidence.missing", "error", without("post")),
    Fault(
        ECOLOGY,
        "E-EDU",
        "evidence.missing",
        "error",
        typed(education=[{"level": "本科", "graduated": "1998-07"}]),
    ),
    Fault(ECOLOGY, "E-SOC", "evidence.missing", "error", typed(social_security_province="安徽")),
    Fault(ECOLOGY, "E-STM", "statement.too-long", "error", typed(statement="述" * 1200)),
    Fault(ECOLOGY, "E-ROSTER", "form.value-format", "warning", typed(category="水利工程")),
    Fault(ECOLOGY, "E-ROSTER", "form.value-format", "warning", _misfilled_roster),
    Fault(ECOLOGY, "E-INT", "form.value-format", "info", typed()),
    Fault(ECOLOGY, "E-INT", "form.value-format", "info", typed(level="正高级工程师", route=None)),
    Fault(ECOLOGY, "E-SKILL", "appointment.years-short", "warning", typed(route="技能人才")),
    Fault(ECOLOGY, "E-PUB", "publicity.days-short", "error", read("publicity", end="2020-08-13")),
    Fault(ECOLOGY, "E-TIME", "period.deadline-passed", "warning", typed(submitted="2020-09-16")),
    Fault(FORESTRY, "S-CE", "hours.year-missing", "error", without("ce-2020")),
    Fault(
        FORESTRY,
        "S-CE",
        "hours.category-short",
        "error",
        amount("ce-2018", industry_public=8, general_public=9, total=94),
    ),
    Fault(FORESTRY, "S-EDU", "evidence.missing", "warning", without("degree")),
    Fault(
        FORESTRY,
        "S-LEVEL",
        "appointment.years-short",
        "warning",
        typed(
            level="林业工程师",
            education=[{"level": "本科", "graduated": "2017-06"}],
            appointments=[{"position": "助理工程师", "start": "2018-07-01"}],
        ),
    ),
    Fault(FORESTRY, "S-CE-2", "hours.year-missing", "error", typed(level="工程师")),
    Fault(FORESTRY, "S-INT", "form.value-format", "info", typed(route="通过赋分方式申报")),
    Fault(FORESTRY, "S-TIME", "period.deadline-passed", "warning", typed(submitted="2020-09-24")),
    Fault(
        RESOURCES, "N-CE-2", "hours.category-short", "error", amount("ce-2019", general_public=12, total=12)
    ),
    Fault(RESOURCES, "N-CE-2", "hours.year-missing", "error", without("ce-2017")),
    Fault(
        RESOURCES,
        "N-CE",
        "hours.year-missing",
        "error",
        lambda one: (without("ce-2020")(one), one.declaration.update(level="高级工程师")),
    ),
    Fault(
        RESOURCES,
        "S-INT",
        "form.value-format",
        "info",
        typed(level="高级工程师", education=[{"level": "本科", "graduated": "2019-06", "later": True}]),
    ),
    Fault(FUSHUN, "F-ASS", "assessment.year-missing", "error", without("assessment-2022")),
    Fault(FUSHUN, "F-EDU", "evidence.missing", "error", without("degree")),
    Fault(FUSHUN, "F-EDU", "copy.signature-missing", "error", read("degree", signed=False)),
    Fault(FUSHUN, "F-EDU", "seal.missing", "error", stamped("degree")),
    Fault(FUSHUN, "F-SEAL", "seal.unit-mismatch", "error", stamped("award", "沈阳海丰置业有限公司")),
    Fault(FUSHUN, "F-CE", "evidence.missing", "error", without("ce")),
    Fault(FUSHUN, "F-PAPER-2", "paper.outside-period", "error", read("award", issue_date="2018-05-20")),
    Fault(FUSHUN, "F-PAPER-2", "paper.outside-period", "warning", _old_report),
    Fault(FUSHUN, "F-ROUTE", "appointment.years-short", "warning", typed(route="技能人才")),
    Fault(FUSHUN, "F-PUB", "publicity.days-short", "error", read("publicity", end="2024-10-24")),
    Fault(FUSHUN, "F-TIME", "period.deadline-passed", "warning", typed(submitted="2024-11-09")),
)


@pytest.mark.parametrize("plan", ORDERLY)
def test_an_application_in_order_has_neither_error_nor_crash(plan: str) -> None:
    one = ORDERLY[plan].copy()
    assert [flag.message for flag in one.flags() if flag.severity is Severity.ERROR] == []
    assert [result.check for result in one.results() if result.outcome is Outcome.CRASHED] == []
    warned = [flag.message for flag in one.flags() if flag.severity is Severity.WARNING]
    assert warned == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.plan} {fault.row} {fault.code}")
def test_a_planted_fault_is_found_by_its_row(fault: Fault) -> None:
    one = ORDERLY[fault.plan].copy()
    fault.spoil(one)
    found = {(flag.requirement.id, flag.code, flag.severity.value) for flag in one.flags()}
    assert (fault.row, fault.code, fault.severity) in found


def test_gaps_and_overlaps_in_post_are_told() -> None:
    one = ORDERLY[CONSTRUCTION].copy()
    _gap_in_post(one)
    one.facts("letter")["rows"].append({"row": "period", "position": "高级工程师", "start": "2020-06-01"})
    (short,) = [flag for flag in one.flags() if flag.code == "appointment.years-short"]
    assert "空缺2016-01-01至2018-12-31" in short.message
    assert "重叠2020-06-01至2020-12-31" in short.message


def test_a_level_that_is_not_told_is_never_an_error_of_one_level() -> None:
    one = ORDERLY[FORESTRY].copy()
    del one.declaration["level"]
    one.declaration["applicant"]["current_title"] = None
    amount("ce-2018", general_public=2, total=88)(one)
    flags = [flag for flag in one.flags() if flag.requirement.id in ("S-CE", "S-CE-2")]
    assert flags
    assert all(flag.severity is not Severity.ERROR for flag in flags)
    assert all("申报级别未填明" in flag.message for flag in flags)
