"""Typed facts read off one document. Every value keeps its raw text, its place and its confidence."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field as Constraint

from domain.base import Record
from domain.geometry import Where
from domain.kinds import EvidenceKind

Value = str | int | float | bool


class Field(Record):
    """One value. ``value`` is in normal form (ISO date, digits, folded text), ``raw`` as on the page."""

    value: Value
    raw: str = ""
    confidence: float = Constraint(ge=0, le=1)
    where: Where

    @property
    def text(self) -> str:
        return str(self.value)

    @property
    def number(self) -> float | None:
        return float(self.value) if isinstance(self.value, int | float) else None


class Row(Record):
    """One row of a table: a year of hours, a course, an entry of a contents page, a period."""

    kind: str
    fields: Mapping[str, Field]
    where: Where

    def get(self, name: str) -> Field | None:
        return self.fields.get(name)


class KindGuess(Record):
    name: EvidenceKind
    confidence: float = Constraint(ge=0, le=1)


class Facts(Record):
    """One document within a file: ``pages`` are the page numbers it spans (a PDF may hold many documents)."""

    kind: EvidenceKind
    kind_confidence: float = Constraint(ge=0, le=1)
    pages: tuple[int, ...]
    fields: Mapping[str, Field] = {}
    rows: tuple[Row, ...] = ()

    def get(self, name: str) -> Field | None:
        return self.fields.get(name)

    def rows_of(self, kind: str) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.kind == kind)


class Document(Record):
    """What the ``fields`` room makes of one file: its kind as a whole, and the documents found in it."""

    kind: KindGuess
    page_kinds: tuple[EvidenceKind, ...]
    facts: tuple[Facts, ...]
