"""G-DECL: the hours typed in are those on the records."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.hours_ledger import CATEGORIES, TOTAL, combined, of_year, year_records
from checks.registry import application_check
from checks.thresholds import threshold
from domain.declaration import DeclaredHours
from domain.kinds import HoursCategory, Severity
from policies.names import CATEGORY_NAMES


class DeclaredHoursBounds(Parameters):
    least_difference: float = threshold("hours.declared", "least_difference")
    """Hours are given to one decimal at most; less is rounding."""


@application_check("hours.declared", ("hours.declared-mismatch",), DeclaredHoursBounds)
def hours_declared(context: ApplicationContext[DeclaredHoursBounds]) -> Iterator[Judgement]:
    records = year_records(context.dossier)
    compared = False
    for declared in context.declaration.continuing_education:
        papers = of_year(records, declared.year)
        for name in (TOTAL, *CATEGORIES):
            wanted, amount = _declared(declared, name), combined(papers, name)
            if wanted is None or amount is None:
                continue
            compared = True
            possible = (amount.value, amount.at_most)
            if any(abs(wanted - one) < context.parameters.least_difference for one in possible):
                continue
            several = len(papers) > 1
            yield finding(
                "hours.declared-mismatch",
                sure=amount.sure,
                # With several papers it cannot be told which of them the typed figure is meant to sum up.
                severity=Severity.WARNING if several else Severity.ERROR,
                values={
                    "year": declared.year,
                    "what": "总学时" if name == TOTAL else CATEGORY_NAMES[HoursCategory(name)],
                    "declared": wanted,
                    "found": amount.value,
                },
                file=amount.file,
                where=amount.where,
                expected=f"{wanted:g}",
                found=f"{amount.value:g}",
                confidence=amount.confidence,
            )
    if not compared:
        yield INAPPLICABLE


def _declared(declared: DeclaredHours, name: str) -> float | None:
    return declared.total if name == TOTAL else declared.of(HoursCategory(name))
