"""The written form of what a recogniser saw along a seal's arc: read and written here, and only here.

Words are parted by spaces. The first is the number of steps of the whole strip, two letters; every further
one is a step that is kept: two letters for its place along the strip, one for the chance of a blank, one for
that of all characters not named, then pairs of a character and its letter. A letter stands for a probability:
``p = exp(-14 (k / 63)²)``, fine near 1 where it matters and coarse where it does not; ``k`` is its index in
``LETTERS``. Steps that are left out were surely blank.
"""

from __future__ import annotations

import math
import string
from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Strip:
    """``length``: steps of the whole strip, those surely blank included; ``steps``: the others."""

    length: int
    steps: tuple[Step, ...]


def written(strip: Strip) -> str:
    """A strip as one text. A character is any single one but a space."""
    words = [_number(strip.length)]
    for step in strip.steps:
        chances = "".join(character + _letter(chance) for character, chance in step.characters.items())
        words.append(_number(step.place) + _letter(step.blank) + _letter(step.rest) + chances)
    return " ".join(words)


def read_strip(text: str) -> Strip:
    """The strip of a text that ``written`` gave."""
    first, *words = text.split(" ")
    steps = tuple(
        Step(
            place=_value(word),
            blank=_CHANCE[_INDEX[word[2]]],
            rest=_CHANCE[_INDEX[word[3]]],
            characters={word[i]: _CHANCE[_INDEX[word[i + 1]]] for i in range(4, len(word), 2)},
        )
        for word in words
    )
    return Strip(_value(first), steps)


def _number(value: int) -> str:
    return LETTERS[min(value // len(LETTERS), _TOP)] + LETTERS[value % len(LETTERS)]


def _value(word: str) -> int:
    return _INDEX[word[0]] * len(LETTERS) + _INDEX[word[1]]


def _letter(chance: float) -> str:
    if chance <= 0:
        return LETTERS[_TOP]
    return LETTERS[min(round(math.sqrt(max(-math.log(chance), 0.0) / _FAINTEST) * _TOP), _TOP)]
