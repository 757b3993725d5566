"""Everything that was read off a file, value by value, named for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.facts import Field
from domain.kinds import EvidenceKind, HoursCategory
from domain.review import EvidenceFile
from policies.names import CATEGORY_NAMES
from report.privacy import Privacy
from report.words import FIELDS


@dataclass(frozen=True, slots=True)
class ReadValue:
    """``label`` is Chinese; of a table's row it begins with the row's number."""

    kind: EvidenceKind
    label: str
    text: str
    field: Field


def read_values(file: EvidenceFile, privacy: Privacy) -> Iterator[ReadValue]:
    """Fields of every document in the file, then the rows of its tables."""
    for facts in file.document.facts:
        for name, field in facts.fields.items():
            yield ReadValue(facts.kind, FIELDS.get(name, name), _told(name, field, privacy), field)
        for number, row in enumerate(facts.rows, start=1):
            for name, field in row.fields.items():
                label = f"{number}. {FIELDS.get(name, name)}"
                yield ReadValue(facts.kind, label, _told(name, field, privacy), field)


def _told(name: str, field: Field, privacy: Privacy) -> str:
    if name == "category" and field.text in set(HoursCategory):
        return CATEGORY_NAMES[HoursCategory(field.text)]
    return privacy.field(name, f"{field.value:g}" if isinstance(field.value, float) else field.text)
