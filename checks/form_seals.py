"""C-POST, C-FORM: a form that units must stamp bears their seals."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.certainty import all_well_read, pages_of, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import document_check
from checks.seal_present import SURE_SEAL
from domain.geometry import Where
from domain.kinds import EvidenceKind, Severity
from policies.names import KIND_NAMES

FORMS = frozenset(
    {
        EvidenceKind.POST_INFORMATION_FORM,
        EvidenceKind.REVIEW_FORM,
        EvidenceKind.EXCEPTIONAL_PROMOTION_FORM,
        EvidenceKind.ROSTER,
    }
)


class FormSeals(Parameters):
    """``seals``: how many units must stamp the form of ``kind``; ``stampers`` names them to the reader."""

    kind: EvidenceKind
    seals: int = Field(default=1, ge=1)
    stampers: str


@document_check("form.seals", ("form.seal-missing",), FormSeals, FORMS)
def form_seals(context: DocumentContext[FormSeals]) -> Iterator[Judgement]:
    facts, asked = context.facts, context.parameters
    pages = pages_of(context.file, facts)
    if facts.kind is not asked.kind or not pages:
        yield INAPPLICABLE
        return
    seals = [seal for page in pages for seal in page.seals]
    found = sum(seal.confidence >= SURE_SEAL for seal in seals)
    if found >= asked.seals:
        return
    yield finding(
        "form.seal-missing",
        sure=len(seals) == found and all_well_read(pages) and surely_of_its_kind(context.file, facts),
        # One seal may stand for two offices, and two may lie upon each other: only none at all is certain.
        severity=Severity.WARNING if seals else Severity.ERROR,
        variant="some" if found else "",
        values={
            "kind": KIND_NAMES[facts.kind],
            "stampers": asked.stampers,
            "found": found,
            "required": asked.seals,
        },
        where=Where(page=pages[-1].number),
        expected=f"≥ {asked.seals}",
        found=str(found),
    )
