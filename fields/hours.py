"""Words of continuing education: the three categories of hours, totals, and years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from domain.facts import Field
from domain.kinds import HoursCategory
from fields.spans import Span
from fields.values import field
from matching.numbers import parse_number

CELL, FILLED = 0.97, 0.85
"""How sure a value is that stands in its row's own cell; one taken over from a neighbouring row."""
SUMS = re.compile(r"合计|总计|累计|共计|总学时|小计")
_UNIT = r"(?:学时数?|课时|时数)?(?:\((?:学时|课时|分|单位:学时|≥?\d+)\))?"
_TIME = "[时吋对]"
INDUSTRY = rf"行业(?:公需|公共|公修|通用)(?:科[目日]|课程?|知识)?{_UNIT}"
GENERAL = rf"(?:一般)?(?:公需|公共|公修)(?:科[目日]|课程?|知识)?{_UNIT}|一般科[目日]{_UNIT}"
PROFESSIONAL = rf"(?:专业|专门)(?:科[目日]|课程?(?!题)|类|知识|技术知识|学[时吋]){_UNIT}"
TOTAL = (
    rf"(?:总学{_TIME}数?|学{_TIME}(?:总数|合计|总计|总和)|(?:年度)?(?:合计|总计|累计|共计|小计)(?:学{_TIME}数?|课时)?|"
    rf"年度学{_TIME}数?|总分|总课时){_UNIT}"
)
YEAR = r"(?:学习|登记|继续教育|所属|培训|考核|学时)?(?:年度|年份)(?!学)|^年$"

CATEGORY_HEADERS: Mapping[str, re.Pattern[str]] = {
    HoursCategory.INDUSTRY_PUBLIC.value: re.compile(INDUSTRY),
    HoursCategory.GENERAL_PUBLIC.value: re.compile(GENERAL),
    HoursCategory.PROFESSIONAL.value: re.compile(PROFESSIONAL),
    "total": re.compile(TOTAL),
}
"""In the order in which they must be tried: “行业公需科目” holds “公需科目”."""

MOST_HOURS = 999
_DIRT = "*'\"`|_~^、。.,:; "
"""What specks and table lines are read as."""
_YEAR_CELL = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_CATEGORY = (
    (HoursCategory.INDUSTRY_PUBLIC, re.compile(r"行业(?:公需|公共|公修|通用)")),
    (HoursCategory.GENERAL_PUBLIC, re.compile(r"公需|公共|公修|一般科[目日]|一般")),
    (HoursCategory.PROFESSIONAL, re.compile(r"专业|专门|专科")),
)


def category_of(text: str) -> HoursCategory | None:
    """The category that a cell such as “一般公需科目” names."""
    return next((category for category, pattern in _CATEGORY if pattern.search(text)), None)


def hours_of(text: str) -> float | int | None:
    """Hours in a cell: ``62``, ``62.0学时``, ``96（学时）``; nothing where no number of hours."""
    number = parse_number(re.sub(r"[()\[\]{}]", "", text).strip(_DIRT))
    if number is None or not 0 <= number <= MOST_HOURS:
        return None
    return int(number) if number == int(number) else number


def year_of(text: str) -> int | None:
    """The one year that a cell names: ``2018年度``, ``2018``."""
    years = {int(found) for found in _YEAR_CELL.findall(text)}
    return years.pop() if len(years) == 1 else None


def number_field(spans: Iterable[Span], sure: float = CELL) -> Field | None:
    for span in spans:
        value = hours_of(span.flat)
        if value is not None:
            return field(value, span, sure)
    return None


def year_field(spans: Iterable[Span], sure: float = CELL) -> Field | None:
    for span in spans:
        value = year_of(span.flat)
        if value is not None:
            return field(value, span, sure)
    return None
