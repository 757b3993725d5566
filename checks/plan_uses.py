"""The uses of checks in a plan, with their parameters parsed; what does not fit is told by its place."""

from __future__ import annotations

from pydantic import ValidationError

from checks.context import Parameters
from checks.registry import Check, all_checks
from domain.errors import SetupError
from domain.plan import CheckUse, Plan, Requirement, Scope
from policies.plan_problems import PlanProblem, problems_of

Use = tuple[Requirement, CheckUse, Check, Parameters]


def plan_uses(plan: Plan) -> tuple[Use, ...]:
    """Every use of a check in the plan with its parsed parameters. Raises SetupError for the first misfit."""
    uses, problems = _parsed(plan)
    if problems:
        raise SetupError(f"评审计划 {plan.id} 有误：{problems[0].shown}")
    return uses


def plan_problems(plan: Plan) -> tuple[PlanProblem, ...]:
    """Unknown checks, wrong parameters, levels and routes that the plan does not have."""
    return _parsed(plan)[1]


def _parsed(plan: Plan) -> tuple[tuple[Use, ...], tuple[PlanProblem, ...]]:
    known = all_checks()
    uses: list[Use] = []
    problems: list[PlanProblem] = []
    for requirement in plan.requirements:
        place: tuple[int | str, ...] = ("requirements", requirement.id)
        problems += _scope(plan, requirement, place)
        for number, use in enumerate(requirement.checks):
            here = (*place, "checks", number)
            problems += _scope(plan, use, here)
            check = known.get(use.check)
            if check is None:
                problems.append(PlanProblem((*here, "check"), f"没有名为“{use.check}”的检查"))
                continue
            try:
                parameters = check.parameters.model_validate(dict(use.parameters))
            except ValidationError as error:
                problems += problems_of(error, (*here, "parameters"))
                continue
            uses.append((requirement, use, check, parameters))
    return tuple(uses), tuple(problems)


def _scope(plan: Plan, scope: Scope, place: tuple[int | str, ...]) -> list[PlanProblem]:
    return [
        PlanProblem((*place, key), f"计划里没有{words}“{name}”")
        for key, words, given, known in (
            ("levels", "申报级别", scope.levels, plan.levels),
            ("routes", "申报类别", scope.routes, plan.routes),
        )
        for name in given
        if name not in known
    ]
