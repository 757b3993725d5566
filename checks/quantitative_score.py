"""E-SELF: the applicant's own score on the table of quantitative assessment reaches the least asked."""

from __future__ import annotations

from collections.abc import Iterator

from checks.certainty import sure, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.finding import Judgement, finding
from checks.registry import document_check
from domain.geometry import Where
from domain.kinds import EvidenceKind


class LeastScore(Parameters):
    least: float


@document_check(
    "quantitative.score",
    ("evidence.missing",),
    LeastScore,
    frozenset({EvidenceKind.QUANTITATIVE_ASSESSMENT}),
)
def quantitative_score(context: DocumentContext[LeastScore]) -> Iterator[Judgement]:
    score, least = context.facts.get("score"), context.parameters.least
    if score is None or score.number is None:
        yield finding(
            "evidence.missing",
            sure=False,
            variant="score-unread",
            values={"least": least},
            where=Where(page=context.facts.pages[0]) if context.facts.pages else None,
            expected=f"≥ {least:g}",
        )
    elif score.number < least:
        yield finding(
            "evidence.missing",
            sure=sure(score) and surely_of_its_kind(context.file, context.facts),
            variant="score",
            values={"found": score.number, "least": least},
            where=score.where,
            expected=f"≥ {least:g}",
            found=f"{score.number:g}",
            confidence=score.confidence,
        )
