"""Hours and counts, ID numbers, certificate numbers.

Folded: full width, units, Chinese numerals, look-alikes of digits.
"""

from __future__ import annotations

import re

from stdnum.cn import ric

from matching.dates import parse_date
from matching.likeness import SURE_READING, Likeness
from matching.lookalikes import as_digits, look_alike
from matching.text import bare, distance, squeeze, substitutions

_UNIT = re.compile(r"(?:个|共|合计|计)?(?:学时|课时|小时|学分|分|天|年|月|次|篇|项|份|个|%)+$")
_PREFIX = re.compile(r"^(?:共计|合计|总计|共|计|约|:)+")
_PLAIN = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,4})?")
_MASK = frozenset("*xX×#＊●•")


def parse_number(text: str) -> float | None:
    """``96`` ``96.0`` ``９６学时`` ``九十六`` ``9O`` → 96.0 …; None where the text is no number."""
    tight = squeeze(text).replace(",", "").replace("。", ".").replace("·", ".")
    tight = _UNIT.sub("", _PREFIX.sub("", tight))
    if not tight:
        return None
    if _PLAIN.fullmatch(tight):
        return float(tight)
    folded = as_digits(tight)
    if _PLAIN.fullmatch(folded) and any(char.isdigit() for char in tight):
        return float(folded)
    return _chinese_number(tight)


_HAN_VALUES = (
    {char: value for value, char in enumerate("零一二三四五六七八九")}
    | {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
    | {"〇": 0, "○": 0, "两": 2}
)
_HAN_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


def _chinese_number(text: str) -> float | None:
    if any(char not in _HAN_VALUES and char not in _HAN_UNITS for char in text):
        return None
    if not any(char in _HAN_UNITS for char in text):
        return float("".join(str(_HAN_VALUES[char]) for char in text))
    total, current = 0, 0
    for char in text:
        if char in _HAN_UNITS:
            total += (current or 1) * _HAN_UNITS[char]
            current = 0
        else:
            current = _HAN_VALUES[char]
    return float(total + current)


def compare_numbers(expected: float, read: float, confidence: float = 1.0) -> Likeness:
    """Two amounts; SIMILAR where they differ but the reading is unsure."""
    if abs(expected - read) < 1e-6:
        return Likeness.SAME
    return Likeness.SIMILAR if confidence < SURE_READING else Likeness.DIFFERENT


def normal_id(text: str) -> str:
    """ID number: digits (look-alikes folded), a final ``X``, masks as ``*``; separators dropped."""
    tight = re.sub(r"[\s\-:.]", "", squeeze(text)).upper()
    body, last = as_digits(tight[:-1]), tight[-1:]
    last = "X" if last in {"X", "×"} and len(tight) in {15, 18} else as_digits(last)
    return "".join("*" if char in _MASK else char for char in body) + (
        last if last == "X" or last not in _MASK else "*"
    )


def valid_id(text: str) -> bool:
    """Whether 18 characters hold a birthday and the right check character.

    The place is not asked: lists of places lack districts that were dissolved since people were born there.
    """
    number = normal_id(text)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number) or ric.calc_check_digit(number) != number[-1]:
        return False
    return parse_date(number[6:14]) is not None


def compare_ids(expected: str, read: str, confidence: float = 1.0) -> Likeness:
    """Compare ID numbers; masked places (``*``) fit anything, the 15-digit form fits its 18-digit one.

    A reading whose own check character fails is a misreading, hence SIMILAR and never DIFFERENT.
    """
    wanted, got = normal_id(expected), normal_id(read)
    if len(got) == 15 and len(wanted) == 18:
        wanted = wanted[:6] + wanted[8:17]
    elif len(wanted) == 15 and len(got) == 18:
        got = got[:6] + got[8:17]
    pairs = substitutions(wanted, got)
    if pairs is None:
        return Likeness.SIMILAR if not valid_id(got) else Likeness.DIFFERENT
    unlike = [pair for pair in pairs if "*" not in pair]
    if not unlike:
        return Likeness.SAME
    if confidence < SURE_READING and len(unlike) <= 2:
        return Likeness.SIMILAR
    if "*" not in got and len(got) == 18 and not valid_id(got):
        return Likeness.SIMILAR
    return Likeness.DIFFERENT


def normal_certificate_number(text: str) -> str:
    """Certificate number: bare, without its label."""
    return re.sub(r"^(?:证书)?(?:编号|证号|号码|管理号|第|no|字第)+", "", bare(text)).removesuffix("号")


def compare_certificate_numbers(expected: str, read: str, confidence: float = 1.0) -> Likeness:
    """Compare certificate numbers; ``O`` and ``0`` (and their like) count as the same sign.

    SIMILAR: one slip by look-alikes, one number within the other, or an unsure reading two signs away.
    """
    wanted, got = normal_certificate_number(expected), normal_certificate_number(read)
    if not wanted or not got:
        return Likeness.SIMILAR
    if wanted == got or as_digits(wanted) == as_digits(got):
        return Likeness.SAME
    if (wanted in got or got in wanted) and min(len(wanted), len(got)) >= 5:
        return Likeness.SIMILAR
    pairs = substitutions(wanted, got)
    if pairs is not None and len(pairs) == 1 and look_alike(*pairs[0]):
        return Likeness.SIMILAR
    if confidence < SURE_READING and distance(wanted, got) <= 2:
        return Likeness.SIMILAR
    return Likeness.DIFFERENT
