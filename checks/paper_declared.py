"""What was declared of a paper and what its pages say agree: journal, numbers, pages, title, author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.certainty import SURE_KIND
from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.paper_bundles import Bundle, Part, best_on_page, bundles
from checks.registry import application_check
from domain.declaration import DeclaredPaper
from domain.facts import Field
from domain.kinds import EvidenceKind, Severity
from matching.issn_cn import Form, cn_key, judge_cn, judge_issn, normal_issn
from matching.journals import titles_alike
from matching.likeness import SURE_READING, Likeness
from matching.names import same_person
from matching.papers import (
    FOUND,
    authors_of,
    compare_authors,
    compare_issues,
    compare_pages,
    compare_titles,
    title_found,
)
from matching.text import bare, distance, is_han

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
    """A declared value that a document contradicts, or (``likeness`` SIMILAR) may contradict."""

    name: str
    likeness: Likeness
    expected: str
    field: Field
    part: Part
    severity: Severity = Severity.ERROR

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


def _differences(name: str, bundle: Bundle, paper: DeclaredPaper, applicant: str) -> Iterator[Difference]:
    confirmed = False
    found: list[Difference] = []
    for part in bundle.parts:
        for field in _said(name, part, paper):
            expected, likeness = _compared(name, field, part, paper, applicant)
            if likeness is Likeness.SAME:
                confirmed = True
            elif likeness is not None:
                # The applicant is among the authors, in another order: a person weighs what that means.
                order = name == "authors" and bare(applicant) in bare(field.text)
                severity = Severity.WARNING if order else Severity.ERROR
                found.append(Difference(name, likeness, expected, field, part, severity))
    for one in found:
        # A running head may be a column's name: it counts for little where another page confirms.
        weak = name == "journal" and one.part.facts.kind is not EvidenceKind.JOURNAL_COVER
        if (one.sure and not (weak and confirmed)) or (one.worth_telling and not confirmed):
            yield one


def _said(name: str, part: Part, paper: DeclaredPaper) -> Iterator[Field]:
    """What a document says of the value; of contents only the paper's own entry speaks."""
    if part.facts.kind is EvidenceKind.JOURNAL_QUERY:
        return
    if part.facts.kind is EvidenceKind.JOURNAL_CONTENTS and name in ("pages", "title", "authors"):
        if name != "pages":
            return  # the check on contents speaks of these
        scored = [
            (title_found(paper.title, title.text), row)
            for row in part.facts.rows_of("entry")
            if (title := row.get("title")) is not None
        ]
        score, entry = max(scored, key=lambda one: one[0], default=(0.0, None))
        page = entry.get("page") if entry is not None and score >= FOUND else None
        if page is not None:
            yield page
        return
    field = part.facts.get(name)
    if field is not None:
        yield field


def _compared(
    name: str, field: Field, part: Part, paper: DeclaredPaper, applicant: str
) -> tuple[str, Likeness | None]:
    """Declared value as text, and how the page's value compares; None where nothing was declared."""
    text, confidence = field.text, field.confidence
    if name == "authors":
        return _compared_authors(field, part, paper, applicant)
    declared = getattr(paper, name)
    if declared is None or declared == "":
        return "", None
    expected = str(declared)
    if name == "year":
        return expected, _numbers(float(declared), field)
    if name == "journal":
        alike = titles_alike(expected, text)
        return expected, {True: Likeness.SAME, False: Likeness.DIFFERENT, None: Likeness.SIMILAR}[alike]
    if name == "issn":
        return expected, _issns(expected, text)
    if name == "cn":
        return expected, _cns(expected, text)
    if name == "issue":
        return expected, compare_issues(expected, text, confidence)
    if name == "pages":
        return expected, compare_pages(expected, text, confidence)
    likeness = compare_titles(expected, text, confidence)
    if likeness is not Likeness.SAME and any(best_on_page(expected, page)[0] >= FOUND for page in part.pages):
        likeness = Likeness.SAME
    return expected, likeness


def _numbers(expected: float, field: Field) -> Likeness:
    if field.number is None:
        return Likeness.SIMILAR
    return Likeness.SAME if field.number == expected else Likeness.DIFFERENT


def _issns(expected: str, read: str) -> Likeness:
    if normal_issn(expected) == normal_issn(read):
        return Likeness.SAME
    misread = judge_issn(read).form is not Form.OK and distance(normal_issn(expected), normal_issn(read)) <= 1
    return Likeness.SIMILAR if misread else Likeness.DIFFERENT


def _cns(expected: str, read: str) -> Likeness:
    if cn_key(expected) == cn_key(read):
        return Likeness.SAME
    misread = judge_cn(read).form is Form.INVALID and distance(cn_key(expected), cn_key(read)) <= 1
    return Likeness.SIMILAR if misread else Likeness.DIFFERENT


def _compared_authors(
    field: Field, part: Part, paper: DeclaredPaper, applicant: str
) -> tuple[str, Likeness | None]:
    """The applicant is among the authors; where the page names him elsewhere it is no proof."""
    wanted = tuple(dict.fromkeys((applicant, *paper.authors)))
    if not any(map(is_han, field.text)):
        return "、".join(wanted), None
    likeness = compare_authors((applicant,), field.text, field.confidence)
    if likeness is Likeness.DIFFERENT:
        named = any(bare(applicant) in bare(line.text) for page in part.pages for line in page.lines)
        return "、".join(wanted), Likeness.SIMILAR if named else Likeness.DIFFERENT
    read = authors_of(field.text)
    if likeness is Likeness.SAME and paper.authors and read and len(read) >= len(paper.authors):
        first = same_person(paper.authors[0], read[0], field.confidence)
        if first is Likeness.DIFFERENT:
            return "、".join(paper.authors), Likeness.DIFFERENT
    return "、".join(wanted), likeness
