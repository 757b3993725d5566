"""Hours in sentences and in labelled boxes: “2018年度…共计96学时，其中专业科目62学时…”, “专业科目：62”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.facts import Field, Row
from fields.hours import CATEGORY_HEADERS, hours_of
from fields.layout import Sheet
from fields.stream import Stream, stream
from fields.values import row

_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)年?度|(?<!\d)((?:19|20)\d\d)年(?!\d|度)|年度[:：]?((?:19|20)\d\d)(?!\d)"
)
_AMOUNT = re.compile(
    r"(?:[:：为是共计达到完成学习取得获登记了合\s|_()（）]|学时|课时|时数){0,10}?(\d+(?:\.\d+)?)"
)
_UNIT_AFTER = re.compile(r"[)）]?(?:个?学[时吋]|课时|个?小时)")
_TOTAL = re.compile(r"(?:共计|合计|总计|累计|总学[时吋]数?|学[时吋](?:总数|合计|总计|数)|年度学[时吋])")
_LOOSE_TOTAL = re.compile(r"(?:共|参加继续教育|继续教育|完成|学[时吋]|课时)")
"""Words after which an amount is the total only where 学时 follows it."""
_DEMAND = re.compile(r"(?:不少于|不低于|不得少于|应达到?|须达到?|要求|至少|规定|≥|满)[^,，。;；\d]{0,12}$")
SENTENCE, BOXED = 0.95, 0.93


def prose_rows(sheets: Sequence[Sheet], *, boxed: bool = True) -> tuple[Row, ...]:
    """``hours_year`` rows of sentences and of label-value pairs, one a year, in the order of the page.

    ``boxed=False``: only amounts that stand in one line with their label; the boxes of a list are no pairs.
    """
    text = stream(sheets)
    marks = list(_YEAR.finditer(text.text))
    bounds = [mark.start() for mark in marks] + [len(text.text)]
    if not marks:
        return tuple(filter(None, [_record(text, 0, len(text.text), None, boxed)]))
    records: dict[int, Row] = {}
    lead = _record(text, 0, bounds[0], None, boxed)
    for place, mark in enumerate(marks):
        digits = next(group for group in range(1, 4) if mark.group(group))
        value = int(mark.group(digits))
        year = text.field(value, *mark.span(digits), SENTENCE)
        record = _record(text, mark.end(), bounds[place + 1], year, boxed)
        if record and (value not in records or len(record.fields) > len(records[value].fields)):
            records[value] = record
    if lead and len({_year(mark) for mark in marks}) == 1 and not records:
        return (lead,)
    return tuple(records.values())


def _year(mark: re.Match[str]) -> str:
    return next(group for group in mark.groups() if group)


def _record(text: Stream, start: int, end: int, year: Field | None, boxed: bool) -> Row | None:
    """Hours of the categories, and the total, between two places of the text."""
    piece = text.text[start:end]
    found: dict[str, Field] = {}
    taken: list[tuple[int, int]] = []
    for name, pattern in CATEGORY_HEADERS.items():
        if name == "total":
            continue
        for label in pattern.finditer(piece):
            amount = _amount_after(text, piece, start, label.start(), label.end(), boxed)
            free = all(label.end() <= low or high <= label.start() for low, high in taken)
            if amount and free and name not in found:
                found[name], last = amount
                taken.append((label.start(), last))
    total = _total(text, piece, start, taken, boxed)
    if total:
        found["total"] = total
    if not found or (set(found) == {"total"} and year is None):
        return None
    if year:
        found["year"] = year
    return row("hours_year", found)


def _total(text: Stream, piece: str, start: int, taken: list[tuple[int, int]], boxed: bool) -> Field | None:
    for pattern in (_TOTAL, _LOOSE_TOTAL):
        for label in pattern.finditer(piece):
            if any(low < label.end() and label.start() < high for low, high in taken):
                continue
            amount = _amount_after(text, piece, start, label.start(), label.end(), boxed)
            if amount and (pattern is _TOTAL or _UNIT_AFTER.match(piece, amount[1])):
                return amount[0]
    return None


def _amount_after(
    text: Stream, piece: str, offset: int, at: int, end: int, boxed: bool
) -> tuple[Field, int] | None:
    """The number right after a label, with where it ends in ``piece``; what a rule demands is no amount."""
    found = _AMOUNT.match(piece, end)
    if not found or _DEMAND.search(piece[max(0, at - 16) : at]) or _DEMAND.search(piece[at : found.start(1)]):
        return None
    start, stop = found.span(1)
    stop = _own_digits(text, offset + start, offset + stop) - offset
    value = hours_of(piece[start:stop])
    united = _UNIT_AFTER.match(piece, stop)
    broken = text.breaks(offset + at, offset + start + 1)
    if value is None or (not united and piece[stop : stop + 1] in ("年", "-", "/", "月", "%", "门")):
        return None
    read = text.field(value, offset + start, offset + stop, SENTENCE if united else BOXED)
    if read is None or (broken and not united and not (boxed and _beside(text, offset, at, start))):
        return None
    return read, stop


def _own_digits(text: Stream, start: int, end: int) -> int:
    """Where a number ends that begins a box: digits of the next box are not its own."""
    cuts = [first for first in text.starts if start < first < end]
    return cuts[0] if cuts and start in text.starts else end


def _beside(text: Stream, offset: int, at: int, start: int) -> bool:
    """Label and number stand in neighbouring boxes of one row, or one under the other."""
    label = text.parts(offset + at, offset + at + 1)
    number = text.parts(offset + start, offset + start + 1)
    if not label or not number:
        return False
    gap = abs(number[0].middle - label[0].middle)
    overlap = min(label[0].right, number[0].right) > max(label[0].left, number[0].left)
    return gap < 0.6 * label[0].height or (overlap and gap < 2.5 * label[0].height)
