"""C-POST, C-FORM: a form that units must stamp bears their seals, each in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from checks.certainty import SURE_VALUE, all_well_read, pages_of, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.registry import document_check
from checks.seal_owner import Owner, judged
from checks.thresholds import threshold
from domain.facts import Row
from domain.geometry import Box, Where
from domain.kinds import EvidenceKind, Severity
from domain.reading import PageReading, Seal
from policies.names import KIND_NAMES

FORMS = frozenset(
    {
        EvidenceKind.POST_INFORMATION_FORM,
        EvidenceKind.REVIEW_FORM,
        EvidenceKind.EXCEPTIONAL_PROMOTION_FORM,
        EvidenceKind.ROSTER,
    }
)
UNIT = "unit"
"""The role of the place that the applicant's own unit stamps."""
SAME_PLACE = 0.5


class FormSeals(Parameters):
    """``seals``: how many units must stamp the form of ``kind``; ``stampers`` names them to the reader."""

    kind: EvidenceKind
    seals: int = Field(default=1, ge=1)
    stampers: str
    sure_seal: float = threshold("form.seals", "sure_seal")


@document_check("form.seals", ("form.seal-missing", "seal.unit-mismatch"), FormSeals, FORMS)
def form_seals(context: DocumentContext[FormSeals]) -> Iterator[Judgement]:
    facts, asked = context.facts, context.parameters
    pages = pages_of(context.file, facts)
    if facts.kind is not asked.kind or not pages:
        yield INAPPLICABLE
        return
    seals = [seal for page in pages for seal in page.seals]
    found = sum(seal.confidence >= asked.sure_seal for seal in seals)
    places = facts.rows_of("place")
    yield from _of_another(context, pages, places)
    if found >= asked.seals:
        return
    empty = _surely_empty(places)
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
        where=empty.where if empty is not None else Where(page=pages[-1].number),
        expected=f"≥ {asked.seals}",
        found=str(found),
    )


def _surely_empty(places: Sequence[Row]) -> Row | None:
    """The first place where nothing was pressed: what a person is shown."""
    return next(
        (row for row in places if (seal := row.get("seal")) is not None and seal.value == "empty"), None
    )


def _of_another(
    context: DocumentContext[FormSeals], pages: Sequence[PageReading], places: Sequence[Row]
) -> Iterator[Finding]:
    """The seal in the unit's own place is the employer's; whose the others are, nobody declared."""
    employer = context.declaration.applicant.employer
    if not employer:
        return
    for row in places:
        role, sealed = row.get("role"), row.get("seal")
        if role is None or sealed is None or role.value != UNIT or sealed.value != "sealed":
            continue
        seal = _seal_at(pages, sealed.where)
        if seal is None or judged(employer, seal).owner is not Owner.DIFFERENT:
            continue
        verdict = judged(employer, seal)
        certain = verdict.seen or seal.text_confidence >= SURE_VALUE
        yield finding(
            "seal.unit-mismatch",
            sure=certain
            and role.confidence >= SURE_VALUE
            and not seal.partial
            and all_well_read(pages)
            and surely_of_its_kind(context.file, context.facts),
            # A branch or a parent may stamp for the unit, and the place may be another's: a person looks.
            severity=Severity.WARNING,
            variant="employer",
            values={"kind": KIND_NAMES[context.facts.kind], "found": seal.text, "expected": employer},
            where=sealed.where,
            expected=employer,
            found=seal.text,
            confidence=seal.text_confidence,
        )


def _seal_at(pages: Sequence[PageReading], where: Where) -> Seal | None:
    """The seal of the reading that a row speaks of."""
    box: Box | None = where.box
    for page in pages:
        if page.number == where.page and box is not None:
            near = [seal for seal in page.seals if seal.box.overlap(box) > SAME_PLACE]
            if near:
                return max(near, key=lambda seal: seal.box.overlap(box))
    return None
