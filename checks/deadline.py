"""C-TIME: the application was handed in before the notice's last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checks.context import ApplicationContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import application_check
from domain.kinds import Severity
from matching.dates import earliest, parse_date


class Deadline(Parameters):
    """``last_day``: the last day of ``stage`` (in the notice's words)."""

    last_day: date
    stage: str


@application_check("period.deadline", ("period.deadline-passed",), Deadline)
def deadline(context: ApplicationContext[Deadline]) -> Iterator[Judgement]:
    submitted = parse_date(context.declaration.submitted or "")
    if submitted is None:
        yield INAPPLICABLE
        return
    last_day = context.parameters.last_day
    if earliest(submitted) > last_day:
        yield finding(
            "period.deadline-passed",
            severity=Severity.WARNING,
            values={
                "submitted": submitted,
                "stage": context.parameters.stage,
                "last_day": last_day.isoformat(),
            },
            expected=f"≤ {last_day.isoformat()}",
            found=submitted,
        )
