"""G-IDENT: the employer on a document is the declared one; a former one on an older paper is a warning."""

from __future__ import annotations

from collections.abc import Iterator

from checks.certainty import sure, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import document_check
from domain.facts import Facts
from domain.kinds import EvidenceKind, Severity
from matching.dates import parse_date
from matching.likeness import Likeness
from matching.units import compare_units
from policies.names import KIND_NAMES

KINDS = frozenset(
    {
        EvidenceKind.CE_RECORD,
        EvidenceKind.QUALIFICATION_CERTIFICATE,
        EvidenceKind.APPOINTMENT_LETTER,
        EvidenceKind.ANNUAL_ASSESSMENT,
        EvidenceKind.SOCIAL_SECURITY_PROOF,
        EvidenceKind.POST_INFORMATION_FORM,
        EvidenceKind.REVIEW_FORM,
    }
)
_DATED_BY = ("issue_date", "obtained")


@document_check("identity.employer", ("identity.employer-mismatch",), Parameters, KINDS)
def identity_employer(context: DocumentContext[Parameters]) -> Iterator[Judgement]:
    employer = context.facts.get("employer")
    wanted = context.declaration.applicant.employer
    if employer is None or not wanted:
        yield INAPPLICABLE
        return
    if compare_units(wanted, employer.text, employer.confidence) is not Likeness.DIFFERENT:
        return
    # People change jobs: only a paper of the year of application must bear today's employer.
    current = (_year(context.facts) or 0) >= context.plan.year
    yield finding(
        "identity.employer-mismatch",
        sure=sure(employer) and surely_of_its_kind(context.file, context.facts),
        severity=Severity.ERROR if current else Severity.WARNING,
        variant="" if current else "former",
        values={"kind": KIND_NAMES[context.facts.kind], "found": employer.text, "expected": wanted},
        where=employer.where,
        expected=wanted,
        found=employer.text,
        confidence=employer.confidence,
    )


def _year(facts: Facts) -> int | None:
    """The year that a paper speaks of: of its hours or results where it has such rows, else of its date."""
    rows = [row.get("year") for row in facts.rows_of("hours_year") + facts.rows_of("result")]
    years = [int(field.number) for field in rows if field is not None and field.number is not None]
    if years:
        return max(years)
    for name in _DATED_BY:
        field = facts.get(name)
        date = parse_date(field.text) if field is not None and sure(field) else None
        if date:
            return int(date[:4])
    return None
