"""What was declared of a paper and what its pages say agree: journal, numbers, pages, title, author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.certainty import SURE_KIND
from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.paper_bundles import Bundle, Part, bundles
from checks.paper_values import compared, said
from checks.registry import application_check
from domain.declaration import DeclaredPaper
from domain.facts import Field
from domain.kinds import EvidenceKind, Severity
from matching.likeness import SURE_READING, Likeness
from matching.text import bare, is_han

NAMES = {
    "journal": "刊名",
    "issn": "ISSN",
    "cn": "CN号",
    "year": "年份",
    "issue": "期号",
    "pages": "页码",
    "title": "题名",
    "authors": "作者",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A declared value that a document contradicts, or (``likeness`` SIMILAR) may contradict.

    ``among_pages``: nothing was declared, and two pages of the paper contradict each other.
    """

    name: str
    likeness: Likeness
    expected: str
    field: Field
    part: Part
    severity: Severity = Severity.ERROR
    among_pages: bool = False

    @property
    def sure(self) -> bool:
        return (
            self.likeness is Likeness.DIFFERENT
            and self.field.confidence >= SURE_READING
            and self.part.facts.kind_confidence >= SURE_KIND
        )

    @property
    def worth_telling(self) -> bool:
        """A contradiction, or what may be one: badly read, or a title of much the same words."""
        if self.likeness is Likeness.DIFFERENT:
            return True
        doubtful = self.field.confidence < SURE_READING and self.name not in ("journal", "authors")
        return doubtful or (self.name == "title" and is_han(self.field.text[:1]))


@application_check("paper.declared", ("paper.declared-mismatch",), Parameters)
def paper_declared(context: ApplicationContext[Parameters]) -> Iterator[Judgement]:
    looked = False
    applicant = context.declaration.applicant.name
    for bundle in bundles(context.dossier):
        if bundle.paper is None or not bundle.parts:
            continue
        looked = True
        for name in NAMES:
            differences = list(_differences(name, bundle, bundle.paper, applicant))
            # Told once, by its surest contradiction; a doubt not at all where another page confirms.
            if differences:
                worst = max(differences, key=lambda one: (one.sure, one.field.confidence))
                yield _told(worst, bundle)
    if not looked:
        yield INAPPLICABLE


def _told(one: Difference, bundle: Bundle) -> Judgement:
    return finding(
        "paper.declared-mismatch",
        sure=one.sure,
        severity=one.severity,
        variant="among-pages" if one.among_pages else "",
        values={
            "paper": bundle.shown,
            "name": NAMES[one.name],
            "expected": one.expected,
            "found": one.field.text,
        },
        file=one.part.file.path,
        where=one.field.where,
        expected=one.expected,
        found=one.field.text,
        confidence=one.field.confidence,
    )


def _differences(name: str, bundle: Bundle, declared: DeclaredPaper, applicant: str) -> Iterator[Difference]:
    paper, among_pages = _reference(name, bundle, declared)
    confirmed = False
    found: list[Difference] = []
    for part in bundle.parts:
        for field in said(name, part, paper):
            expected, likeness = compared(name, field, part, paper, applicant)
            if likeness is Likeness.SAME:
                confirmed = True
            elif likeness is not None:
                # The applicant is among the authors, in another order: a person weighs what that means.
                order = name == "authors" and bare(applicant) in bare(field.text)
                severity = Severity.WARNING if order or among_pages else Severity.ERROR
                found.append(Difference(name, likeness, expected, field, part, severity, among_pages))
    confirmed = confirmed and not among_pages  # the page that lent the value always agrees with itself
    for one in found:
        # A running head may be a column's name: it counts for little where another page confirms.
        weak = name == "journal" and one.part.facts.kind is not EvidenceKind.JOURNAL_COVER
        if (one.sure and not (weak and (confirmed or among_pages))) or (
            one.worth_telling and not confirmed and not among_pages
        ):
            yield one


_LENDERS = (
    EvidenceKind.PAPER_ARTICLE,
    EvidenceKind.JOURNAL_COVER,
    EvidenceKind.JOURNAL_COPYRIGHT,
    EvidenceKind.PAPER_RETRIEVAL,
)
"""Whose value the other pages are held against where none was declared, the most telling first."""
_LENT = ("year", "issue", "pages")


def _reference(name: str, bundle: Bundle, paper: DeclaredPaper) -> tuple[DeclaredPaper, bool]:
    """The declared paper, or with the value that a page lends where nothing was declared."""
    if name not in _LENT or getattr(paper, name) not in (None, ""):
        return paper, False
    for part in sorted(bundle.of(*_LENDERS), key=lambda one: _LENDERS.index(one.facts.kind)):
        field = part.facts.get(name)
        if field is not None and field.confidence >= SURE_READING:
            value = int(field.number) if name == "year" and field.number is not None else field.text
            return paper.model_copy(update={name: value}), True
    return paper, False
