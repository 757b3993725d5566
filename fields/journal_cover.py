"""The cover of a journal or a book: few lines, one of them large.

Calligraphic mastheads are often unreadable: the field then has a low confidence, and the numbers on the
cover and the copyright page decide.
"""

from __future__ import annotations

import re

from domain.facts import Field
from domain.kinds import EvidenceKind
from fields.journal_copyright import cns_of, imprint_words, issns_of
from fields.layout import Sheet
from fields.paper_fields import made_of
from fields.paper_identity import edition_on, identity, large_title
from fields.paper_labels import labelled
from fields.paper_numbers import issue_of, year_of
from fields.registry import Found, KindReader, Score
from fields.spans import Span

_JOURNAL = re.compile(
    r"ISSN|CN\d{2}|第.{1,4}期|增刊|(?i:vol\.?\d|no\.\d)|期刊|学报|杂志|[月季旬]刊|邮发代号|(?:19|20)\d{2}[.·/]\d{1,2}$"
)
_BOOK = re.compile(r"出版社|编著|[主副]编|著$|译$")
_NOT_A_COVER = re.compile(
    r"摘\s*要|关键词|身份证|学时|兹聘|聘[任书]|特发此证|证书编号|任职资格|考核|目[次录錄]|(?i:contents)|登记证|合同|报告|标准|发布|实施|检索|查询|参考文献"
)
_MOST_LINES = 45
_LARGE = 2.2
"""A masthead is this many times as high as the median line."""


def score(sheet: Sheet) -> Score:
    """Few lines, a large Chinese line, and words or numbers that only journals (or books) bear."""
    spans = sheet.spans
    if not spans or len(spans) > _MOST_LINES or _NOT_A_COVER.search(sheet.text):
        return Score()
    found = large_title(sheet, least=1.0)
    if found is None:
        return Score()
    size = max(letter_size(span) for span in found[0])
    large = size >= _LARGE * sheet.text_height or size >= 0.055
    numbers = bool(issns_of(sheet)) + bool(cns_of(sheet))
    issue = any(issue_of(span.flat) for span in spans)
    word = bool(_JOURNAL.search(sheet.text))
    book = bool(_BOOK.search(sheet.text))
    value = 0.35 * large + 0.2 * issue + 0.15 * min(numbers, 2) + 0.15 * word + 0.1 * book
    if not (word or numbers or issue or book):
        value = 0.25 * large
    value -= 0.08 * max(imprint_words(sheet) - 3, 0)
    value *= 1.0 if len(spans) <= 25 else 0.85
    return Score(
        round(min(max(value, 0.0), 0.95), 3), (f"large={large}", f"issue={issue}", f"{numbers} numbers")
    )


def letter_size(span: Span) -> float:
    """Height of one character, also where the line runs downwards."""
    letters = max(len(span.flat), 1)
    return span.width if span.height > 1.5 * span.width and letters > 1 else span.height


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``journal`` (with its edition: “…学报(自然科学版)”), ``issn cn year issue issue_label sponsor``."""
    sheet = sheets[0]
    fields: dict[str, Field] = identity(sheets)
    found = large_title(sheet, least=1.0)
    if found:
        spans, name = found
        version = edition_on(sheet)
        if version is not None and "版" not in name:
            fields["journal"] = made_of([*spans, *version[0]], f"{name}({version[1]})", 0.9)
        else:
            fields["journal"] = made_of(spans, name, 0.95)
    sponsor = labelled(sheets, "sponsor") or _sponsor_before(sheets)
    if sponsor and len(sponsor.text) >= 3:
        fields["sponsor"] = sponsor
    if "issue" not in fields:
        alone = _lone_issue(sheet, fields)
        if alone:
            fields["issue"] = alone
    if "year" not in fields:
        year = next((each for span in sheet.spans if (each := _year_field(span))), None)
        if year:
            fields["year"] = year
    return Found(fields=fields)


def _sponsor_before(sheets: tuple[Sheet, ...]) -> Field | None:
    """“中国建筑学会 主办”: the label after the name."""
    for sheet in sheets:
        for row in sheet.rows:
            text = "".join(span.flat for span in row)
            found = re.match(r"^([\u4e00-\u9fff()（）]{4,30})主办$", text)
            if found:
                return made_of(list(row), found[1], 0.9)
    return None


def _year_field(span: Span) -> Field | None:
    found = year_of(span.flat)
    return made_of([span], int(found.value), 0.8 * found.sure) if found else None


def _lone_issue(sheet: Sheet, fields: dict[str, Field]) -> Field | None:
    """A large number that stands alone (“6” under “2019”)."""
    lone = [
        span
        for span in sheet.spans
        if re.fullmatch(r"0?[1-9]|[12]\d", span.flat) and span.height >= 1.3 * sheet.text_height
    ]
    if len(lone) != 1 or int(lone[0].flat) > 24 or "year" not in fields:
        return None
    return made_of(lone, lone[0].flat.lstrip("0"), 0.7)


READERS = (KindReader(kind=EvidenceKind.JOURNAL_COVER, score=score, read=read),)
