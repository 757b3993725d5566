"""C-APP: the applicant is in post in the year of application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from checks.context import ApplicationContext, Parameters
from checks.evidence import may_hide
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import application_check
from checks.tenure import LETTERS, Term, declared_terms, only_place, read_terms


class CurrentPost(Parameters):
    """``positions``: a name that holds one of these words is the post."""

    positions: tuple[str, ...] = Field(min_length=1)


@application_check("appointment.current", ("appointment.not-current",), CurrentPost)
def appointment_current(context: ApplicationContext[CurrentPost]) -> Iterator[Judgement]:
    positions, plan = context.parameters.positions, context.plan
    read = read_terms(context.dossier, positions)
    typed = declared_terms(context.declaration.appointments, positions, plan.counted_to)
    terms = read.terms if read.letters else typed
    if not terms and not read.letters:
        yield INAPPLICABLE
        return
    if any(_in_year(term, plan.year) for term in terms):
        return
    last = max(terms, key=lambda term: term.last, default=None)
    ended = last.last.isoformat() if last else "未读出"
    file, where = only_place(terms)
    yield finding(
        "appointment.not-current",
        sure=not read.doubtful and not may_hide(context.dossier, LETTERS),
        values={"year": plan.year, "ended": ended, "position": positions[0]},
        file=file,
        where=where,
        expected=str(plan.year),
        found=ended,
    )


def _in_year(term: Term, year: int) -> bool:
    return term.first <= date(year, 12, 31) and term.last >= date(year, 1, 1)
