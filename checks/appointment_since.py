"""E-SKILL, F-ROUTE: so many years have passed since a qualification was obtained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from checks.certainty import surely_of_its_kind
from checks.context import ApplicationContext, Parameters
from checks.evidence import documents
from checks.finding import Judgement, finding
from checks.registry import application_check
from checks.tenure import DAYS_A_YEAR, enough
from domain.kinds import EvidenceKind, Severity
from domain.review import Dossier
from matching.dates import earliest, parse_date
from matching.text import bare

CERTIFICATES = frozenset({EvidenceKind.QUALIFICATION_CERTIFICATE})


class YearsSince(Parameters):
    """Least ``years`` since one of ``titles`` (a name that holds the word) was obtained."""

    years: float = Field(gt=0)
    titles: tuple[str, ...] = Field(min_length=1)


@application_check("appointment.since", ("appointment.years-short",), YearsSince)
def appointment_since(context: ApplicationContext[YearsSince]) -> Iterator[Judgement]:
    asked, counted_to = context.parameters, context.plan.counted_to
    obtained = min(_obtained(context.dossier, asked.titles), default=None)
    shown = "、".join(asked.titles)
    if obtained is None:
        yield finding(
            "appointment.years-short",
            sure=False,
            severity=Severity.WARNING,
            variant="since-unread",
            values={"title": shown, "required": asked.years},
            expected=f"≥ {asked.years:g}",
        )
        return
    day, certain = obtained
    days = (counted_to - day).days + 1
    if not enough(days, asked.years):
        found = f"{max(int(days / DAYS_A_YEAR * 10), 0) / 10:g}"
        yield finding(
            "appointment.years-short",
            sure=certain,
            severity=Severity.WARNING,
            variant="since",
            values={
                "title": shown,
                "obtained": day.isoformat(),
                "counted_to": counted_to.isoformat(),
                "found": found,
                "required": asked.years,
            },
            expected=f"≥ {asked.years:g}",
            found=found,
        )


def _obtained(dossier: Dossier, titles: tuple[str, ...]) -> Iterator[tuple[date, bool]]:
    """The earliest day that each typed or read certificate of the titles may have been obtained."""
    applicant = dossier.declaration.applicant
    typed = [(one.name, one.obtained) for one in dossier.declaration.certificates]
    if applicant.current_title is not None:
        typed.append((applicant.current_title.name, applicant.current_title.obtained))
    for name, obtained in typed:
        iso = parse_date(obtained or "")
        if iso and _names(name, titles):
            yield earliest(iso), True
    for file, facts in documents(dossier, CERTIFICATES):
        title, field = facts.get("title"), facts.get("obtained")
        iso = parse_date(field.text) if field is not None else None
        if iso and title is not None and _names(title.text, titles):
            yield earliest(iso), surely_of_its_kind(file, facts)


def _names(name: str | None, titles: tuple[str, ...]) -> bool:
    """高级工程师 holds the word 高级工, and is no 高级工."""
    text = bare(name or "")
    return any(bare(one) in text and f"{bare(one)}程师" not in text for one in titles)
