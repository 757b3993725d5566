"""Hours in tables: years by categories either way round, categories by hours, itemised courses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.facts import Field, Row
from domain.kinds import HoursCategory
from fields.hours import CATEGORY_HEADERS, YEAR, category_of, hours_of, year_of
from fields.labels import Candidate
from fields.layout import Sheet
from fields.spans import Span
from fields.stream import around
from fields.tables import Table, TableRow, continued, header_cells, tables
from fields.values import date_text, field, parsed
from matching.dates import find_dates

CELL, FILLED = 0.97, 0.85
"""How sure a value is that stands in its row's own cell; one taken over from a neighbouring row."""

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
_SUMS = re.compile(r"合计|总计|累计|共计|总学时|小计")
_SEVERAL = re.compile(r"\d(?:学[时吋]|课时)")
"""More than one amount in a row is a sentence that sums up, read elsewhere."""
_DAY = re.compile(r"(?<![\d.])(\d{1,2})[.月/\-](\d{1,2})日?(?![\d.年])")
_PARTS = tuple(category.value for category in HoursCategory)


_ANCHORS = ("hours", "total", *_PARTS, "year")


def table_rows(sheets: Sequence[Sheet]) -> tuple[Row, ...]:
    """``hours_year`` and ``course`` rows of every table; one that runs on over the page keeps its columns."""
    rows: list[Row] = []
    last: Table | None = None
    for sheet in sheets:
        found = tables(sheet, _HEADERS, _ANCHORS)
        if not found and last is not None and "title" in last.names:
            following = continued(sheet, last, _ANCHORS)
            found = (following,) if following else ()
        listed = any(row.kind == "course" for row in rows)
        read = [row for table in found for row in _read(table, listed)]
        rows += read or _turned(sheet)
        last = found[-1] if found else last
    return tuple(rows)


def _read(table: Table, listed: bool) -> Iterable[Row]:
    """``listed``: courses came before, so that what follows is a list too."""
    if "hours" in table.names and "title" in table.names and (listed or not _once_each(table)):
        return _courses(table)
    if "hours" in table.names and table.names & {"category", "year"}:
        return _by_category(table)
    return _by_year(table) if table.names & {"total", *_PARTS} else ()


def number_field(spans: Iterable[Span], sure: float = CELL) -> Field | None:
    for span in spans:
        value = hours_of(span.flat)
        if value is not None:
            return field(value, span, sure)
    return None


def year_field(spans: Iterable[Span], sure: float = CELL) -> Field | None:
    for span in spans:
        value = year_of(span.flat)
        if value is not None:
            return field(value, span, sure)
    return None


def _by_year(table: Table) -> Iterable[Row]:
    """One row a year, one column a category (or a single row without a year)."""
    for row in table.rows:
        numbers = {name: number_field(row.spans(name)) for name in ("total", *_PARTS)}
        found = {name: value for name, value in numbers.items() if value is not None}
        year = year_field(row.spans("year")) or (None if "year" in table.names else year_field(_first(row)))
        if year is not None:
            found["year"] = year
        summing = _SUMS.search(row.text("year") or "".join(span.flat for span in row.spans("")))
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
        name = "total" if _SUMS.search(text) else getattr(category_of(text), "value", None)
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
    told = [row for row in table.rows if number_field(row.spans("hours")) and not _SUMS.search(row.all_text)]
    named = [category_of(row.text("category")) for row in told]
    summed = any(_SUMS.search(row.all_text) for row in table.rows)
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


def _courses(table: Table) -> Iterable[Row]:
    """An itemised list; a row that sums up gives hours of the year instead of a course."""
    years = [year_field(row.spans("year")) for row in table.rows]
    for place, row in enumerate(table.rows):
        hours = number_field(row.spans("hours"))
        if hours is None or len(_SEVERAL.findall(row.all_text)) > 1:
            continue
        spans = [span for each in row.cells.values() for span in each]
        summing = _SUMS.search(row.all_text)
        if summing and not (row.text("title") and summing.start() > 6):
            category = category_of(row.all_text)
            record = {category.value if category else "total": hours}
            year = years[place] or year_field(_year_cells(spans))
            if year:
                record["year"] = year
            yield Row(kind="hours_year", fields=record, where=around(spans))
        else:
            yield Row(kind="course", fields=_course(row, hours, years[place]), where=around(spans))


def _year_cells(spans: Iterable[Span]) -> list[Span]:
    return [span for span in spans if re.search(r"(?:19|20)\d\d年度?", span.flat)]


def _course(row: TableRow, hours: Field, year: Field | None) -> dict[str, Field]:
    found: dict[str, Field] = {"hours": hours}
    title = row.spans("title")
    if title:
        joined = "".join(span.text for span in title)
        sure = min(span.confidence for span in title) * CELL
        found["title"] = Field(value=joined, raw=joined, confidence=sure, where=around(title))
    for span in (*row.spans("category"), *row.spans("")):
        category = category_of(span.flat)
        if category:
            found["category"] = field(category.value, span, CELL)
            break
    _dates(found, row)
    if year is None and (start := found.get("start")) and start.text[:1].isdigit():
        year = start.model_copy(update={"value": int(start.text[:4])})
    if year is not None:
        found["year"] = year
    return found


def _dates(found: dict[str, Field], row: TableRow) -> None:
    """start and end from the columns of dates, also where one cell holds both."""
    places = [place for span in row.spans("date") for place in _dates_in(span)]
    if places:
        found["start"] = field(places[0][0], places[0][1], CELL)
        if len(places) > 1:
            found["end"] = field(places[-1][0], places[-1][1], CELL)
    for span in row.spans("end"):
        end = parsed(Candidate(span, CELL), date_text)
        if end:
            found["end"] = end


def _dates_in(span: Span) -> list[tuple[str, Span]]:
    """Dates of a cell with their places; “02.11” is ``--02-11`` (ISO 8601), or has the year before it."""
    text = span.flat
    dates = find_dates(text)
    found = [(date.iso, date.start, date.end) for date in dates]
    year = dates[0].iso[:4] if dates else "-"
    for day in _DAY.finditer(text):
        month, number = int(day.group(1)), int(day.group(2))
        free = all(day.end() <= start or end <= day.start() for _, start, end in found)
        if free and 1 <= month <= 12 and 1 <= number <= 31:
            found.append((f"{year}-{month:02d}-{number:02d}", day.start(), day.end()))
    return [(iso, span.flat_part(start, end)) for iso, start, end in sorted(found, key=lambda each: each[1])]


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
