"""Dates as Chinese documents write them, out as ISO 8601 (``2020-08-05``, ``2013-12``, ``2013``).

Folded: full width, ``二〇二〇年八月五日`` with any of the signs for zero, ``.`` ``-`` ``/`` between
numbers, spaces lost or invented, and what recognisers do to digits and to 年月日 (``2O2O年8月5曰``).
A date that the calendar does not know, or outside 1930-2079, is no date.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from matching.likeness import SURE_READING, Likeness
from matching.lookalikes import as_digits, look_alike
from matching.text import fold_width_in_place

_FIRST_YEAR, _LAST_YEAR = 1930, 2079
_HAN_DIGITS = str.maketrans("零〇○◯一二三四五六七八九", "0000123456789")

_GAP = r"[ \t]{0,8}"
"""Forms leave wide blanks between 年, 月 and 日."""
_IN_NUMBER = r"[ \t]{0,1}"
_SHAPE = r"[0-9OoQD〇○◯lI|!ZzSsB]"
_HAN = r"[零〇○◯O0o一二三四五六七八九]"
_ONE_OR_TWO = rf"{_SHAPE}(?:{_IN_NUMBER}{_SHAPE})?"
_HAN_NUMBER = r"(?:[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[零〇○]?[一二三四五六七八九])"
_LOST_ZERO = r"二[一二三][一二三四五六七八九零〇○](?=年)"
"""``二一四年``: recognisers drop the thin 〇 of 二〇一四 now and then."""
_YEAR = rf"(?:[12lI|!Zz](?:{_IN_NUMBER}{_SHAPE}){{3}}|[一二]{_HAN}{{3}}|{_LOST_ZERO})"

_CHINESE = re.compile(
    rf"(?<![0-9])(?P<year>{_YEAR}){_GAP}[年午牛]{_GAP}度?"
    rf"(?:{_GAP}(?P<month>{_HAN_NUMBER}|{_ONE_OR_TWO}){_GAP}[月用肙](?:份)?"
    rf"(?:{_GAP}(?P<day>{_HAN_NUMBER}|{_ONE_OR_TWO})(?:{_GAP}[日曰目号口]|(?![0-9.年月])))?)?"
)
_SEPARATED = re.compile(
    rf"(?<![0-9A-Za-z/])(?<![0-9A-Za-z][.])(?P<year>[12lI|](?:{_SHAPE}){{3}}){_GAP}(?P<sep>[.。·・,，]|[\-—–−]|/){_GAP}"
    rf"(?P<month>{_SHAPE}{{1,2}})(?:{_GAP}(?P=sep){_GAP}(?P<day>{_SHAPE}{{1,2}}))?(?![0-9])"
)
_COMPACT = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?![0-9A-Za-z])"
)
_YEAR_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)")
_SHORT_YEAR = re.compile(
    rf"(?P<year>[0-9]{{2}})年{_GAP}(?P<month>[0-9]{{1,2}})月(?:{_GAP}(?P<day>[0-9]{{1,2}})日)?"
)
_BARE_YEAR = re.compile(rf"(?P<year>{_YEAR})")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text. ``start`` and ``end`` are places in the text as given.

    ``sure`` is false where a look-alike had to be read as a digit or as 年月日.
    """

    iso: str
    raw: str
    start: int
    end: int
    sure: bool = True


def parse_date(text: str) -> str | None:
    """The one date that ``text`` is or begins with, as ISO; also ``202008``, ``18年5月`` and a year alone."""
    folded = fold_width_in_place(text).strip()
    found = find_dates(folded)
    if found:
        return found[0].iso
    for pattern in (_YEAR_MONTH, _SHORT_YEAR, _BARE_YEAR):
        match = pattern.fullmatch(folded)
        iso = _iso(match) if match else None
        if iso:
            return iso
    return None


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """All dates in a text, in order; a bare year counts where 年 follows it."""
    folded = fold_width_in_place(text)
    return tuple(_dates(folded, text))


def _dates(folded: str, text: str) -> Iterator[FoundDate]:
    at = 0
    while True:
        matches = [
            match for pattern in (_CHINESE, _SEPARATED, _COMPACT) if (match := pattern.search(folded, at))
        ]
        if not matches:
            return
        match = min(matches, key=lambda found: (found.start(), -found.end()))
        iso = _iso(match)
        if iso:
            raw = text[match.start() : match.end()]
            yield FoundDate(iso, raw, match.start(), match.end(), _sure(match))
        at = match.end()


def _sure(match: re.Match[str]) -> bool:
    text = match.group(0)
    return not re.search(r"[OoQDlI|!ZzSsB午牛用肙曰目口]", text) and not re.match(_LOST_ZERO, text)


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    lost = re.match(_LOST_ZERO, match.group(0))
    year = _number(f"二〇{lost.group(0)[1:]}" if lost else parts["year"])
    if year is not None and year < 100:
        year += 2000 if year < 50 else 1900
    month = _number(parts["month"]) if parts.get("month") else None
    day = _number(parts["day"]) if parts.get("day") else None
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if parts.get("month") is None:
        return f"{year:04d}"
    if month is None or not 1 <= month <= 12:
        return None
    if parts.get("day") is None:
        return f"{year:04d}-{month:02d}"
    if day is None or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _number(text: str) -> int | None:
    """``2O20``, ``二〇二〇``, ``十二``, ``廿一`` → a number."""
    tight = re.sub(r"\s", "", text).replace("廿", "二十")
    if "十" in tight:
        tens, _, ones = tight.partition("十")
        digits = (tens or "一").translate(_HAN_DIGITS) + (ones or "零").translate(_HAN_DIGITS)
    else:
        digits = as_digits(tight.translate(_HAN_DIGITS))
    return int(digits) if digits.isascii() and digits.isdigit() else None


def earliest(iso: str) -> date:
    """First day that an ISO date of any precision may mean: ``2013-12`` → 2013-12-01."""
    year, month, day = (*(int(part) for part in iso.split("-")), 1, 1)[:3]
    return date(year, month, day)


def latest(iso: str) -> date:
    """Last day that an ISO date of any precision may mean: ``2013-12`` → 2013-12-31."""
    parts = [int(part) for part in iso.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return date(year, month, day)


def compare_dates(expected: str, read: str, confidence: float = 1.0) -> Likeness:
    """Compare two dates at the precision they share; forms as :func:`parse_date` reads them.

    SIMILAR: one of them is no date, the reading is unsure, or one digit is a look-alike of the other's.
    """
    wanted, got = parse_date(expected), parse_date(read)
    if wanted is None or got is None:
        return Likeness.SIMILAR
    shared = min(len(wanted), len(got))
    if wanted[:shared] == got[:shared]:
        return Likeness.SAME
    unlike = [(one, two) for one, two in zip(wanted[:shared], got[:shared], strict=True) if one != two]
    if confidence < SURE_READING or (len(unlike) == 1 and look_alike(*unlike[0])):
        return Likeness.SIMILAR
    return Likeness.DIFFERENT
