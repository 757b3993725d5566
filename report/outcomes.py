"""What became of every requirement of the plan, those included that no program can check."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kinds import Outcome
from domain.plan import Plan, Requirement
from domain.review import ApplicationReview
from report.words import OUTCOMES

BY_HAND = "人工办理"
NOT_CHECKED = "未核对，请人工核对"


@dataclass(frozen=True, slots=True)
class RequirementState:
    """``outcome`` is the gravest of the requirement's checks; None where none ran."""

    requirement: Requirement
    outcome: Outcome | None

    @property
    def words(self) -> str:
        one = self.requirement
        general = not (one.levels or one.routes or one.when)
        # Nothing to look at in the evidence does not do a person's part.
        if self.outcome is Outcome.NOT_APPLICABLE and general and "P" in one.how:
            return BY_HAND
        if self.outcome is not None:
            return OUTCOMES[self.outcome]
        return BY_HAND if "P" in self.requirement.how else NOT_CHECKED

    @property
    def note(self) -> str:
        """What a person has to do, and until when."""
        deadline = self.requirement.deadline
        until = f"截止 {deadline.isoformat()}" if deadline else ""
        return "；".join(part for part in (self.requirement.note, until) if part)


def requirement_states(review: ApplicationReview, plan: Plan) -> tuple[RequirementState, ...]:
    """One state a requirement, in the plan's order."""
    gravest = list(OUTCOMES)
    found: dict[str, Outcome] = {}
    for result in review.results:
        known = found.get(result.requirement, Outcome.NOT_APPLICABLE)
        found[result.requirement] = min(known, result.outcome, key=gravest.index)
    return tuple(RequirementState(one, found.get(one.id)) for one in plan.requirements)
