"""Lay a name along the letters of a strip: for every character the letter that stands in its place.

The ends are free: a seal's arc also holds a star, a code, a date printed across it. Inside the name a letter
may be skipped (noise) and a character may be lost (print, worn ink), each at a price.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matching.seal_letters import Letter

_FAINTEST = 1e-2
_NOT_SEEN = -math.log(_FAINTEST)
_LOST = 3.5
"""Price of a character that no letter stands for."""
_LEFT_OUT = 0.5
"""Price of an optional character that the seal lacks: 县 in the place of 市 is seen as such."""
_MOST_SKIPPED = 4.6
"""Price of passing over a letter that surely stands there."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A character of the name; ``optional`` ones may be left out by the seal (绍兴市 / 绍兴)."""

    text: str
    optional: bool = False
    price: float = 0.0
    """What it costs to find it there: of characters that the declared name lacks."""


def aligned(name: Sequence[Sign], letters: Sequence[Letter]) -> tuple[int | None, ...]:
    """Per character of ``name`` the index of its letter; None where it is lost."""
    costs = [
        {one: -math.log(max(chance, _FAINTEST)) for one, chance in letter.chances.items()}
        for letter in letters
    ]
    skips = [
        0.0 if not letter.top else min(-math.log(max(letter.blank, 1e-9)), _MOST_SKIPPED)
        for letter in letters
    ]
    row = [0.0] * (len(letters) + 1)
    came: list[list[int]] = []
    for sign in name:
        lost, text, price = _LOST, sign.text, sign.price
        if sign.optional:
            lost = 0.0 if price else _LEFT_OUT
        before = row[0]
        best = before + lost
        new, how = [best], [0]
        for above, cost, skip in zip(row[1:], costs, skips, strict=True):
            left, best, step = best + skip, before + cost.get(text, _NOT_SEEN) + price, 1
            if above + lost < best:
                best, step = above + lost, 0
            if left < best:
                best, step = left, 2
            new.append(best)
            how.append(step)
            before = above
        row = new
        came.append(how)
    found: list[int | None] = [None] * len(name)
    i, j = len(name) - 1, min(range(len(row)), key=row.__getitem__)
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
