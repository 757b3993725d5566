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
    """Steps joined into letters: neighbouring steps are one letter unless both surely show another one."""
    groups: list[list[tuple[Step, dict[str, float]]]] = []
    for step in steps:
        chances = _folded(step.characters)
        if groups and _joins(groups[-1][-1], (step, chances)):
            groups[-1].append((step, chances))
        else:
            groups.append([(step, chances)])
    return tuple(_letter(group) for group in groups)


def _folded(characters: Mapping[str, float]) -> dict[str, float]:
    found: dict[str, float] = {}
    for character, chance in characters.items():
        form = folded(character)
        found[form] = found.get(form, 0.0) + chance
    return found


def _joins(last: tuple[Step, dict[str, float]], new: tuple[Step, dict[str, float]]) -> bool:
    if new[0].place - last[0].place != 1:
        return False
    if last[0].blank > _WEAK or new[0].blank > _WEAK:
        return True
    return max(last[1], key=last[1].__getitem__, default="") == max(
        new[1], key=new[1].__getitem__, default=""
    )


def _letter(group: Sequence[tuple[Step, Mapping[str, float]]]) -> Letter:
    chances: dict[str, float] = {}
    for _, found in group:
        for character, chance in found.items():
            chances[character] = max(chances.get(character, 0.0), chance)
    main = min(group, key=lambda one: one[0].blank)[0]
    top = max(chances, key=chances.__getitem__, default="")
    return Letter(main.place, main.blank, chances, top, chances.get(top, 0.0))
