"""What the views of a seal show in the place of every character of a name, and between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from statistics import median

from matching.seal_alignment import Sign, aligned
from matching.seal_lattice import Strip, read_strip
from matching.seal_letters import Letter, letters_of
from matching.text import is_han

_APART = 0.6
"""Share of the usual step between letters that parts two letters from one that was read twice."""
_BESIDE = 1.6
_MOST_ENDS = 2
"""Characters at an end of the name that others may stand in the place of; more is a piece that was lost."""
_NEXT = 1.8
"""Steps between letters within which a further letter still belongs to the same row."""


@dataclass(frozen=True, slots=True)
class View:
    """One strip as letters. ``raw``: the print was left in; else it was painted out."""

    raw: bool
    letters: tuple[Letter, ...]
    lap: int = 0
    """Letters of one round, where they stand there twice."""

    @property
    def once(self) -> tuple[Letter, ...]:
        return self.letters[: self.lap] if self.lap else self.letters


@dataclass(frozen=True, slots=True)
class Sight:
    """One view of one place: how sure the name's own character is, and the likeliest other one."""

    raw: bool
    own: float
    other: str
    other_sure: float


@lru_cache(maxsize=64)
def views_of(strips: tuple[tuple[str, str], ...]) -> tuple[View, ...]:
    """``strips``: (view, steps) of a seal's reading."""
    return tuple(_view(name.split(), read_strip(steps)) for name, steps in strips)


def _view(name: list[str], strip: Strip) -> View:
    """A strip round the whole seal may begin in the middle of the name: its letters stand there twice."""
    letters, raw = letters_of(strip.steps), "raw" in name
    if "arc" in name or not letters:
        return View(raw, letters)
    again = tuple(replace(letter, place=letter.place + strip.length) for letter in letters)
    return View(raw, letters + again, lap=len(letters))


@dataclass(frozen=True)
class Laid:
    """A name laid upon one view. ``found``: per sign the index of its letter."""

    signs: tuple[Sign, ...]
    view: View
    found: tuple[int | None, ...]

    def sight(self, place: int) -> Sight | None:
        """What stands in the place of a sign; None where the view shows nothing there."""
        index = self.found[place]
        if index is None:
            return None
        letter, text = self.view.letters[index], self.signs[place].text
        sure, other = max(
            ((chance, one) for one, chance in letter.chances.items() if one and one != text),
            default=(0.0, ""),
        )
        return Sight(self.view.raw, letter.chances.get(text, 0.0), other, sure)

    @cached_property
    def pitch(self) -> float:
        """Usual distance of neighbouring letters of the name, in steps."""
        places = [self.view.letters[index].place for index in self.found if index is not None]
        return float(median(b - a for a, b in pairwise(places))) if len(places) > 1 else 0.0

    def between(self, sure: float) -> Iterator[tuple[int, str]]:
        """Letters that surely stand inside the name though it has none there: (sign before them, letter)."""
        last: int | None = None
        before = 0
        for place, index in enumerate(self.found):
            if index is None:
                continue
            if last is not None:
                for extra in range(last + 1, index):
                    if self._stands(extra, sure) and self._apart(extra, last) and self._apart(extra, index):
                        yield before, self.view.letters[extra].top
            last, before = index, place

    def beyond(self, sure: float) -> tuple[str, str]:
        """What stands in the same row before and after the name."""
        indices = [index for index in self.found if index is not None]
        if not indices:
            return "", ""
        return self._row(indices[0], -1, sure)[::-1], self._row(indices[-1], 1, sure)

    def beside(self, index: int | None, direction: int) -> int | None:
        """The letter that stands one usual step further in a direction."""
        if index is None or not 0 <= index + direction < len(self.view.letters):
            return None
        if self._own(index + direction):
            return None
        step = abs(self.view.letters[index + direction].place - self.view.letters[index].place)
        return index + direction if _APART * self.pitch <= step <= _BESIDE * self.pitch else None

    def _row(self, start: int, direction: int, sure: float) -> str:
        text, last, index = "", start, start + direction
        while 0 <= index < len(self.view.letters) and not self._own(index):
            if abs(self.view.letters[index].place - self.view.letters[last].place) > _NEXT * self.pitch:
                break
            if self._stands(index, sure) and self._apart(index, last):
                text += self.view.letters[index].top
                last = index
            index += direction
        return text

    def _own(self, index: int) -> bool:
        """A letter of the name itself, met again on the way round."""
        lap = self.view.lap or len(self.view.letters)
        return any(found is not None and found % lap == index % lap for found in self.found)

    def _stands(self, index: int, sure: float) -> bool:
        letter = self.view.letters[index]
        return letter.sure >= sure and is_han(letter.top)

    def _apart(self, one: int, other: int) -> bool:
        return abs(self.view.letters[one].place - self.view.letters[other].place) >= _APART * self.pitch


def laid_on(signs: tuple[Sign, ...], views: Sequence[View]) -> tuple[Laid, ...]:
    return tuple(_with_ends(Laid(signs, view, aligned(signs, view.letters))) for view in views)


def _with_ends(laid: Laid) -> Laid:
    """The first and last characters, where lost, stand where the row goes on, one step further each."""
    found = list(laid.found)
    read = [place for place, index in enumerate(found) if index is not None]
    if not read:
        return laid
    for start, ends, direction in (
        (read[0], range(read[0] - 1, -1, -1), -1),
        (read[-1], range(read[-1] + 1, len(found)), 1),
    ):
        last = found[start]
        if sum(not laid.signs[place].optional for place in ends) > _MOST_ENDS:
            continue
        for place in ends:
            index = laid.beside(last, direction)
            if index is None:
                break
            sign = laid.signs[place]
            if not sign.optional or laid.view.letters[index].top == sign.text:
                found[place] = last = index
    return replace(laid, found=tuple(found))
