"""G-DECL, C-CERT: number, name and date of a certificate are those typed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checks.certainty import SURE_VALUE, sure, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.evidence import says
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import document_check
from domain.declaration import DeclaredCertificate
from domain.kinds import EvidenceKind
from matching.dates import compare_dates, find_dates
from matching.likeness import Likeness
from matching.lookalikes import as_digits
from matching.numbers import compare_certificate_numbers, normal_certificate_number
from matching.text import bare, only_look_alikes

QUALIFICATION = "qualification"
Compare = Callable[[str, str, float], Likeness]


def compare_titles(expected: str, read: str, confidence: float) -> Likeness:
    """``建筑工程高级工程师`` bears the title 高级工程师; 工程师 does not."""
    wanted, got = bare(expected), bare(read)
    if wanted in got:
        return Likeness.SAME
    if not got or only_look_alikes(wanted, got) or confidence < SURE_VALUE:
        return Likeness.SIMILAR
    return Likeness.DIFFERENT


@document_check(
    "certificate.declared",
    ("certificate.declared-mismatch",),
    Parameters,
    frozenset({EvidenceKind.QUALIFICATION_CERTIFICATE}),
)
def certificate_declared(context: DocumentContext[Parameters]) -> Iterator[Judgement]:
    declared = _declared_for(context)
    if declared is None:
        yield INAPPLICABLE
        return
    compared = False
    facts = context.facts
    for label, wanted, name, compare in (
        ("证书编号", declared.number, "number", compare_certificate_numbers),
        ("资格名称", declared.name, "title", compare_titles),
        ("取得时间", declared.obtained, "obtained", compare_dates),
    ):
        read = facts.get(name)
        if not wanted or read is None:
            continue
        compared = True
        likeness = compare(wanted, read.text, read.confidence)
        if likeness is Likeness.SAME or _stands_elsewhere(context, name, wanted):
            continue
        if likeness is Likeness.SIMILAR and not sure(read) and _same_shape(wanted, read.text):
            continue  # off by look-alikes in a shaky reading: the reader's slip
        yield finding(
            "certificate.declared-mismatch",
            sure=likeness is Likeness.DIFFERENT and sure(read) and surely_of_its_kind(context.file, facts),
            values={"what": label, "declared": wanted, "found": read.text},
            where=read.where,
            expected=wanted,
            found=read.text,
            confidence=read.confidence,
        )
    if not compared:
        yield INAPPLICABLE


def _declared_for(context: DocumentContext[Parameters]) -> DeclaredCertificate | None:
    """The declared certificate that this paper should prove: by ``about``, number, title, or the only one."""
    certificates = [
        one for one in context.declaration.certificates if one.kind is None or one.kind == QUALIFICATION
    ]
    about = context.file.declared.about if context.file.declared else None
    if about and about.startswith("certificates/"):
        index = about.removeprefix("certificates/")
        if index.isdigit() and int(index) < len(context.declaration.certificates):
            return context.declaration.certificates[int(index)]
    number, title = context.facts.get("number"), context.facts.get("title")
    for one in certificates:
        if (
            number
            and one.number
            and normal_certificate_number(one.number) == normal_certificate_number(number.text)
        ):
            return one
    named = [one for one in certificates if title and one.name and bare(one.name) == bare(title.text)]
    if named:
        return named[0]
    papers = sum(
        facts.kind is EvidenceKind.QUALIFICATION_CERTIFICATE
        for file in context.dossier.files
        for facts in file.document.facts
    )
    return certificates[0] if len(certificates) == 1 and papers == 1 else None


def _stands_elsewhere(context: DocumentContext[Parameters], name: str, wanted: str) -> bool:
    """A certificate bears several dates and numbers; the declared one may be another than was picked."""
    if name == "obtained":
        return any(
            compare_dates(wanted, found.iso) is Likeness.SAME and len(found.iso) >= min(len(wanted), 7)
            for page in context.file.reading.pages
            if page.number in context.facts.pages
            for line in page.lines
            for found in find_dates(line.text)
        )
    return says(context.file, context.facts, wanted) if name == "number" else False


def _same_shape(wanted: str, read: str) -> bool:
    return as_digits(bare(wanted)) == as_digits(bare(read)) or only_look_alikes(bare(wanted), bare(read))
