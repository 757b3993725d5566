"""A day that the recogniser did not read as one: the best day that its own probabilities bear out.

A hand's 2 read as Z, a lost point, 曰 for 日: the right character is the second choice. A search over the
forms of a day keeps the likeliest beginnings; the lead of the best day over the next says how sure it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.dates import find_dates
from ocr.marks.day_grammar import START, States, complete, following
from ocr.marks.scoring import character_index

_LEAST = 1e-6
_BEAM = 24
_HOPELESS = 22.0
"""A beginning this far behind the best one is given up."""
_LEAST_TOTAL, _SURE_TOTAL = -14.0, -5.0
_LEAST_LEAD, _SURE_LEAD = 1.5, 3.0
_MOST_STEPS = 240


@dataclass(frozen=True, slots=True)
class ReadDay:
    """``start``/``end``: share of the crop's width. ``sure``: borne out well, far ahead of others."""

    iso: str
    start: float
    end: float
    sure: bool


@dataclass(slots=True)
class _Beginning:
    """Scores of a beginning that ends in a blank, or in its last character, and the step where each began."""

    states: States
    blank: float = -1e9
    inked: float = -1e9
    blank_first: int = 0
    inked_first: int = 0

    @property
    def best(self) -> float:
        return max(self.blank, self.inked)


def read_day(probabilities: npt.NDArray[np.float32]) -> ReadDay | None:
    """``probabilities``: steps × characters of one crop, index 0 the blank. Nothing may follow the day."""
    steps = len(probabilities)
    if not 4 <= steps <= _MOST_STEPS:
        return None
    logs = np.log(np.maximum(probabilities, _LEAST))
    logs = logs - logs.max(axis=1, keepdims=True)
    after = np.concatenate([np.cumsum(logs[::-1, 0])[::-1], [0.0]])
    offers = _search(logs, after)
    days: dict[str, tuple[float, int, int]] = {}
    for text, (score, first, last) in offers.items():
        found = find_dates(text)
        if len(found) == 1 and len(found[0].iso) == 10 and score > days.get(found[0].iso, (-1e9, 0, 0))[0]:
            days[found[0].iso] = (score, first, last)
    ranked = sorted(days.items(), key=lambda item: -item[1][0])
    if not ranked or ranked[0][1][0] < _LEAST_TOTAL:
        return None
    iso, (score, first, last) = ranked[0]
    lead = score - ranked[1][1][0] if len(ranked) > 1 else _HOPELESS
    if lead < _LEAST_LEAD:
        return None
    return ReadDay(iso, first / steps, (last + 1) / steps, score >= _SURE_TOTAL and lead >= _SURE_LEAD)


def _search(
    logs: npt.NDArray[np.float32], after: npt.NDArray[np.float32]
) -> dict[str, tuple[float, int, int]]:
    """Every whole day that was reached: its score, first and last step. What stands before it is free."""
    index = character_index()
    alive: dict[str, _Beginning] = {}
    reached: dict[str, tuple[float, int, int]] = {}
    for step in range(len(logs)):
        row = logs[step]
        coming: dict[str, _Beginning] = {}
        for text, old in alive.items():
            kept = coming.setdefault(text, _Beginning(old.states))
            first = old.blank_first if old.blank >= old.inked else old.inked_first
            if old.best + float(row[0]) > kept.blank:
                kept.blank, kept.blank_first = old.best + float(row[0]), first
            _offer(coming, text, old.states, old.inked_first, old.inked + float(row[index[text[-1]]]))
            for character, states in following(old.states):
                again = character == text[-1]
                before, began = (old.blank, old.blank_first) if again else (old.best, first)
                _offer(coming, text + character, states, began, before + float(row[index[character]]))
        for character, states in following(START):
            _offer(coming, character, states, step, float(row[index[character]]))
        ranked = sorted(coming.items(), key=lambda item: -item[1].best)[:_BEAM]
        bound = ranked[0][1].best - _HOPELESS
        alive = {text: one for text, one in ranked if one.best >= bound}
        for text, one in alive.items():
            if complete(one.states):
                score = one.inked + float(after[step + 1])
                if score > reached.get(text, (-1e9, 0, 0))[0]:
                    reached[text] = (score, one.inked_first, step)
    return reached


def _offer(coming: dict[str, _Beginning], text: str, states: States, first: int, score: float) -> None:
    one = coming.setdefault(text, _Beginning(states))
    if score > one.inked:
        one.inked, one.inked_first = score, first
