"""The letters that a strip of a seal shows, each with what it may be, folded as names are for comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matching.seal_lattice import Step
from matching.text import bare

_WEAK = 0.5


@dataclass(frozen=True, slots=True)
class Letter:
    """``chances``: character → probability 0-1, the best of its steps; ``blank``: that nothing stands there.

    ``place``: step along the strip. ``top``: the likeliest character, ``""`` for punctuation and stars.
    """

    place: int
    blank: float
    chances: Mapping[str, float]
    top: str
    sure: float


@lru_cache(maxsize=32768)
def folded(character: str) -> str:
    """One character in the form that names are compared in; ``""`` for punctuation and symbols."""
    form = bare(character)
    return form if len(form) == 1 else ""


def letters_of(steps: Sequence[Step]) -> tuple[Letter, ...]:
    """Steps joined into letters: neighbouring steps are one letter where they show the same character.

    A faint step before a letter is its beginning, whatever it shows.
    """
    groups: list[list[_Folded]] = []
    for step in steps:
        new = _Folded(step.place, step.blank, _folded(step.characters))
        if groups and _joins(groups[-1], new):
            groups[-1].append(new)
        else:
            groups.append([new])
    return tuple(_letter(group) for group in groups)


@dataclass(frozen=True, slots=True)
class _Folded:
    place: int
    blank: float
    chances: dict[str, float]

    @property
    def top(self) -> str:
        return max(self.chances, key=self.chances.__getitem__, default="")


def _folded(characters: Mapping[str, float]) -> dict[str, float]:
    found: dict[str, float] = {}
    for character, chance in characters.items():
        form = folded(character)
        found[form] = found.get(form, 0.0) + chance
    return found


def _joins(group: Sequence[_Folded], new: _Folded) -> bool:
    if new.place - group[-1].place != 1:
        return False
    return all(step.blank > _WEAK for step in group) or group[-1].top == new.top


def _letter(group: Sequence[_Folded]) -> Letter:
    chances: dict[str, float] = {}
    for step in group:
        for character, chance in step.chances.items():
            chances[character] = max(chances.get(character, 0.0), chance)
    main = min(group, key=lambda step: step.blank)
    top = max(chances, key=chances.__getitem__, default="")
    return Letter(main.place, main.blank, chances, top, chances.get(top, 0.0))
