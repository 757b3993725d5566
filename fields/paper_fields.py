"""Fields made of several spans: their common box, their least confidence, their text as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.facts import Field, Value
from domain.geometry import Box, Where
from fields.paper_rows import joined
from fields.spans import Span


def made_of(spans: Sequence[Span], value: Value, sure: float = 1.0, raw: str | None = None) -> Field:
    """A field read off one or more spans of one page; its confidence is that of the least sure span."""
    page = spans[0].page
    return Field(
        value=value,
        raw=joined(span.text for span in spans) if raw is None else raw,
        confidence=min(max(min(span.confidence for span in spans) * sure, 0.0), 1.0),
        where=place(span for span in spans if span.page == page),
    )


def place(spans: Iterable[Span]) -> Where:
    """The smallest box around spans of one page (at least one)."""
    every = list(spans)
    return Where(page=every[0].page, box=Box.around(span.box for span in every))


def surest(*found: Field | None) -> Field | None:
    """The field with the highest confidence; the earlier on a tie."""
    there = [each for each in found if each is not None]
    return max(there, key=lambda each: each.confidence, default=None)
