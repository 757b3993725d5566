"""C-APP, C-APP-2: years in post reach what the notice demands, on the letters and as typed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from checks.context import ApplicationContext, Parameters
from checks.evidence import may_hide
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import application_check
from checks.tenure import (
    LETTERS,
    days_in_post,
    declared_terms,
    enough,
    only_place,
    read_terms,
    told_terms,
    years_of,
)
from domain.kinds import Severity
from matching.dates import earliest, parse_date


class YearsInPost(Parameters):
    """Least ``years`` in ``positions``. ``after_title``: only the time since the present title counts."""

    years: float = Field(gt=0)
    positions: tuple[str, ...] = Field(min_length=1)
    after_title: bool = False


@application_check("appointment.years", ("appointment.years-short",), YearsInPost)
def appointment_years(context: ApplicationContext[YearsInPost]) -> Iterator[Judgement]:
    asked, counted_to = context.parameters, context.plan.counted_to
    since = _title_obtained(context) if asked.after_title else None
    read = read_terms(context.dossier, asked.positions)
    typed = declared_terms(context.declaration.appointments, asked.positions, counted_to)
    read_days = days_in_post(read.terms, since, counted_to)
    typed_days = days_in_post(typed, since, counted_to)
    if not read.letters and not typed:
        yield INAPPLICABLE
        return
    values: dict[str, str | float] = {
        "required": asked.years,
        "position": asked.positions[0],
        "counted_to": counted_to.isoformat(),
    }
    expected = f"≥ {asked.years:g}"
    if read.letters and not enough(read_days, asked.years):
        file, where = only_place(read.terms)
        yield finding(
            "appointment.years-short",
            sure=not read.doubtful and not may_hide(context.dossier, LETTERS),
            values={
                **values,
                "found": years_of(read_days),
                "terms": told_terms(read.terms, since, counted_to),
            },
            file=file,
            where=where,
            expected=expected,
            found=years_of(read_days),
        )
    elif typed and not enough(typed_days, asked.years):
        yield finding(
            "appointment.years-short",
            # The letters prove enough: then only what was typed in is incomplete.
            severity=Severity.WARNING if read.terms else Severity.ERROR,
            variant="declared",
            values={
                **values,
                "found": years_of(typed_days),
                "terms": told_terms(typed, since, counted_to),
            },
            expected=expected,
            found=years_of(typed_days),
        )


def _title_obtained(context: ApplicationContext[YearsInPost]) -> date | None:
    title = context.declaration.applicant.current_title
    obtained = parse_date(title.obtained) if title is not None and title.obtained else None
    return earliest(obtained) if obtained else None
