"""Dates and years of a plan that cannot be: last year's left standing, or a slip of the keyboard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from domain.plan import Plan, Requirement
from policies.plan_problems import Place, PlanProblem

DATED_CHECK = "period.deadline"
"""Judges by the requirement's own ``deadline``."""
YEAR_LISTS = ("years", "entered", "verified")
"""Parameters of checks that hold years."""
EARLIEST_BACK = 15
"""No notice asks for evidence of more years ago."""


def senseless(plan: Plan, table: Mapping[str, object]) -> Iterator[PlanProblem]:
    """``table`` is the file as parsed: only years that stand in it are told, none of an included file."""
    if abs(plan.issued.year - plan.year) > 1:
        yield PlanProblem(("issued",), f"发文日期 {plan.issued} 与年度 {plan.year} 不符")
    if abs(plan.counted_to.year - plan.year) > 1:
        yield PlanProblem(("counted_to",), f"资历计算截止日 {plan.counted_to} 与年度 {plan.year} 不符")
    rows = table.get("requirements")
    own = {row["id"] for row in rows} if isinstance(rows, list) else set()
    for requirement in plan.requirements:
        if requirement.id in own:
            yield from _requirement(plan, requirement)


def _requirement(plan: Plan, one: Requirement) -> Iterator[PlanProblem]:
    here: Place = ("requirements", one.id)
    if one.deadline is not None and not plan.issued <= one.deadline <= date(plan.year + 1, 12, 31):
        yield PlanProblem((*here, "deadline"), f"截止日期 {one.deadline} 早于发文日期或晚于次年年底")
    if one.deadline is None and any(use.check == DATED_CHECK for use in one.checks):
        yield PlanProblem(here, f"用了 {DATED_CHECK}，但没有写 deadline（截止日期）")
    for number, use in enumerate(one.checks):
        for key, years in use.parameters.items():
            if key in YEAR_LISTS and isinstance(years, list):
                yield from _years(plan, (*here, "checks", number, "parameters", key), years)


def _years(plan: Plan, place: Place, given: list[object]) -> Iterator[PlanProblem]:
    """Each within the years that the notice can speak of, and once."""
    years = [one for one in given if isinstance(one, int)]
    wrong = [one for one in years if not plan.year - EARLIEST_BACK <= one <= plan.year]
    if wrong:
        told = "、".join(str(one) for one in wrong)
        yield PlanProblem(place, f"年度 {told} 不可能，应在 {plan.year - EARLIEST_BACK} 至 {plan.year} 之间")
    elif len(set(years)) < len(years):
        yield PlanProblem(place, "年度重复")
