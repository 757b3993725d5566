"""The forms in which clerks write a day, letter by letter: which characters may follow what was written.

2020年8月5日, 2020年08月05日, 2020.8.5, 2020-08-05, 2020/8/5, 20200805, 二〇二〇年八月五日.
"""

from __future__ import annotations

from functools import lru_cache

_NUMERALS = "〇一二三四五六七八九"
FIRST_YEAR, LAST_YEAR = 1990, 2039

Place = tuple[int, int, str]
"""Form, part of it, and what of that part is written."""
States = frozenset[Place]


def _numeral(number: int) -> str:
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _NUMERALS[tens] + "十")
    return head + (_NUMERALS[units] if units else "")


def _forms() -> tuple[tuple[tuple[str, ...], ...], ...]:
    years = tuple(str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1))
    written = tuple("".join(_NUMERALS[int(digit)] for digit in year) for year in years)
    short = tuple(str(month) for month in range(1, 13)), tuple(str(day) for day in range(1, 32))
    full = tuple(f"{month:02}" for month in range(1, 13)), tuple(f"{day:02}" for day in range(1, 32))
    han = tuple(_numeral(month) for month in range(1, 13)), tuple(_numeral(day) for day in range(1, 32))
    forms: list[tuple[tuple[str, ...], ...]] = [
        (written, ("年",), han[0], ("月",), han[1], ("日",)),
        (years, full[0], full[1]),
    ]
    for months, days in (short, full):
        forms.append((years, ("年",), months, ("月",), days, ("日",)))
        forms += [(years, (sign,), months, (sign,), days) for sign in (".", "-", "/")]
    return tuple(forms)


_FORMS = _forms()
START: States = frozenset((form, 0, "") for form in range(len(_FORMS)))


@lru_cache(maxsize=65536)
def following(states: States) -> tuple[tuple[str, States], ...]:
    """The characters that may come next, each with where it leads."""
    found: dict[str, set[Place]] = {}
    for form, part, text in states:
        parts = _FORMS[form]
        if text in parts[part] and part + 1 < len(parts):
            for word in parts[part + 1]:
                found.setdefault(word[0], set()).add((form, part + 1, word[0]))
        for word in parts[part]:
            if len(word) > len(text) and word.startswith(text):
                longer = word[: len(text) + 1]
                found.setdefault(longer[-1], set()).add((form, part, longer))
    return tuple((character, frozenset(places)) for character, places in sorted(found.items()))


@lru_cache(maxsize=65536)
def complete(states: States) -> bool:
    """A whole day may end here; the 日 at its end is often left out or lost in a seal."""
    return any(
        text in _FORMS[form][part] and len(_FORMS[form]) - 1 - part <= (_FORMS[form][-1] == ("日",))
        for form, part, text in states
    )
