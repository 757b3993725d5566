"""The courses of all records of hours, each line as one record of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from checks.certainty import sure, surely_of_its_kind
from checks.evidence import documents
from checks.hours_ledger import CE
from domain.facts import Facts, Field, Row
from domain.geometry import Where
from domain.review import Dossier, EvidenceFile
from matching.dates import parse_date
from matching.text import bare

SHORTEST_TITLE = 4
"""Characters; less is a fragment that many courses share."""
_A_DAY = len("2020-08-05")


@dataclass(frozen=True, slots=True)
class Course:
    """``first`` and ``last``: its days, both included; None where not both stand there."""

    file: EvidenceFile
    pages: tuple[int, ...]
    year: int
    title: str
    hours: float
    first: date | None
    last: date | None
    sure: bool
    confidence: float
    where: Where

    @property
    def identity(self) -> tuple[object, ...]:
        """Two lines with the same are the same course. Without days the year tells them apart."""
        days: object = (self.first, self.last) if self.first else self.year
        return (bare(self.title), self.hours, days)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1 if self.first and self.last else 0

    @property
    def hours_a_day(self) -> float:
        return self.hours / self.days if self.days else 0.0

    @property
    def told_days(self) -> str:
        return f"{self.first}至{self.last}" if self.first != self.last else f"{self.first}"

    def within(self, first: date, last: date) -> bool:
        return bool(self.first and self.last and first <= self.first and self.last <= last)

    def overlaps(self, other: Course) -> bool:
        if not (self.first and self.last and other.first and other.last):
            return False
        return self.first <= other.last and other.first <= self.last


def paper_of(course: Course) -> tuple[str, tuple[int, ...]]:
    """The document that a course stands on."""
    return (course.file.path, course.pages)


def courses(dossier: Dossier) -> tuple[Course, ...]:
    """Every course with a title, a year and hours, in the order of the papers."""
    return tuple(
        course for file, facts in documents(dossier, CE) for course in _courses(file, facts) if course.hours
    )


def _courses(file: EvidenceFile, facts: Facts) -> Iterator[Course]:
    certain = surely_of_its_kind(file, facts)
    for row in facts.rows_of("course"):
        title, hours, year = row.get("title"), row.get("hours"), row.get("year")
        if title is None or len(bare(title.text)) < SHORTEST_TITLE:
            continue
        if hours is None or hours.number is None or year is None or year.number is None:
            continue
        first, last = _days(row, int(year.number))
        told: list[Field] = [
            field for name in ("title", "hours", "year", "start", "end") if (field := row.get(name))
        ]
        yield Course(
            file=file,
            pages=facts.pages,
            year=int(year.number),
            title=title.text,
            hours=hours.number,
            first=first,
            last=last,
            sure=certain and sure(*told),
            confidence=min(field.confidence for field in told),
            where=row.where,
        )


def _days(row: Row, year: int) -> tuple[date | None, date | None]:
    """First and last day where both stand there; a single day may be that of a test or a certificate."""
    start, end = row.get("start"), row.get("end")
    if start is None or end is None:
        return None, None
    first, last = _day(start.text, year), _day(end.text, year)
    return (first, last) if first and last and first <= last else (None, None)


def _day(text: str, year: int) -> date | None:
    """A whole date; ``--02-11`` is a day of the record's year."""
    iso = parse_date(f"{year}{text[1:]}" if text.startswith("--") else text)
    return date.fromisoformat(iso) if iso and len(iso) == _A_DAY else None
