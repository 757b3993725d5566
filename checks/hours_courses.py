"""Courses line by line: one counted twice, two at the same time, more hours in days than days have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from pydantic import Field

from checks.context import ApplicationContext, Parameters
from checks.course_lines import Course, courses, paper_of
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.registry import application_check
from domain.kinds import Severity

CODE = "hours.sum-inconsistent"


class CourseHours(Parameters):
    """``day``: hours that a day has. ``full_day``: hours of a day of teaching, of which nobody has two."""

    day: float = Field(default=24, gt=0)
    full_day: float = Field(default=8, gt=0)


@application_check("hours.courses", (CODE,), CourseHours)
def hours_courses(context: ApplicationContext[CourseHours]) -> Iterator[Judgement]:
    every = courses(context.dossier)
    if not every:
        yield INAPPLICABLE
        return
    asked = context.parameters
    yield from _twice(every)
    dated = [one for one in every if one.first is not None]
    # A list twice in hand tells each course twice: only within one paper are times held against each other.
    for paper in dict.fromkeys(paper_of(one) for one in dated):
        own = [one for one in dated if paper_of(one) == paper]
        crowded = list(_crowded(own, asked.day))
        yield from crowded or _at_once(own, asked.full_day)


def _twice(every: Sequence[Course]) -> Iterator[Finding]:
    """The same title, hours and days again, in one paper or in papers of two years."""
    seen: dict[tuple[object, ...], Course] = {}
    for one in every:
        known = seen.setdefault(one.identity, one)
        again = known is not one and (paper_of(known) == paper_of(one) or known.year != one.year)
        if again:
            yield finding(
                CODE,
                # Without its days a course of the same name may have been held twice.
                sure=one.sure and known.sure and one.first is not None,
                severity=Severity.WARNING,
                variant="course-twice",
                values={"year": one.year, "course": one.title, "hours": one.hours},
                file=one.file.path,
                where=one.where,
                found=one.title,
                confidence=one.confidence,
            )


def _crowded(own: Sequence[Course], day: float) -> Iterator[Finding]:
    """The shortest stretch of days that holds more hours of courses wholly within it than it has."""
    found: list[tuple[int, list[Course]]] = []
    for first in sorted({one.first for one in own if one.first}):
        for last in sorted({one.last for one in own if one.last and one.last >= first}):
            days = (last - first).days + 1
            inside = [one for one in own if one.within(first, last)]
            if inside and sum(one.hours for one in inside) > days * day:
                found.append((days, inside))
    if not found:
        return
    days, inside = min(found, key=lambda one: (one[0], len(one[1]), str(one[1][0].first)))
    hours = sum(one.hours for one in inside)
    yield finding(
        CODE,
        sure=all(one.sure for one in inside),
        severity=Severity.WARNING,
        variant="day",
        values={
            "first": min(str(one.first) for one in inside),
            "last": max(str(one.last) for one in inside),
            "days": days,
            "hours": hours,
            "courses": "、".join(f"“{one.title}”" for one in inside[:3]),
        },
        file=inside[0].file.path,
        where=inside[0].where,
        expected=f"≤ {days * day:g}",
        found=f"{hours:g}",
        confidence=min(one.confidence for one in inside),
    )


def _at_once(own: Sequence[Course], full_day: float) -> Iterator[Finding]:
    """Two courses that each fill their days, on the same days. Courses taken online run beside each other."""
    full = [one for one in own if one.hours_a_day >= full_day]
    for one, other in combinations(full, 2):
        if one.identity != other.identity and one.overlaps(other):
            yield finding(
                CODE,
                sure=one.sure and other.sure,
                severity=Severity.WARNING,
                variant="overlap",
                values={"first": one.title, "second": other.title, "days": other.told_days},
                file=other.file.path,
                where=other.where,
                found=other.title,
                confidence=min(one.confidence, other.confidence),
            )
