"""Contents page, first half: columns, rows, and in every row its text apart from leaders and page number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from fields.layout import Sheet, level, shared_width
from fields.spans import Span

_DOTS = r".·…⋯・•‧∙。．‥_*＊,，'’`、~～\-—–=:：;；"
_LEADER = re.compile(
    r"(?:[.·…⋯・•‧∙．‥_]\s*){2,}[" + _DOTS + r"\s]*|[…⋯‥][" + _DOTS + r"\s]*|(?:[-—–=~～]\s*){3,}"
)
_EDGE_DOTS = re.compile(r"^[" + _DOTS + r"\s]+|[.·…⋯・•‧∙．‥_\-—–~～,，:：\s]+$")
_NUMBER = r"[\dOoIl|]{0,3}\d[\dOoIl|]{0,3}"
_TAIL = re.compile(
    r"(?P<lead>[" + _DOTS + r"\s]*)(?P<open>[(（\[/／|｜]?\s*[Pp]?\.?\s*)(?P<number>" + _NUMBER
    + r")(?:\s*[-—–~～]\s*\d{1,4})?\s*[)）\]]?[.·\s]*$"
)  # fmt: skip
_HEAD = re.compile(
    r"^["
    + _DOTS
    + r"\s]*[(（\[]?\s*[Pp]?\.?\s*(?P<number>"
    + _NUMBER
    + r")\s*[)）\]]?(?P<lead>["
    + _DOTS
    + r"\s/／|]*)"
)
_SLIPS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})
_LAST_PAGE = 3000
_IMPRINT = re.compile(
    r"主管|主办|协办|承办|主编|社长|总编|编委|编辑|ISSN|CN\d{2}|刊号|邮编|邮发|电话|传真|地址|定价|出版|发行|印刷|广告|网址|邮箱|(?i:e-?mail|http|www)"
)


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page number on a contents page. ``sure``: it stands alone, in brackets or after leaders."""

    number: int
    span: Span
    sure: bool


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One row of one column; ``pieces`` from left to right, leaders and page number taken off."""

    pieces: tuple[Span, ...]
    page: PageMark | None
    left: float
    right: float
    top: float
    bottom: float
    led: bool = False
    """Leaders run from its text to where a page number should stand."""

    @property
    def text(self) -> str:
        return joined([piece.text for piece in self.pieces])

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


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


def joined(texts: Iterable[str]) -> str:
    """Pieces with a space between, as they stand apart on the page."""
    return " ".join(text.strip() for text in texts if text.strip())


def tail_page(text: str) -> tuple[int, int, bool] | None:
    """Page number at the end of a text: (number, where the text before it ends, sure)."""
    found = _TAIL.search(text)
    if not found:
        return None
    before = text[: found.start()]
    number = int(found["number"].translate(_SLIPS))
    lead = found["lead"].strip()
    marked = bool(found["open"].strip()) or len(lead) >= 2 or lead in ("…", "⋯", "·", "‥")
    sure = marked or not before.strip()
    if not 0 < number <= _LAST_PAGE or (1900 <= number <= 2100 and not sure):
        return None
    if re.search(r"[A-Za-z\d]$", before) and not marked and not found["lead"]:
        return None  # C30, Q345: part of the title
    if re.search(r"\d$", before) and len(lead) == 1 and lead in ".-—–":
        return None  # 4.0, GB 50010-2010
    return number, found.start(), sure


def head_page(text: str) -> tuple[int, int, bool] | None:
    """Page number at the beginning of a text: (number, where the text after it begins, sure)."""
    found = _HEAD.match(text)
    if not found or not 0 < (number := int(found["number"].translate(_SLIPS))) <= _LAST_PAGE:
        return None
    rest = text[found.end() :]
    if re.match(r"[年月日期卷℃%％层米级度万、.]|[A-Za-z]\b", rest) or (1900 <= number <= 2100 and rest):
        return None
    return number, found.end(), not rest.strip() or len(found["lead"].strip()) >= 2


def rows_of(spans: Sequence[Span]) -> list[list[Span]]:
    """Level rows of the spans, top to bottom, each from left to right."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda each: each.middle):
        for row in reversed(rows[-3:]):
            near = min(row, key=lambda other: abs(other.centre - span.centre))
            free = all(shared_width(span, other) < 0.5 * min(span.width, other.width) for other in row)
            if free and level(near, span):
                row.append(span)
                break
        else:
            rows.append([span])
    return [sorted(row, key=lambda span: span.left) for row in rows]


