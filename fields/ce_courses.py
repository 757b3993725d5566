"""Itemised lists of courses: title, category, hours and days of each, and the rows that sum up."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.facts import Field, Row
from fields.hours import CELL, SUMS, category_of, number_field, year_field
from fields.labels import Candidate
from fields.spans import Span
from fields.stream import around
from fields.tables import Table, TableRow
from fields.values import date_text, field, parsed
from matching.dates import find_dates

_SEVERAL = re.compile(r"\d(?:学[时吋]|课时)")
"""More than one amount in a row is a sentence that sums up, read elsewhere."""
_DAY = re.compile(r"(?<![\d.])(\d{1,2})[.月/\-](\d{1,2})日?(?![\d.年])")


def courses(table: Table) -> Iterable[Row]:
    """An itemised list; a row that sums up gives hours of the year instead of a course."""
    years = [year_field(row.spans("year")) for row in table.rows]
    for place, row in enumerate(table.rows):
        hours = number_field(row.spans("hours"))
        if hours is None or len(_SEVERAL.findall(row.all_text)) > 1:
            continue
        spans = [span for each in row.cells.values() for span in each]
        summing = SUMS.search(row.all_text)
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
