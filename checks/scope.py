"""For whom a requirement holds: the declared level, route and circumstances against those of the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import IntEnum
from types import MappingProxyType

from checks.education import degrees
from domain.declaration import Declaration
from domain.plan import USUAL_ROUTE, Plan, Scope, When
from domain.review import Dossier
from matching.dates import earliest, parse_date
from matching.text import bare

_LADDER = ("技术员", "助理工程师", "工程师", "高级工程师", "正高级工程师")
_ALSO = MappingProxyType(
    {
        "正高": "正高级工程师",
        "教授级": "正高级工程师",
        "副高": "高级工程师",
        "高级": "高级工程师",
        "中级": "工程师",
        "初级": "助理工程师",
    }
)
"""Ranks by their short names, in this order: 正高级 holds 高级."""
PUBLIC_INSTITUTION = "事业单位"
ENTERPRISE = "企业"
_SPLIT_YEAR = 2001
"""Since this year the platform and 学信网 know a degree by themselves."""
_RECENT_YEARS = 2
_BARRED_YEARS = 3


class Holds(IntEnum):
    """Whether something holds for this application; ``PERHAPS`` where its level is not declared."""

    NO = 0
    PERHAPS = 1
    YES = 2


def holds(scope: Scope, dossier: Dossier) -> Holds:
    """The least of what levels, routes and circumstances say."""
    plan, declaration = dossier.plan, dossier.declaration
    if scope.routes and route_of(plan, declaration) not in scope.routes:
        return Holds.NO
    if scope.when is not None and not _CONDITIONS[scope.when](dossier):
        return Holds.NO
    if not scope.levels:
        return Holds.YES
    possible = possible_levels(plan, declaration)
    fitting = possible & set(scope.levels)
    if not fitting:
        return Holds.NO
    return Holds.YES if fitting == possible else Holds.PERHAPS


def route_of(plan: Plan, declaration: Declaration) -> str:
    """The plan's name for the declared route: ``转评申报`` is 转评; none, or an unknown one, is the usual."""
    declared = bare(declaration.route or USUAL_ROUTE)
    named = [route for route in plan.routes if any(bare(name) in declared for name in route.split("/"))]
    # ``正常申报（技能人才）`` names two: the particular one says more.
    return next((route for route in named if route != USUAL_ROUTE), USUAL_ROUTE)


def possible_levels(plan: Plan, declaration: Declaration) -> frozenset[str]:
    """The declared level; where it is not told, every level of the plan above the present title."""
    declared = level_of(plan, declaration.level)
    if declared is not None:
        return frozenset({declared})
    title = declaration.applicant.current_title
    rung = _rung(title.name) if title is not None and title.name else None
    above = {level for level in plan.levels if rung is not None and (_rung(level) or 0) > rung}
    return frozenset(above or plan.levels)


def level_of(plan: Plan, declared: str | None) -> str | None:
    """The plan's name for a level as typed: 林业高级工程师 and 副高级 are 高级工程师."""
    text = bare(declared or "")
    rung = _rung(text)
    if rung is not None:
        return _LADDER[rung] if _LADDER[rung] in plan.levels else None
    named = [level for level in plan.levels if text and bare(level) in text]
    short = next((rank for word, rank in _ALSO.items() if word in text), None)
    return max(named, key=len, default=short if short in plan.levels else None)


def _rung(title: str) -> int | None:
    """Place on the ladder of titles; 高级工程师 holds 工程师, so the longest name counts."""
    text = bare(title)
    named = [rank for rank in _LADDER if rank in text]
    return _LADDER.index(max(named, key=len)) if named else None


def in_province(declared: str | None, home: str) -> bool:
    """Nothing declared, or no home province in the plan, is nothing that speaks against it."""
    return not declared or not home or bare(declared).startswith(bare(home))


def _is_enterprise(dossier: Dossier) -> bool:
    kind = bare(dossier.declaration.employer_kind or "")
    if kind:
        return ENTERPRISE in kind
    return "公司" in (dossier.declaration.applicant.employer or "")


def _graduated(dossier: Dossier, *, before: bool) -> bool:
    years = [one.graduated.year for one in degrees(dossier.declaration) if one.graduated and not one.abroad]
    return any((year < _SPLIT_YEAR) == before for year in years)


def _recent_later_degree(dossier: Dossier) -> bool:
    last = dossier.plan.counted_to
    return any(
        one.later and one.graduated and not _passed(one.graduated, _RECENT_YEARS, last)
        for one in degrees(dossier.declaration)
    )


def _nothing_new(dossier: Dossier) -> bool:
    last = dossier.declaration.last_review
    return last is not None and not last.passed and not last.new_work and last.year == dossier.plan.year - 1


def _revoked(dossier: Dossier) -> bool:
    revoked = parse_date(dossier.declaration.registration_revoked or "")
    return revoked is not None and not _passed(earliest(revoked), _BARRED_YEARS, dossier.plan.issued)


def _passed(since: date, years: int, day: date) -> bool:
    """Whether so many years lie between the two days; the anniversary itself counts."""
    return (since.year + years, since.month, since.day) <= (day.year, day.month, day.day)


_CONDITIONS: Mapping[When, Callable[[Dossier], bool]] = MappingProxyType(
    {
        When.PUBLIC_INSTITUTION: lambda one: bare(one.declaration.employer_kind or "").startswith(
            PUBLIC_INSTITUTION
        ),
        When.ENTERPRISE: _is_enterprise,
        When.NOT_ENTERPRISE: lambda one: not _is_enterprise(one),
        When.INSURED_ELSEWHERE: lambda one: (
            not in_province(one.declaration.social_security_province, one.plan.province)
        ),
        When.PAPERS_DECLARED: lambda one: bool(one.declaration.papers),
        When.GRADUATED_BEFORE_2001: lambda one: _graduated(one, before=True),
        When.GRADUATED_SINCE_2001: lambda one: _graduated(one, before=False),
        When.STUDIED_ABROAD: lambda one: any(each.abroad for each in degrees(one.declaration)),
        When.RECENT_LATER_DEGREE: _recent_later_degree,
        When.NOTHING_NEW: _nothing_new,
        When.REGISTRATION_REVOKED: _revoked,
    }
)
