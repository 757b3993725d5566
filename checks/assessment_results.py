"""Results of annual assessments: what they are called, and what is read of them in an application."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from checks.certainty import SURE_KIND
from checks.evidence import documents
from domain.facts import Field, Row
from domain.geometry import Where
from domain.kinds import EvidenceKind
from domain.review import Dossier, EvidenceFile
from matching.likeness import SURE_READING
from matching.text import bare

ASSESSMENT = frozenset({EvidenceKind.ANNUAL_ASSESSMENT})
_YEAR = re.compile(r"^(?:19|20)\d\d(?:年度?|年)?")


class Grade(StrEnum):
    """``PASSED`` covers 合格 and 称职, which say the same of employees and of officials."""

    EXCELLENT = "excellent"
    GOOD = "good"
    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


# In this order: 不合格 and 基本合格 hold the word 合格.
_WORDS = (
    (
        Grade.FAILED,
        ("不合格", "基本合格", "不称职", "基本称职", "不定等次", "未定等次", "不确定等次", "未确定等次"),
    ),
    (Grade.FAILED, ("不胜任", "基本胜任", "未参加考核", "不参加考核", "较差")),
    (Grade.EXCELLENT, ("优秀", "优等")),
    (Grade.GOOD, ("良好", "优良")),
    (Grade.PASSED, ("合格", "称职", "胜任", "达标")),
)


def grade_of(result: str) -> Grade:
    """The grade that a result such as ``合格``, ``2016合格`` or ``基本称职`` means."""
    word = _YEAR.sub("", bare(result))
    return next((grade for grade, words in _WORDS if any(one in word for one in words)), Grade.UNKNOWN)


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The result of one year on one paper; ``result`` is None where only the year could be read."""

    file: EvidenceFile
    year: int
    year_sure: bool
    kind_sure: bool
    result: Field | None
    where: Where


def read_results(dossier: Dossier) -> tuple[ReadResult, ...]:
    """Every year that an assessment paper speaks of, in the order of the files."""
    return tuple(_read(dossier))


def _read(dossier: Dossier) -> Iterator[ReadResult]:
    for file, facts in documents(dossier, ASSESSMENT):
        for row in facts.rows_of("result"):
            year = row.get("year")
            if year is None or year.number is None:
                continue
            yield ReadResult(
                file=file,
                year=int(year.number),
                year_sure=year.confidence >= SURE_READING,
                kind_sure=facts.kind_confidence >= SURE_KIND,
                result=row.get("result"),
                where=_place(row),
            )


def _place(row: Row) -> Where:
    result = row.get("result")
    return result.where if result is not None else row.where
