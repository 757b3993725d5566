"""C-ASS: each of the years that the notice names has its annual assessment."""

from __future__ import annotations

from collections.abc import Iterator

from checks.assessment_results import ASSESSMENT, read_results
from checks.context import ApplicationContext, Parameters
from checks.evidence import documents, may_hide
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import application_check
from domain.kinds import Severity


class AssessmentYears(Parameters):
    """``years``: each needs an assessment paper, and a result typed in where results were typed at all."""

    years: tuple[int, ...]
    severity: Severity = Severity.ERROR


@application_check("assessment.years", ("assessment.year-missing",), AssessmentYears)
def assessment_years(context: ApplicationContext[AssessmentYears]) -> Iterator[Judgement]:
    dossier = context.dossier
    typed = {one.year for one in context.declaration.assessments}
    papers = documents(dossier, ASSESSMENT)
    read = read_results(dossier)
    hidden = may_hide(dossier, ASSESSMENT)
    shown = {one.year for one in read}
    undated = any(
        not any(one.file is file and one.where.page in facts.pages for one in read) for file, facts in papers
    )
    doubtful = hidden or undated or any(not one.year_sure for one in read)
    if not papers and not hidden and not typed:
        yield INAPPLICABLE  # evidence.missing speaks of the whole
        return
    for year in context.parameters.years:
        values = {"year": year}
        if year not in shown and (papers or hidden):
            yield finding(
                "assessment.year-missing",
                sure=not doubtful,
                severity=context.parameters.severity,
                values=values,
                expected=str(year),
            )
        elif typed and year not in typed:
            evidenced = year in shown
            yield finding(
                "assessment.year-missing",
                severity=Severity.WARNING if evidenced else context.parameters.severity,
                variant="declared",
                values=values,
                expected=str(year),
            )
