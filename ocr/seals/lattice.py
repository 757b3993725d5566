"""What the recogniser saw along an arc, made small enough to be kept with the reading.

A strip gives some 60 steps x 9,366 probabilities, most of them blank: only steps that may hold a character
are kept, each with its few best characters. ``matching.seal_lattice`` says how they are written down.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from domain.reading import SealStrip
from matching.seal_lattice import Step, Strip, written

_SURELY_BLANK = 0.99
_CHARACTERS = 6
_LEAST = 1e-3
_MOST_STEPS = 64
"""Where print makes every step doubtful, those least blank: a strip stays below two kilobytes."""
_SPACE = " "


def kept_strip(probabilities: npt.NDArray[np.float32], alphabet: Sequence[str], view: str) -> SealStrip:
    """``probabilities``: steps x characters (0-1), index 0 the CTC blank; a space counts as blank too."""
    blanks = probabilities[:, 0].copy()
    if alphabet[-1] == _SPACE:
        blanks += probabilities[:, -1]
    steps: list[Step] = []
    doubtful = np.flatnonzero(blanks < _SURELY_BLANK)
    for place in np.sort(doubtful[np.argsort(blanks[doubtful], kind="stable")[:_MOST_STEPS]]):
        row, blank = probabilities[place], min(float(blanks[place]), 1.0)
        best = np.argpartition(row, -_CHARACTERS - 2)[-_CHARACTERS - 2 :]
        best = best[np.argsort(-row[best])]
        written_ones = [
            (alphabet[index], float(row[index]))
            for index in best
            if index and row[index] >= _LEAST and len(alphabet[index]) == 1 and alphabet[index] != _SPACE
        ]
        kept = dict(written_ones[:_CHARACTERS])
        rest = max(1.0 - blank - sum(kept.values()), 0.0)
        steps.append(Step(place=int(place), blank=blank, rest=rest, characters=kept))
    return SealStrip(view=view, steps=written(Strip(len(probabilities), tuple(steps))))
