"""A ring's name held against the names printed on its page.

Over a signature the seal is nearly always that of the unit printed there, so a name that both the arc and
the print bear is as good as two witnesses, and a character that the arc leaves in doubt is settled by the
print. Print never outvotes the arc: where another character surely stands, the name stays as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from rapidfuzz.distance import Levenshtein

from domain.reading import Line, Seal
from matching.likeness import SURE_READING
from matching.seal_units import Owner, whose_seal
from matching.text import bare
from matching.units import sister_units

AGREED = 0.95
"""How sure a name is that was read along the arc and stands printed on the page as well."""
BORNE_OUT = 0.9
"""The same for a printed one that every character along the arc bears out, though it was read otherwise."""
UNSURE = 0.8
"""At most so sure is a name that the arc only does not contradict: a person looks."""
_LEAST = 5
_SLIPS = 6
"""Characters of a name to one that may have been misread."""
_NOT_OF_A_NAME = re.compile(r"[^\u3400-\u9fff（）()]+")


def named_by_print(seals: Sequence[Seal], lines: Sequence[Line]) -> tuple[Seal, ...]:
    """``seals`` in their order, those with a name along an arc settled by ``lines`` where these can do so."""
    runs = {run for line in lines for run in _NOT_OF_A_NAME.split(line.text) if len(bare(run)) >= _LEAST}
    return tuple(
        _settled(seal, runs) if seal.strips and len(bare(seal.text)) >= _LEAST else seal for seal in seals
    )


def _settled(seal: Seal, runs: set[str]) -> Seal:
    read = bare(seal.text)
    near = {
        name
        for name in chain.from_iterable(_names(run, len(read)) for run in runs)
        if _near(bare(name), read)
    }
    if any(bare(name) == read for name in near):
        return seal.model_copy(update={"text_confidence": max(seal.text_confidence, AGREED)})
    if seal.text_confidence >= SURE_READING:
        return seal
    borne_out, open_ = set[str](), set[str]()
    for name in near:
        opinion = whose_seal(name, seal)
        if opinion is None or opinion.owner is Owner.DIFFERENT:
            continue
        if opinion.owner is Owner.SAME:
            borne_out.add(name)
        elif not sister_units(bare(name), read):
            open_.add(name)
    for names, sure in ((borne_out, BORNE_OUT), (open_, min(seal.text_confidence, UNSURE))):
        if len(names) == 1:
            return seal.model_copy(
                update={
                    "text": names.pop(),
                    "text_confidence": sure,
                    "alternatives": tuple(dict.fromkeys((seal.text, *seal.alternatives))),
                }
            )
        if names:
            break
    return seal


def _names(run: str, length: int) -> Iterator[str]:
    """The run, and its end and beginning of so many characters: 主办单位 before a name, 盖章 behind it."""
    yield run
    if len(run) > length:
        yield run[-length:]
        yield run[:length]


def _near(name: str, read: str) -> bool:
    """As many characters, hardly one in six of them another."""
    return len(name) == len(read) and Levenshtein.distance(name, read) <= max(len(read) // _SLIPS, 1)
