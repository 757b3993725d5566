"""S-LEVEL: how long one must have been in post depends on the degree that one holds."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.context import ApplicationContext, Parameters
from checks.education import degrees, level_name
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import application_check
from checks.tenure import Term, days_in_post, declared_terms, enough, read_terms, years_of
from domain.kinds import Severity
from matching.dates import earliest, parse_date
from matching.text import bare


class YearsByDegree(Parameters):
    """``years``: least years in one of ``positions`` for each degree (博士 硕士 本科 专科 中专)."""

    years: dict[str, float] = Field(min_length=1)
    positions: tuple[str, ...] = Field(min_length=1)


@application_check("appointment.by-degree", ("appointment.years-short",), YearsByDegree)
def appointment_by_degree(context: ApplicationContext[YearsByDegree]) -> Iterator[Judgement]:
    asked, counted_to = context.parameters, context.plan.counted_to
    least = {level_name(degree): years for degree, years in asked.years.items()}
    held = [one.level for one in degrees(context.declaration) if one.level in least]
    read = read_terms(context.dossier, asked.positions)
    typed = declared_terms(context.declaration.appointments, asked.positions, counted_to)
    terms = (*read.terms, *typed) or _since_title(context)
    if not held or (not terms and not read.letters):
        yield INAPPLICABLE
        return
    degree = min(held, key=lambda one: least[one])
    days = days_in_post(terms, None, counted_to)
    if enough(days, least[degree]):
        return
    yield finding(
        "appointment.years-short",
        sure=not read.doubtful,
        severity=Severity.WARNING,
        variant="degree",
        values={
            "degree": degree,
            "position": asked.positions[0],
            "found": years_of(days),
            "required": least[degree],
            "counted_to": counted_to.isoformat(),
        },
        expected=f"≥ {least[degree]:g}",
        found=years_of(days),
    )


def _since_title(context: ApplicationContext[YearsByDegree]) -> tuple[Term, ...]:
    """Without any post told, the time since the present title is all that can be counted."""
    title = context.declaration.applicant.current_title
    obtained = parse_date(title.obtained or "") if title is not None else None
    named = title is not None and any(
        bare(one) in bare(title.name or "") for one in context.parameters.positions
    )
    if obtained is None or not named:
        return ()
    return (Term(earliest(obtained), context.plan.counted_to, True),)
