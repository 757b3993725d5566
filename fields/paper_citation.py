"""A paper as it is cited (GB/T 7714): authors.title[J].journal,year,volume(issue):pages."""

from __future__ import annotations

import re
from itertools import pairwise

from domain.facts import Field
from fields.layout import Sheet
from fields.paper_fields import made_of
from fields.paper_names import author_list
from fields.paper_numbers import issue_of, normal_issue
from fields.spans import Span

_CITED = re.compile(
    r"(?:\[\d+\])?(?P<authors>[^\[\].]{2,60})[.。](?P<title>[^\[\]]{4,90})\[J[^\]]{0,4}\][.。,，]?(?P<journal>[^,，.。]{2,30})[,，.]"
    r"(?P<year>(?:19|20)\d{2})[,，]?(?:\d{1,3})?(?:[(（](?P<issue>[^()（）]{1,6})[)）])?(?:[:：.](?P<pages>\d{1,4}(?:[-—–+]\d{1,4})?))?"
)
_PLACED = re.compile(
    r"^[《\W]*(?P<journal>[\u4e00-\u9fff()（）·A-Za-z&]{2,30}?)》?[.．,，·:：\s]*(?P<year>(?:19|20)\d{2})[,，.]?(?:年|\d{1,3})?[,，]?"
    r"(?:[(（]第?(?P<issue>[SsZz]?\d{1,2}|增刊\d?)期?[)）]|第(?P<number>\d{1,2})期)(?:[,，:：.]?(?:第?(?P<pages>\d{1,4}[-—–]\d{1,4})页?))?"
)
"""建筑结构.2018,48(05) · 《建筑结构》2018年第5期12-16页."""
_OWN = re.compile(r"引用格式|引用本文|本文引用|引文格式|引用：|引用:")


def citation_of(sheet: Sheet, *, own_only: bool = False) -> dict[str, Field]:
    """Facts of the first citation on a page. ``own_only``: only one that says it cites this paper."""
    pairs = [(*first, *second) for first, second in pairwise(sheet.rows)]
    for spans in (*sheet.rows, *pairs):
        text = "".join(span.flat for span in spans)
        if own_only and not _OWN.search(text):
            continue
        found = _CITED.search(text)
        if found:
            return _facts(list(spans), found.groupdict())
    return {}


def placed_in(sheet: Sheet) -> dict[str, Field]:
    """Journal, year, issue and pages of a line such as “建筑结构 . 2018 ,48 (05)”."""
    for span in [*sheet.spans, *(row[0] for row in sheet.rows if len(row) == 1)]:
        if len(span.flat) > 60 or "[J]" in span.flat:
            continue
        found = _PLACED.search(span.flat)
        if found:
            groups = found.groupdict()
            groups["issue"] = groups.pop("number") or groups["issue"]
            return _facts([span], groups)
    return {}


def _facts(spans: list[Span], groups: dict[str, str | None]) -> dict[str, Field]:
    facts: dict[str, Field] = {}
    for name in ("title", "journal"):
        text = groups.get(name)
        if text:
            facts[name] = made_of(spans, text.strip("《》.,，。 "), 0.9)
    names = author_list(groups.get("authors") or "")
    if names:
        facts["authors"] = made_of(spans, ";".join(names), 0.9)
    if groups.get("year"):
        facts["year"] = made_of(spans, int(groups["year"] or 0), 0.95)
    issue = groups.get("issue")
    if issue:
        told = issue_of(issue)
        value = told[0].value if told and "增刊" in issue else normal_issue(re.sub(r"[第期]", "", issue))
        facts["issue"] = made_of(spans, value, 0.95)
    pages = groups.get("pages")
    if pages:
        facts["pages"] = made_of(spans, re.sub(r"[—–]", "-", pages), 0.95)
    return facts
