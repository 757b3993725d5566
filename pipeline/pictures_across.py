"""G-DUP and G-FORGE over several applications, by pictures: one scan handed in by two people, or with
another number in one place; one impression of a seal or one signature upon two sheets; a contents page with a
row that another copy of the issue does not have. Bytes and words alone are ``pipeline.across``'s part.

One paper of two authors is allowed and only told. Always for a person to look, and never for applicants.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from domain.facts import Row
from domain.geometry import Box
from domain.kinds import EvidenceKind, PageSource
from domain.plan import Plan
from domain.reading import PageReading
from domain.review import ApplicationReview
from matching.text import bare, similarity
from pipeline.across import PERSONAL
from pipeline.contents_across import rows_apart
from pipeline.raised_across import DUPLICATE, SHARED, TAMPER, Naming, Place, Raised, by_path

_WHITENED = 0.5
"""Share of pure white above which a page may never have been on paper: its seal is the same each time."""
_DRAWN = 0.85
"""Share of pure white above which hardly anything but strokes is left, as a program draws a page."""
_ONE_SHEET = 0.9
"""Words that two scans of one sheet have in common, as they are read."""
_COPIES = 40
"""Copies of one issue's contents that are compared: an issue has fewer authors."""
_ROWS_SHARED = 3

PageOf = tuple[int, str, int]
"""An application's index, a file's name in it, a page."""


def with_pictures_across(
    reviews: Sequence[ApplicationReview], load_plan: Callable[[str], Plan], named: Naming = by_path
) -> tuple[ApplicationReview, ...]:
    """The reviews, with flags on pages, seals and signatures that are one picture with another's."""
    places = [
        Place(index, file, page)
        for index, review in enumerate(reviews)
        for file in review.files
        for page in file.file.reading.pages
    ]
    raised = Raised(reviews, load_plan, named)
    alike = _raise_pages(raised, reviews, places)
    _raise_ink(raised, [place for place in places if _scanned(place)], alike)
    _raise_contents(raised, places)
    return raised.reviews()


def _raise_pages(
    raised: Raised, reviews: Sequence[ApplicationReview], places: Iterable[Place]
) -> set[tuple[PageOf, PageOf]]:
    """Pages that are one picture; what is to be said of them is raised."""
    from forensics.twins import is_current, page_twins

    printed = [
        (place, place.page.traces.print)
        for place in places
        if place.page.traces.print is not None and is_current(place.page.traces.print) and _is_written(place)
    ]
    alike = set()
    for twin in page_twins([one for _, one in printed]):
        first, second = printed[twin.first][0], printed[twin.second][0]
        alike.add((_key(first), _key(second)))
        said = _said_of_pages(reviews, first, second)
        if said is not None:
            box = twin.box or _differing(first.page, second.page) if said[1] == "changed" else None
            raised.add((first, second), *said, (box, box if twin.box else None))
    return alike


def _said_of_pages(
    reviews: Sequence[ApplicationReview], first: Place, second: Place
) -> tuple[str, str] | None:
    """Code and variant; ``None`` where nothing is to be said."""
    if first.sha256 == second.sha256:
        return None
    if _figures(first.page) != _figures(second.page):
        # What was never on paper is filled in by a program, each time in the same place.
        return (TAMPER, "changed") if _on_paper(first, _DRAWN) and _on_paper(second, _DRAWN) else None
    if reviews[first.review].applicant == reviews[second.review].applicant:
        return None
    personal = first.kind in PERSONAL and second.kind in PERSONAL
    return DUPLICATE, "picture" if personal else SHARED


