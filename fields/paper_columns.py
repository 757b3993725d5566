"""Columns of a contents page: where the page parts into two, and on which side their page numbers stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from fields.layout import Sheet, level_rows, shared_width
from fields.paper_rows import EntryRow, head_page, read_row, tail_page, without_page
from fields.spans import Span

_IMPRINT = re.compile(
    r"主管|主办|协办|承办|主编|社长|总编|编委|编辑|ISSN|CN\d{2}|刊号|邮编|邮发|电话|传真|地址|定价|出版|发行|印刷|广告|网址|邮箱|(?i:e-?mail|http|www)"
)
_LEANS = (0.0, 0.02, -0.02, 0.04, -0.04, 0.07, -0.07)
"""How far a gutter leans on a page seen aslant: page widths to the right per page width down."""
_LEAN_COSTS = 0.5

Numbered = Callable[[str], tuple[int, int, bool] | None]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a contents page. ``pages_left``: page numbers stand before their titles."""

    rows: tuple[EntryRow, ...]
    pages_left: bool
    in_order: float
    """Share of the page numbers that rise down the column, 0-1."""

    @property
    def marked(self) -> tuple[EntryRow, ...]:
        return tuple(row for row in self.rows if row.page)


_known: list[tuple[Sheet, tuple[Column, ...]]] = []
_KEPT = 4


