"""E-ROSTER: the roster is filled in as the notice has it: months, yearly results, category, employer, order.

Of the columns only the applicant's own row is judged; the order of the rows is the whole list's. All of it
is for a person to mend, so nothing is more than a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from checks.assessment_results import Grade, grade_of
from checks.certainty import sure, surely_of_its_kind
from checks.context import DocumentContext, Parameters
from checks.finding import INAPPLICABLE, Finding, Judgement, finding
from checks.registry import document_check
from domain.facts import Row
from domain.kinds import EvidenceKind, Severity
from matching.names import Likeness, same_person
from matching.text import bare

_MONTHS = {"born": "出生年月", "obtained": "取得时间", "appointed": "聘任时间"}
_MONTH = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")
_SLIPS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1"})
_RESULT = re.compile(r"((?:19|20)\d\d)年?度?([^\d]+)")


class RosterForm(Parameters):
    """``years``: results that must stand there; ``categories``: those there are, in any order of the list.

    ``first``: words of the remark of those whose rows stand at the head of the list.
    """

    years: tuple[int, ...] = ()
    categories: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


@document_check("roster.columns", ("form.value-format",), RosterForm, frozenset({EvidenceKind.ROSTER}))
def roster_columns(context: DocumentContext[RosterForm]) -> Iterator[Judgement]:
    rows = context.facts.rows_of("listed")
    if not rows:
        yield INAPPLICABLE
        return
    certain = surely_of_its_kind(context.file, context.facts)
    applicant = context.declaration.applicant
    for row in _own(rows, applicant.name):
        yield from _months(row, certain)
        yield from _results(row, context.parameters.years, certain)
        yield from _category(row, context.parameters.categories, certain)
        yield from _employer(row, applicant.employer, certain)
    yield from _order(rows, context.parameters, certain)


def _own(rows: Sequence[Row], applicant: str) -> Sequence[Row]:
    """The applicant's rows; where none is surely his, none is held against him."""
    return [
        row
        for row in rows
        if (name := row.get("name")) is not None
        and same_person(applicant, name.text, name.confidence) is Likeness.SAME
    ]


def _wrong(row: Row, column: str, variant: str, values: dict[str, str], certain: bool) -> Finding:
    told = row.fields[column]
    name = row.get("name")
    return finding(
        "form.value-format",
        sure=certain and sure(told),
        severity=Severity.WARNING,
        variant=variant,
        values={"name": name.text if name else "", "found": told.text, **values},
        where=told.where,
        expected=next(iter(values.values()), None),
        found=told.text,
        confidence=told.confidence,
    )


def _months(row: Row, certain: bool) -> Iterator[Finding]:
    for column, label in _MONTHS.items():
        told = row.get(column)
        if told is not None and not _MONTH.fullmatch(told.text.translate(_SLIPS)):
            yield _wrong(row, column, "roster-month", {"expected": "200808", "label": label}, certain)


def _results(row: Row, years: Sequence[int], certain: bool) -> Iterator[Finding]:
    told = row.get("results")
    if told is None or not years:
        return
    read = {
        int(year)
        for year, word in _RESULT.findall(bare(told.text.translate(_SLIPS)))
        if grade_of(word) is not Grade.UNKNOWN
    }
    lacking = [year for year in years if year not in read]
    if lacking:
        wanted = "、".join(f"{year}合格" for year in lacking)
        yield _wrong(row, "results", "roster-results", {"expected": wanted}, certain)


def _category(row: Row, known: Sequence[str], certain: bool) -> Iterator[Finding]:
    told = row.get("category")
    if told is not None and known and bare(told.text) not in {bare(one) for one in known}:
        shown = "、".join(f"“{one}”" for one in known)
        yield _wrong(row, "category", "roster-category", {"expected": shown}, certain)


def _employer(row: Row, declared: str | None, certain: bool) -> Iterator[Finding]:
    """A shortened name; another unit's is the matter of identity.employer."""
    told = row.get("employer")
    if told is None or not declared:
        return
    short, whole = bare(told.text), bare(declared)
    if short != whole and _shortened(short, whole):
        yield _wrong(row, "employer", "roster-employer", {"expected": declared}, certain)


def _shortened(short: str, whole: str) -> bool:
    """Its characters stand in the whole name in this order, and some are left out."""
    rest = iter(whole)
    return 2 <= len(short) < len(whole) and all(character in rest for character in short)


def _order(rows: Sequence[Row], asked: RosterForm, certain: bool) -> Iterator[Finding]:
    """Those who stand first, then the others by category; only the first row out of place is told."""
    leading = [_leads(row, asked.first) for row in rows]
    usual = next((place for place, leads in enumerate(leading) if not leads), len(rows))
    late = next((row for row, leads in list(zip(rows, leading, strict=True))[usual:] if leads), None)
    if late is not None:
        yield _wrong(late, "remark", "roster-first", {"expected": "、".join(asked.first)}, certain)
    others = [row for row, leads in zip(rows, leading, strict=True) if not leads and row.get("category")]
    runs = [(key, next(run)) for key, run in groupby(others, lambda row: bare(row.fields["category"].text))]
    seen: set[str] = set()
    for key, row in runs:
        if asked.categories and key in seen:
            yield _wrong(row, "category", "roster-grouped", {}, certain)
            return
        seen.add(key)


def _leads(row: Row, words: Sequence[str]) -> bool:
    remark = row.get("remark")
    return remark is not None and any(word in bare(remark.text) for word in words)
