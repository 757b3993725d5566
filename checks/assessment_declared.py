"""G-DECL: the results typed in are those on the assessment papers."""

from __future__ import annotations

from collections.abc import Iterator

from checks.assessment_results import Grade, grade_of, read_results
from checks.certainty import sure
from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import application_check


@application_check("assessment.declared", ("assessment.declared-mismatch",), Parameters)
def assessment_declared(context: ApplicationContext[Parameters]) -> Iterator[Judgement]:
    typed = {one.year: one.result for one in context.declaration.assessments if one.result}
    compared = False
    for read in read_results(context.dossier):
        declared = typed.get(read.year)
        if declared is None or read.result is None:
            continue
        compared = True
        wanted, found = grade_of(declared), grade_of(read.result.text)
        if wanted is found or Grade.UNKNOWN in (wanted, found):
            continue
        yield finding(
            "assessment.declared-mismatch",
            sure=sure(read.result) and read.year_sure and read.kind_sure,
            values={"year": read.year, "declared": declared, "found": read.result.text},
            file=read.file.path,
            where=read.where,
            expected=declared,
            found=read.result.text,
            confidence=read.result.confidence,
        )
    if not compared:
        yield INAPPLICABLE
