"""What the applicant declared of his education: under its own heading, or among the certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.declaration import Declaration
from matching.dates import latest, parse_date
from matching.text import bare

_CERTIFICATE_KINDS = ("education", "degree", "学历", "学位")
_LEVELS = (
    ("博士", ("博士",)),
    ("硕士", ("硕士", "双学士", "第二学士", "研究生")),
    ("本科", ("本科", "学士", "大学毕业")),
    ("专科", ("专科", "大专", "高职")),
    ("中专", ("中专", "中等专业")),
)
"""In this order: 第二学士学位 holds 学士."""


@dataclass(frozen=True, slots=True)
class Degree:
    """``level`` is one of 博士 硕士 本科 专科 中专, ``""`` where the typed word is none of them."""

    level: str
    graduated: date | None
    abroad: bool
    later: bool


def degrees(declaration: Declaration) -> tuple[Degree, ...]:
    """Every declared degree; a day of graduation that is no date counts as not given."""
    own = [
        Degree(level_name(one.level or ""), _day(one.graduated), one.abroad, one.later)
        for one in declaration.education
    ]
    listed = [
        Degree(level_name(one.name or ""), _day(one.obtained), "foreign" in one.kind.lower(), False)
        for one in declaration.certificates
        if one.kind and any(word in one.kind.lower() for word in _CERTIFICATE_KINDS)
    ]
    return (*own, *listed)


def level_name(text: str) -> str:
    """The level that a typed word means: ``大学本科`` → 本科."""
    told = bare(text)
    return next((level for level, words in _LEVELS if any(word in told for word in words)), "")


def _day(typed: str | None) -> date | None:
    read = parse_date(typed or "")
    return latest(read) if read else None
