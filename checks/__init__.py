"""Checks: what was read and declared, held against the plan. One file a check, every check pure.

``run(dossier)`` gives one result a check a document; ``assemble`` makes the review of them;
``verify_plan(plan)`` raises SetupError where a plan names an unknown check or wrong parameters;
``plan_problems(plan)`` names all such places.
"""

from checks.plan_uses import plan_problems
from checks.plan_uses import plan_uses as _plan_uses
from checks.runner import run
from checks.verdict import assemble
from domain.plan import Plan

__all__ = ["assemble", "plan_problems", "run", "verify_plan"]


def verify_plan(plan: Plan) -> None:
    """Raises SetupError, with plan, requirement and key, where the plan and the checks do not fit."""
    _plan_uses(plan)
