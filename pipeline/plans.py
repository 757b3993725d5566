"""Plans that people write: examined as a whole, words held against the notice, checks against the code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from checks import plan_problems
from domain.errors import InputError
from domain.plan import Plan
from policies.plan_files import Examined, examine
from policies.plan_problems import PlanProblem

ELLIPSIS = "…"
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class PlanReport:
    """``errors``: the plan cannot be used. ``remarks``: what is left to do before it may be."""

    plan: Plan | None
    errors: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def validate_plan(path: Path, notice: Path | None = None) -> PlanReport:
    """Everything that is wrong with a plan file, each with file and line. ``notice``: its text, UTF-8."""
    examined = examine(path)
    if examined.plan is None:
        return PlanReport(None, examined.problems)
    errors = [*examined.problems, *(examined.told(one) for one in plan_problems(examined.plan))]
    remarks = []
    if notice is not None:
        errors += [examined.told(one) for one in _not_in_notice(examined, _text(notice))]
    if examined.plan.draft:
        remarks.append(
            f"{path.name} 还是草稿：请逐条换成新通知的原文（可用 --notice 核对），再删去 draft 一行。"
        )
    return PlanReport(examined.plan, tuple(errors), tuple(remarks))


def _text(notice: Path) -> str:
    try:
        return _BLANKS.sub("", notice.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        message = f"通知“{notice}”无法读取，请另存为 UTF-8 编码的文本文件。"
        raise InputError("file.unreadable", message, str(notice)) from error


def _not_in_notice(examined: Examined, notice: str) -> list[PlanProblem]:
    """Quotes of which a passage does not stand in the notice; line breaks and spaces do not count."""
    problems = []
    for requirement in examined.plan.requirements if examined.plan else ():
        passages = requirement.quote.split(ELLIPSIS)
        absent = next((one for one in passages if _BLANKS.sub("", one) not in notice), None)
        if absent is not None:
            shared = f"quotes.{requirement.id}" in examined.text
            place = "quotes" if shared else "requirements"
            problems.append(
                PlanProblem((place, requirement.id, "quote"), f"通知里没有这段原文：“{absent.strip()}”")
            )
    return problems
