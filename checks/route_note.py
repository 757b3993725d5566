"""Routing notes: what the notice has in store for applicants of this level, route or circumstance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from checks.context import ApplicationContext, Parameters
from checks.finding import Judgement, finding
from checks.registry import application_check
from domain.kinds import Severity


class RoutingNote(Parameters):
    """``case``: in which case the applicant is; ``follows``: what follows. The use says who is in it."""

    case: str = Field(min_length=2)
    follows: str = Field(min_length=2)
    severity: Literal[Severity.INFO, Severity.WARNING] = Severity.INFO


@application_check("route.note", ("form.value-format",), RoutingNote)
def route_note(context: ApplicationContext[RoutingNote]) -> Iterator[Judgement]:
    told = context.parameters
    yield finding(
        "form.value-format",
        severity=told.severity,
        variant="routing",
        values={"case": told.case, "follows": told.follows},
        found=told.case,
    )
