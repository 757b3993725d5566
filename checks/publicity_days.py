"""公示 in the employer's house lasts the working days that the notice asks for, by China's calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chinese_calendar import is_workday
from pydantic import Field

from checks.certainty import sure, surely_of_its_kind
from checks.context import ApplicationContext, Parameters
from checks.evidence import documents
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.registry import application_check
from domain.facts import Facts
from domain.geometry import Where
from domain.kinds import EvidenceKind
from domain.review import Dossier, EvidenceFile
from matching.dates import parse_date

LONGEST = 366
"""Days; a period beyond it is a date misread."""
_A_DAY = len("2020-08-05")


class WorkingDays(Parameters):
    """``days``: least working days, first and last day of the period both counted."""

    days: int = Field(default=5, ge=1)


@dataclass(frozen=True, slots=True)
class Period:
    first: date
    last: date
    sure: bool
    file: str | None = None
    where: Where | None = None


@application_check("publicity.days", ("publicity.days-short",), WorkingDays)
def publicity_days(context: ApplicationContext[WorkingDays]) -> Iterator[Judgement]:
    judged, least = False, context.parameters.days
    for stated in _stated(context.dossier, least):
        judged = True
        yield stated
    for period in _periods(context.dossier):
        counted = working_days(period.first, period.last)
        if counted is None:
            continue
        judged = True
        days, known = counted
        if days < least:
            yield finding(
                "publicity.days-short",
                sure=period.sure and known,
                values={
                    "first": period.first.isoformat(),
                    "last": period.last.isoformat(),
                    "found": days,
                    "required": least,
                },
                file=period.file,
                where=period.where,
                expected=f"≥ {least}",
                found=str(days),
            )
    if not judged:
        yield INAPPLICABLE


def working_days(first: date, last: date) -> tuple[int, bool] | None:
    """Working days from the first to the last day, and whether the calendar of holidays knows them all.

    None where the days are no period. Beyond the known calendar Monday to Friday are taken to be worked.
    """
    if not 0 <= (last - first).days <= LONGEST:
        return None
    days, known = 0, True
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        try:
            days += is_workday(day)
        except NotImplementedError:
            days += day.weekday() < 5
            known = False
    return days, known


def _stated(dossier: Dossier, least: int) -> Iterator[Finding]:
    """A result that gives no dates but says for how many days: fewer than asked are too few at any rate."""
    for file, facts in documents(dossier, frozenset({EvidenceKind.PUBLICITY_RESULT})):
        days = facts.get("days")
        if (
            _read(file, facts) is None
            and days is not None
            and days.number is not None
            and days.number < least
        ):
            yield finding(
                "publicity.days-short",
                sure=sure(days) and surely_of_its_kind(file, facts),
                variant="stated",
                values={"found": int(days.number), "required": least},
                file=file.path,
                where=days.where,
                expected=f"≥ {least}",
                found=f"{days.number:g}",
                confidence=days.confidence,
            )


def _periods(dossier: Dossier) -> Iterator[Period]:
    declared = dossier.declaration.publicity
    if declared is not None:
        first, last = _day(declared.start), _day(declared.end)
        if first and last:
            yield Period(first, last, True)
    for file, facts in documents(dossier, frozenset({EvidenceKind.PUBLICITY_RESULT})):
        period = _read(file, facts)
        if period is not None:
            yield period


def _read(file: EvidenceFile, facts: Facts) -> Period | None:
    start, end = facts.get("start"), facts.get("end")
    if start is None or end is None:
        return None
    first, last = _day(start.text), _day(end.text)
    if first is None or last is None:
        return None
    return Period(first, last, sure(start, end) and surely_of_its_kind(file, facts), file.path, start.where)


def _day(text: str | None) -> date | None:
    """Only a whole date is a day."""
    iso = parse_date(text or "")
    return date.fromisoformat(iso) if iso and len(iso) == _A_DAY else None
