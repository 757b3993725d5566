"""C-ASS, G-DECL: what was typed in has its proper form: dates, years, ID number, results of a year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from checks.assessment_results import Grade, grade_of
from checks.context import ApplicationContext, Parameters
from checks.finding import Finding, Judgement, finding
from checks.id_numbers import masked
from checks.registry import application_check
from checks.scope import level_of
from domain.declaration import Declaration
from domain.kinds import Severity
from domain.plan import Plan
from matching.dates import earliest, latest, parse_date
from matching.numbers import valid_id
from matching.text import bare

_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_RESULT_YEAR = re.compile(r"^\s*((?:19|20)\d\d)")
MOST_HOURS = 2000
"""More hours than working days could hold: a slip of the keyboard."""
FIRST_YEAR = 1950


class DeclaredForm(Parameters):
    """``categories``: 申报专业类别 that the notice names; empty = any."""

    categories: tuple[str, ...] = ()


@application_check("form.declared", ("form.value-format",), DeclaredForm)
def declared_form(context: ApplicationContext[DeclaredForm]) -> Iterator[Judgement]:
    declaration = context.declaration
    yield from _id_number(declaration)
    yield from _route(declaration.route, context.plan.routes)
    yield from _level(declaration.level, context.plan)
    yield from _category(declaration.category, context.parameters.categories)
    for label, value in _dates(declaration):
        if not _ISO.fullmatch(value) or parse_date(value) is None:
            yield _wrong("date", {"label": label, "found": value}, "2013-12", value)
    yield from _order(declaration)
    last_year = context.plan.counted_to.year
    yield from _years("继续教育", [one.year for one in declaration.continuing_education], last_year)
    yield from _years("年度考核", [one.year for one in declaration.assessments], last_year)
    yield from _hours(declaration)
    yield from _results(declaration)


def _wrong(variant: str, values: dict[str, str | int | float], expected: str, found: str) -> Finding:
    return finding(
        "form.value-format",
        severity=Severity.WARNING,
        variant=variant,
        values=values,
        expected=expected,
        found=found,
    )


def _id_number(declaration: Declaration) -> Iterator[Finding]:
    number = declaration.applicant.id_number
    # A masked number is none to be checked; passports and permits have other lengths.
    if number and re.fullmatch(r"\d{17}[\dXx]", number.strip()) and not valid_id(number):
        yield _wrong("id-number", {}, "GB 11643", masked(number))


def _route(route: str | None, known: tuple[str, ...]) -> Iterator[Finding]:
    if route and not any(name in route for one in known for name in one.split("/")):
        yield _wrong("route", {"found": route, "known": "、".join(known)}, "、".join(known), route)


def _level(level: str | None, plan: Plan) -> Iterator[Finding]:
    """One that the plan does not have; none at all where the plan has several to choose from."""
    known = "、".join(plan.levels)
    if level and plan.levels and level_of(plan, level) is None:
        yield _wrong("level", {"found": level, "known": known}, known, level)
    elif not level and len(plan.levels) > 1:
        yield _wrong("level-missing", {"known": known}, known, "")


def _category(category: str | None, known: tuple[str, ...]) -> Iterator[Finding]:
    if category and known and not any(bare(one) == bare(category) for one in known):
        shown = "、".join(f"“{one}”" for one in known)
        yield _wrong("category", {"found": category, "known": shown}, shown, category)


def _dates(declaration: Declaration) -> Iterator[tuple[str, str]]:
    title = declaration.applicant.current_title
    found: list[tuple[str, str | None]] = [
        ("现任资格取得时间", title.obtained if title else None),
        ("提交日期", declaration.submitted),
        ("撤销注册日期", declaration.registration_revoked),
    ]
    if declaration.publicity is not None:
        found.append(("公示开始日期", declaration.publicity.start))
        found.append(("公示结束日期", declaration.publicity.end))
    for number, degree in enumerate(declaration.education, start=1):
        found.append((f"第{number}个学历的毕业时间", degree.graduated))
    for number, certificate in enumerate(declaration.certificates, start=1):
        found.append((f"第{number}份证书的取得时间", certificate.obtained))
    for number, appointment in enumerate(declaration.appointments, start=1):
        found.append((f"第{number}段聘任的开始日期", appointment.start))
        found.append((f"第{number}段聘任的结束日期", appointment.end))
    return ((label, value) for label, value in found if value)


def _order(declaration: Declaration) -> Iterator[Finding]:
    for number, one in enumerate(declaration.appointments, start=1):
        start, end = parse_date(one.start or ""), parse_date(one.end or "")
        if start and end and latest(end) < earliest(start):
            yield _wrong("order", {"label": f"第{number}段聘任"}, f"≥ {start}", end)


def _years(label: str, years: list[int], last_year: int) -> Iterator[Finding]:
    for year, times in Counter(years).items():
        if not FIRST_YEAR <= year <= last_year:
            yield _wrong("year", {"label": label, "found": year}, f"{FIRST_YEAR}–{last_year}", str(year))
        elif times > 1:
            yield _wrong("repeated", {"label": label, "found": year}, "1", str(times))


def _hours(declaration: Declaration) -> Iterator[Finding]:
    for one in declaration.continuing_education:
        for value in (one.total, one.professional, one.industry_public, one.general_public):
            if value is not None and not 0 <= value <= MOST_HOURS:
                yield _wrong("hours", {"year": one.year, "found": value}, f"0–{MOST_HOURS}", f"{value:g}")


def _results(declaration: Declaration) -> Iterator[Finding]:
    """``2016合格`` under another year, or a result that is no result, as in “2016”."""
    for one in declaration.assessments:
        if one.result is None:
            continue
        year = _RESULT_YEAR.match(one.result)
        if grade_of(one.result) is Grade.UNKNOWN or (year and int(year[1]) != one.year):
            yield _wrong("result", {"year": one.year, "found": one.result}, f"{one.year}合格", one.result)
