"""Rows of a contents page: in every row its text apart from leaders and page number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

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
    before_leader: int = 0
    """How many of the pieces stand before the first leader; all of them where there is none between."""

    @property
    def text(self) -> str:
        return joined([piece.text for piece in self.pieces])

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def after_leader(self) -> tuple[Span, ...]:
        """Pieces behind leaders: by their place they are the authors."""
        return self.pieces[self.before_leader :]


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


def read_row(row: Sequence[Span], *, pages_left: bool) -> EntryRow:
    """One row with its page number and leaders taken off."""
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
    pieces, before_leader = _between_leaders(spans)
    return EntryRow(
        pieces=pieces,
        page=page,
        left=min((piece.left for piece in pieces), default=row[0].left),
        right=max((piece.right for piece in pieces), default=row[-1].right),
        top=median(span.top for span in row),
        bottom=median(span.bottom for span in row),
        led=bool(_LEADER.search(spans[-1].text[-4:])) or bool(page and not pages_left and page.sure),
        before_leader=before_leader,
    )


def without_page(row: EntryRow) -> EntryRow:
    """The number was the title's own (“…之2”): back into the text with it."""
    if row.page is None:
        return row
    last = row.pieces[-1] if row.pieces else None
    if last is not None and last.line is row.page.span.line and last.end <= row.page.span.start:
        whole = replace(last, end=row.page.span.end, right=row.page.span.right)
        return replace(row, pieces=(*row.pieces[:-1], whole), page=None)
    pieces = (*row.pieces, row.page.span)
    return replace(row, pieces=pieces, page=None, before_leader=len(pieces))


def _between_leaders(spans: Iterable[Span]) -> tuple[tuple[Span, ...], int]:
    """The texts between leaders, and how many of them stand before the first."""
    pieces: list[Span] = []
    before: int | None = None
    for span in spans:
        start = 0
        for found in [*_LEADER.finditer(span.text), None]:
            end = found.start() if found else len(span.text)
            inner = span.text[start:end]
            trimmed = _EDGE_DOTS.sub("", inner)
            if any(character.isalnum() for character in trimmed):
                offset = start + inner.index(trimmed)
                pieces.append(span.part(offset, offset + len(trimmed)))
            if found and before is None:
                before = len(pieces)
            start = found.end() if found else end
    return tuple(pieces), len(pieces) if before is None else before
