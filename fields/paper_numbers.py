"""ISSN, CN number, year and issue in a flat text, with the slips that engines make in digits."""

from __future__ import annotations

import re
from typing import NamedTuple

from matching.issn_cn import find_cns, find_issns

_SLIP = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "D": "0", "I": "1", "l": "1", "|": "1", "×": "X", "x": "X"}
)
_DIGIT = r"[\dOoQIl|]"
_DASH = r"[-—–－‐―−一~]{0,2}"
_ISSN_LABELLED = re.compile(
    rf"[Il1|i!][S5s]{{2}}N\W{{0,3}}(?:\(?[Pp]rint\)?)?\W{{0,2}}({_DIGIT}{{4}})\W{{0,2}}({_DIGIT}{{3}}[\dXx×OoIl])"
)
_CN = re.compile(
    rf"(?:[CG][NM]|刊号)\W{{0,3}}({_DIGIT}{{2}})[-—–－‐―−一]{{1,2}}({_DIGIT}{{4}})(?:[/／](T[A-Z]|[A-Z](?![A-Za-z])\d{{0,3}}))?"
)
_NUMERALS = {numeral: number for number, numeral in enumerate("〇一二三四五六七八九")} | {
    "○": 0,
    "零": 0,
    "Ο": 0,
}
_ROMAN = {"Ⅰ": "1", "Ⅱ": "2", "Ⅲ": "3", "I": "1", "II": "2", "III": "3"}


class Numbered(NamedTuple):
    """A number found in a flat text at ``[start, end)``, in normal form, and how sure its form is."""

    value: str
    start: int
    end: int
    sure: float


class Issue(NamedTuple):
    """An issue: digits without leading zeros, ``增刊1``; ``label`` holds 上, 中, 下 and the like."""

    value: str
    label: str
    start: int
    end: int
    sure: float


def issns(text: str) -> list[Numbered]:
    """``ISSN 1002-848X`` with or without its label; a bare one only where its check digit is right.

    The patterns here are for numbers glued to their neighbours (“ISSN1002-848XCN11-2833”).
    """
    telephone = re.search(r"电话|传真|热线|[Tt]el|邮编|手机", text)
    found = [
        Numbered(one.number, one.start, one.end, 1.0 if one.sure else 0.8)
        for one in find_issns(text)
        if not telephone or "SSN" in one.raw
    ]
    glued = _ISSN_LABELLED.finditer(text) if not found else ()
    return found or [Numbered(f"{_digits(each[1])}-{_digits(each[2])}", *each.span(), 0.95) for each in glued]


def cns(text: str) -> list[Numbered]:
    """``CN 11-2833/TU`` → ``11-2833/TU``; the class may be absent. False ones (HK, NR) are found too."""
    found = [Numbered(one.number, one.start, one.end, 1.0 if one.sure else 0.85) for one in find_cns(text)]
    if found:
        return found
    return [
        Numbered(
            f"{_digits(each[1])}-{_digits(each[2])}{f'/{each[3]}' if each[3] else ''}", *each.span(), 0.9
        )
        for each in _CN.finditer(text)
    ]


def _digits(text: str) -> str:
    return text.translate(_SLIP)


def plain_numerals(text: str) -> str:
    """Chinese numerals of a year or an issue as digits, character for character where that is possible."""
    text = re.sub(
        r"[〇○零一二三四五六七八九Ο]{4}(?=年)",
        lambda each: "".join(str(_NUMERALS[char]) for char in each.group()),
        text,
    )
    return re.sub(
        r"(?<=第)[一二三四五六七八九十]{1,3}(?=[期号卷])",
        lambda each: f"{_count(each.group()):0{len(each.group())}d}",
        text,
    )


def _count(numeral: str) -> int:
    if "十" not in numeral:
        return _NUMERALS[numeral[-1]]
    tens, _, ones = numeral.partition("十")
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


