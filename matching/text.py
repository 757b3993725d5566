"""Normal forms of text and the distance between two readings.

What is folded and why: full-width forms (one key on a Chinese keyboard gives either), white space
(recognisers drop or invent it), punctuation (seals and tables carry none), traditional characters (old
certificates and seals). Look-alike glyphs are never folded here: see :mod:`matching.lookalikes`.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from matching.lookalikes import look_alike

_HAN_BLOCKS = (("\u4e00", "\u9fff"), ("\u3400", "\u4dbf"), ("\U00020000", "\U0003134f"))
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


class _Converter(Protocol):
    def convert(self, string: str) -> str: ...


@lru_cache(maxsize=1)
def _traditional_to_simplified() -> _Converter:
    import opencc  # lazily: its tables take a moment to load and most runs never meet a traditional character

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


def fold_width(text: str) -> str:
    """NFKC: ``９６学时`` → ``96学时``, ``（`` → ``(``, Kangxi radicals → the ordinary characters."""
    return unicodedata.normalize("NFKC", text)


def fold_width_in_place(text: str) -> str:
    """As :func:`fold_width`, but one character for one, so that places in the text stay valid."""
    return "".join(
        folded if len(folded := unicodedata.normalize("NFKC", char)) == 1 else char for char in text
    )


def squeeze(text: str) -> str:
    """Width-folded, with no white space and no invisible characters."""
    return "".join(char for char in fold_width(text) if not char.isspace() and char not in _INVISIBLE)


@lru_cache(maxsize=65536)
def simplified(text: str) -> str:
    """Traditional characters turned into simplified ones."""
    return _traditional_to_simplified().convert(text) if _may_be_traditional(text) else text


def _may_be_traditional(text: str) -> bool:
    """Text that GB 2312 can write is simplified already: the set holds no traditional forms."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """The form for comparison: width-folded, simplified, lower case, letters and digits only.

    Punctuation, symbols, marks and white space are dropped; ``〇`` counts as a digit.
    """
    return "".join(
        char
        for char in simplified(squeeze(text)).lower()
        if unicodedata.category(char)[0] in "LN" or char == "○"
    )


def is_han(char: str) -> bool:
    """Whether a single character is a Chinese character."""
    return (
        "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\U00020000" <= char <= "\U0003134f"
    )


def distance(one: str, other: str) -> int:
    """Least number of characters to insert, drop or replace (both texts as given)."""
    return int(Levenshtein.distance(one, other))


def error_rate(expected: str, read: str) -> float:
    """Character error rate of a reading in bare form; 0 = equal, may pass 1."""
    wanted, got = bare(expected), bare(read)
    if not wanted:
        return float(bool(got))
    return distance(wanted, got) / len(wanted)


def similarity(one: str, other: str) -> float:
    """0-1 in bare form; 1 = equal."""
    return float(Levenshtein.normalized_similarity(bare(one), bare(other)))


def best_within(needle: str, haystack: str) -> float:
    """0-1: how well ``needle`` is found somewhere inside ``haystack`` (bare forms, best aligned stretch)."""
    wanted, got = bare(needle), bare(haystack)
    if not wanted or not got:
        return 0.0
    if wanted in got:
        return 1.0
    if len(got) <= len(wanted):
        return float(Levenshtein.normalized_similarity(wanted, got))
    found = fuzz.partial_ratio_alignment(wanted, got)
    if found is None:
        return 0.0
    stretch = got[found.dest_start : found.dest_end]
    return float(Levenshtein.normalized_similarity(wanted, stretch))


def substitutions(one: str, other: str) -> tuple[tuple[str, str], ...] | None:
    """Pairs of characters that differ, for texts of one length; ``None`` where the lengths differ."""
    if len(one) != len(other):
        return None
    return tuple((left, right) for left, right in zip(one, other, strict=True) if left != right)


def only_look_alikes(one: str, other: str) -> bool:
    """Same length, and every difference is between glyphs that are easily taken for each other."""
    pairs = substitutions(one, other)
    return pairs is not None and all(look_alike(left, right) for left, right in pairs)
