"""The written form of what a recogniser saw along a seal's arc: read and written here, and only here.

Steps are parted by spaces. A step is two letters for its place along the strip, one for the blank's
probability, one for that of all characters not named, then pairs of a character and its letter. A letter stands
for a probability: ``p = exp(-14 (k / 63)²)``, fine near 1 where it matters and coarse where it does not; ``k`` is
its index in ``LETTERS``. Steps that are left out were surely blank.
"""

from __future__ import annotations

import math
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LETTERS = string.ascii_letters + string.digits + "+-"
_FAINTEST = 14.0
_TOP = len(LETTERS) - 1
_INDEX = {letter: index for index, letter in enumerate(LETTERS)}
_CHANCE = tuple(math.exp(-_FAINTEST * (index / _TOP) ** 2) for index in range(len(LETTERS)))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a strip: probabilities 0-1 of blank, of the characters kept, and of all others together."""

    place: int
    blank: float
    rest: float
    characters: Mapping[str, float]


def written(steps: Iterable[Step]) -> str:
    """Steps as one text. A character is any single one but a space."""
    return " ".join(
        LETTERS[min(step.place // len(LETTERS), _TOP)]
        + LETTERS[step.place % len(LETTERS)]
        + _letter(step.blank)
        + _letter(step.rest)
        + "".join(character + _letter(chance) for character, chance in step.characters.items())
        for step in steps
    )


def read_steps(text: str) -> tuple[Step, ...]:
    """The steps of a text that ``written`` gave."""
    return tuple(
        Step(
            place=_INDEX[word[0]] * len(LETTERS) + _INDEX[word[1]],
            blank=_CHANCE[_INDEX[word[2]]],
            rest=_CHANCE[_INDEX[word[3]]],
            characters={word[i]: _CHANCE[_INDEX[word[i + 1]]] for i in range(4, len(word), 2)},
        )
        for word in text.split(" ")
        if word
    )


def _letter(chance: float) -> str:
    if chance <= 0:
        return LETTERS[_TOP]
    return LETTERS[min(round(math.sqrt(max(-math.log(chance), 0.0) / _FAINTEST) * _TOP), _TOP)]
