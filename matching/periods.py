"""Periods: ``2014年1月1日至2016年12月31日``, ``自…起至…止``, ``2014.01-2016.12``, ``…至今``, ``聘期三年``."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from matching.dates import FoundDate, find_dates
from matching.text import fold_width_in_place

_JOIN = re.compile(r"^[)\]起始开始,，、。.:：到至\s—–−\-~～一止为止]{1,8}$")
_OPEN = re.compile(
    r"^[起开始,，、\s]{0,3}(?:[—–−\-~～一到至]{1,3}\s{0,2}(?:今|现在|目前|长期|退休)|至今|起长期)"
)
_LENGTH = re.compile(
    r"(?:聘用?任?期限?|任职?期限?|期限|有效期限?|合同期限?)\s{0,2}[:：]?\s{0,2}(?:为|共|是)?\s{0,2}"
    r"(?P<count>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})\s{0,2}(?P<unit>周?年|个月)"
)
_FROM_LENGTH = re.compile(
    r"^[起开始,，、\s]{1,3}(?P<count>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})\s{0,2}(?P<unit>年|个月)"
)
_YEARS = re.compile(
    r"(?<![0-9])(?P<first>(?:19|20)\d\d)\s{0,2}[—–−\-~～至到一]{1,2}\s{0,2}(?P<last>(?:19|20)\d\d)\s{0,2}年"
)
_COUNT = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A period in a text; dates ISO. ``last`` is None where the period is open (至今)."""

    first: str
    last: str | None
    raw: str
    start: int
    end: int
    sure: bool = True


def find_periods(text: str) -> tuple[FoundPeriod, ...]:
    """All periods in a text, in order. A length (聘期三年) counts from the date before it, else after it."""
    folded = fold_width_in_place(text)
    dates = find_dates(text)
    found: list[FoundPeriod] = []
    used: set[int] = set()
    for index, one in enumerate(dates):
        if index in used:
            continue
        other = dates[index + 1] if index + 1 < len(dates) else None
        if other and _JOIN.match(folded[one.end : other.start]) and one.iso <= other.iso:
            found.append(_between(text, one, other))
            used |= {index, index + 1}
        elif opened := _OPEN.match(folded[one.end :]):
            end = one.end + opened.end()
            found.append(FoundPeriod(one.iso, None, text[one.start : end], one.start, end, one.sure))
            used.add(index)
    found += _year_spans(text, folded, found)
    if not found:
        found += _by_length(text, folded, dates)
    return tuple(sorted(found, key=lambda period: period.start))


def _between(text: str, one: FoundDate, other: FoundDate) -> FoundPeriod:
    return FoundPeriod(
        one.iso, other.iso, text[one.start : other.end], one.start, other.end, one.sure and other.sure
    )


def _year_spans(text: str, folded: str, known: list[FoundPeriod]) -> list[FoundPeriod]:
    """``2016-2019年``: whole years, of which only the last carries its 年."""
    spans = []
    for match in _YEARS.finditer(folded):
        if any(period.start < match.end() and match.start() < period.end for period in known):
            continue
        if match["first"] <= match["last"]:
            raw = text[match.start() : match.end()]
            spans.append(FoundPeriod(match["first"], match["last"], raw, match.start(), match.end()))
    return spans


def _by_length(text: str, folded: str, dates: tuple[FoundDate, ...]) -> list[FoundPeriod]:
    for one in dates:
        after = _FROM_LENGTH.match(folded[one.end :])
        if after:
            return _of_length(text, one, after, one.end + after.end())
    length = _LENGTH.search(folded)
    if length is None or not dates:
        return []
    before = [one for one in dates if one.end <= length.start()]
    return _of_length(text, before[-1] if before else dates[0], length, length.end())


def _of_length(text: str, one: FoundDate, match: re.Match[str], end: int) -> list[FoundPeriod]:
    months = _count(match["count"]) * (1 if match["unit"] == "个月" else 12)
    if not 1 <= months <= 480:
        return []
    first, stop = min(one.start, match.start()), max(one.end, end)
    return [FoundPeriod(one.iso, after(one.iso, months), text[first:stop], first, stop, sure=False)]


def _count(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if ten:
        return _COUNT.get(tens, 1) * 10 + _COUNT.get(ones, 0)
    return _COUNT.get(text, 0)


def after(iso: str, months: int) -> str:
    """Last day (month, year) of a span of whole months from ``iso``: 2014-01-01 + 36 → 2016-12-31."""
    parts = [int(part) for part in iso.split("-")]
    year = parts[0]
    if len(parts) == 1:
        return f"{year + months // 12 - 1:04d}" if months >= 12 else f"{year:04d}"
    total = year * 12 + parts[1] - 1 + months
    if len(parts) == 2:
        return f"{(total - 1) // 12:04d}-{(total - 1) % 12 + 1:02d}"
    year, month = total // 12, total % 12 + 1
    day = min(parts[2], calendar.monthrange(year, month)[1])
    return (date(year, month, day) - timedelta(days=1)).isoformat()
