"""G-IDENT: the name on a personal document is the applicant's."""

from __future__ import annotations

from collections.abc import Iterator

from checks.certainty import SURE_VALUE, sure, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.evidence import says
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import document_check
from domain.kinds import EvidenceKind, Severity
from matching.likeness import Likeness
from matching.names import normal_name, same_person
from matching.text import bare, only_look_alikes
from policies.names import KIND_NAMES

OWN = frozenset(
    {
        EvidenceKind.CE_RECORD,
        EvidenceKind.QUALIFICATION_CERTIFICATE,
        EvidenceKind.APPOINTMENT_LETTER,
        EvidenceKind.ANNUAL_ASSESSMENT,
        EvidenceKind.ID_CARD,
        EvidenceKind.EDUCATION_QUERY,
        EvidenceKind.SOCIAL_SECURITY_PROOF,
    }
)
"""Documents that name one person, in a place that is known."""

LOOSE = frozenset(
    {
        EvidenceKind.EDUCATION_CERTIFICATE,
        EvidenceKind.FOREIGN_DEGREE_CERTIFICATION,
        EvidenceKind.POST_INFORMATION_FORM,
        EvidenceKind.EXCEPTIONAL_PROMOTION_FORM,
        EvidenceKind.REVIEW_FORM,
        EvidenceKind.TRUTHFULNESS_COMMITMENT,
        EvidenceKind.QUANTITATIVE_ASSESSMENT,
    }
)
"""Documents of many layouts, which also name clerks and verifiers: another name is a matter for a person."""


@document_check("identity.name", ("identity.name-mismatch",), Parameters, OWN | LOOSE)
def identity_name(context: DocumentContext[Parameters]) -> Iterator[Judgement]:
    name = context.facts.get("name")
    wanted = context.declaration.applicant.name
    if name is None:
        yield INAPPLICABLE
        return
    likeness = same_person(wanted, name.text, name.confidence)
    if likeness is Likeness.SAME or bare(wanted) in bare(name.text):
        return
    if name.confidence < SURE_VALUE and only_look_alikes(normal_name(wanted), normal_name(name.text)):
        return  # a shaky reading that is off by a look-alike glyph is the reader's slip
    certain = (
        likeness is Likeness.DIFFERENT
        and sure(name)
        and surely_of_its_kind(context.file, context.facts)
        and not says(context.file, context.facts, wanted)
    )
    yield finding(
        "identity.name-mismatch",
        sure=certain,
        severity=Severity.ERROR if context.facts.kind in OWN else Severity.WARNING,
        values={"kind": KIND_NAMES[context.facts.kind], "found": name.text, "expected": wanted},
        where=name.where,
        expected=wanted,
        found=name.text,
        confidence=name.confidence,
    )