def _raise_ink(raised: Raised, places: Sequence[Place], alike: set[tuple[PageOf, PageOf]]) -> None:
    """Seals and signatures that repeat to the pixel upon two sheets."""
    from forensics.ink_twins import seal_twins, signature_twins

    seals = [(place, one) for place in places if _on_paper(place) for one in place.page.traces.seal_prints]
    for one, other in seal_twins([mark for _, mark in seals]):
        (first, mark), (second, again) = seals[one], seals[other]
        if _upon_two_sheets(first, second, alike):
            boxes = _seal_box(first.page, mark.seal), _seal_box(second.page, again.seal)
            raised.add((first, second), TAMPER, "seal-repeated", boxes)
    signed = [(place, one) for place in places for one in place.page.traces.signature_prints]
    for one, other in signature_twins([strokes for _, strokes in signed]):
        (first, strokes), (second, copied) = signed[one], signed[other]
        if _upon_two_sheets(first, second, alike):
            boxes = _signature_box(first.page, strokes.mark), _signature_box(second.page, copied.mark)
            raised.add((first, second), TAMPER, "signature-repeated", boxes)


def _upon_two_sheets(first: Place, second: Place, alike: set[tuple[PageOf, PageOf]]) -> bool:
    """Not one sheet, be it one scan or scanned twice."""
    if (first.sha256, first.page.number) == (second.sha256, second.page.number):
        return False
    if (_key(first), _key(second)) in alike:
        return False
    same_figures = _figures(first.page) == _figures(second.page)
    return not (same_figures and similarity(first.page.text, second.page.text) >= _ONE_SHEET)


def _raise_contents(raised: Raised, places: Iterable[Place]) -> None:
    rows = [(place, found) for place in places if (found := _rows_of(place))]
    for one, other in _of_one_issue([found for _, found in rows]):
        (first, ours), (second, theirs) = rows[one], rows[other]
        if first.review == second.review:
            continue
        apart = rows_apart(ours, theirs, first.page.text, second.page.text)
        if apart is not None:
            boxes = tuple(row.where.box if row else None for row in apart)
            put_in = next(row for row in apart if row is not None)
            title = put_in.get("title")
            raised.add(
                (first, second), TAMPER, "contents-row", (boxes[0], boxes[1]), title.text if title else ""
            )


def _rows_of(place: Place) -> tuple[Row, ...]:
    """Rows of a contents page."""
    if place.kind is not EvidenceKind.JOURNAL_CONTENTS:
        return ()
    return tuple(
        row
        for facts in place.file.file.document.facts
        for row in facts.rows_of("entry")
        if row.where.page == place.page.number
    )


def _of_one_issue(pages: Sequence[Sequence[Row]]) -> Iterator[tuple[int, int]]:
    """Pairs of pages that share a few titles."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, rows in enumerate(pages):
        for words in {bare(title.text) for row in rows if (title := row.get("title"))}:
            holders[words].append(place)
    shared = Counter(pair for held in holders.values() for pair in combinations(held[:_COPIES], 2))
    return (pair for pair, count in sorted(shared.items()) if count >= _ROWS_SHARED)


def _is_written(place: Place) -> bool:
    """A page's print is of its writing: two portraits before a white wall are much alike in it."""
    return place.kind is not EvidenceKind.ID_PHOTO and bool(bare(place.page.text))


def _figures(page: PageReading) -> str:
    return "".join(sign for sign in bare(page.text) if sign.isdigit())


def _differing(first: PageReading, second: PageReading) -> Box | None:
    """The first line with figures that the other page does not have."""
    others = {bare(line.text) for line in second.lines}
    lines = (line for line in first.lines if any(sign.isdigit() for sign in line.text))
    return next((line.box for line in lines if bare(line.text) not in others), None)


def _scanned(place: Place) -> bool:
    """Electronic seals and signatures are alike to the pixel by nature."""
    return place.page.source is PageSource.SCAN and not place.file.file.reading.traces.signatures


def _on_paper(place: Place, whitest: float = _WHITENED) -> bool:
    return _scanned(place) and place.page.traces.pure_white < whitest


def _seal_box(page: PageReading, index: int) -> Box | None:
    return page.seals[index].box if index < len(page.seals) else None


def _signature_box(page: PageReading, index: int) -> Box | None:
    signature = page.marks[index].signature if index < len(page.marks) else None
    return signature.box if signature else None


def _key(place: Place) -> PageOf:
    return place.review, place.file.file.path, place.page.number
