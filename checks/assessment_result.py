"""C-ASS: every assessment of the years that count is 合格 (称职) or better, on paper and as typed in."""

from __future__ import annotations

from collections.abc import Iterator

from checks.assessment_results import Grade, grade_of, read_results
from checks.certainty import sure
from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import application_check


class AssessedYears(Parameters):
    """``years``: those whose result counts."""

    years: tuple[int, ...]


@application_check("assessment.result", ("assessment.result-unqualified",), AssessedYears)
def assessment_result(context: ApplicationContext[AssessedYears]) -> Iterator[Judgement]:
    judged = False
    told: set[int] = set()
    for read in read_results(context.dossier):
        if read.result is None or read.year not in context.parameters.years:
            continue
        judged = True
        grade = grade_of(read.result.text)
        if grade in (Grade.FAILED, Grade.UNKNOWN):
            told.add(read.year)
            yield finding(
                "assessment.result-unqualified",
                sure=grade is Grade.FAILED and sure(read.result) and read.year_sure and read.kind_sure,
                values={"year": read.year, "found": read.result.text},
                file=read.file.path,
                where=read.where,
                expected="合格",
                found=read.result.text,
                confidence=read.result.confidence,
            )
    for typed in context.declaration.assessments:
        if typed.result is None or typed.year not in context.parameters.years:
            continue
        judged = True
        if grade_of(typed.result) is Grade.FAILED and typed.year not in told:
            yield finding(
                "assessment.result-unqualified",
                variant="declared",
                values={"year": typed.year, "found": typed.result},
                expected="合格",
                found=typed.result,
            )
    if not judged:
        yield INAPPLICABLE
