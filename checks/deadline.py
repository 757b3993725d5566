"""C-TIME: the application was handed in before the last day that the requirement states."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import application_check
from domain.kinds import Severity
from matching.dates import earliest, parse_date


@application_check("period.deadline", ("period.deadline-passed",), Parameters)
def deadline(context: ApplicationContext[Parameters]) -> Iterator[Judgement]:
    submitted = parse_date(context.declaration.submitted or "")
    last_day = context.requirement.deadline
    if submitted is None or last_day is None:
        yield INAPPLICABLE
        return
    if earliest(submitted) > last_day:
        yield finding(
            "period.deadline-passed",
            severity=Severity.WARNING,
            values={
                "submitted": submitted,
                "stage": context.requirement.title,
                "last_day": last_day.isoformat(),
            },
            expected=f"≤ {last_day.isoformat()}",
            found=submitted,
        )
