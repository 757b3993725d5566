"""C-CE-2: the parts of a record of hours add up to the total that it states."""

from __future__ import annotations

from collections.abc import Iterator

from checks.certainty import sure, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.hours_ledger import CATEGORIES, CE, ROUNDING, TOTAL
from checks.registry import document_check
from domain.facts import Field, Row
from domain.geometry import Box, Where


@document_check("hours.sum", ("hours.sum-inconsistent",), Parameters, CE)
def hours_sum(context: DocumentContext[Parameters]) -> Iterator[Judgement]:
    compared, contradicted = False, False
    certain_kind = surely_of_its_kind(context.file, context.facts)
    summaries = context.facts.rows_of("hours_year")
    for row in summaries:
        total = row.get(TOTAL)
        parts = [field for name in CATEGORIES if (field := row.get(name)) is not None]
        if total is None or not parts:
            continue
        compared = True
        found = tuple(_categories(row, total, parts, certain_kind))
        contradicted = contradicted or bool(found)
        yield from found
    if len(summaries) == 1:
        courses = [
            field for row in context.facts.rows_of("course") if (field := row.get("hours")) is not None
        ]
        stated = summaries[0].get(TOTAL)
        if stated is not None and courses:
            compared = True
            if not contradicted:
                yield from _courses(summaries[0], stated, courses)
    if not compared:
        yield INAPPLICABLE


def _categories(row: Row, total: Field, parts: list[Field], certain_kind: bool) -> Iterator[Finding]:
    together, stated = _sum(parts), total.number or 0.0
    complete = len(parts) == len(CATEGORIES)
    # Fewer parts than categories may rightly come to less than the total, never to more.
    if abs(together - stated) <= ROUNDING or (together < stated and not complete):
        return
    yield finding(
        "hours.sum-inconsistent",
        sure=certain_kind and sure(total, *parts),
        values={"year": _year(row), "parts": together, "total": stated},
        where=_figures(total, parts),
        expected=f"{stated:g}",
        found=f"{together:g}",
        confidence=min(field.confidence for field in (total, *parts)),
    )


def _courses(row: Row, total: Field, courses: list[Field]) -> Iterator[Finding]:
    together, stated = _sum(courses), total.number or 0.0
    if abs(together - stated) <= ROUNDING:
        return
    # A line of a long table is easily lost or read twice: this is never more than a reason to look.
    yield finding(
        "hours.sum-inconsistent",
        sure=False,
        variant="courses",
        values={"year": _year(row), "parts": together, "total": stated},
        where=total.where,
        expected=f"{stated:g}",
        found=f"{together:g}",
        confidence=min(field.confidence for field in (total, *courses)),
    )


def _figures(total: Field, parts: list[Field]) -> Where:
    """About the total and those of its parts on the same page: the year may stand in the title far above."""
    boxes = [
        field.where.box
        for field in (total, *parts)
        if field.where.page == total.where.page and field.where.box is not None
    ]
    return Where(page=total.where.page, box=Box.around(boxes) if boxes else None)


def _sum(fields: list[Field]) -> float:
    return sum(field.number or 0.0 for field in fields)


def _year(row: Row) -> str:
    year = row.get("year")
    return f"{year.text}年度" if year is not None else "该年度"