_YEAR = r"(?P<year>(?:19|20)\d{2})"
_ISSUE = r"(?P<issue>[SsZz]?0*\d{1,2}(?:[-—/、~]0*\d{1,2})?)"
_EXTRA = r"(?P<extra>增刊)[(（]?(?P<part>[ⅠⅡⅢI]{1,3}|\d(?!\d)|[一二三四上下])?[)）]?"
_LABEL = r"(?:期|号)?[(（]?(?P<label>[上中下](?:旬刊?|半月刊?|半月|册|期|刊)?(?![\u4e00-\u9fff]))?[)）]?"
_ISSUES: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern), sure)
    for pattern, sure in (
        (rf"{_YEAR}年?,?第?(?:\d+卷)?[(（,]?{_EXTRA}", 1.0),
        (rf"{_YEAR}年?[,，·.]?(?:第?\d+卷[,，·.]?)?[(（]?第{_ISSUE}期{_LABEL}", 1.0),
        (rf"{_YEAR}年?[(（]第?{_ISSUE}期?[)）]{_LABEL}", 0.95),
        (rf"{_YEAR}[,，年](?:第|[Vv]ol\.?)?\d{{1,3}}卷?[,，]?[(（]第?{_ISSUE}期?[)）]", 0.95),
        (rf"(?<![总计至已])第{_ISSUE}期{_LABEL}", 0.97),
        (rf"[Vv](?i:ol)\.?\d{{1,3}}[,，.;]?(?:总第\d+期)?[,，.]?N[oO0][.,。:]?{_ISSUE}(?!\d)", 0.95),
        (rf"(?<![A-Za-z])(?:N[oO][.,。:]|(?i:issue))\.?{_ISSUE}(?![\d-])", 0.85),
        (rf"{_YEAR}年(?P<issue>0?[1-9]|1[0-2])期{_LABEL}", 0.95),
        (r"(?<![\u4e00-\u9fff\d])" + _EXTRA + r"$", 0.85),
        (rf"^{_YEAR}年?[.·/／\-—,，_・](?P<issue>0?[1-9]|1[0-2]|2[0-4])(?![\d年月.\-/])期?{_LABEL}", 0.75),
        (r"^(?P<issue>0?[1-9]|1[0-2]|2[0-4])[.·/／\-—_・](?P<year>(?:19|20)\d{2})(?![\d年月.\-/])", 0.7),
        (r"^(?P<issue>0?[1-9]|[1-4]\d)期" + _LABEL, 0.8),
    )
)


def issue_of(text: str) -> tuple[Issue, Numbered | None] | None:
    """The issue that a flat text names, with the year beside it. 总第…期 and 累计…期 are no issue."""
    plain = plain_numerals(text)
    plain = re.sub(r"(?:总|累计|合订|总期)第?[\d-]+期?", lambda each: "□" * len(each.group()), plain)
    for pattern, sure in _ISSUES:
        found = pattern.search(plain)
        if not found:
            continue
        groups = found.groupdict()
        year = groups.get("year")
        around = Numbered(year, *found.span("year"), sure) if year else None
        return Issue(_issue_value(groups), groups.get("label") or "", *found.span(), sure), around
    return None


def _issue_value(groups: dict[str, str | None]) -> str:
    if groups.get("extra"):
        part = groups.get("part") or ""
        part = _ROMAN.get(part, part)
        part = str("一二三四".index(part) + 1) if part and part in "一二三四" else part
        return f"增刊{part}"
    return normal_issue(groups.get("issue") or "")


def normal_issue(text: str) -> str:
    """``05`` → ``5``, ``S1`` → ``增刊1``, ``3/4`` → ``3-4``."""
    extra = re.fullmatch(r"[SsZz](\d)", text)
    if extra:
        return f"增刊{extra[1]}"
    parts = re.split(r"[-—/、~]", re.sub(r"[SsZz]", "", text))
    return "-".join(part.lstrip("0") or "0" for part in parts)


_YEARS: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"((?:19|20)\d{2})年(?!.{0,4}(?:创刊|创办|出生|毕业|起))"), 0.95),
    (re.compile(r"出版(?:日期|时间)?\W{0,2}((?:19|20)\d{2})"), 0.95),
    (
        re.compile(
            r"(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?,?(?:\d{1,2},?)?((?:19|20)\d{2})"
        ),
        0.9,
    ),
    (re.compile(r"^((?:19|20)\d{2})(?:[.·/\-—,]\d{1,2}(?:[.·/\-—]\d{1,2})?)?$"), 0.8),
)


def year_of(text: str) -> Numbered | None:
    """A year of publication: before 年, after 出版, beside a month, or alone; never the year of founding."""
    plain = plain_numerals(text)
    if re.search(r"创刊|创办|收稿|修回|作者简介|国家标准|发布|实施", plain):
        return None
    for pattern, sure in _YEARS:
        found = pattern.search(plain)
        if found:
            return Numbered(found[1], *found.span(1), sure)
    return None
