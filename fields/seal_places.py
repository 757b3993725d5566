"""Forms that several offices stamp: each place for a seal, whose it is, and whether a seal lies on it.

A place is where a form says 盖章 or 公章; the cell it stands in is named by the words beside or above it
(所在单位意见, 主管部门意见, 人力社保部门意见 …).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.facts import Field, Row
from domain.geometry import Box, Where
from domain.reading import PageReading, Seal
from fields.layout import Sheet
from fields.seal_labels import governing, is_anchor, labels_in, role_of, says_seal
from fields.spans import Span
from fields.values import field
from matching.dates import find_dates

_REACH = 0.17
"""Page widths from the words 盖章 to the centre of a seal on them: it is a fifth of the page wide."""
_CELL_ABOVE, _CELL_BELOW = 0.12, 0.3
"""Page widths up and down from a label in the middle of its cell to a seal, where the words are covered."""
SEALED, EMPTY, PERHAPS = 0.97, 0.95, 0.6
SURE_SEAL = 0.6


@dataclass(slots=True)
class _Place:
    """A place for a seal; ``x``/``y`` in page widths of the upload."""

    sheet: Sheet
    anchor: Span
    label: str
    role: str
    marked: bool
    """The words 盖章 were read; else only the label of the cell was, a seal may cover them."""
    seals: list[tuple[float, Seal]]

    @property
    def x(self) -> float:
        return self.anchor.box.centre.x

    @property
    def y(self) -> float:
        return self.anchor.box.centre.y * _aspect(self.sheet.page)


def places(sheets: Sequence[Sheet]) -> tuple[Row, ...]:
    """Rows ``place``: role, label, seal (``sealed`` or ``empty``), unit as read on the seal, date."""
    rows: list[Row] = []
    for sheet in sheets:
        found = list(_places(sheet))
        if not found:
            continue
        stray = _assign(sheet.page, found)
        rows += [_row(place, found, stray) for place in found]
    return tuple(rows)


def _aspect(page: PageReading) -> float:
    return page.height / page.width if page.width and page.height else 2**0.5


def _places(sheet: Sheet) -> Iterator[_Place]:
    labels = labels_in(sheet)
    used: set[int] = set()
    for span in sheet.spans:
        text = span.flat
        if not is_anchor(text):
            continue
        own = role_of(text)
        cell = governing(span, labels)
        label = text if own else (cell[0] if cell else text)
        if cell and own in ("", role_of(cell[0])):
            used.add(id(cell[1]))
        yield _Place(sheet, span, label, own or role_of(label) or "other", True, [])
    for label, span in labels:
        if id(span) not in used and "意见" in label and not says_seal(label):
            yield _Place(sheet, span, label, role_of(label) or "other", False, [])


def _assign(page: PageReading, found: Sequence[_Place]) -> list[Seal]:
    """Give every seal to the nearest place; those far from all places are returned."""
    of_marks = {mark.seal for mark in page.marks if mark.seal is not None}
    stray = []
    for number, seal in enumerate(page.seals):
        if number in of_marks:
            continue
        away = [(_distance(place, seal, page), place) for place in found]
        distance, nearest = min(away, key=lambda each: each[0])
        if distance <= 1.0:
            nearest.seals.append((distance, seal))
        else:
            stray.append(seal)
    return stray


def _distance(place: _Place, seal: Seal, page: PageReading) -> float:
    """How far a seal lies from a place, 1 = as far as it may; cells without the words yield to others."""
    x, y = seal.box.centre.x, seal.box.centre.y * _aspect(page)
    if place.marked:
        return float(((place.x - x) ** 2 + (place.y - y) ** 2) ** 0.5 / _REACH)
    down = y - place.y
    if not -_CELL_ABOVE <= down <= _CELL_BELOW or x < place.anchor.box.left:
        return float("inf")
    return 0.5 + 0.5 * abs(down) / _CELL_BELOW


def _row(place: _Place, every: Sequence[_Place], stray: Sequence[Seal]) -> Row:
    where = place.anchor.where
    sure = min(place.anchor.confidence, 1.0)
    fields: dict[str, Field] = {
        "role": field(place.role, place.anchor, 0.95 if place.role != "other" else 0.5),
        "label": field(place.label, place.anchor),
    }
    if place.seals:
        _, seal = min(place.seals, key=lambda each: (each[1].confidence < SURE_SEAL, each[0]))
        at = Where(page=place.sheet.number, box=seal.box)
        fields["seal"] = Field(value="sealed", confidence=min(seal.confidence, SEALED), where=at)
        if seal.text:
            fields["unit"] = Field(value=seal.text, raw=seal.text, confidence=seal.text_confidence, where=at)
        where = at
    else:
        crowded = any(len(other.seals) > 1 for other in every)
        doubt = bool(stray) or crowded or place.sheet.page.quality.clipped
        fields["seal"] = Field(
            value="empty", confidence=sure * (PERHAPS if doubt else EMPTY), where=place.anchor.where
        )
    date = _date(place, every)
    if date is not None:
        fields["date"] = date
    boxes = [each.where.box for each in fields.values() if each.where.box]
    return Row(kind="place", fields=fields, where=Where(page=where.page, box=Box.around(boxes)))


def _date(place: _Place, every: Sequence[_Place]) -> Field | None:
    """The date nearest to the seal, or to the words where none lies there, unless nearer to another place."""
    best: tuple[float, Field] | None = None
    page = place.sheet.page
    for span in place.sheet.spans:
        for date in find_dates(span.flat):
            if len(date.iso) <= len("2020"):
                continue
            part = span.flat_part(date.start, date.end)
            away = _apart(place, part, page)
            nearer = any(_apart(other, part, page) < away for other in every if other is not place)
            if away <= _REACH and not nearer and (best is None or away < best[0]):
                best = (away, field(date.iso, part, 0.95 if date.sure else 0.8))
    return best[1] if best else None


def _apart(place: _Place, span: Span, page: PageReading) -> float:
    """Page widths from the place's seal, else its words, to a span."""
    x, y = place.x, place.y
    if place.seals:
        centre = min(place.seals, key=lambda each: each[0])[1].box.centre
        x, y = centre.x, centre.y * _aspect(page)
    centre = span.box.centre
    return float(((x - centre.x) ** 2 + (y - centre.y * _aspect(page)) ** 2) ** 0.5)
