"""C-CE-2: each year has the hours that the notice demands, in all and in each category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.hours_ledger import CATEGORIES, TOTAL, Amount, YearRecord, combined, of_year, year_records
from checks.registry import application_check
from domain.kinds import HoursCategory
from policies.names import CATEGORY_NAMES


class MinimumHours(Parameters):
    """Least hours in each of ``years``. ``together``: categories that are only counted as one sum."""

    years: tuple[int, ...]
    total: float | None = Field(default=None, ge=0)
    professional: float | None = Field(default=None, ge=0)
    industry_public: float | None = Field(default=None, ge=0)
    general_public: float | None = Field(default=None, ge=0)
    public_together: float | None = Field(default=None, ge=0)
    """Least of 行业公需 and 一般公需 in one sum."""


@application_check("hours.minimum", ("hours.total-short", "hours.category-short"), MinimumHours)
def hours_minimum(context: ApplicationContext[MinimumHours]) -> Iterator[Judgement]:
    records = year_records(context.dossier)
    judged = False
    for year in context.parameters.years:
        papers = of_year(records, year)
        if papers:
            judged = True
            yield from _year(year, papers, context.parameters)
    if not judged:
        yield INAPPLICABLE


def _year(year: int, papers: Sequence[YearRecord], least: MinimumHours) -> Iterator[Finding]:
    total = combined(papers, TOTAL)
    amounts = {name: amount for name in CATEGORIES if (amount := combined(papers, name)) is not None}
    if least.total is not None:
        yield from _total(year, papers, total, amounts, least.total)
    demands: list[tuple[str, tuple[str, ...], float | None]] = [
        (CATEGORY_NAMES[category], (category.value,), getattr(least, category.value))
        for category in HoursCategory
    ]
    public = (HoursCategory.INDUSTRY_PUBLIC.value, HoursCategory.GENERAL_PUBLIC.value)
    demands.append(("行业公需和一般公需科目合计", public, least.public_together))
    unread = []
    for label, names, required in demands:
        if required is None:
            continue
        parts = [amounts[name] for name in names if name in amounts]
        if len(parts) < len(names):
            rest = _left_over(total, amounts, names)
            if rest is None:
                unread.append(label)
                continue
            parts = [*parts, rest]
        yield from _short(year, label, parts, required)
    if unread:
        place = papers[0]
        yield finding(
            "hours.category-short",
            sure=False,
            variant="unread",
            values={"year": year, "categories": "、".join(unread)},
            file=place.file.path,
            where=place.where,
        )


def _total(
    year: int, papers: Sequence[YearRecord], total: Amount | None, amounts: dict[str, Amount], required: float
) -> Iterator[Finding]:
    if total is None:
        yield finding(
            "hours.total-short",
            sure=False,
            variant="unread",
            values={"year": year, "required": required},
            file=papers[0].file.path,
            where=papers[0].where,
            expected=f"≥ {required:g}",
        )
        return
    if total.value >= required:
        return
    # Parts that reach the demand speak against the total as it was read; so does a second, overlapping paper.
    parts = sum(amount.value for amount in amounts.values())
    yield finding(
        "hours.total-short",
        sure=total.sure and total.at_most < required and parts < required,
        values={
            "year": year,
            "found": total.value,
            "required": required,
            "lacking": required - total.value,
        },
        file=total.file,
        where=total.where,
        expected=f"≥ {required:g}",
        found=f"{total.value:g}",
        confidence=total.confidence,
    )


def _left_over(total: Amount | None, amounts: dict[str, Amount], names: tuple[str, ...]) -> Amount | None:
    """What the total leaves for ``names`` when every other category stands there; None: cannot tell."""
    missing = [name for name in CATEGORIES if name not in amounts]
    if total is None or not missing or not set(missing) <= set(names):
        return None
    rest = total.value - sum(amount.value for amount in amounts.values())
    if rest < 0:
        return None
    return Amount(rest, False, rest, total.file, total.where, total.confidence)


def _short(year: int, label: str, parts: Sequence[Amount], required: float) -> Iterator[Finding]:
    value = sum(part.value for part in parts)
    if value >= required:
        return
    place = min(parts, key=lambda part: part.confidence)
    yield finding(
        "hours.category-short",
        sure=all(part.sure for part in parts) and sum(part.at_most for part in parts) < required,
        values={
            "year": year,
            "category": label,
            "found": value,
            "required": required,
            "lacking": required - value,
        },
        file=place.file,
        where=place.where,
        expected=f"≥ {required:g}",
        found=f"{value:g}",
        confidence=place.confidence,
    )
