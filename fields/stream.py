"""The page as one run of text, for prose that wraps from line to line. Places in it lead back to the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.facts import Field, Value
from domain.geometry import Box, Where
from fields.layout import Sheet
from fields.spans import Span


@dataclass(frozen=True)
class Stream:
    """Flat text of spans in reading order, without anything between them."""

    text: str
    spans: tuple[Span, ...]
    starts: tuple[int, ...]
    """Where each span begins in ``text``."""

    def parts(self, start: int, end: int) -> list[Span]:
        """The parts of the spans that ``[start, end)`` covers."""
        found = []
        for span, first in zip(self.spans, self.starts, strict=True):
            low, high = max(start, first), min(end, first + len(span.flat))
            if low < high:
                found.append(span.flat_part(low - first, high - first))
        return found

    def breaks(self, start: int, end: int) -> bool:
        """A span ends within ``[start, end)``: what stands there is not of one line."""
        return any(start < first < end for first in self.starts)

    def field(self, value: Value, start: int, end: int, sure: float = 1.0) -> Field | None:
        parts = self.parts(start, end)
        if not parts:
            return None
        return Field(
            value=value,
            raw="".join(part.text for part in parts),
            confidence=min(max(min(part.confidence for part in parts) * sure, 0.0), 1.0),
            where=around(parts),
        )


def around(spans: Sequence[Span]) -> Where:
    """The place that holds all of ``spans`` (at least one, of one page; else those of the first page)."""
    page = spans[0].page
    return Where(page=page, box=Box.around([span.box for span in spans if span.page == page]))


def stream(sheets: Sequence[Sheet]) -> Stream:
    spans: list[Span] = []
    starts: list[int] = []
    texts: list[str] = []
    at = 0
    for sheet in sheets:
        for span in sheet.spans:
            spans.append(span)
            starts.append(at)
            texts.append(span.flat)
            at += len(span.flat)
    return Stream("".join(texts), tuple(spans), tuple(starts))
