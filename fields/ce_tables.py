"""Hours in tables: years by categories either way round, categories by hours, itemised courses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.facts import Field, Row
from domain.kinds import HoursCategory
from fields.ce_courses import courses
from fields.ce_sections import Section, sections
from fields.hours import (
    CATEGORY_HEADERS,
    CELL,
    FILLED,
    SUMS,
    YEAR,
    category_of,
    hours_of,
    number_field,
    year_field,
)
from fields.layout import Sheet
from fields.spans import Span
from fields.stream import around
from fields.table_headers import header_cells
from fields.tables import Table, TableRow, continued, tables
from fields.values import field

_TITLE = (
    r"(?:(?:继续教育|学习|培训|课程|教育|教学|活动|项目|班次|专题)(?:或|和|及)?)*"
    r"(?:内容|名称|课程|项目|主题|题目|活动|班次)(?:\(.*?\))?"
)
_HEADERS: dict[str, re.Pattern[str]] = {
    "year": re.compile(YEAR),
    **CATEGORY_HEADERS,
    "title": re.compile(_TITLE),
    "category": re.compile(r"(?:科目|学[时吋]|课程|学习|培训|教育)?(?:类别|类型|分类|性质|属性)|科目(?!名)"),
    "hours": re.compile(
        r"(?:登记|获得|认定|核定|完成|学习|折算|所得|取得)?(?:学[时吋]数?|课时数?)(?:\(.*?\))?"
    ),
    "end": re.compile(r"(?:结束|完成|截止|终止)(?:时间|日期)"),
    "date": re.compile(r"(?:学习|培训|起止|登记|开始|开课|起始|教育|参加|认定|获得)*(?:时间|日期|年月)"),
}
_PARTS = tuple(category.value for category in HoursCategory)


_ANCHORS = ("hours", "total", *_PARTS, "year")


def table_rows(sheets: Sequence[Sheet]) -> tuple[Row, ...]:
    """``hours_year`` and ``course`` rows of every table; one that runs on over the page keeps its columns."""
    rows: list[Row] = []
    last: Table | None = None
    headings: tuple[Section, ...] = ()
    for sheet in sheets:
        headings += sections(sheet)
        found = tables(sheet, _HEADERS, _ANCHORS)
        if not found and last is not None and "title" in last.names:
            following = continued(sheet, last, _ANCHORS)
            found = (following,) if following else ()
        listed = any(row.kind == "course" for row in rows)
        read = [row for table in found for row in _read(table, listed, headings)]
        rows += read or _turned(sheet)
        last = found[-1] if found else last
    return tuple(rows)


def _read(table: Table, listed: bool, headings: tuple[Section, ...]) -> Iterable[Row]:
    """``listed``: courses came before, so that what follows is a list too."""
    if "hours" in table.names and "title" in table.names and (listed or not _once_each(table)):
        return courses(table, headings)
    if "hours" in table.names and table.names & {"category", "year"}:
        return _by_category(table)
    return _by_year(table) if table.names & {"total", *_PARTS} else ()


def _by_year(table: Table) -> Iterable[Row]:
    """One row a year, one column a category (or a single row without a year)."""
    for row in table.rows:
        numbers = {name: number_field(row.spans(name)) for name in ("total", *_PARTS)}
        found = {name: value for name, value in numbers.items() if value is not None}
        year = year_field(row.spans("year")) or (None if "year" in table.names else year_field(_first(row)))
        if year is not None:
            found["year"] = year
        summing = SUMS.search(row.text("year") or "".join(span.flat for span in row.spans("")))
        if len(found) > (year is not None) and not (summing and year is None):
            yield Row(kind="hours_year", fields=found, where=row.where)


def _first(row: TableRow) -> tuple[Span, ...]:
    return tuple(span for span in row.spans("") if re.fullmatch(r"(?:19|20)\d\d年?度?", span.flat))


def _by_category(table: Table) -> Iterable[Row]:
    """One row a category (专业科目 | 62): gathered to one record a year."""
    records: dict[int | None, dict[str, Field]] = {}
    used: dict[int | None, list[Span]] = {}
    years = [year_field(row.spans("year")) for row in table.rows]
    for place, row in enumerate(table.rows):
        value = number_field(row.spans("hours"))
        text = row.text("category") or row.text("") or row.all_text
        name = "total" if SUMS.search(text) else getattr(category_of(text), "value", None)
        if value is None or name is None:
            continue
        year = years[place] or _nearest(years, table.rows, place)
        key = year.value if year and isinstance(year.value, int) else None
        record = records.setdefault(key, {"year": year} if year else {})
        if name not in record:
            record[name] = value
            used.setdefault(key, []).extend(span for spans in row.cells.values() for span in spans)
    for key, record in records.items():
        yield Row(kind="hours_year", fields=record, where=around(used[key]))


def _once_each(table: Table) -> bool:
    """A sum, and one row a category: a summary with examples of what was learnt, no list of courses."""
    told = [row for row in table.rows if number_field(row.spans("hours")) and not SUMS.search(row.all_text)]
    named = [category_of(row.text("category")) for row in told]
    summed = any(SUMS.search(row.all_text) for row in table.rows)
    single = len(named) > 1 and None not in named and len(set(named)) == len(named)
    numbered = any(column.header.flat == "序号" for column in table.columns)
    return summed and single and not numbered and not table.names & {"year", "date"}


def _nearest(years: Sequence[Field | None], rows: Sequence[TableRow], place: int) -> Field | None:
    """The year of the nearest row that has one: a cell that spans several rows is read on one of them."""
    near = [other for other, year in enumerate(years) if year is not None]
    if not near:
        return None
    best = min(near, key=lambda other: abs(rows[other].middle - rows[place].middle))
    found = years[best]
    return found.model_copy(update={"confidence": found.confidence * FILLED}) if found else None


def _turned(sheet: Sheet) -> Iterable[Row]:
    """Years across, categories down."""
    for place, row in enumerate(sheet.rows):
        heads = [span for span in row if re.fullmatch(r"(?:19|20)\d\d年?度?", span.flat)]
        if len(heads) < 2:
            continue
        records: list[dict[str, Field]] = [{} for _ in heads]
        used: list[list[Span]] = [[head] for head in heads]
        for other in sheet.rows[place + 1 :]:
            cells = [cell for span in other for cell in header_cells(span, CATEGORY_HEADERS)]
            for span in other:
                value = hours_of(span.flat)
                if value is None or len(cells) != 1:
                    continue
                at = min(range(len(heads)), key=lambda each: abs(heads[each].centre - span.centre))
                records[at].setdefault(cells[0][0], field(value, span, CELL))
                used[at].append(span)
        for head, record, spans in zip(heads, records, used, strict=True):
            if record and (year := year_field([head])):
                yield Row(kind="hours_year", fields={"year": year, **record}, where=around(spans))
        return
