"""What the records of hours say of each year, when one year may be spread over several papers.

A summary and its own list of courses are never added up, nor is a paper that was uploaded twice.
Papers on different categories (one platform teaches 专业科目, another 一般公需) do add up. Papers that
overlap might be two printouts of one account: their largest counts, and the sum only raises a doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checks.certainty import sure, surely_of_its_kind
from checks.evidence import documents
from domain.facts import Facts, Field, Row
from domain.geometry import Where
from domain.kinds import EvidenceKind, HoursCategory
from domain.review import Dossier, EvidenceFile

CE = frozenset({EvidenceKind.CE_RECORD})
TOTAL = "total"
ROUNDING = 0.5
"""Hours that rounding of the parts may cost."""
CATEGORIES = tuple(category.value for category in HoursCategory)


@dataclass(frozen=True, slots=True)
class Amount:
    """Hours, and whether they were read with confidence. ``at_most`` counts overlapping papers too."""

    value: float
    sure: bool
    at_most: float
    file: str
    where: Where
    confidence: float


@dataclass(frozen=True, slots=True)
class YearRecord:
    """What one paper says of one year: total and categories, those that stand there."""

    file: EvidenceFile
    year: int
    year_sure: bool
    where: Where
    amounts: dict[str, Amount]

    @property
    def content(self) -> tuple[tuple[str, float], ...]:
        return tuple(sorted((name, amount.value) for name, amount in self.amounts.items()))


def year_records(dossier: Dossier) -> tuple[YearRecord, ...]:
    """Every statement about a year, each once, in the order of the files."""
    found: dict[tuple[int, tuple[tuple[str, float], ...]], YearRecord] = {}
    for file, facts in documents(dossier, CE):
        for record in _records(file, facts):
            found.setdefault((record.year, record.content), record)
    return tuple(found.values())


def of_year(records: Iterable[YearRecord], year: int) -> tuple[YearRecord, ...]:
    return tuple(record for record in records if record.year == year)


def combined(records: Sequence[YearRecord], name: str) -> Amount | None:
    """Hours of a year under ``name`` (total or a category); None where no paper says."""
    amounts = [record.amounts[name] for record in records if name in record.amounts]
    if not amounts:
        return None
    largest = max(amounts, key=lambda amount: amount.value)
    every_sure = all(amount.sure for amount in amounts)
    together = sum(amount.value for amount in amounts)
    value = together if _apart(records) else largest.value
    return Amount(value, every_sure, together, largest.file, largest.where, largest.confidence)


def _apart(records: Sequence[YearRecord]) -> bool:
    """No category is taught by two papers, and every paper names its categories."""
    taught = [{name for name in CATEGORIES if _positive(record, name)} for record in records]
    return all(taught) and len(set().union(*taught)) == sum(len(one) for one in taught)


def _positive(record: YearRecord, name: str) -> bool:
    return name in record.amounts and record.amounts[name].value > 0


def _records(file: EvidenceFile, facts: Facts) -> Iterable[YearRecord]:
    summaries = facts.rows_of("hours_year")
    courses = _courses_by_year(facts)
    known = set()
    for row in summaries:
        record = _from_summary(file, facts, row)
        if record is not None:
            known.add(record.year)
            yield _completed(record, facts, courses.get(record.year, []))
    for year, rows in courses.items():
        if year not in known and not summaries:
            yield _from_courses(file, facts, year, rows)


def _from_summary(file: EvidenceFile, facts: Facts, row: Row) -> YearRecord | None:
    year = row.get("year")
    if year is None or year.number is None:
        return None
    certain = surely_of_its_kind(file, facts)
    amounts = {}
    for name in (TOTAL, *CATEGORIES):
        field = row.get(name)
        if field is not None and field.number is not None:
            amounts[name] = _amount(file, (field,), field.number, certain and sure(year))
    parts = [amounts[name] for name in CATEGORIES if name in amounts]
    if TOTAL not in amounts and len(parts) == len(CATEGORIES):
        value = sum(part.value for part in parts)
        amounts[TOTAL] = Amount(
            value,
            all(part.sure for part in parts),
            value,
            file.path,
            row.where,
            min(part.confidence for part in parts),
        )
    return YearRecord(file, int(year.number), certain and sure(year), row.where, amounts)


def _completed(record: YearRecord, facts: Facts, rows: Sequence[Row]) -> YearRecord:
    """Categories that only the courses tell, where every course has one and all come to the total."""
    total = record.amounts.get(TOTAL)
    hours = [field for row in rows if (field := row.get("hours")) is not None]
    named = [field for row in rows if (field := row.get("category")) is not None]
    if total is None or not hours or not len(named) == len(hours) == len(rows):
        return record
    if abs(sum(field.number or 0.0 for field in hours) - total.value) > ROUNDING:
        return record
    certain = surely_of_its_kind(record.file, facts) and record.year_sure and sure(*named)
    told = _from_courses(record.file, facts, record.year, list(rows), certain=certain).amounts
    return replace(record, amounts={**told, **record.amounts})


def _courses_by_year(facts: Facts) -> dict[int, list[Row]]:
    by_year: dict[int, list[Row]] = {}
    for row in facts.rows_of("course"):
        year, hours = row.get("year"), row.get("hours")
        if year is not None and year.number is not None and hours is not None and hours.number is not None:
            by_year.setdefault(int(year.number), []).append(row)
    return by_year


def _from_courses(
    file: EvidenceFile, facts: Facts, year: int, rows: list[Row], *, certain: bool = False
) -> YearRecord:
    """Courses added up; without a total to hold them against never ``certain``: a row may have been lost."""
    sums: dict[str, list[Field]] = {TOTAL: []}
    for row in rows:
        hours, category = row.get("hours"), row.get("category")
        if hours is None:
            continue
        sums[TOTAL].append(hours)
        if category is not None and category.text in CATEGORIES:
            sums.setdefault(category.text, []).append(hours)
    amounts = {
        name: _amount(file, fields, sum(field.number or 0.0 for field in fields), certain)
        for name, fields in sums.items()
    }
    year_sure = surely_of_its_kind(file, facts) and all(sure(row.get("year")) for row in rows)
    return YearRecord(file, year, year_sure, rows[0].where, amounts)


def _amount(file: EvidenceFile, fields: Sequence[Field], value: float, certain: bool) -> Amount:
    confidence = min(field.confidence for field in fields)
    return Amount(value, certain and sure(*fields), value, file.path, fields[0].where, confidence)
