"""A run of characters of one line: what labels, values and table cells are made of.

A span knows its place twice: ``box`` on the upload (what a flag shows), and ``left … bottom`` on a
straightened page, both axes in units of the page's width, where rows are level (what layout works with).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.geometry import Box, Point, Where
from domain.reading import Line

UNDER_SEAL = 0.85
"""Ink over a line makes its reading less sure than the engine says (``Line.under_seal``)."""


@dataclass(frozen=True, slots=True)
class Flat:
    """A text without spaces, width-folded; ``index[i]`` is where its character ``i`` stood before."""

    text: str
    index: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The range of the text before folding that ``[start, end)`` came from."""
        if start >= end or not self.index:
            return (0, 0)
        return (self.index[start], self.index[end - 1] + 1)


@lru_cache(maxsize=4096)
def flatten(text: str) -> Flat:
    """Fold widths (NFKC), drop spaces, keep one middle dot."""
    characters: list[str] = []
    index: list[int] = []
    for place, character in enumerate(text):
        for folded in unicodedata.normalize("NFKC", character):
            if not folded.isspace():
                characters.append("·" if folded in "•‧・∙" else folded)
                index.append(place)
    return Flat("".join(characters), tuple(index))


def flat(text: str) -> str:
    return flatten(text).text


def weight(character: str) -> float:
    """How wide a character is drawn, in ems: Chinese 1, Latin and digits about a half."""
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``[start, end)`` of ``line.text`` on page ``page``."""

    page: int
    line: Line
    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]

    @property
    def flat(self) -> str:
        return flat(self.text)

    @property
    def middle(self) -> float:
        """Height of the centre line on the straightened page."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def whole(self) -> bool:
        return self.start == 0 and self.end == len(self.line.text)

    @property
    def confidence(self) -> float:
        return self.line.confidence * (UNDER_SEAL if self.line.under_seal else 1.0)

    @property
    def box(self) -> Box:
        """Its share of the line's quadrilateral, by the width of the characters."""
        if self.whole:
            return self.line.box
        low, high = self._share(0, self.start), self._share(0, self.end)
        top_left, top_right, bottom_right, bottom_left = self.line.quad.points
        corners = [
            _between(first, second, share)
            for first, second in ((top_left, top_right), (bottom_left, bottom_right))
            for share in (low, high)
        ]
        xs, ys = [point.x for point in corners], [point.y for point in corners]
        return Box.clipped(min(xs), min(ys), max(xs), max(ys))

    @property
    def where(self) -> Where:
        return Where(page=self.page, box=self.box)

    def part(self, start: int, end: int) -> Span:
        """Characters ``[start, end)`` of this span's own text."""
        low = self._share(self.start, self.start + start, whole=False)
        high = self._share(self.start, self.start + end, whole=False)
        return replace(
            self,
            start=self.start + start,
            end=self.start + end,
            left=self.left + self.width * low,
            right=self.left + self.width * high,
        )

    def flat_part(self, start: int, end: int) -> Span:
        """Characters ``[start, end)`` of this span's *flat* text."""
        return self.part(*flatten(self.text).origin(start, end))

    def _share(self, start: int, end: int, *, whole: bool = True) -> float:
        text = self.line.text
        first, last = (0, len(text)) if whole else (self.start, self.end)
        total = sum(map(weight, text[first:last]))
        return sum(map(weight, text[start:end])) / total if total else 0.0


def _between(first: Point, second: Point, share: float) -> Point:
    return Point(first.x + (second.x - first.x) * share, first.y + (second.y - first.y) * share)
