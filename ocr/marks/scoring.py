"""How well the statements fit a line by the recogniser's own probabilities, not only by what it read.

A hand or a half-covered stamp is often read with a character wrong; the right one is then its second choice.
Each phrase is laid along the line by dynamic programming (CTC, ends free): what it costs against the best
reading of the same steps tells a misread statement from other words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from ocr.marks.phrases import PHRASES
from ocr.recognition import characters

Costs = npt.NDArray[np.float32]
_LEAST = 1e-6
_LEAST_TOTAL = -9.0
"""Drawn statements misread by a hand or a seal: above -6; labels and other words of the matter: below -20."""
_A_CHARACTER = 1.5
_MISREAD = -1.0
_NEVER = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Fit:
    """``costs``: log probability that each character falls short of the best reading, at most 0.

    ``start``/``end``: share of the line's width where the phrase lies.
    """

    phrase: str
    costs: tuple[float, ...]
    start: float
    end: float

    @property
    def total(self) -> float:
        return sum(self.costs)

    @property
    def wrong(self) -> int:
        return sum(cost < _MISREAD for cost in self.costs)


@cache
def character_index() -> dict[str, int]:
    return {character: place for place, character in enumerate(characters())}


@cache
def _states(
    phrases: tuple[str, ...],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Per phrase: what each state reads (blanks between), which states are used, which may be leapt to."""
    longest = 2 * max(map(len, phrases)) - 1
    symbols = np.zeros((len(phrases), longest), np.intp)
    used = np.zeros((len(phrases), longest), bool)
    for row, phrase in enumerate(phrases):
        for place, character in enumerate(phrase):
            symbols[row, 2 * place] = character_index()[character]
        used[row, : 2 * len(phrase) - 1] = True
    skips = np.zeros_like(used)
    skips[:, 2::2] = symbols[:, 2::2] != symbols[:, :-2:2]
    return symbols, used, skips & used


def fits(probabilities: npt.NDArray[np.float32], phrases: tuple[str, ...] = PHRASES) -> list[Fit]:
    """Every phrase laid along one line. ``probabilities``: steps × characters, index 0 the blank."""
    steps = len(probabilities)
    if steps < 2:
        return []
    symbols, used, skips = _states(phrases)
    logs = np.log(np.maximum(probabilities, _LEAST))
    logs = logs - logs.max(axis=1, keepdims=True)
    emitted = np.where(used[None], logs[:, symbols], _NEVER).astype(np.float32)
    best = np.full(symbols.shape, _NEVER, np.float32)
    back = np.zeros((steps, *symbols.shape), np.int8)
    ends = np.array([2 * len(phrase) - 2 for phrase in phrases])
    rows = np.arange(len(phrases))
    finished = np.empty((steps, len(phrases)), np.float32)
    for step in range(steps):
        # Stay, come from the state before, or leap over the blank; the first state may begin at any step.
        options = np.full((3, *symbols.shape), _NEVER, np.float32)
        options[0] = best
        options[1, :, 1:] = best[:, :-1]
        options[1, :, 0] = 0.0
        options[2, :, 2:] = np.where(skips[:, 2:], best[:, :-2], _NEVER)
        choice = options.argmax(axis=0)
        back[step] = choice
        best = np.take_along_axis(options, choice[None], 0)[0] + emitted[step]
        finished[step] = best[rows, ends]
    last = finished.argmax(axis=0)
    return [_traced(phrase, row, int(last[row]), back, emitted) for row, phrase in enumerate(phrases)]


def _traced(phrase: str, row: int, last: int, back: npt.NDArray[np.int8], emitted: Costs) -> Fit:
    costs = [0.0] * len(phrase)
    state, step = 2 * len(phrase) - 2, last
    while True:
        costs[min((state + 1) // 2, len(phrase) - 1)] += float(emitted[step, row, state])
        came = int(back[step, row, state])
        if came and state == 0:
            break
        state -= came
        if step == 0:
            break
        step -= 1
    total = len(back)
    return Fit(phrase, tuple(costs), step / total, (last + 1) / total)


def best_fit(readings: Sequence[npt.NDArray[np.float32]]) -> Fit | None:
    """The statement that a reading of a line bears out, the longest of equals; None where none does."""
    offers = [fit for reading in readings for fit in fits(reading) if fit.total > _LEAST_TOTAL]
    return max(offers, key=lambda fit: fit.total + _A_CHARACTER * len(fit.phrase), default=None)
