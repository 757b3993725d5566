"""When a reading may be held against a person: the one place that says how sure is sure."""

from __future__ import annotations

from collections.abc import Iterable

from domain.facts import Facts, Field
from domain.reading import PageReading
from domain.review import EvidenceFile
from matching.likeness import SURE_READING

SURE_VALUE = SURE_READING
"""A value below this confidence is a guess: a flag upon it is a warning that says so."""

SURE_KIND = 0.7
"""A document below this confidence may be of another kind than it was taken for."""


def sure(*fields: Field | None) -> bool:
    """Whether every value that is there was read with confidence."""
    return all(field is None or field.confidence >= SURE_VALUE for field in fields)


def surely_of_its_kind(file: EvidenceFile, facts: Facts) -> bool:
    """The reading is sure of the kind, or the applicant declared the same."""
    declared = file.declared.kind if file.declared else None
    return facts.kind_confidence >= SURE_KIND or declared is facts.kind


def well_read(page: PageReading) -> bool:
    """Nothing hides on the page for want of sharpness: what is not found on it is not there."""
    return page.problem is None and page.quality.legible and not page.quality.clipped


def pages_of(file: EvidenceFile, facts: Facts | None = None) -> tuple[PageReading, ...]:
    """The pages of one document, or of the whole file."""
    if facts is None:
        return file.reading.pages
    return tuple(page for page in file.reading.pages if page.number in facts.pages)


def all_well_read(pages: Iterable[PageReading]) -> bool:
    return all(well_read(page) for page in pages)
