"""What the report says became of a requirement: nothing that people do is told as done."""

from __future__ import annotations

import pytest

from domain.kinds import Outcome, Verdict
from domain.plan import Requirement
from domain.review import ApplicationReview, CheckResult
from fixtures.checks.builder import plan
from report.outcomes import BY_HAND, NOT_CHECKED, requirement_states
from report.words import OUTCOMES


def _words(outcome: Outcome | None, **differs: object) -> str:
    requirement = Requirement.model_validate(
        {"id": "X-1", "title": "样例要求", "quote": "样例原文", "how": ("P", "E"), **differs}
    )
    results = () if outcome is None else (CheckResult(check="any", requirement="X-1", outcome=outcome),)
    review = ApplicationReview(
        path="a", applicant="陈知远", plan="p", verdict=Verdict.PASS, files=(), flags=(), results=results
    )
    (state,) = requirement_states(review, plan((requirement,)))
    return state.words


@pytest.mark.parametrize("outcome", [None, Outcome.NOT_APPLICABLE])
def test_a_persons_part_stays_to_be_done(outcome: Outcome | None) -> None:
    assert _words(outcome) == BY_HAND


def test_what_is_not_of_this_level_is_said_so() -> None:
    assert _words(Outcome.NOT_APPLICABLE, levels=("工程师",)) == OUTCOMES[Outcome.NOT_APPLICABLE]


def test_what_was_checked_tells_its_outcome() -> None:
    assert _words(Outcome.FLAGGED) == OUTCOMES[Outcome.FLAGGED]
    assert _words(None, how=("E",)) == NOT_CHECKED
    assert _words(Outcome.NOT_APPLICABLE, how=("E",)) == OUTCOMES[Outcome.NOT_APPLICABLE]
