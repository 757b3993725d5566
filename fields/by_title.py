"""Readers of kinds that are told by their title, or by phrases that such a page and no other holds.

A scan may lack its title (cut off, a second page, lettering that no engine reads), so a kind's own phrases
tell it as well: each with a weight, one alone never enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from domain.facts import Field, Row
from domain.kinds import EvidenceKind
from fields.issuance import issue_date_of
from fields.layout import Sheet
from fields.persons import person_fields
from fields.registry import Found, KindReader, Score
from fields.titles import has_title, score
from matching.text import simplified

_BY_WORDS = 0.25
"""Common words stand on many forms: even all of them together tell no kind."""
_BY_TELLS = 0.84
"""What phrases can tell at most, short of a title."""
_LONG_PAGE = 40

Tell = tuple[str, float]
"""A pattern and how much it speaks for the kind; those of one page add up."""


@dataclass(frozen=True, slots=True)
class Told:
    """``title``: pattern of its title; ``words``: common words of such a page; ``tells``: phrases of its own.

    ``against``: titles of other kinds, which rule this one out.
    """

    kind: EvidenceKind
    title: str
    words: tuple[str, ...] = ()
    tells: tuple[Tell, ...] = ()
    against: str = ""
    goes_on: bool = False
    """It fills several pages, of which only the first has the title."""


def reader(told: Told, read: Callable[[tuple[Sheet, ...]], Found]) -> KindReader:
    """A reader that knows its kind by ``told`` and its facts by ``read``."""
    return KindReader(
        told.kind, partial(_score, told), read, partial(_begins, told), partial(_continues, told)
    )


def _score(told: Told, sheet: Sheet) -> Score:
    titled = score(sheet, told.title, words=told.words, against=told.against, by_words=_BY_WORDS)
    return with_tells(titled, sheet, told.tells)


def with_tells(titled: Score, sheet: Sheet, tells: tuple[Tell, ...]) -> Score:
    """The score of the title, or that of the phrases where those say more; another kind's title stands."""
    if titled.reasons and titled.reasons[0].startswith("title matches"):
        return titled
    body = simplified(sheet.text)
    spoken = [(pattern, weight) for pattern, weight in tells if re.search(pattern, body)]
    value = min(sum(weight for _, weight in spoken), _BY_TELLS) if len(spoken) > 1 else 0.0
    best = max(titled.value, value)
    if titled.value and value:
        best = min(best + 0.08 * min(titled.value, value), 1.0)
    return Score(round(best, 4), titled.reasons + tuple(pattern for pattern, _ in spoken))


def _begins(told: Told, sheet: Sheet) -> bool:
    return has_title(sheet, told.title)


def _continues(told: Told, _: Sheet, sheet: Sheet) -> bool:
    return told.goes_on and len(sheet.text) > _LONG_PAGE


def found(
    sheets: tuple[Sheet, ...], own: dict[str, Field | None] | None = None, rows: tuple[Row, ...] = ()
) -> Found:
    """Whose the document is, its date, and the kind's own facts: those that can be read."""
    fields: dict[str, Field | None] = dict(person_fields(sheets))
    fields["issue_date"] = issue_date_of(sheets)
    fields |= own or {}
    return Found({name: value for name, value in fields.items() if value is not None}, rows)