def columns(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a contents page from left to right; one where nothing speaks for two."""
    spans = _without_imprint([part for span in sheet.spans for part in _unmerged(span)])
    gutter = _gutter(spans)
    if gutter is None:
        return (_column(spans),)
    left = [span for span in spans if span.left < gutter]
    right = [span for span in spans if span.left >= gutter]
    return (_column(left), _column(right))


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


def _gutter(spans: Sequence[Span]) -> float | None:
    """Where the page parts into two columns: each side has text and page numbers of its own."""
    if len(spans) < 10:
        return None
    low, high = min(span.left for span in spans), max(span.right for span in spans)
    slack = 0.6 * median(span.height for span in spans)
    best: tuple[float, float] | None = None
    for edge in sorted({span.left for span in spans}):
        if not 0.3 <= (edge - low) / max(high - low, 1e-9) <= 0.7:
            continue
        crossing = [span for span in spans if span.left < edge - slack and span.right > edge + slack]
        left = [span for span in spans if span.left < edge - slack and span not in crossing]
        right = [span for span in spans if span.left >= edge - slack]
        if len(crossing) > 0.25 * len(spans):
            continue
        marks = max(min(_marks(left, kind), _marks(right, kind)) for kind in (tail_page, head_page))
        if marks < 3 or min(_texts(left), _texts(right)) < 3:
            continue
        score = marks - 0.5 * len(crossing)
        if best is None or score > best[0]:
            best = (score, edge - slack)
    return best[1] if best else None


def _marks(spans: Sequence[Span], kind: object) -> int:
    at_head = kind is head_page
    numbers = 0
    for row in rows_of(spans):
        span = row[0] if at_head else row[-1]
        text = span.text.strip()
        found = head_page(text) if at_head else tail_page(text)
        alone = bool(found) and len(row) == 1 and re.fullmatch(r"\W*\d{1,4}\W*", text) is not None
        numbers += bool(found) and not alone
    return numbers


def _texts(spans: Sequence[Span]) -> int:
    return sum(sum(character.isalpha() for character in span.text) >= 5 for span in spans)


def _column(spans: Sequence[Span]) -> Column:
    rows = rows_of(spans)
    right = _read_rows(rows, pages_left=False)
    left = _read_rows(rows, pages_left=True)
    return max((right, left), key=lambda column: (_worth(column), not column.pages_left))


def _worth(column: Column) -> float:
    sure = sum(1.0 if row.page and row.page.sure else 0.7 for row in column.marked)
    return sure * (0.2 + column.in_order)


def _read_rows(rows: Sequence[Sequence[Span]], *, pages_left: bool) -> Column:
    read = tuple(_read_row(row, pages_left=pages_left) for row in rows)
    keep = rising([row.page.number for row in read if row.page])
    marked = [row for row in read if row.page]
    strays = {
        id(row) for place, row in enumerate(marked) if place not in keep and row.page and not row.page.sure
    }
    tidy = tuple(_without_page(row) if id(row) in strays else row for row in read)
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


def _read_row(row: Sequence[Span], *, pages_left: bool) -> EntryRow:
    spans = list(row)
    page: PageMark | None = None
    if pages_left:
        found = head_page(spans[0].text)
        if found and (spans[0].text[found[1] :].strip() or len(spans) > 1):
            page = PageMark(found[0], spans[0].part(0, found[1]), found[2])
            spans[0] = spans[0].part(found[1], len(spans[0].text))
    else:
        found = tail_page(spans[-1].text)
        if found:
            page = PageMark(found[0], spans[-1].part(found[1], len(spans[-1].text)), found[2])
            spans[-1] = spans[-1].part(0, found[1])
    pieces = tuple(piece for span in spans for piece in _between_leaders(span))
    return EntryRow(
        pieces=pieces,
        page=page,
        left=min((piece.left for piece in pieces), default=row[0].left),
        right=max((piece.right for piece in pieces), default=row[-1].right),
        top=median(span.top for span in row),
        bottom=median(span.bottom for span in row),
        led=bool(_LEADER.search(spans[-1].text[-4:])) or bool(page and not pages_left and page.sure),
    )


def _without_page(row: EntryRow) -> EntryRow:
    """The number was the title's own (“…之2”): back into the text with it."""
    if row.page is None:
        return row
    last = row.pieces[-1] if row.pieces else None
    if last is not None and last.line is row.page.span.line and last.end <= row.page.span.start:
        whole = replace(last, end=row.page.span.end, right=row.page.span.right)
        return replace(row, pieces=(*row.pieces[:-1], whole), page=None)
    return replace(row, pieces=(*row.pieces, row.page.span), page=None)


def _between_leaders(span: Span) -> list[Span]:
    pieces: list[Span] = []
    start = 0
    text = span.text
    for found in [*_LEADER.finditer(text), None]:
        end = found.start() if found else len(text)
        inner = text[start:end]
        trimmed = _EDGE_DOTS.sub("", inner)
        if any(character.isalnum() for character in trimmed):
            offset = start + inner.index(trimmed)
            pieces.append(span.part(offset, offset + len(trimmed)))
        start = found.end() if found else end
    return pieces
