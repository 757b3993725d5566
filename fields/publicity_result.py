"""公示结果: from when to when something was made public, whether anybody objected, and who certifies it."""

from __future__ import annotations

import re

from domain.facts import Field
from domain.kinds import EvidenceKind
from fields.by_title import Told, found, reader
from fields.issuance import issuer_of
from fields.layout import Sheet
from fields.persons import employer_of
from fields.registry import Found
from fields.signatures import signed_at
from fields.stream import Stream, stream
from matching.dates import FoundDate, find_dates

_DAYS = re.compile(
    r"(?:公示期?|共|为期|公示时间)[^。；;]{0,12}?(\d{1,2}|[一二三四五六七八九十])个?(?:工作日|天|日)"
)
_HAN = "一二三四五六七八九十"
_NONE = re.compile(
    r"无(?:任何)?(?:人|单位|个人)?(?:提出)?(?:异议|不同意见|反映|举报|投诉)|(?:没有|未)(?:收到|接到|发现|有)?[^。；;]{0,16}(?:异议|举报|反映|不同意见|投诉|意见)|"
    r"(?:公示结果|异议情况|群众反映|反映情况)[:：]?(?:均)?(?:无|没有|未)"
)
_SOME = re.compile(
    r"(?<![未没无])(?:收到|接到|有(?!关))[^。；;无未]{0,14}(?:异议|举报|反映|投诉)|(?:对.{0,12})提出(?:了)?异议|异议成立"
)
_JOINT = re.compile(r"(?:\([^()]{0,8}\))?起?(?:[至到—–\-~～－]{1,3}|起至)")


def read(sheets: tuple[Sheet, ...]) -> Found:
    """``start end days objections issuer employer signed issue_date``."""
    text = stream(sheets)
    start, end = _period(text)
    own: dict[str, Field | None] = {
        "start": start,
        "end": end,
        "days": _days(text),
        "objections": _objections(text),
        "issuer": issuer_of(sheets),
        "employer": employer_of(sheets) or issuer_of(sheets),
        "signed": signed_at(sheets),
    }
    return found(sheets, own)


def _period(text: Stream) -> tuple[Field | None, Field | None]:
    """Two dates that a 至 joins; the second may lack its year or month (“8月10日至8月14日”, “至14日”)."""
    dates = find_dates(text.text)
    for place, first in enumerate(dates):
        if len(first.iso) < len("2020-08-05"):
            continue
        joint = _JOINT.match(text.text, first.end)
        if joint is None:
            continue
        following = dates[place + 1] if place + 1 < len(dates) else None
        if following and following.start == joint.end() and len(following.iso) == len(first.iso):
            last: tuple[str, int, int] | None = (following.iso, following.start, following.end)
        else:
            last = _short(text.text, joint.end(), first)
        if last and last[0] >= first.iso:
            return text.field(first.iso, first.start, first.end, 0.95), text.field(*last, 0.95)
    return None, None


def _short(text: str, at: int, first: FoundDate) -> tuple[str, int, int] | None:
    """“8月14日”, “14日” after a whole date: of the same year (and month)."""
    match = re.compile(r"(?:(\d{1,2})月)?(\d{1,2})日").match(text, at)
    if not match:
        return None
    month = int(match.group(1) or first.iso[5:7])
    iso = f"{first.iso[:4]}-{month:02d}-{int(match.group(2)):02d}"
    dates = find_dates(iso)
    return (iso, *match.span()) if dates and dates[0].iso == iso else None


def _days(text: Stream) -> Field | None:
    told = _DAYS.search(text.text)
    if not told:
        return None
    number = _HAN.index(told.group(1)) + 1 if told.group(1) in _HAN else int(told.group(1))
    return text.field(number, *told.span(1), 0.93)


def _objections(text: Stream) -> Field | None:
    """True where somebody objected; what says neither is left open."""
    none, some = _NONE.search(text.text), _SOME.search(text.text)
    if none and (some is None or none.start() <= some.start() < none.end()):
        return text.field(False, *none.span(), 0.95)
    if some and none is None:
        return text.field(True, *some.span(), 0.9)
    return text.field(True, *some.span(), 0.6) if some else None


TOLD = Told(
    EvidenceKind.PUBLICITY_RESULT,
    r"公示(?:情况|结果|证明|说明|报告|名单|书|材料|$)|关于.{0,40}公示|公示(?:的)?(?:情况)?(?:证明|说明|报告)",
    (r"公示", r"异议|反映|举报", r"工作日|公示期|时间", r"单位|人事"),
    (
        (r"公示(?:期|时间|时限)|予以公示|进行(?:了)?公示", 0.35),
        (r"(?:无|未|没有).{0,16}(?:异议|举报|反映)|异议", 0.3),
        (r"工作日", 0.15),
        (r"公示(?:结果|内容|方式|地点|范围)", 0.2),
    ),
    r"评审表|花名册|推荐表",
)
READERS = (reader(TOLD, read),)
