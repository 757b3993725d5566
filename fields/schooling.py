"""What papers about schooling share: school, level of study, degree, speciality, years of study."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from domain.facts import Field, Value
from fields.labels import words
from fields.layout import Sheet
from fields.stream import Stream
from fields.values import field, labelled
from matching.dates import find_dates

DEGREE = (
    r"(?:哲学|经济学|法学|教育学|文学|历史学|理学|工学|农学|医学|军事学|管理学|艺术学|工程|工商管理|公共管理|[\u3400-\u9fff]{2,8})?"
    r"(?:学士|硕士|博士)(?:学位)?"
)
LEVEL = r"博士研究生|硕士研究生|研究生|专升本|本科|专科|高职|大专|中专|第二学士学位|双学士"
SPECIALITY_LABELS = words("专业名称 所学专业 专业 学科专业 学科名称")
_LEVEL_LABELS = words("学历层次 培养层次 层次 学历")
_SCHOOL = re.compile(
    r"^(?:[(（]?校名[)）]?[:：])?([\u3400-\u9fff()（）·]{2,24}?(?:大学|学院|学校|职工大学|电大|党校|研究院|研究所))(?:[(（]?(?:盖章|公章)[)）]?)?$"
)
_AT_SCHOOL = re.compile(
    r"(?:在|就读于|毕业于|考入)(?!本校|我校|校)([\u3400-\u9fff·]{2,22}?(?:大学|学院|学校|研究院))(?=[\u3400-\u9fff()（）,，A-Za-z])"
)
_NOT_SCHOOLS = re.compile(r"普通高等学校|高等学校|本校|我校|成人高等|留学|学位授予")
_SPECIALITY = re.compile(
    r"(?:在本校|在我校|在校|学院|大学|本校|攻读|修读|学习)?([\u3400-\u9fff()（）、·]{2,16}?)专业"
)
_SUBJECT = re.compile(r"([\u3400-\u9fff、·]{2,24}?)学科[(（]专业[)）]")
_SPECIALITY_HEAD = re.compile(
    r"^.*(?:在本校|在我校|在校|学院|大学|本校|攻读|修读|系|完成了?|期间|学习|[日月年至止])"
)
_JOINED = re.compile(r"^[止起]?(?:[至到]|[—–\-~～－]+|起?至)(?:今)?$")


def period_of(text: Stream) -> tuple[Field | None, Field | None]:
    """“2001年9月至2005年6月”: the first two dates that a 至 joins."""
    dates = find_dates(text.text)
    for first, second in pairwise(dates):
        between = text.text[first.end : second.start].strip()
        if _JOINED.match(between) and first.iso < second.iso:
            return (
                text.field(first.iso, first.start, first.end, 0.95),
                text.field(second.iso, second.start, second.end, 0.95),
            )
    return None, None


def school_in(sheets: Iterable[Sheet]) -> Field | None:
    """The largest line that is nothing but a school's name."""
    pages = tuple(sheets)
    lines = [
        (span, match)
        for sheet in pages
        for span in sheet.spans
        if (match := _SCHOOL.match(span.flat)) and not _NOT_SCHOOLS.search(match.group(1))
    ]
    if lines:
        span, match = max(lines, key=lambda each: each[0].height)
        return field(match.group(1), span.flat_part(*match.span(1)), 0.93)
    return None


def school_in_prose(text: Stream) -> Field | None:
    """“在浙江样例大学土木工程专业…”, also where it wraps."""
    told = _AT_SCHOOL.search(text.text)
    return text.field(told.group(1), *told.span(1), 0.9) if told else None


def level_of(sheets: Sequence[Sheet], text: Stream) -> Field | None:
    labelled_level = labelled(sheets, _LEVEL_LABELS, _level)
    if labelled_level:
        return labelled_level
    found = re.search(rf"({LEVEL})(?:学习|毕业|学历|层次|生|教育|阶段)?", text.text)
    return text.field(found.group(1), *found.span(1), 0.9) if found else None


def _level(text: str) -> tuple[Value, int, int] | None:
    found = re.search(LEVEL, text[:12])
    return (found.group(), *found.span()) if found else None


def speciality_of(sheets: Sequence[Sheet], text: Stream) -> Field | None:
    """At a label, else before the word 专业 in a sentence."""
    told = labelled(sheets, SPECIALITY_LABELS, speciality)
    if told:
        return told
    named = _SUBJECT.search(text.text)
    if named:
        start = named.start(1) + len(_head(named.group(1)))
        if named.end(1) - start >= 2:
            return text.field(text.text[start : named.end(1)], start, named.end(1), 0.9)
    for found in _SPECIALITY.finditer(text.text):
        start = found.start(1) + len(_head(found.group(1)))
        value = text.text[start : found.end(1)]
        if 2 <= len(value) <= 14 and not re.search(r"本科|专科|学制|技术职务|通过|考试|[,，]", value):
            return text.field(value, start, found.end(1), 0.9)
    return None


def _head(text: str) -> str:
    found = _SPECIALITY_HEAD.match(text)
    return found.group() if found else ""


def speciality(text: str) -> tuple[Value, int, int] | None:
    """A speciality at its label: words that are no other label's."""
    found = re.match(r"[\u3400-\u9fffA-Za-z()（）、/·]{2,24}", text)
    if not found or re.search(r"证书|编号|日期|学校|类别|层次|形式|通过|考试|课程|答辩|学习", found.group()):
        return None
    value = re.sub(r"(?<=.{2})专业$", "", found.group())
    return value, 0, len(value)


def degree(text: str) -> tuple[Value, int, int] | None:
    found = re.search(DEGREE, text[:20])
    return (found.group(), *found.span()) if found else None
