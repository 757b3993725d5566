"""G-FORGE: a PDF whose own text says something else than its picture goes to a person."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import FileContext, Parameters
from checks.finding import Judgement, finding
from checks.registry import file_check
from domain.geometry import Where
from domain.kinds import Severity


@file_check("tamper.text-layer", ("tamper.suspected",), Parameters)
def tamper_text_layer(context: FileContext[Parameters]) -> Iterator[Judgement]:
    for page in context.file.reading.pages:
        if page.hidden_text_differs:
            yield finding(
                "tamper.suspected",
                severity=Severity.WARNING,
                variant="text-layer",
                values={"page": page.number},
                where=Where(page=page.number),
            )
