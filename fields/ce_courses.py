"""Itemised lists of courses: title, category, hours and days of each, and the rows that sum up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.facts import Field, Row
from fields.ce_sections import Section, section_of
from fields.hours import CELL, FILLED, SUMS, category_of, number_field, year_field
from fields.labels import Candidate
from fields.spans import Span
from fields.stream import around
from fields.tables import Table, TableRow
from fields.values import date_text, field, parsed
from matching.dates import find_dates

_SEVERAL = re.compile(r"\d(?:学[时吋]|课时)")
"""More than one amount in a row is a sentence that sums up, read elsewhere."""
_OF_SECTION = re.compile(r"小计|本类|本科目|分类|本项|本部分")
_WORDS_BEFORE = 6
_DAY = re.compile(r"(?<![\d.])(\d{1,2})[.月/\-](\d{1,2})日?(?![\d.年])")


def courses(table: Table, headings: Sequence[Section] = ()) -> Iterable[Row]:
    """An itemised list; a row that sums up gives hours of the year instead of a course.

    ``headings``: of the sections that courses without a category of their own stand in.
    """
    years = _filled([year_field(row.spans("year")) for row in table.rows])
    for place, row in enumerate(table.rows):
        hours = number_field(row.spans("hours"))
        if hours is None or len(_SEVERAL.findall(row.all_text)) > 1:
            continue
        spans = [span for each in row.cells.values() for span in each]
        section = section_of(headings, hours.where.page, row.middle)
        if _sums_up(row):
            yield _summed(row, spans, hours, years[place] or year_field(_year_cells(spans)), section)
        else:
            fields = _course(row, hours, years[place])
            if section is not None:
                fields.setdefault("category", section)
            yield Row(kind="course", fields=fields, where=around(spans))


def _summed(row: TableRow, spans: list[Span], hours: Field, year: Field | None, section: Field | None) -> Row:
    """The sum of a category that it names, of the section that it closes, else of the year."""
    named = category_of(row.all_text)
    name = named.value if named else "total"
    if named is None and section is not None and _OF_SECTION.search(row.all_text):
        name = section.text
    return Row(
        kind="hours_year", fields={name: hours} | ({"year": year} if year else {}), where=around(spans)
    )


def _sums_up(row: TableRow) -> bool:
    """A row of its sum: the word stands outside the title, or the title is little else."""
    others = "".join(span.flat for name, spans in row.cells.items() if name != "title" for span in spans)
    title = row.text("title")
    word = SUMS.search(title)
    if word is None:
        return bool(SUMS.search(others))
    rest = re.sub(r"[\d.:()]|学[时吋]数?|课时", "", title[word.end() :])
    return word.start() <= _WORDS_BEFORE and len(rest) <= _WORDS_BEFORE


def _filled(years: Sequence[Field | None]) -> list[Field | None]:
    """A year that stands once, at the head of its rows (then 〃 or empty cells), is that of all of them."""
    if not years or years[0] is None:
        return list(years)
    filled: list[Field | None] = []
    last = years[0]
    for year in years:
        taken = last.model_copy(update={"confidence": last.confidence * FILLED})
        filled.append(year or taken)
        last = year or last
    return filled


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
