"""The paper stands on the contents page, under its title and with its author."""

from __future__ import annotations

from collections.abc import Iterator

from checks.certainty import well_read
from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.paper_bundles import Bundle, Part, best_on_page, bundles
from checks.registry import application_check
from domain.facts import Field, Row
from domain.geometry import Where
from domain.kinds import EvidenceKind
from matching.likeness import SURE_READING, Likeness
from matching.papers import FOUND, PERHAPS, compare_authors, title_found
from matching.text import bare

ENOUGH_ENTRIES = 5
"""A page with fewer entries or three times as many lines may be a fragment of the contents."""


@application_check("paper.contents", ("paper.not-in-contents",), Parameters)
def paper_contents(context: ApplicationContext[Parameters]) -> Iterator[Judgement]:
    looked = False
    for bundle in bundles(context.dossier):
        contents = bundle.of(EvidenceKind.JOURNAL_CONTENTS)
        if not contents or not bundle.title:
            continue
        looked = True
        yield from _title(bundle, contents, context)
    if not looked:
        yield INAPPLICABLE


def _title(
    bundle: Bundle, contents: tuple[Part, ...], context: ApplicationContext[Parameters]
) -> Iterator[Judgement]:
    score, part, where, entry = max(
        (_best(bundle.title, part) for part in contents), key=lambda best: best[0]
    )
    if score >= FOUND:
        if entry is not None:
            yield from _author(bundle, part, entry, context)
        return
    clear = all(_legible_contents(one) for one in contents)
    yield finding(
        "paper.not-in-contents",
        sure=clear and score < PERHAPS and bundle.paper is not None,
        variant="title",
        values={"paper": bundle.shown},
        file=part.file.path,
        where=where if score >= PERHAPS else Where(page=part.facts.pages[0]),
        expected=bundle.title,
        confidence=part.facts.kind_confidence,
    )


def _best(title: str, part: Part) -> tuple[float, Part, Where, Row | None]:
    """The best place of a title in one contents document: among its entries and among its lines."""
    best = 0.0
    entry: Row | None = None
    where = Where(page=part.facts.pages[0])
    for row in part.facts.rows_of("entry"):
        named = row.get("title")
        score = title_found(title, named.text) if named is not None else 0.0
        if score > best:
            best, entry, where = score, row, row.where
    for page in part.pages:
        score, box = best_on_page(title, page)
        if score > best + 0.05:
            best, entry, where = score, None, Where(page=page.number, box=box)
    return best, part, where, entry


def _legible_contents(part: Part) -> bool:
    """Read well enough, and whole enough, for a title's absence to mean something."""
    lines = [line for page in part.pages for line in page.lines]
    if not lines or not all(well_read(page) for page in part.pages):
        return False
    if len(part.facts.rows_of("entry")) < ENOUGH_ENTRIES and len(lines) < 3 * ENOUGH_ENTRIES:
        return False
    read_well = sum(line.confidence >= SURE_READING for line in lines)
    return read_well >= 0.7 * len(lines) and part.facts.kind_confidence >= 0.5


def _author(
    bundle: Bundle, part: Part, entry: Row, context: ApplicationContext[Parameters]
) -> Iterator[Judgement]:
    authors: Field | None = entry.get("authors")
    if authors is None:
        return
    declared = bundle.paper.authors if bundle.paper else ()
    applicant = context.declaration.applicant.name
    others = bare(authors.text).endswith("等")
    wanted = tuple(dict.fromkeys((applicant, *declared)))
    alike = compare_authors(wanted, authors.text, authors.confidence)
    if alike is not Likeness.DIFFERENT:
        return
    elsewhere = any(bare(applicant) in bare(line.text) for page in part.pages for line in page.lines)
    yield finding(
        "paper.not-in-contents",
        sure=authors.confidence >= SURE_READING
        and not elsewhere
        and not (others and not declared)
        and _legible_contents(part),
        variant="author",
        values={"paper": bundle.shown, "found": authors.text, "expected": "、".join(wanted)},
        file=part.file.path,
        where=authors.where,
        expected=applicant,
        found=authors.text,
        confidence=authors.confidence,
    )
