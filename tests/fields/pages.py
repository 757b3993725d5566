"""Pages written by hand: lines of text at places, as an engine would give them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from domain.declaration import DeclaredEvidence
from domain.facts import Document, Facts
from domain.geometry import Point, Quad
from domain.kinds import EvidenceKind, ReadingStatus
from domain.reading import Line, PageQuality, PageReading, Reading
from fields import understand
from fields.spans import weight

ASPECT = 1.414
Placed = tuple[float, float, str]
"""Left edge and middle in page widths and page heights, and the text."""


def line(left: float, middle: float, text: str, size: float = 0.018, tilt: float = 0.0) -> Line:
    """One line, its characters ``size`` page widths wide, the page turned by ``tilt`` degrees."""
    width = size * sum(map(weight, text))
    half = size * 0.6
    angle = math.radians(tilt)
    corners = []
    for x, y in ((left, -half), (left + width, -half), (left + width, half), (left, half)):
        across, down = x - 0.5, middle * ASPECT + y - 0.7
        turned_x = across * math.cos(angle) - down * math.sin(angle)
        turned_y = across * math.sin(angle) + down * math.cos(angle)
        corners.append(Point(turned_x + 0.5, (turned_y + 0.7) / ASPECT))
    first, second, third, fourth = corners
    return Line(text=text, raw=text, confidence=0.98, quad=Quad(points=(first, second, third, fourth)))


def page(
    lines: Iterable[Placed], *, title: str = "", number: int = 1, tilt: float = 0.0, size: float = 0.018
) -> PageReading:
    """A portrait page; ``title`` stands centred at its head in larger type."""
    placed = [line(left, middle, text, size, tilt) for left, middle, text in lines]
    if title:
        head = 0.032
        placed.insert(0, line(0.5 - head * sum(map(weight, title)) / 2, 0.08, title, head, tilt))
    quality = PageQuality(sharpness=0.9)
    return PageReading(number=number, width=1000, height=1414, quality=quality, lines=tuple(placed))


def grid(
    columns: Iterable[float], rows: Iterable[Iterable[str]], top: float = 0.3, pitch: float = 0.04
) -> list[Placed]:
    """Cells of a table, one list a row; an empty text is an empty cell."""
    lefts = tuple(columns)
    return [
        (left, top + place * pitch, text)
        for place, row in enumerate(rows)
        for left, text in zip(lefts, row, strict=True)
        if text
    ]


def document(*pages: PageReading, declared: EvidenceKind | None = None) -> Document:
    """What the room makes of a file of these pages."""
    reading = Reading(
        path="one.pdf",
        sha256="0" * 64,
        size=1,
        media_type="application/pdf",
        status=ReadingStatus.COMPLETE,
        pages=pages,
    )
    hint = DeclaredEvidence(file="one.pdf", kind=declared) if declared else None
    return understand(reading, hint)


def facts(*pages: PageReading) -> Facts:
    """The facts of a file that is one document."""
    found = document(*pages).facts
    assert len(found) == 1
    return found[0]


def values(found: Facts) -> dict[str, object]:
    return {name: field.value for name, field in found.fields.items()}


def rows(found: Facts, kind: str) -> list[dict[str, object]]:
    """Rows of one kind as plain values, in order."""
    return [
        {name: field.value for name, field in row.fields.items()} for row in found.rows if row.kind == kind
    ]
