"""G-SEAL: a proof carries the seal of the unit that issued it."""

from __future__ import annotations

from collections.abc import Iterator

from checks.certainty import all_well_read, pages_of, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.issuers_seal import vouching_seal
from checks.registry import document_check
from checks.thresholds import threshold
from domain.geometry import Where
from domain.kinds import EvidenceKind, Severity
from domain.reading import PageReading, Seal
from policies.names import KIND_NAMES


class SealedKinds(Parameters):
    """``required``: no seal is an error; ``usual``: issuers differ, so no seal is a warning."""

    required: frozenset[EvidenceKind] = frozenset(
        {
            EvidenceKind.CE_RECORD,
            EvidenceKind.ANNUAL_ASSESSMENT,
            EvidenceKind.APPOINTMENT_LETTER,
            EvidenceKind.QUALIFICATION_CERTIFICATE,
        }
    )
    usual: frozenset[EvidenceKind] = frozenset(
        {
            EvidenceKind.EDUCATION_CERTIFICATE,
            EvidenceKind.FOREIGN_DEGREE_CERTIFICATION,
            EvidenceKind.SOCIAL_SECURITY_PROOF,
            EvidenceKind.AWARD_CERTIFICATE,
            EvidenceKind.ENTRUSTMENT_LETTER,
            EvidenceKind.PUBLICITY_RESULT,
        }
    )
    sure_seal: float = threshold("seal.present", "sure_seal")
    """Below this a shape is only perhaps a seal: it neither proves one nor its absence."""


@document_check("seal.present", ("seal.missing",), SealedKinds, frozenset(EvidenceKind))
def seal_present(context: DocumentContext[SealedKinds]) -> Iterator[Judgement]:
    facts, wanted = context.facts, context.parameters
    employer = context.declaration.applicant.employer
    if facts.kind not in wanted.required | wanted.usual:
        yield INAPPLICABLE
        return
    pages = pages_of(context.file, facts)
    if not pages:
        yield INAPPLICABLE
        return
    if any(seal.confidence >= wanted.sure_seal for page in pages for seal in _issuers_seals(page, employer)):
        return
    something_there = any(page.seals for page in pages)
    yield finding(
        "seal.missing",
        sure=surely_of_its_kind(context.file, facts) and all_well_read(pages) and not something_there,
        severity=Severity.ERROR if facts.kind in wanted.required else Severity.WARNING,
        values={"kind": KIND_NAMES[facts.kind]},
        where=Where(page=facts.pages[-1]) if facts.pages else None,
        confidence=facts.kind_confidence,
    )


def _issuers_seals(page: PageReading, employer: str | None) -> tuple[Seal, ...]:
    """All seals but those beside a verification mark: those vouch for the copy, not for what it says."""
    vouching = {mark.seal for mark in page.marks if vouching_seal(page, mark, employer) is not None}
    return tuple(seal for number, seal in enumerate(page.seals) if number not in vouching)
