"""Periods in post: joined, counted once where they overlap, and cut at the day to which seniority counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from checks.certainty import SURE_KIND, sure
from checks.evidence import documents
from domain.declaration import DeclaredAppointment
from domain.facts import Facts, Row
from domain.geometry import Where
from domain.kinds import EvidenceKind
from domain.review import Dossier, EvidenceFile
from matching.dates import earliest, latest, parse_date
from matching.text import bare, best_within

LETTERS = frozenset({EvidenceKind.APPOINTMENT_LETTER})
DAYS_A_YEAR = 365.25
SLACK_DAYS = 3
"""Five calendar years hold 1826 or 1827 days, and letters end a day before or on the anniversary."""
_NEARLY = 0.6
"""A position that agrees this far with the one asked for may be it, misread."""


@dataclass(frozen=True, slots=True)
class Term:
    """One period in post, first and last day both included. ``sure``: read and named with confidence."""

    first: date
    last: date
    sure: bool
    file: EvidenceFile | None = None
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """``terms`` in the positions that count; ``letters``: how many letters there are, of any position.

    ``doubtful``: a letter may hold a period that was not made out.
    """

    terms: tuple[Term, ...]
    letters: int
    doubtful: bool


def read_terms(dossier: Dossier, positions: Sequence[str]) -> Terms:
    """Periods of all appointment letters in one of ``positions`` (any name that holds one of the words)."""
    terms: list[Term] = []
    doubtful, letters = False, 0
    for file, facts in documents(dossier, LETTERS):
        letters += 1
        rows = facts.rows_of("period")
        doubtful = doubtful or not rows
        for row in rows:
            fits, certain = _position(row, positions)
            if not fits:
                continue
            term = _term(file, facts, row, dossier.plan.counted_to, certain)
            doubtful = doubtful or term is None or not term.sure
            if term is not None:
                terms.append(term)
    return Terms(tuple(terms), letters, doubtful)


def declared_terms(
    appointments: Iterable[DeclaredAppointment], positions: Sequence[str], counted_to: date
) -> tuple[Term, ...]:
    """The periods typed in, in one of ``positions``; one whose dates are no dates is left out."""
    terms = []
    for one in appointments:
        start = parse_date(one.start or "")
        end = parse_date(one.end or "")
        named = one.position is None or any(bare(word) in bare(one.position) for word in positions)
        if start and named and (end or not one.end):
            terms.append(Term(earliest(start), latest(end) if end else counted_to, True))
    return tuple(terms)


def days_in_post(terms: Iterable[Term], since: date | None, counted_to: date) -> int:
    """Days in the union of the terms, from ``since`` (where given) to ``counted_to``, both included."""
    days = 0
    reached = (since or date.min + timedelta(days=1)) - timedelta(days=1)
    for term in sorted(terms, key=lambda one: one.first):
        first = max(term.first, reached + timedelta(days=1))
        last = min(term.last, counted_to)
        if first <= last:
            days += (last - first).days + 1
            reached = last
    return days


def enough(days: int, years: float) -> bool:
    return days + SLACK_DAYS >= years * DAYS_A_YEAR


def told_terms(terms: Iterable[Term], since: date | None, counted_to: date) -> str:
    """The terms for people, with what lies between them and what they share: both are often mistakes."""
    counted = [
        (max(term.first, since or term.first), min(term.last, counted_to))
        for term in sorted(terms, key=lambda one: (one.first, one.last))
    ]
    counted = [(first, last) for first, last in counted if first <= last]
    if not counted:
        return "无"
    parts = ["、".join(f"{first}至{last}" for first, last in counted)]
    reached = counted[0][1]
    gaps, overlaps = [], []
    for first, last in counted[1:]:
        if (first - reached).days > 1:
            gaps.append(f"{reached + timedelta(days=1)}至{first - timedelta(days=1)}")
        elif first <= reached:
            overlaps.append(f"{first}至{min(reached, last)}")
        reached = max(reached, last)
    parts += [f"其间空缺{'、'.join(gaps)}"] if gaps else []
    parts += [f"重叠{'、'.join(overlaps)}（只计一次）"] if overlaps else []
    return "；".join(parts)


def only_place(terms: Sequence[Term]) -> tuple[str | None, Where | None]:
    """File and place of the terms where they stand on one letter; several are about no one file."""
    files = {term.file.path for term in terms if term.file is not None}
    return (files.pop(), terms[-1].where) if len(files) == 1 else (None, None)


def years_of(days: int) -> str:
    """``4.5``: years for people, never rounded up to what is asked."""
    return f"{int(days / DAYS_A_YEAR * 10) / 10:g}"


def _position(row: Row, positions: Sequence[str]) -> tuple[bool, bool]:
    """Whether the period's position counts, and whether that is certain."""
    position = row.get("position")
    if position is None or not bare(position.text):
        return True, False
    if any(bare(word) in bare(position.text) for word in positions):
        return True, True
    # 工程师 lies within 高级工程师 but is another post: only a longer or a shaky reading may be a slip.
    near = not sure(position) and any(best_within(word, position.text) >= _NEARLY for word in positions)
    return near, False


def _term(file: EvidenceFile, facts: Facts, row: Row, counted_to: date, certain: bool) -> Term | None:
    start, end = row.get("start"), row.get("end")
    first = parse_date(start.text) if start is not None else None
    last = parse_date(end.text) if end is not None else None
    if first is None or (end is not None and last is None):
        return None
    return Term(
        first=earliest(first),
        last=latest(last) if last else counted_to,
        sure=certain and sure(start, end) and facts.kind_confidence >= SURE_KIND,
        file=file,
        where=row.where,
    )
