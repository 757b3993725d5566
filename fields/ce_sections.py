"""Headings of sections in lists of courses (“一、专业科目”): the category of what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.facts import Field
from fields.hours import SUMS, category_of
from fields.layout import Sheet
from fields.spans import Span
from fields.values import field

_NUMBER = r"(?:\(?[一二三四五六七八九\d]{1,2}[)、.．:：]{1,2}|第[一二三四五六]部分[:：]?|[■●◆◇▲★※])?"
_NAMED = (
    r"(?:专业|行业公需|一般公需|公需)(?:科[目日]|课程?|类|知识|必修课?|学[时吋]|内容|部分|学习|情况|培训)*"
)
_REST = r"(?:[(:：].{0,24}|(?:学[时吋])?(?:小计|合计).{0,12})?"
_SECTION = re.compile(_NUMBER + _NAMED + _REST)
_SURE = 0.92


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: what stands below it on ``page``, down to the next one, is of its category."""

    page: int
    middle: float
    category: Field


def sections(sheet: Sheet) -> tuple[Section, ...]:
    """Headings from top to bottom. A category beside other cells is a cell or a label, no heading."""
    found = []
    for row in sheet.rows:
        head = row[0]
        category = category_of(head.flat)
        if category and _SECTION.fullmatch(head.flat) and _alone(row):
            found.append(Section(sheet.number, head.middle, field(category.value, head, _SURE)))
    # One heading alone may be a title or a label above its number; a list has several.
    return tuple(found) if len({each.category.value for each in found}) > 1 else ()


def _alone(row: Sequence[Span]) -> bool:
    return len(row) == 1 or all(SUMS.search(span.flat) for span in row[1:])


def section_of(found: Sequence[Section], page: int, middle: float) -> Field | None:
    """The category of the last heading above a place; headings of the pages before count."""
    above = [each for each in found if (each.page, each.middle) < (page, middle)]
    return above[-1].category if above else None
