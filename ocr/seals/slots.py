"""From probabilities along a strip to its characters: places, candidates for each, the likeliest wording.

The likeliest character of every step alone takes 桐造 where 制造 was nearly as likely to the eye, and leaves
out what print half hides. Here each place keeps its candidates, places that the pitch of the others
demands are looked at again without the blank, known phrases put right what the eye doubts, and words that
exist tip the scale between candidates that are close. What a character then counts is what the eye gave it,
never what its neighbours suggest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ocr.seals.fusion import Probabilities, StripRead
from ocr.seals.phrases import standing_in
from ocr.seals.wording import affinities

_CANDIDATES = 16
_FAINTEST = 1e-3
_TRUST = 0.15
"""What a natural unit of affinity counts beside one of the eye's. Chosen on the ``choose`` stock of
``bench.seal_names`` in three faces that were not taught; 0.3 turned more right names wrong."""
_LEAST = 0.05
"""A hidden character is taken in from this probability on."""
_LEAST_SLOTS = 5
"""Of fewer characters the usual step cannot be told."""
_ROOM = (1.6, 2.6)
"""In steps: between such neighbours just one character is missing."""
_BESIDE = (0.6, 1.5)
"""In steps from the last character: where one more would stand."""


@dataclass(frozen=True, slots=True)
class Slot:
    """``place``: along the strip, 0-1; ``candidates``: characters with their probability, best first."""

    place: float
    candidates: tuple[tuple[str, float], ...]


def slots_in(probabilities: Probabilities, alphabet: Sequence[str]) -> list[Slot]:
    """One slot for each run of steps with the same best character; index 0 is the blank."""
    best = probabilities.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    found = []
    for start, end in pairwise(edges):
        index = int(best[start])
        if index == 0:
            continue
        run = probabilities[start:end]
        middle = float(np.average(np.arange(start, end) + 0.5, weights=run[:, index]))
        found.append(Slot(middle / len(best), _candidates(run, alphabet)))
    return found


def filled(
    slots: Sequence[Slot], probabilities: Probabilities, alphabet: Sequence[str], ends: tuple[bool, bool]
) -> list[Slot]:
    """With the characters that the blank hid: in gaps two steps wide, and at ``ends`` where ink was seen."""
    if len(slots) < _LEAST_SLOTS:
        return list(slots)
    places = [slot.place for slot in slots]
    step = float(np.median(np.diff(places)))
    near, far = _BESIDE[0] * step, _BESIDE[1] * step
    whole: list[Slot] = []
    if ends[0]:
        whole += _hidden(probabilities, alphabet, places[0] - far, places[0] - near)
    for slot, following in pairwise([*slots, None]):
        if slot is None:
            continue
        whole.append(slot)
        gap = following.place - slot.place if following else 0.0
        if _ROOM[0] * step < gap < _ROOM[1] * step:
            away = _BESIDE[0] * gap / 2
            whole += _hidden(probabilities, alphabet, slot.place + away, slot.place + gap - away)
    if ends[1]:
        whole += _hidden(probabilities, alphabet, places[-1] + near, places[-1] + far)
    return whole


def _hidden(probabilities: Probabilities, alphabet: Sequence[str], start: float, end: float) -> list[Slot]:
    """What may stand between two places, blank apart: one slot of Chinese characters, or none."""
    count = len(probabilities)
    first, last = max(math.ceil(start * count - 0.5), 0), min(int(end * count - 0.5), count - 1)
    if last < first:
        return []
    run = probabilities[first : last + 1]
    seen = tuple((one, sure) for one, sure in _candidates(run, alphabet) if "\u4e00" <= one <= "\u9fff")
    if not seen or seen[0][1] < _LEAST:
        return []
    peak = int(run[:, 1:].max(axis=1).argmax())
    return [Slot((first + peak + 0.5) / count, seen)]


def _candidates(run: Probabilities, alphabet: Sequence[str]) -> tuple[tuple[str, float], ...]:
    seen = run.max(axis=0)
    seen[0] = 0.0
    count = min(_CANDIDATES, len(seen))
    best = np.argpartition(seen, -count)[-count:]
    return tuple((alphabet[index], float(seen[index])) for index in best[np.argsort(-seen[best])])


def worded(slots: Sequence[Slot]) -> StripRead:
    """The likeliest characters by eye and by how they go together (Viterbi, 1967)."""
    if not slots:
        return StripRead("", 0.0)
    slots = _phrased(slots)
    logs = [[math.log(max(sure, _FAINTEST)) for _, sure in slot.candidates] for slot in slots]
    scores, back = np.array(logs[0]), []
    for (before, after), log in zip(pairwise(slots), logs[1:], strict=True):
        ways = scores[:, None] + _TRUST * affinities(_letters(before), _letters(after))
        back.append(ways.argmax(axis=0))
        scores = ways.max(axis=0) + np.array(log)
    path = [int(scores.argmax())]
    for came in reversed(back):
        path.append(int(came[path[-1]]))
    taken = [slot.candidates[index] for slot, index in zip(slots, reversed(path), strict=True)]
    sures = tuple(sure for _, sure in taken)
    text = "".join(letter for letter, _ in taken)
    return StripRead(text, float(np.mean(sures)), sures, tuple(slot.place for slot in slots))


def _phrased(slots: Sequence[Slot]) -> list[Slot]:
    """With the characters of known phrases as the only candidates of their places."""
    settled = list(slots)
    for stretch in standing_in([slot.candidates for slot in slots]):
        for place, character in enumerate(stretch.text, start=stretch.start):
            candidates = slots[place].candidates
            seen = dict(candidates).get(character, candidates[-1][1])
            settled[place] = Slot(slots[place].place, ((character, seen),))
    return settled


def _letters(slot: Slot) -> list[str]:
    return [letter for letter, _ in slot.candidates]
