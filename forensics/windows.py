"""Windows of a few characters along every line: each is compared with all others of its page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.reading import Line
from forensics.sight import Rectangle, Sight

WIDTHS = (1.3, 2.6)
"""In heights of the line: two figures, four figures."""
_LOWEST = 8
_TELLING = re.compile(r"\d|[\u4e00-\u9fff]")
"""Figures and Chinese: logos and addresses in Latin letters are nobody's hours, dates or names."""


@dataclass(frozen=True, slots=True)
class Window:
    place: Rectangle
    height: int


def windows_of(sight: Sight, lines: Sequence[Line]) -> Iterator[Window]:
    for line in lines:
        if not _TELLING.search(line.text):
            continue
        left, top, right, bottom = sight.rectangle(line.box)
        height = bottom - top
        if height < _LOWEST or right - left < height:
            continue
        for factor in WIDTHS:
            width = min(round(factor * height), right - left)
            starts = [*range(left, right - width, max(height // 2, 1)), right - width]
            for start in dict.fromkeys(starts):
                yield Window((max(start, 0), max(top, 0), start + width, bottom), height)
