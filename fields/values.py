"""Values of the common types: a name, an ID number, a date, a unit. Each turns a candidate into a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from domain.facts import Field, Row, Value
from domain.geometry import Box, Where
from fields.labels import Candidate, candidates, find, stop_at
from fields.layout import Sheet
from fields.spans import Span, flat, flatten
from matching.dates import find_dates, parse_date

Parse = Callable[[str], tuple[Value, int, int] | None]
"""Flat text → (value in normal form, first and last place of it in the text), or nothing."""


def field(value: Value, span: Span, sure: float = 1.0) -> Field:
    """A field at ``span``; its confidence is the line's times how sure the anchoring is."""
    return Field(
        value=value, raw=span.text, confidence=min(max(span.confidence * sure, 0.0), 1.0), where=span.where
    )


def row(kind: str, fields: Mapping[str, Field]) -> Row:
    """A row whose place is that of its fields (at least one) on the page of the first."""
    page = next(iter(fields.values())).where.page
    boxes = [each.where.box for each in fields.values() if each.where.page == page and each.where.box]
    return Row(kind=kind, fields=fields, where=Where(page=page, box=Box.around(boxes) if boxes else None))


def parsed(candidate: Candidate, parse: Parse) -> Field | None:
    """The candidate's value; where the whole is none, that of its part before the first space."""
    for span in (candidate.span, *_first_word(candidate.span)):
        found = parse(span.flat)
        if found is not None:
            value, start, end = found
            place = span.flat_part(start, end) if start < end <= len(flatten(span.text).index) else span
            return field(value, place, candidate.sure)
    return None


def _first_word(span: Span) -> tuple[Span, ...]:
    space = re.search(r"\s", span.text)
    return (span.part(0, space.start()),) if space and space.start() else ()


def labelled(
    sheets: Iterable[Sheet], labels: Iterable[str], parse: Parse, *, short: bool = False
) -> Field | None:
    """The surest value that stands at one of ``labels``; on a tie, the first label in the given order."""
    order = tuple(labels)
    best: Field | None = None
    for sheet in sheets:
        for hit in find(sheet, order):
            for candidate in candidates(sheet, hit, short=short):
                found = parsed(candidate, parse)
                if found is not None:
                    if best is None or found.confidence > best.confidence + 0.05:
                        best = found
                    break
    return best


_NOT_NAMES = ("同志", "先生", "女士", "老师")
_NAME = re.compile(r"[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,10})+|[\u3400-\u9fff]{2,}")
_COMMON_WORDS = re.compile(
    r"学时|单位|证书|专业|年度|编号|工程师|公司|合格|日期|时间|职务|资格|教育|签名|签字|盖章|号码|[您你我他她]|本人"
)


def person_name(text: str) -> tuple[Value, int, int] | None:
    """A person's name at the beginning of a text: two to four characters, more only with a dot."""
    text = text[: stop_at(text, short=True)]
    found = _NAME.match(text)
    if not found:
        return None
    name = found.group()
    for title in _NOT_NAMES:
        if len(name) > len(title) + 1 and title in name[2:]:
            name = name[: name.index(title, 2)]
    if "·" not in name:
        rest = text[len(name) :]
        if len(name) > 2 and name[-1] in "男女" and (not rest or not rest[0].isalpha()):
            name = name[:-1]
        if not 2 <= len(name) <= 4:
            return None
    if _COMMON_WORDS.search(name):
        return None
    return name, 0, len(name)


_ID = re.compile(r"(?<!\d)(\d{17}[\dXx×]|\d{15}|\d{3,6}[*＊xX]{4,}\d{0,4}[\dXx*]?)(?![\dXx])")


def id_number(text: str) -> tuple[Value, int, int] | None:
    """An 18- or 15-digit ID number, or one of which digits are starred out."""
    found = _ID.search(text)
    if not found:
        return None
    return found.group().upper().replace("×", "X"), found.start(), found.end()


_UNIT_TAIL = re.compile(
    r"(公司|集团|医院|学院|大学|学校|中心|研究院|设计院|研究所|事务所|总站|管理局|委员会|办公室|[局厅院所站处队厂部社行会])"
)


def unit_name(text: str) -> tuple[Value, int, int] | None:
    """The name of an organisation: four characters or more, mostly Chinese."""
    text = text.rstrip("。.,，;；:：")
    han = sum("\u4e00" <= character <= "\u9fff" for character in text)
    if han < 4 or han < 0.6 * len(text) or len(text) > 60:
        return None
    return text, 0, len(text)


def looks_like_a_unit(text: str) -> bool:
    return bool(_UNIT_TAIL.search(flat(text)))


def plain_text(text: str) -> tuple[Value, int, int] | None:
    """Any text, without punctuation at its ends."""
    value = text.strip("。.,，;；:： ")
    return (value, text.index(value), text.index(value) + len(value)) if value else None


_NUMBER = re.compile(
    r"(?:N[Oo]\.?|编号)?[:：]?([\u4e00-\u9fff]{0,12}"
    r"[A-Za-z0-9()\[\]〔〕【】\-_/第字号.]*\d[A-Za-z0-9()\[\]〔〕【】\-_/第字号.]*)"
)


def number_text(text: str) -> tuple[Value, int, int] | None:
    """The number of a certificate: digits with letters, Chinese words and brackets around them."""
    found = _NUMBER.match(text)
    if not found:
        return None
    value = found.group(1).rstrip(".-_/")
    if sum(character.isdigit() for character in value) < 3:
        return None
    return value, found.start(1), found.start(1) + len(value)


def date_text(text: str) -> tuple[Value, int, int] | None:
    """The first date in a text, ISO; ``201312`` only where it is all that stands there."""
    dates = find_dates(text)
    if dates:
        first = dates[0]
        return first.iso, first.start, first.end
    whole = parse_date(text)
    return (whole, 0, len(text)) if whole else None
