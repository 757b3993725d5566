"""G-SEAL: it can be read whose seal it is, where the proof is the employer's own paper."""

from __future__ import annotations

from collections.abc import Iterator

from checks.certainty import pages_of
from checks.context import DocumentContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import document_check
from checks.seal_owner import Owner, judged
from checks.thresholds import threshold
from domain.geometry import Where
from domain.kinds import EvidenceKind, Severity
from domain.reading import Seal
from policies.names import KIND_NAMES

EMPLOYERS_OWN = frozenset({EvidenceKind.ANNUAL_ASSESSMENT, EvidenceKind.APPOINTMENT_LETTER})
ISSUED_ELSEWHERE = frozenset({EvidenceKind.CE_RECORD, EvidenceKind.QUALIFICATION_CERTIFICATE})


class Readability(Parameters):
    nonsense: float = threshold("seal.readable", "nonsense")
    """Words of a seal below this confidence were made up by the reader."""


@document_check("seal.readable", ("seal.unreadable",), Readability, EMPLOYERS_OWN | ISSUED_ELSEWHERE)
def seal_readable(context: DocumentContext[Readability]) -> Iterator[Judgement]:
    pages = pages_of(context.file, context.facts)
    seals = [(page, seal) for page in pages for seal in page.seals]
    if not seals:
        yield INAPPLICABLE
        return
    employer = context.declaration.applicant.employer
    if any(_made_out(seal, employer, context.parameters.nonsense) for _, seal in seals):
        return
    # A photocopied seal is seldom legible, and an issuer's name also stands in print: worth knowing, no more.
    copied = context.file.declared is not None and context.file.declared.copy_
    to_look_at = context.facts.kind in EMPLOYERS_OWN and not copied
    page, seal = max(seals, key=lambda one: one[1].confidence)
    yield finding(
        "seal.unreadable",
        sure=False,
        severity=Severity.WARNING if to_look_at else Severity.INFO,
        variant="issuer",
        values={"kind": KIND_NAMES[context.facts.kind]},
        where=Where(page=page.number, box=seal.box),
        confidence=seal.confidence,
    )


def _made_out(seal: Seal, employer: str | None, nonsense: float) -> bool:
    """Words were read, and not mere nonsense, as of a seal that slipped and was pressed twice."""
    if not seal.text:
        return False
    if seal.text_confidence >= nonsense or not employer:
        return True
    return judged(employer, seal).owner is Owner.SAME
