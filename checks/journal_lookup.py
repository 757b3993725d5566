"""What the lists and the rules say of one journal, outside any application (``hezheng journals check``)."""

from __future__ import annotations

from checks.journal_standing import JournalRules, index_with_named
from checks.journal_words import journal_finding
from domain.plan import Plan, Requirement
from domain.review import Flag, JournalLists, RequirementCited
from matching.journals import Claim, judge
from policies.plan_files import DEFAULT_PLAN, load_plan
from policies.wording import words

CHECK = "journal.standing"


def check_journal(
    title: str | None, issn: str | None, cn: str | None, lists: JournalLists, plan: Plan | None = None
) -> tuple[Flag, ...]:
    """Flags on a journal as typed in; empty or blank values count as not given.

    Cites the requirement of ``plan`` (by default the default plan) that the journal check serves.
    """
    claim = Claim(_given(title), _given(issn), _given(cn))
    judged_by = plan or load_plan(DEFAULT_PLAN)
    requirement, rules = _rules(judged_by)
    cited = RequirementCited(id=requirement.id, notice=judged_by.notice, quote=requirement.quote)
    flags = []
    for remark in judge(claim, index_with_named(lists, rules.named)):
        one = journal_finding(remark, claim, gravest=rules.severity)
        text = words(one.code, one.variant).filled(one.values, unsure=one.unsure)
        flags.append(
            Flag(
                code=one.code,
                severity=one.severity,
                message=text.message,
                advice=text.advice,
                requirement=cited,
                expected=one.expected,
                found=one.found,
                confidence=one.confidence,
            )
        )
    return tuple(flags)


def _given(value: str | None) -> str | None:
    return value.strip() or None if value else None


def _rules(plan: Plan) -> tuple[Requirement, JournalRules]:
    """The plan's requirement on journals; a plan without one lends its first requirement's words."""
    for requirement in plan.requirements:
        for use in requirement.checks:
            if use.check == CHECK:
                return requirement, JournalRules.model_validate(dict(use.parameters))
    return plan.requirements[0], JournalRules()
