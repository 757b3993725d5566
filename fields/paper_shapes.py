"""What rows of a contents page are: headers, headings, names, and what is usual in a column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from fields.paper_columns import Column
from fields.paper_names import author_list
from fields.paper_rows import EntryRow
from fields.spans import Span

HEADER = re.compile(
    r"目[次录錄]|(?i:contents)|第.{1,3}卷|总第|累计|\d{4}年.{0,8}[期月刊日]|(?i:vol\.?\s*\d|no\.\s*\d|issn|cn\s*\d{2}-\d{4})"
    r"|主\s*办|主\s*管|月刊$|季刊$|周刊$|半月刊|旬刊|创刊|出版|期刊|增刊|邮发|定价|编辑部|主编|^第\d{1,2}期"
)
_BRACKETED = re.compile(
    r"^\s*[【\[〔〖「『《<◆◇●■□★☆※▲△▶►◎○⊙♦•·|｜/\-—=~]+.{1,20}?[】\]〕〗」』》>◆◇●■□★☆※▲△◎○♦•·|｜/\-—=~]*\s*$"
)
_HEADING_MARK = re.compile(r"^\s*[【\[〔〖◆◇●■□★☆※▲△▶►◎○⊙♦]")
_DOTTED = re.compile(r"^\s*[·•・‧∙].{2,12}[·•・‧∙]\s*$|^\s*[·•・‧∙]\s?[\u4e00-\u9fff]{2,6}\s*$")
_FULL_ROW = 0.62
"""A row that ends beyond this share of the column's text was broken because it was full."""
_LONGEST_HEADING = 14
_INDENT = 0.45
"""A row that begins so many heights further in than others goes on with the row above it."""
_NEIGHBOURS = 6
"""Rows up and down among which the column's edge is looked for: it leans on a page seen aslant."""
_SHORTEST_TITLE = 8
_SOME = 0.1
"""Entries begin at the column's edge where this share of all rows does that are no mere headings."""
_LEANS = tuple(step / 100 for step in range(-10, 11))
"""How far the column's edge may lean: page widths to the right per page width down."""
_WIDE_GAP = 3.0
"""Blank as wide as so many heights parts a title's last words from the names."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is usual in a column: where its text begins and ends, how high its rows are, how far apart."""

    left: float
    right: float
    height: float
    pitch: float
    indents: Mapping[int, float]
    """By identity of the row: how far in from where entries begin thereabouts."""

    @classmethod
    def of(cls, column: Column) -> Shape:
        rows = column.rows
        marked = [row for row in column.marked if row.pieces] or list(rows)
        height = median(row.height for row in marked)
        first = min(row.middle for row in column.marked)
        body = [row for row in rows if row.middle >= first and row.pieces] or list(rows)
        ends = sorted(
            row.page.span.left for row in column.marked if row.page and row.page.span.left > row.left
        )
        names = sorted(
            row.pieces[-1].left for row in marked if len(row.pieces) > 1 and author_list(row.pieces[-1].text)
        )
        ends += names[len(names) // 4 :][:1] * len(column.marked) if len(names) > 0.4 * len(marked) else []
        gaps = sorted(low.middle - high.middle for high, low in pairwise(rows))
        titles = sorted(row.pieces[0].left if row.pieces else row.left for row in marked)
        return cls(
            left=titles[len(titles) // 4],
            right=median(ends) if ends and not column.pages_left else max(row.right for row in body),
            height=height,
            pitch=gaps[len(gaps) // 4] if gaps else 0.0,
            indents=_indents(rows, marked, height),
        )

    def is_full(self, row: EntryRow) -> bool:
        return row.right >= self.left + _FULL_ROW * (self.right - self.left)

    def hangs(self, row: EntryRow) -> bool:
        """The row is set in: further than entries begin, yet not at the right like names."""
        return _INDENT * self.height < self.indents.get(id(row), 0.0) < 5 * self.height

    def is_heading(self, row: EntryRow) -> bool:
        """A 栏目: in brackets or marks, or short and larger, or short where a broken title would be full."""
        text = row.text.strip()
        if has_heading_mark(row) or (in_brackets(row) and not row.page):
            return True
        if row.height > 1.3 * self.height and len(text) <= 24:
            return True
        return len(text) <= _LONGEST_HEADING and not self.is_full(row)


def _indents(rows: Sequence[EntryRow], marked: Sequence[EntryRow], height: float) -> dict[int, float]:
    """How far in each row begins; where headings alone stand at the edge, from where entries begin."""
    lean = max(_LEANS, key=lambda one: (_in_line(rows, one, 0.3 * height), -abs(one)))
    lefts = [row.left - lean * row.middle for row in rows]
    edges = {}
    for place, row in enumerate(rows):
        near = lefts[max(place - _NEIGHBOURS, 0) : place + _NEIGHBOURS + 1]
        edges[id(row)] = lefts[place] - min(near)
    at_edge = [row for row in rows if edges[id(row)] < _INDENT * height]
    begin = [row for row in at_edge if row.page or len(row.text) >= _SHORTEST_TITLE]
    if len(begin) >= max(2, _SOME * len(rows)):
        return edges
    starts = sorted(edges[id(row)] for row in marked)
    usual = starts[len(starts) // 10]
    return {key: edge - usual for key, edge in edges.items()}


def _in_line(rows: Sequence[EntryRow], lean: float, width: float) -> int:
    """How many rows begin within ``width`` of each other once the lean of the column is taken out."""
    lefts = sorted(row.left - lean * row.middle for row in rows)
    return max(bisect_right(lefts, left + width) - place for place, left in enumerate(lefts))


def has_heading_mark(row: EntryRow) -> bool:
    """It begins with a heading's mark, or dots enclose it (“·施工技术·”)."""
    whole = row.pieces[0].line.text if len(row.pieces) == 1 else ""
    return bool(_HEADING_MARK.match(row.text) or (row.page is None and _DOTTED.match(whole)))


def in_brackets(row: EntryRow) -> bool:
    return bool(_BRACKETED.match(row.text))


def is_header(row: EntryRow) -> bool:
    return bool(HEADER.search(re.sub(r"\s", "", row.text)))


def is_titled_heading(row: EntryRow, shape: Shape) -> bool:
    """A heading such as “◆ 方明专栏” is no author though it may hold a name."""
    return has_heading_mark(row) or row.height > 1.5 * shape.height


def names_only(row: EntryRow) -> tuple[str, ...]:
    """The names, where the row holds nothing else; behind leaders stand names, whatever words they make."""
    if not row.pieces:
        return ()
    if row.before_leader == 0:
        return author_list(row.text, placed=True)
    first, rest = row.pieces[0], row.pieces[1:]
    parted = row.before_leader < len(row.pieces) or (
        rest and rest[0].left - first.right > _WIDE_GAP * row.height
    )
    if parted and not author_list(first.text):
        return ()
    return author_list(row.text)


def names_behind(spans: Sequence[Span]) -> int:
    """How many spans at the end are names, each by itself (the first span never)."""
    count = 0
    while count < len(spans) - 1:
        text = spans[len(spans) - count - 1].text.strip()
        if not author_list(text) and len(text) > 1:
            break
        count += 1
    return count
