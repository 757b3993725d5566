"""G-KIND: the file is what it was declared to be."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import FileContext, Parameters
from checks.evidence import UNDECLARED
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import file_check
from checks.thresholds import threshold
from domain.geometry import Where
from domain.kinds import PAPER_PARTS, EvidenceKind, Severity
from policies.names import KIND_NAMES

_KIN = (
    PAPER_PARTS | {EvidenceKind.PAPER},
    frozenset(
        {
            EvidenceKind.EDUCATION_CERTIFICATE,
            EvidenceKind.EDUCATION_QUERY,
            EvidenceKind.FOREIGN_DEGREE_CERTIFICATION,
        }
    ),
    frozenset({EvidenceKind.QUALIFICATION_CERTIFICATE, EvidenceKind.AWARD_CERTIFICATE}),
    frozenset({EvidenceKind.REVIEW_FORM, EvidenceKind.EXCEPTIONAL_PROMOTION_FORM}),
)
"""Kinds so near to each other that taking one for the other is a matter for a person."""


class KindBounds(Parameters):
    guessed: float = threshold("evidence.kind", "guessed")
    """Below this the kind is no more than a guess and speaks against nobody."""
    sure_kind: float = threshold("evidence.kind", "sure_kind")


@file_check("evidence.kind", ("evidence.kind-mismatch",), KindBounds)
def evidence_kind(context: FileContext[KindBounds]) -> Iterator[Judgement]:
    file = context.file
    declared = file.declared.kind if file.declared else None
    if declared is None or declared in UNDECLARED or file.reading.error is not None:
        yield INAPPLICABLE
        return
    fitting = PAPER_PARTS | {declared} if declared is EvidenceKind.PAPER else {declared}
    held = {facts.kind for facts in file.document.facts} | set(file.document.page_kinds)
    read = file.document.kind
    if held & fitting or read.name in fitting:
        return
    if read.name is EvidenceKind.OTHER or read.confidence < context.parameters.guessed:
        return  # it says nothing of its kind: page.illegible and evidence.missing speak of that
    if not any(page.quality.legible for page in file.reading.pages):
        return
    near = any(declared in kin and read.name in kin for kin in _KIN)
    yield finding(
        "evidence.kind-mismatch",
        sure=read.confidence >= context.parameters.sure_kind,
        severity=Severity.WARNING if near else Severity.ERROR,
        values={"declared": KIND_NAMES[declared], "found": KIND_NAMES[read.name]},
        where=Where(page=1) if file.reading.pages else None,
        expected=declared.value,
        found=read.name.value,
        confidence=read.confidence,
    )
