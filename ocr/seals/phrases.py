"""Stretches of a name that are known as they stand: 卫生健康局 is one where four of its characters are clear.

Print across a seal spoils single characters; most of a unit's name is said in a few hundred phrases of
state, institutions and trade (``models/unit_words``). Where the eye doubts a character and all about it is
one of them, the phrase's own is taken. What the eye is sure of is never overruled, so that a name with a
wrong character in clear ink is read with it.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import models

Candidates = Sequence[tuple[str, float]]
"""Characters at one place with their probability, best first."""

_SHORTEST = 3
_SURE = 0.9
"""From here on the eye's best character stands."""
_EACH_SEEN, _MOST = 2.0, 9.0
"""Natural units for each character of a phrase that is seen; no more than so much puts one right."""
_FOR_A_START = 3.0
"""Natural units: one long phrase says more than two short ones."""
_PER_DOUBT = 3
"""One character in so many may be put right."""
_ENOUGH_SEEN = 4
"""From so many seen on, a character that is not even a candidate may be put right, one in a phrase."""
_FAINTEST = 1e-4

Tree = dict[str, "Tree"]
_END = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """``text`` from place ``start`` on; ``gain``: natural units that speak for it."""

    start: int
    text: str
    gain: float

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def standing_in(places: Sequence[Candidates]) -> tuple[Stretch, ...]:
    """The phrases that together gain most and do not overlap, in their order."""
    best: list[tuple[float, Stretch | None, int]] = [(0.0, None, 0)]
    ending: dict[int, list[Stretch]] = {}
    for start in range(len(places)):
        for stretch in _from(places, start):
            ending.setdefault(stretch.end, []).append(stretch)
    for end in range(1, len(places) + 1):
        way: tuple[float, Stretch | None, int] = (best[end - 1][0], None, end - 1)
        for stretch in ending.get(end, ()):
            gain = best[stretch.start][0] + stretch.gain
            if gain > way[0]:
                way = (gain, stretch, stretch.start)
        best.append(way)
    taken, at = [], len(places)
    while at > 0:
        _, found, before = best[at]
        if found is not None:
            taken.append(found)
        at = before
    return tuple(reversed(taken))


def _from(places: Sequence[Candidates], start: int) -> Iterator[Stretch]:
    """Every phrase that the candidates spell from ``start`` on."""
    waiting = [_Begun(_tree())]
    while waiting:
        begun = waiting.pop()
        if _END in begun.node and (stretch := begun.stretch(start)) is not None:
            yield stretch
        at = start + len(begun.text)
        if at == len(places):
            continue
        candidates = dict(places[at])
        best, sure = places[at][0]
        for character, further in begun.node.items():
            if character == best:
                waiting.append(replace(begun, node=further, text=begun.text + character))
            elif character != _END and sure < _SURE and (character in candidates or not begun.unseen):
                # What is no candidate is at most as likely as the last of them.
                probability = candidates.get(character, places[at][-1][1])
                waiting.append(
                    _Begun(
                        further,
                        begun.text + character,
                        begun.doubted + 1,
                        begun.unseen or character not in candidates,
                        begun.lost + math.log(max(sure, _FAINTEST) / max(probability, _FAINTEST)),
                    )
                )


@dataclass(frozen=True, slots=True)
class _Begun:
    """The beginning of a phrase; ``lost``: natural units below the eye's own best characters."""

    node: Tree
    text: str = ""
    doubted: int = 0
    unseen: bool = False
    lost: float = 0.0

    def stretch(self, start: int) -> Stretch | None:
        """It as a whole phrase, where enough of it is seen."""
        seen = len(self.text) - self.doubted
        if self.doubted * _PER_DOUBT > len(self.text) or (self.unseen and seen < _ENOUGH_SEEN):
            return None
        if self.doubted and self.lost >= self.doubted * min(_EACH_SEEN * seen, _MOST):
            return None
        return Stretch(start, self.text, _EACH_SEEN * seen - self.lost - _FOR_A_START)


@cache
def _tree() -> Tree:
    """Every phrase by its characters; ``_END`` where one is complete."""
    root: Tree = {}
    told = tomllib.loads(models.weight_path("unit_phrases").read_text(encoding="utf-8"))
    for phrase in (phrase for kind in told.values() for phrase in kind.split()):
        if len(phrase) >= _SHORTEST:
            node = root
            for character in phrase:
                node = node.setdefault(character, {})
            node[_END] = {}
    return root
