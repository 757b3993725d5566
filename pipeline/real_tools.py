"""The stages of the house as tools of the line: functions that a worker can import by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from domain.declaration import DeclaredEvidence
from domain.facts import Document
from domain.reading import Reading
from domain.settings import load_settings
from pipeline.tools import JudgingTools, ReadingTools

if TYPE_CHECKING:
    from checks.thresholds import Values
    from domain.plan import Plan


def reading_tools() -> ReadingTools:
    """Intake and the reader; made in the worker process, whose networks load with the first page."""
    import cv2

    import forensics
    import intake
    import ocr

    cv2.setNumThreads(1)
    reader = ocr.Reader()

    def warm() -> None:
        page = ocr.practice_page()
        forensics.examine(page, reader.read(page))

    return ReadingTools(opened=intake.opened, read_page=reader.read, examine=forensics.examine, warm=warm)


def judging_tools(thresholds: Values | None = None) -> JudgingTools:
    """Fields, checks and policies, with the journal lists that were imported.

    ``thresholds``: to be tried instead of those that the house keeps.
    """
    import checks
    import fields
    import policies
    from checks.thresholds import with_thresholds
    from pipeline.thresholds import load_thresholds
    from policies.journals import load_lists

    settings = load_settings()
    values = load_thresholds(settings.thresholds) if thresholds is None else thresholds

    @cache
    def load_plan(plan: str) -> Plan:
        return with_thresholds(policies.load_plan(plan), values)

    return JudgingTools(
        understand=fields.understand,
        run_checks=checks.run,
        assemble=checks.assemble,
        load_plan=load_plan if values else policies.load_plan,
        default_plan=policies.DEFAULT_PLAN,
        lists=load_lists(settings.lists),
    )


def understand(reading: Reading, declared: DeclaredEvidence | None) -> Document:
    """What a file is, for ``inspect``."""
    import fields

    return fields.understand(reading, declared)
