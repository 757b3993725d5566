"""Comparing what is said of a paper: its title, authors, issue and pages.

Folded: 第5期/05/5, the forms of 增刊, dashes between pages, footnote marks after names, a subtitle left out.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import LCSseq

from matching.likeness import SURE_READING, Likeness
from matching.names import same_person
from matching.numbers import parse_number
from matching.text import bare, best_within, is_han, similarity, squeeze

FOUND = 0.8
"""One character in five may be misread or fall into a line break, and a title is still the same."""
PERHAPS = 0.6
"""Below this two titles share no more than the usual words of the trade (研究, 设计, 应用)."""

_SUBTITLE = re.compile(r"[—–\-:：]{1,2}")
_AUTHOR_BREAK = re.compile(r"[;；,，、/|]|\s{2,}")
_AUTHOR_MARK = re.compile(r"[0-9*＊†‡①-⑳()（）\[\]]+|等$|(?:主编|作者)[:：]?|^文[:：]")


def compare_titles(expected: str, read: str, confidence: float = 1.0) -> Likeness:
    """Compare two titles of papers. SIMILAR: may be one title badly read, or changed wording."""
    wanted, got = bare(expected), bare(read)
    if not wanted or not got:
        return Likeness.SIMILAR
    shorter = min(len(wanted), len(got))
    if similarity(expected, read) >= FOUND or (shorter >= 6 and (wanted in got or got in wanted)):
        return Likeness.SAME
    if not any(map(is_han, wanted)) or not any(map(is_han, got)):
        return Likeness.SIMILAR
    if similarity(expected, read) >= PERHAPS or confidence < SURE_READING:
        return Likeness.SIMILAR
    return Likeness.DIFFERENT


def title_found(title: str, text: str) -> float:
    """0-1: how surely a text (a line, or a few joined) holds the title, with names and dots in between."""
    main = next((part for part in _SUBTITLE.split(title) if len(bare(part)) >= 6), title)
    whole = max(_found(title, text), _found(main, text) * 0.95)
    return min(whole, 1.0)


def _found(title: str, text: str) -> float:
    wanted, got = bare(title), bare(text)
    if not wanted or not got:
        return 0.0
    direct = best_within(title, text)
    if len(got) > 4 * len(wanted):
        return direct
    # A title broken over two lines has the author and the page number in its middle.
    return max(direct, 0.95 * float(LCSseq.similarity(wanted, got)) / len(wanted))


def authors_of(text: str) -> tuple[str, ...]:
    """Names in a list of authors, marks dropped: ``张三1;李 四2,*`` → 张三, 李四."""
    names = (_AUTHOR_MARK.sub("", part) for part in _AUTHOR_BREAK.split(text))
    return tuple(name for one in names if len(name := squeeze(one)) >= 2)


def compare_authors(expected: tuple[str, ...], read: str, confidence: float = 1.0) -> Likeness:
    """Whether one of the expected authors stands in a list that was read.

    DIFFERENT only where Chinese names were read and every one is surely somebody else.
    """
    names = authors_of(read)
    if not names or not expected:
        return Likeness.SIMILAR
    found = [same_person(wanted, name, confidence) for wanted in expected for name in names]
    if Likeness.SAME in found or any(bare(wanted) in bare(read) for wanted in expected):
        return Likeness.SAME
    return Likeness.SIMILAR if Likeness.SIMILAR in found else Likeness.DIFFERENT


def issue_key(text: str) -> str:
    """``第05期`` ``5`` ``(5)`` → ``5``; ``S1`` ``增刊(一)`` ``增刊1`` → ``增1``."""
    tight = squeeze(text).upper()
    extra = re.search(r"(?:增刊|增|SUPPL?\.?|S)[(第]?([0-9一二三四]?)", tight)
    if extra:
        number = parse_number(extra[1]) if extra[1] else None
        return f"增{int(number)}" if number else "增"
    match = re.search(r"第?([0-9]{1,4}|[一二三四五六七八九十]{1,3})期", tight) or re.search(
        r"([0-9]{1,4})", tight
    )
    number = parse_number(match[1] if match else tight)
    return str(int(number)) if number is not None else tight


def compare_issues(expected: str, read: str, confidence: float = 1.0) -> Likeness:
    """Compare two issue labels; a total number (总第123期) is another count, hence SIMILAR."""
    wanted, got = issue_key(expected), issue_key(read)
    if wanted == got or {wanted, got} <= {"增", "增1"}:
        return Likeness.SAME
    numbers = [int(one) for one in (wanted, got) if one.isdigit()]
    if "总" in expected + read or any(number > 60 for number in numbers):
        return Likeness.SIMILAR
    return Likeness.SIMILAR if confidence < SURE_READING else Likeness.DIFFERENT


def page_numbers(text: str) -> tuple[int, ...]:
    """``12-16`` ``12—16,20`` ``P12`` → (12, 16, …)."""
    return tuple(int(one) for one in re.findall(r"[0-9]{1,5}", squeeze(text)))


def compare_pages(expected: str, read: str, confidence: float = 1.0) -> Likeness:
    """Compare first pages; the last page alone is no contradiction, since texts are continued elsewhere."""
    wanted, got = page_numbers(expected), page_numbers(read)
    if not wanted or not got:
        return Likeness.SIMILAR
    if wanted[0] == got[0]:
        ends = len(wanted) > 1 and len(got) > 1 and wanted[1] != got[1]
        return Likeness.SIMILAR if ends else Likeness.SAME
    return Likeness.SIMILAR if confidence < SURE_READING else Likeness.DIFFERENT
