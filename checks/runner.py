"""Runs every check that the plan names: one result a check a document, and no crash hides another check."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from checks.context import ApplicationContext, FileContext, Parameters
from checks.finding import Finding, Inapplicable
from checks.plan_uses import plan_uses
from checks.registry import Check
from checks.scope import Holds, holds
from domain.kinds import Outcome, Severity
from domain.plan import Requirement
from domain.review import CheckResult, Dossier, Flag, RequirementCited
from policies.wording import words

_log = logging.getLogger(__name__)


def run(dossier: Dossier) -> tuple[CheckResult, ...]:
    """One result per check per document it fits (or one for the application), in the plan's order.

    A use that does not hold for this level, route or applicant gives one result, not applicable.
    Raises SetupError where the plan names an unknown check or gives it wrong parameters.
    """
    results: list[CheckResult] = []
    for requirement, use, check, parameters in plan_uses(dossier.plan):
        before = len(results)
        fit = min(holds(requirement, dossier), holds(use, dossier))
        if fit is not Holds.NO:
            results.extend(_results(check, dossier, requirement, parameters, fit))
        if len(results) == before:
            results.append(
                CheckResult(check=check.id, requirement=requirement.id, outcome=Outcome.NOT_APPLICABLE)
            )
    return tuple(results)


def _results(
    check: Check, dossier: Dossier, requirement: Requirement, parameters: Parameters, fit: Holds
) -> Iterator[CheckResult]:
    for context in check.spread(dossier, requirement, parameters):
        yield _result(check, context, fit)


def _result(check: Check, context: ApplicationContext[Any], fit: Holds) -> CheckResult:
    file = context.file.path if isinstance(context, FileContext) else None
    requirement = context.requirement
    try:
        judgements = tuple(check.judge(context))
        findings = [_softened(one, fit, context.parameters) for one in judgements if isinstance(one, Finding)]
        flags = tuple(_flag(check, one, context, file, fit) for one in findings)
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


def _softened(one: Finding, fit: Holds, parameters: Parameters) -> Finding:
    """Where it is not known whether the requirement holds, nothing is more than a reason to look.

    Nor where the house asks for more confidence than the check does by itself.
    """
    if one.severity is not Severity.ERROR:
        return one
    if one.confidence < parameters.certainty:
        return replace(one, severity=Severity.WARNING, unsure=True)
    return one if fit is Holds.YES else replace(one, severity=Severity.WARNING)


def _flag(check: Check, one: Finding, context: ApplicationContext[Any], file: str | None, fit: Holds) -> Flag:
    if one.code not in check.codes:
        raise LookupError(f"{check.id} does not announce {one.code}")
    text = words(one.code, one.variant).filled(
        one.values, unsure=one.unsure, level_unknown=fit is Holds.PERHAPS
    )
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