def columns(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a contents page from left to right; one where nothing speaks for two.

    Kept for the last few sheets: a page is scored, divided and read one after the other.
    """
    for known, found in _known:
        if known is sheet:
            return found
    found = _columns(sheet)
    _known.append((sheet, found))
    del _known[:-_KEPT]
    return found


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    spans = _without_imprint([part for span in sheet.spans for part in _unmerged(span)])
    parted = _parted(spans)
    return tuple(_column(side) for side in parted) if parted else (_column(spans),)


def _without_imprint(spans: list[Span]) -> list[Span]:
    """Leave out a column of imprint (主管, 主办, 主编 …) that stands beside the entries."""
    imprint = [span for span in spans if _IMPRINT.search(span.flat)]
    if len(imprint) < 4:
        return spans
    low, high = min(span.left for span in imprint), max(span.right for span in imprint)
    inside = [span for span in spans if low <= span.centre <= high]
    outside = [span for span in spans if not low <= span.centre <= high]
    tall = max(span.bottom for span in imprint) - min(span.top for span in imprint)
    apart = sum(shared_width(span, imprint[0]) > 0 for span in outside) <= 0.15 * len(outside)
    beside = high - low <= 0.45 and tall >= 0.25 and apart
    return outside if beside and _marks(outside, tail_page) >= 3 > _marks(inside, tail_page) else spans


def _unmerged(span: Span) -> tuple[Span, ...]:
    """Part a line that runs across the gutter: “…研究………12 ………”, text again after leaders and a number."""
    found = re.search(r"[.·…⋯・]{2,}\s*[(（]?(\d{1,4})[)）]?\s*(?=[\u4e00-\u9fff]{4})", span.text)
    if not found:
        return (span,)
    return (span.part(0, found.end()), span.part(found.end(), len(span.text)))


def _parted(spans: Sequence[Span]) -> tuple[list[Span], list[Span]] | None:
    """The spans left and right of the gutter: each side has text and page numbers of its own."""
    if len(spans) < 10:
        return None
    if min(_texts(spans), sum(bool(re.search(r"\d", span.text)) for span in spans)) < 6:
        return None
    best: tuple[float, float, float] | None = None
    for lean in _LEANS:
        upright = [_leaning(span, -lean) for span in spans]
        found = _gutter(upright)
        score = found[0] - (_LEAN_COSTS if lean else 0.0) if found else 0.0
        if found and (best is None or score > best[0]):
            best = (score, found[1], lean)
        if found and found[2] == 0:
            break  # nothing crosses it: it does not lean any other way
    if best is None:
        return None
    _, edge, lean = best
    right = {id(span) for span in spans if _leaning(span, -lean).left >= edge}
    return [span for span in spans if id(span) not in right], [span for span in spans if id(span) in right]


def _leaning(span: Span, lean: float) -> Span:
    shift = lean * span.middle
    return replace(span, left=span.left + shift, right=span.right + shift) if lean else span


def _gutter(spans: Sequence[Span]) -> tuple[float, float, int] | None:
    """The best left edge of a right column: how much speaks for it, where it is, how many spans cross it."""
    low, high = min(span.left for span in spans), max(span.right for span in spans)
    slack = 0.6 * median(span.height for span in spans)
    best: tuple[float, float, int] | None = None
    tried = float("-inf")
    for edge in sorted({span.left for span in spans}):
        if not 0.3 <= (edge - low) / max(high - low, 1e-9) <= 0.7 or edge - tried < 0.25 * slack:
            continue
        tried = edge
        crossing = [span for span in spans if span.left < edge - slack and span.right > edge + slack]
        if len(crossing) > 0.25 * len(spans):
            continue
        crossed = {id(span) for span in crossing}
        left = [span for span in spans if span.left < edge - slack and id(span) not in crossed]
        right = [span for span in spans if span.left >= edge - slack]
        marks = max(min(_marks(left, kind), _marks(right, kind)) for kind in (tail_page, head_page))
        if marks < 3 or min(_texts(left), _texts(right)) < 3:
            continue
        score = marks - 0.5 * len(crossing)
        if best is None or score > best[0]:
            best = (score, edge - slack, len(crossing))
    return best


def _marks(spans: Sequence[Span], kind: Numbered) -> int:
    """Rows with text and a page number, at their end or (``head_page``) at their beginning."""
    at_head = kind is head_page
    numbers = 0
    for row in level_rows(spans):
        span = row[0] if at_head else row[-1]
        text = span.text.strip()
        found = kind(text)
        alone = bool(found) and len(row) == 1 and re.fullmatch(r"\W*\d{1,4}\W*", text) is not None
        numbers += bool(found) and not alone
    return numbers


def _texts(spans: Sequence[Span]) -> int:
    return sum(sum(character.isalpha() for character in span.text) >= 5 for span in spans)


def _column(spans: Sequence[Span]) -> Column:
    rows = level_rows(spans)
    right = _read_rows(rows, pages_left=False)
    left = _read_rows(rows, pages_left=True)
    return max((right, left), key=lambda column: (_worth(column), not column.pages_left))


def _worth(column: Column) -> float:
    sure = sum(1.0 if row.page and row.page.sure else 0.7 for row in column.marked)
    return sure * (0.2 + column.in_order)


def _read_rows(rows: Sequence[Sequence[Span]], *, pages_left: bool) -> Column:
    read = tuple(read_row(row, pages_left=pages_left) for row in rows)
    keep = rising([row.page.number for row in read if row.page])
    marked = [row for row in read if row.page]
    strays = {
        id(row) for place, row in enumerate(marked) if place not in keep and row.page and not row.page.sure
    }
    tidy = tuple(without_page(row) if id(row) in strays else row for row in read)
    share = len(keep) / len(marked) if marked else 0.0
    return Column(
        rows=tuple(row for row in tidy if row.pieces or row.page), pages_left=pages_left, in_order=share
    )


def rising(numbers: Sequence[int]) -> set[int]:
    """Places of the longest run of numbers that never falls (columns of pages rise)."""
    length = [1] * len(numbers)
    back: list[int | None] = [None] * len(numbers)
    for place, number in enumerate(numbers):
        for before in range(place):
            if numbers[before] <= number and length[before] + 1 > length[place]:
                length[place], back[place] = length[before] + 1, before
    at: int | None = max(range(len(numbers)), key=lambda place: length[place], default=None)
    kept: set[int] = set()
    while at is not None:
        kept.add(at)
        at = back[at]
    return kept
