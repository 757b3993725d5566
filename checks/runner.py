"""Runs every check that the plan names: one result a check a document, and no crash hides another check."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from checks.context import ApplicationContext, FileContext, Parameters
from checks.finding import Finding, Inapplicable
from checks.registry import Check, all_checks
from domain.errors import SetupError
from domain.kinds import Outcome
from domain.plan import CheckUse, Plan, Requirement
from domain.review import CheckResult, Dossier, Flag, RequirementCited
from policies.wording import words

USUAL_ROUTE = "正常"
_log = logging.getLogger(__name__)


def run(dossier: Dossier) -> tuple[CheckResult, ...]:
    """One result per check per document it fits (or one for the application), in the plan's order.

    Raises SetupError where the plan names an unknown check or gives it wrong parameters.
    """
    uses = plan_uses(dossier.plan)
    route = route_of(dossier)
    results: list[CheckResult] = []
    for requirement, use, check, parameters in uses:
        if use.routes and route not in use.routes:
            continue
        before = len(results)
        results.extend(_results(check, dossier, requirement, parameters))
        if len(results) == before:
            results.append(
                CheckResult(check=check.id, requirement=requirement.id, outcome=Outcome.NOT_APPLICABLE)
            )
    return tuple(results)


def route_of(dossier: Dossier) -> str:
    """The plan's name for the declared route: ``转评申报`` is 转评; none, or an unknown one, is the usual."""
    declared = dossier.declaration.route or USUAL_ROUTE
    return next((route for route in dossier.plan.routes if route in declared), USUAL_ROUTE)


def plan_uses(plan: Plan) -> list[tuple[Requirement, CheckUse, Check, Parameters]]:
    """Every use of a check in the plan with its parsed parameters; a wrong one is a SetupError."""
    known = all_checks()
    uses = []
    for requirement in plan.requirements:
        for use in requirement.checks:
            check = known.get(use.check)
            place = f"评审计划 {plan.id} 的 {requirement.id}"
            if check is None:
                raise SetupError(f"{place} 用了不存在的检查 {use.check}，请改正计划文件。")
            unknown_routes = set(use.routes) - set(plan.routes)
            if unknown_routes:
                raise SetupError(f"{place} 的 {use.check} 写了计划没有的申报类别 {sorted(unknown_routes)}。")
            try:
                parameters = check.parameters.model_validate(dict(use.parameters))
            except ValidationError as error:
                keys = "；".join(
                    f"{'.'.join(str(part) for part in one['loc']) or 'parameters'}：{one['msg']}"
                    for one in error.errors()
                )
                raise SetupError(f"{place} 的 {use.check} 参数有误：{keys}") from error
            uses.append((requirement, use, check, parameters))
    return uses


def _results(
    check: Check, dossier: Dossier, requirement: Requirement, parameters: Parameters
) -> Iterator[CheckResult]:
    for context in check.spread(dossier, requirement, parameters):
        yield _result(check, context)


def _result(check: Check, context: ApplicationContext[Any]) -> CheckResult:
    file = context.file.path if isinstance(context, FileContext) else None
    requirement = context.requirement
    try:
        judgements = tuple(check.judge(context))
        findings = [one for one in judgements if isinstance(one, Finding)]
        flags = tuple(_flag(check, one, context, file) for one in findings)
    except Exception as error:  # noqa: BLE001 - any crash becomes a result; the other checks go on
        # Only the kind of error and the line of code: its text could quote the evidence.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        problem = f"{type(error).__name__} ({frame.name}:{frame.lineno})"
        _log.error("check %s crashed: %s", check.id, problem)
        return CheckResult(
            check=check.id, requirement=requirement.id, outcome=Outcome.CRASHED, file=file, problem=problem
        )
    if any(not one.unsure for one in findings):
        outcome = Outcome.FLAGGED
    elif findings:
        outcome = Outcome.UNSURE
    elif any(isinstance(one, Inapplicable) for one in judgements):
        outcome = Outcome.NOT_APPLICABLE
    else:
        outcome = Outcome.PASSED
    return CheckResult(check=check.id, requirement=requirement.id, outcome=outcome, file=file, flags=flags)


def _flag(check: Check, one: Finding, context: ApplicationContext[Any], file: str | None) -> Flag:
    if one.code not in check.codes:
        raise LookupError(f"{check.id} does not announce {one.code}")
    text = words(one.code, one.variant).filled(one.values, unsure=one.unsure)
    return Flag(
        code=one.code,
        severity=one.severity,
        message=text.message,
        advice=text.advice,
        requirement=RequirementCited(
            id=context.requirement.id, notice=context.plan.notice, quote=context.requirement.quote
        ),
        page=one.where.page if one.where else None,
        box=one.where.box if one.where else None,
        expected=one.expected,
        found=one.found,
        confidence=one.confidence,
        file=one.file or file,
    )
