"""The page of a journal that bears its numbers (版权页, 刊号页): ISSN, CN, sponsor, dates."""

from __future__ import annotations

import re

from domain.facts import Field
from domain.kinds import EvidenceKind
from fields.layout import Sheet
from fields.paper_fields import made_of
from fields.paper_identity import NO_TITLE, bare_name, identity, journal_of, large_title
from fields.paper_labels import labelled
from fields.paper_numbers import cns, issns, year_of
from fields.registry import Found, KindReader, Score

_IMPRINT = (
    r"主办", r"主管", r"出版单位|编辑出版|出版[:：]", r"定价|工本费", r"邮发代号|国[内外]代号|发行代号",
    r"主编|总编|社长", r"编委|编辑委员|编辑部",
    r"印刷|承印", r"发行", r"地址|邮编", r"电话|传真|(?i:e-?mail)|邮箱",
    r"广告(?:经营|发布|许可)", r"出版日期|出版时间|创刊",
)  # fmt: skip
_QUERY = re.compile(
    r"期刊查询|出版物查询|查询结果|新闻出版(?:署|总署|局).{0,8}(?:网|查询)|检索|知网|万方|维普"
)
_ARTICLE = re.compile(r"摘\s*要|关键词|参考文献")


def imprint_words(sheet: Sheet) -> int:
    """How many different things of an imprint the page states."""
    return sum(bool(re.search(pattern, sheet.text)) for pattern in _IMPRINT)


def score(sheet: Sheet) -> Score:
    """ISSN and CN together with the words of an imprint; neither a query page nor an article."""
    text = sheet.text
    if _QUERY.search(text) or _ARTICLE.search(text):
        return Score()
    numbers = bool(issns_of(sheet)) + bool(cns_of(sheet))
    words = imprint_words(sheet)
    if not numbers and not re.search(
        r"国内统一(?:连续出版物号|刊号)|国际标准(?:连续出版物号|刊号)|刊号", text
    ):
        return Score()
    value = min(0.25 * numbers + 0.09 * words, 0.95) if words >= 2 else 0.15 * numbers
    return Score(round(value, 3), (f"{numbers} numbers", f"{words} imprint words"))


def issns_of(sheet: Sheet) -> list[str]:
    return [found.value for span in sheet.spans for found in issns(span.flat)]


def cns_of(sheet: Sheet) -> list[str]:
    return [found.value for span in sheet.spans for found in cns(span.flat)]


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``journal issn cn year issue sponsor``, also ``supervisor publisher issue_label`` where they stand."""
    fields: dict[str, Field] = identity(sheets)
    for name in ("sponsor", "supervisor", "publisher"):
        found = labelled(sheets, name)
        if found and len(found.text) >= 3:
            fields[name] = found
    journal = _journal(sheets)
    if journal:
        fields["journal"] = journal
    date = labelled(sheets, "date")
    year = year_of(f"出版日期{date.text}") if date else None
    if date and year and "year" not in fields:
        fields["year"] = date.model_copy(update={"value": int(year.value)})
    return Found(fields=fields)


def _journal(sheets: tuple[Sheet, ...]) -> Field | None:
    named = labelled(sheets, "journal")
    if named and 2 <= len(named.text) <= 30 and not re.search(r"^\d|[。,，]", named.text):
        return named.model_copy(update={"value": bare_name(named.text)})
    for sheet in sheets:
        quoted = journal_of(
            [span for span in sheet.spans if "《" in span.flat and len(span.flat) <= 30], sheet.text_height
        )
        if quoted and quoted.confidence > 0.8:
            return quoted
    for sheet in sheets:
        found = large_title(sheet, least=1.25)
        if found:
            spans, name = found
            return made_of(spans, name, 0.85)
    for sheet in sheets:
        first = [span for span in sheet.spans if not NO_TITLE.search(span.flat)][:6]
        guess = journal_of(first, sheet.text_height)
        if guess:
            return guess
    return None


READERS = (KindReader(kind=EvidenceKind.JOURNAL_COPYRIGHT, score=score, read=read),)
