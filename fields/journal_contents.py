"""A journal's contents page (目次, 目录): one row per article."""

from __future__ import annotations

import re

from domain.facts import Field, Row
from domain.kinds import EvidenceKind
from fields.layout import Sheet
from fields.paper_columns import columns
from fields.paper_entries import Entry, entries
from fields.paper_fields import made_of, place
from fields.paper_identity import identity, journal_of
from fields.registry import Found, KindReader, Score

_HEADING = re.compile(
    r"^(?:本期)?(?:目[次录錄]|(?:main)?contents|总目[次录])(?:\(?contents\)?)?[\d(（第20]?", re.IGNORECASE
)
_NOT_CONTENTS = re.compile(r"学时|继续教育|摘要|关键词|参考文献|身份证|聘[任书]|考核|合计")
_LONG_TITLE = 60
_DISTINCT = 0.75
"""Articles have titles of their own; rows of a person's records repeat his name."""


def _entries(sheet: Sheet) -> list[Entry]:
    return [entry for column in columns(sheet) for entry in entries(column)]


def has_heading(sheet: Sheet) -> bool:
    """目次, 目录 or CONTENTS stands on a line of its own in the upper half."""
    if not sheet.rows:
        return False
    low = min(span.top for span in sheet.spans)
    high = max(span.bottom for span in sheet.spans)
    upper = [row for row in sheet.rows if row[0].middle <= low + 0.5 * (high - low)]
    texts = ["".join(span.flat for span in row) for row in upper]
    texts += [span.flat for row in upper for span in row]
    return any(
        len(text) <= 24 and (_HEADING.match(text) or re.search(r"(?i)目[次录]$|contents$", text))
        for text in texts
    )


def score(sheet: Sheet) -> Score:
    """Heading and rows that end (or begin) with rising page numbers; a second page lacks the heading."""
    found = _entries(sheet)
    in_order = min((column.in_order for column in columns(sheet) if column.marked), default=0.0)
    named = sum(bool(entry.names) for entry in found)
    heading = has_heading(sheet)
    against = len(set(_NOT_CONTENTS.findall(sheet.text)))
    if heading:
        value = 0.95 if len(found) >= 3 else 0.7 if found else 0.5
        value -= 0.1 * max(against - 1, 0)
        return Score(max(value, 0.0), ("heading", f"{len(found)} entries"))
    if len(found) < 4 or in_order < 0.75 or against >= 2:
        return Score()
    if len({entry.title for entry in found}) < _DISTINCT * len(found):
        return Score(0.0, ("the same rows again and again: a table",))
    if sum(len(entry.title) > _LONG_TITLE for entry in found) > 0.15 * len(found):
        return Score(0.0, ("prose with numbers",))
    covered = sum(len(entry.title) for entry in found) / max(len(sheet.text), 1)
    value = (0.45 + 0.35 * min(named / len(found), 1.0)) * min(covered / 0.4, 1.0)
    return Score(round(value, 3), (f"{len(found)} entries", f"{named} with authors"))


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``journal``, ``year``, ``issue`` (with ``issue_label``) of the header; rows ``entry``."""
    rows = tuple(_row(entry) for sheet in sheets for entry in _entries(sheet))
    return Found(fields=_header(sheets), rows=rows)


def _header(sheets: tuple[Sheet, ...]) -> dict[str, Field]:
    """Identity from what is no entry: a title may well hold a year or a number of its own."""
    found: dict[str, Field] = {}
    for sheet in sheets:
        listed = {id(span.line) for entry in _entries(sheet) for span in entry.spans}
        others = [span for span in sheet.spans if id(span.line) not in listed]
        first = min((span.top for span in sheet.spans if id(span.line) in listed), default=0.0)
        fields = identity((sheet,), others)
        journal = journal_of([span for span in others if span.bottom <= first], sheet.text_height)
        for name, value in (fields | ({"journal": journal} if journal else {})).items():
            found.setdefault(name, value)
    return found


def _row(entry: Entry) -> Row:
    spans = entry.titles or entry.spans
    fields: dict[str, Field] = {
        "title": made_of(spans, entry.title, min(1.0, 0.4 + 0.6 * entry.sure), entry.unsplit)
    }
    if entry.names:
        fields["authors"] = made_of(entry.authors or spans, ";".join(entry.names), entry.sure)
    if entry.page:
        fields["page"] = made_of([entry.page.span], str(entry.page.number), 1.0 if entry.page.sure else 0.9)
    here = entry.spans[0].page
    return Row(kind="entry", fields=fields, where=place(span for span in entry.spans if span.page == here))


READERS = (KindReader(kind=EvidenceKind.JOURNAL_CONTENTS, score=score, read=read),)
