"""What each page of a paper says of a value, and how that compares with what was declared."""

from __future__ import annotations

from collections.abc import Iterator

from checks.paper_bundles import Part, best_on_page
from domain.declaration import DeclaredPaper
from domain.facts import Field
from domain.kinds import EvidenceKind
from matching.article_numbers import parse_article_number
from matching.issn_cn import Form, cn_key, judge_cn, judge_issn, normal_issn
from matching.journals import titles_alike
from matching.likeness import Likeness
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


def said(name: str, part: Part, paper: DeclaredPaper) -> Iterator[Field]:
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
    yield from _by_number(name, part, field)


def _by_number(name: str, part: Part, own: Field | None) -> Iterator[Field]:
    """What the 文章编号 says of the value, where the article's page does not say the same by itself."""
    number = part.facts.get("article_number")
    told = parse_article_number(number.text) if number is not None else None
    if number is None or told is None:
        return
    value = {"issn": told.issn, "year": told.year, "issue": told.issue, "pages": told.pages}.get(name)
    if value is not None and (own is None or own.value != value):
        yield number.model_copy(update={"value": value})


def compared(
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
