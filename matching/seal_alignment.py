"""Lay a name along the letters of a strip: for every character the letter that stands in its place.

The ends are free: a seal's arc also holds a star, a code, a date printed across it. Inside the name a letter
may be skipped (noise) and a character may be lost (print, worn ink), each at a price.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matching.seal_letters import Letter

_FAINTEST = 1e-3
_LOST = 3.5
"""Price of a character that no letter stands for."""
_MOST_SKIPPED = 4.6
"""Price of passing over a letter that surely stands there."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A character of the name; ``optional`` ones may be left out by the seal (绍兴市 / 绍兴)."""

    text: str
    optional: bool = False


def aligned(name: Sequence[Sign], letters: Sequence[Letter]) -> tuple[int | None, ...]:
    """Per character of ``name`` the index of its letter; None where it is lost."""
    count = len(letters)
    skips = [
        0.0 if not letter.top else min(-math.log(max(letter.blank, 1e-9)), _MOST_SKIPPED)
        for letter in letters
    ]
    row = [0.0] * (count + 1)
    came: list[list[int]] = []
    for sign in name:
        lost = 0.0 if sign.optional else _LOST
        new = [row[0] + lost]
        how = [0]
        text = sign.text
        for j in range(1, count + 1):
            chance = letters[j - 1].chances.get(text, 0.0)
            best, step = row[j - 1] - math.log(chance if chance > _FAINTEST else _FAINTEST), 1
            if row[j] + lost < best:
                best, step = row[j] + lost, 0
            if new[j - 1] + skips[j - 1] < best:
                best, step = new[j - 1] + skips[j - 1], 2
            new.append(best)
            how.append(step)
        row = new
        came.append(how)
    found: list[int | None] = [None] * len(name)
    i, j = len(name) - 1, min(range(count + 1), key=row.__getitem__)
    while i >= 0:
        step = came[i][j]
        if step == 2:
            j -= 1
            continue
        if step == 1:
            j -= 1
            found[i] = j
        i -= 1
    return tuple(found)
