"""C-CE-1: there is a record of continuing education for each of the years that the notice names."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import ApplicationContext, Parameters
from checks.evidence import documents, may_hide
from checks.finding import Judgement, finding
from checks.hours_ledger import CE, year_records
from checks.registry import application_check
from domain.kinds import Severity


class RecordYears(Parameters):
    """``years``: each needs a record. ``entered``: of these, hours typed in are the least that is asked.

    ``verified``: years that are not uploaded but that the office looks into; it is only told what it finds.
    """

    years: tuple[int, ...]
    entered: tuple[int, ...] = ()
    verified: tuple[int, ...] = ()


@application_check("hours.year", ("hours.year-missing",), RecordYears)
def hours_year(context: ApplicationContext[RecordYears]) -> Iterator[Judgement]:
    dossier = context.dossier
    records = year_records(dossier)
    shown = {record.year for record in records}
    dated = {(id(record.file), record.where.page) for record in records}
    # A record whose year was not made out, or only guessed, may be the one that is looked for.
    undated = any(
        not any((id(file), page) in dated for page in facts.pages) for file, facts in documents(dossier, CE)
    )
    stray = any(not record.year_sure for record in records)
    doubtful = undated or stray or may_hide(dossier, CE)
    typed = {hours.year for hours in context.declaration.continuing_education}
    for year in context.parameters.years:
        if year in shown:
            continue
        entered = year in context.parameters.entered and year in typed
        yield finding(
            "hours.year-missing",
            sure=not doubtful,
            severity=Severity.WARNING if entered else Severity.ERROR,
            variant="entered" if entered else "",
            values={"year": year},
            expected=str(year),
        )
    for year in context.parameters.verified:
        if year not in shown:
            yield finding(
                "hours.year-missing",
                severity=Severity.INFO if year in typed else Severity.WARNING,
                variant="verified",
                values={"year": year},
                expected=str(year),
            )
