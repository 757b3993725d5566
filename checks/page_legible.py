"""G-KIND, C-READ: every page can be read; a blurred one goes back to be scanned again."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import FileContext, Parameters
from checks.finding import INAPPLICABLE, Judgement, finding
from checks.registry import file_check
from checks.thresholds import threshold
from domain.geometry import Where
from domain.kinds import EvidenceKind, Severity
from domain.reading import PageReading

ENOUGH_LINES = 4
"""Fewer lines than this say nothing about the page as a whole."""


class Legibility(Parameters):
    poor_lines: float = threshold("page.legible", "poor_lines")
    """Mean confidence of a page's lines below which the reader was guessing."""
    soft: float = threshold("page.legible", "soft")
    """Sharpness below which only large print survives; print in focus is above 0.4."""


@file_check("page.legible", ("page.illegible", "page.blank"), Legibility)
def page_legible(context: FileContext[Legibility]) -> Iterator[Judgement]:
    file = context.file
    declared = file.declared.kind if file.declared else None
    if EvidenceKind.ID_PHOTO in (declared, file.document.kind.name) or not file.reading.pages:
        yield INAPPLICABLE
        return
    pages = file.reading.pages
    all_blank = all(page.quality.blank for page in pages)
    for page in pages:
        where, number = Where(page=page.number), {"page": page.number}
        if page.quality.blank:
            # The empty back of a sheet is no fault; a file with nothing on it proves nothing.
            severity = Severity.ERROR if all_blank else Severity.INFO
            variant = "" if all_blank else "among-others"
            yield finding("page.blank", severity=severity, variant=variant, values=number, where=where)
        elif page.problem is not None or not page.quality.legible:
            yield finding("page.illegible", severity=Severity.WARNING, values=number, where=where)
        elif _guessed(page, context.parameters) or _blurred_away(page, context.parameters):
            yield finding("page.illegible", sure=False, values=number, where=where)


def _blurred_away(page: PageReading, bounds: Legibility) -> bool:
    """Only a heading in large print was read: on a page so soft, the rest may be there and be lost."""
    return page.quality.sharpness < bounds.soft and len(page.lines) < ENOUGH_LINES


def _guessed(page: PageReading, bounds: Legibility) -> bool:
    confidences = [line.confidence for line in page.lines]
    return len(confidences) >= ENOUGH_LINES and sum(confidences) / len(confidences) < bounds.poor_lines
