"""F-PAPER-2: an award counts only if it was won after the present title was obtained."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.certainty import sure, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import document_check
from domain.kinds import EvidenceKind, Severity
from matching.dates import earliest, latest, parse_date
from policies.names import KIND_NAMES


class CountedKinds(Parameters):
    """``kinds``: dated by the day on which they were issued."""

    kinds: frozenset[EvidenceKind] = Field(min_length=1)
    severity: Severity = Severity.ERROR


@document_check("evidence.period", ("paper.outside-period",), CountedKinds, frozenset(EvidenceKind))
def evidence_period(context: DocumentContext[CountedKinds]) -> Iterator[Judgement]:
    title = context.declaration.applicant.current_title
    obtained = parse_date(title.obtained or "") if title is not None else None
    issued = context.facts.get("issue_date")
    iso = parse_date(issued.text) if issued is not None else None
    if context.facts.kind not in context.parameters.kinds or obtained is None or issued is None or not iso:
        yield INAPPLICABLE
        return
    if latest(iso) < earliest(obtained):
        yield finding(
            "paper.outside-period",
            sure=sure(issued) and surely_of_its_kind(context.file, context.facts),
            severity=context.parameters.severity,
            variant="evidence",
            values={"kind": KIND_NAMES[context.facts.kind], "found": iso, "obtained": obtained},
            where=issued.where,
            expected=f"> {obtained}",
            found=iso,
            confidence=issued.confidence,
        )
