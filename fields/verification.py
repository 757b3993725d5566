"""The verification on a photocopy (“核对无误”, who, when): added later, so no part of the document itself."""

from __future__ import annotations

import re

from domain.geometry import Box
from domain.reading import Line, PageReading
from matching.dates import find_dates

_STATEMENT = re.compile(
    r"核对无误|核对一致|与原[件本](?:核对)?(?:一致|相符|无[误异]|相同)?|原件(?:已)?(?:核|审)|复印(?:件)?.{0,8}(?:一致|相符|无误)"
)
_BESIDE = re.compile(
    r"验证人|核对人|核验人|审核人|经办人|验证时间|核对时间|核验|^(?:日期|时间|签名|签字)[:：]"
)
_LINES_BELOW = 7.0
"""Signature and date stand within this many line heights under or beside the statement."""
_LONGEST_STATEMENT = 24
"""A longer line is a sentence of the document that speaks of copies."""


def document_lines(page: PageReading) -> list[Line]:
    """The page's lines with text, without those of verification marks."""
    lines = [line for line in page.lines if line.text.strip()]
    regions = [box for mark in page.marks for box in (mark.box, mark.date_box) if box is not None]
    regions += [mark.signature.box for mark in page.marks if mark.signature is not None]
    statements = [
        line
        for line in lines
        if len(line.text) <= _LONGEST_STATEMENT and _STATEMENT.search(line.text.replace(" ", ""))
    ]
    beside = [_around(line.box) for line in statements]
    return [
        line
        for line in lines
        if line not in statements
        and not any(region.contains(line.box.centre) for region in regions)
        and not (_goes_with(line) and any(box.contains(line.box.centre) for box in beside))
    ]


def _around(box: Box) -> Box:
    return Box.clipped(
        box.left - box.width,
        box.top - box.height,
        box.right + box.width,
        box.bottom + _LINES_BELOW * box.height,
    )


def _goes_with(line: Line) -> bool:
    """A date alone, a word such as 验证人, or a bare name."""
    text = re.sub(r"\s", "", line.text)
    if _BESIDE.search(text) or re.fullmatch(r"[\u3400-\u9fff]{2,3}", text):
        return True
    dates = find_dates(text)
    return bool(dates) and len(text) - (dates[-1].end - dates[0].start) <= 4
