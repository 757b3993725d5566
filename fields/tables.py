"""Tables without lines: columns from the header's cells, rows from the cells of an anchor column.

Engines give boxes, not cells: neighbours may be merged, a cell may hold two lines, borders say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from domain.geometry import Where
from fields.layout import Sheet
from fields.spans import Span
from fields.stream import around
from fields.table_headers import header_bands

_FOOT = re.compile(
    r"盖章|签字|签章|签名|说明[:：]|备注[:：]|^注[:：]|填表人|经办人|审核人|打印|网址|查询|负责人|验证码"
)
_TOKEN = re.compile(r"\d{4}年度?|\d+(?:\.\d+)?(?:学时|课时)?|[^\d\s]+")
_REACH = 3.0
"""A cell belongs to a row within this many line heights of its anchor."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``name`` is ``""`` for a header that nobody asked for."""

    name: str
    header: Span
    left: float
    right: float


@dataclass(frozen=True)
class TableRow:
    """Cells by column name; a cell of several lines has several spans, from top to bottom."""

    cells: Mapping[str, tuple[Span, ...]]
    middle: float

    def spans(self, name: str) -> tuple[Span, ...]:
        return self.cells.get(name, ())

    def text(self, name: str) -> str:
        return "".join(span.flat for span in self.spans(name))

    @property
    def all_text(self) -> str:
        return "".join(span.flat for spans in self.cells.values() for span in spans)

    @property
    def where(self) -> Where:
        return around([span for spans in self.cells.values() for span in spans])


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(column.name for column in self.columns if column.name)


def tables(
    sheet: Sheet, headers: Mapping[str, re.Pattern[str]], anchors: Sequence[str], *, least: int = 2
) -> tuple[Table, ...]:
    """Every table whose header names at least ``least`` of the asked columns.

    ``anchors``: columns of which every row has a cell, likeliest first; rows form around their cells.
    """
    bands = header_bands(sheet, headers, least)
    found = []
    for place, (columns, _, bottom) in enumerate(bands):
        end = bands[place + 1][1] if place + 1 < len(bands) else float("inf")
        body = _body(sheet, bottom, end)
        ranged = _ranges(columns)
        rows = _rows(ranged, body, anchors, sheet.text_height)
        if rows:
            found.append(Table(ranged, rows))
    return tuple(found)


def continued(sheet: Sheet, table: Table, anchors: Sequence[str]) -> Table | None:
    """A page without a header of its own, read by the columns of the page before."""
    rows = _rows(table.columns, _body(sheet, float("-inf"), float("inf")), anchors, sheet.text_height)
    return Table(table.columns, rows) if rows else None


def _ranges(cells: list[tuple[str, Span]]) -> tuple[Column, ...]:
    """Column limits halfway between neighbouring headers."""
    cells = sorted(cells, key=lambda cell: cell[1].centre)
    columns = []
    for place, (name, span) in enumerate(cells):
        left = (cells[place - 1][1].right + span.left) / 2 if place else float("-inf")
        right = (span.right + cells[place + 1][1].left) / 2 if place + 1 < len(cells) else float("inf")
        columns.append(Column(name, span, left, right))
    return tuple(columns)


def _body(sheet: Sheet, top: float, end: float) -> list[Span]:
    """Spans between a header and the next one, up to the table's foot."""
    spans: list[Span] = []
    for row in sheet.rows:
        inside = [span for span in row if span.middle > top + 0.5 * sheet.text_height and span.middle < end]
        if inside and spans and _FOOT.search("".join(span.flat for span in inside)):
            break
        spans += inside
    return spans


def _column_of(columns: tuple[Column, ...], span: Span) -> Column:
    def shared(column: Column) -> float:
        return min(span.right, column.right) - max(span.left, column.left)

    return max(
        columns, key=lambda column: (round(shared(column), 4), -abs(column.header.centre - span.centre))
    )


def _split(columns: tuple[Column, ...], span: Span) -> list[tuple[Column, Span]]:
    """The span's share of each column, where it runs over several of their headers."""
    crossed = [column for column in columns if span.left < column.header.centre < span.right]
    if len(crossed) < 2:
        return [(_column_of(columns, span), span)]
    text = span.flat
    placed: list[tuple[Column, int, int]] = []
    for token in _TOKEN.finditer(text):
        column = _column_of(columns, span.flat_part(token.start(), token.end()))
        if placed and placed[-1][0] is column:
            placed[-1] = (column, placed[-1][1], token.end())
        else:
            placed.append((column, token.start(), token.end()))
    return [(column, span.flat_part(start, end)) for column, start, end in placed]


def _rows(
    columns: tuple[Column, ...], body: list[Span], anchors: Sequence[str], height: float
) -> tuple[TableRow, ...]:
    cells = [piece for span in body for piece in _split(columns, span)]
    anchor = _anchor_column(cells, anchors)
    if anchor is None:
        return ()
    middles: list[float] = []
    for column, span in sorted(cells, key=lambda cell: cell[1].middle):
        if column.name == anchor and (not middles or span.middle - middles[-1] > 0.6 * height):
            middles.append(span.middle)
    pitch = median([b - a for a, b in pairwise(middles)] or [_REACH * height])
    reach = max(min(pitch, 3 * _REACH * height) * 0.75, 1.2 * height)
    rows: list[dict[str, list[Span]]] = [{} for _ in middles]
    for column, span in cells:
        place = min(range(len(middles)), key=lambda each: abs(middles[each] - span.middle))
        if abs(middles[place] - span.middle) <= reach:
            rows[place].setdefault(column.name, []).append(span)
    return tuple(
        TableRow(
            {name: tuple(sorted(spans, key=lambda s: (s.middle, s.left))) for name, spans in row.items()},
            middle,
        )
        for row, middle in zip(rows, middles, strict=True)
        if row
    )


def _anchor_column(cells: list[tuple[Column, Span]], anchors: Sequence[str]) -> str | None:
    """The anchor with the most cells that hold a digit; on a tie the likelier one."""
    counts = {
        name: sum(column.name == name and any(c.isdigit() for c in span.flat) for column, span in cells)
        for name in anchors
    }
    best = max(counts, key=lambda name: counts[name], default=None)
    if best is None:
        return None
    if counts[best]:
        return best
    return next((name for name in anchors if any(column.name == name for column, _ in cells)), None)
