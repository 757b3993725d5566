"""Several looks at the same strip as one: step by step, before anything is decided.

The strip with its print painted out and the untouched one are cut at the same places, so their steps lie on
one another. Print hides a character in the one, painting it out spoils another in the other: what any of
them sees counts against the blank, and where they see different things both lose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Probabilities = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class StripRead:
    """A strip as read. ``positions``: the middle of every character along the strip, 0-1."""

    text: str
    confidence: float
    character_confidences: tuple[float, ...] = ()
    positions: tuple[float, ...] = ()


def fused(seen: Sequence[Probabilities]) -> Probabilities:
    """One table of probabilities (steps x characters, index 0 the blank) out of several of the same shape."""
    together = np.max(np.stack(seen), axis=0)
    together[:, 0] = np.min([one[:, 0] for one in seen], axis=0)
    return np.asarray(together / together.sum(axis=1, keepdims=True), np.float32)


def decoded(probabilities: Probabilities, alphabet: Sequence[str]) -> StripRead:
    """Best character at every step; runs of one are one character, which stands in the middle of its run."""
    best = probabilities.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    text, confidences, positions = "", [], []
    for start, end in pairwise(edges):
        index = int(best[start])
        if index == 0:
            continue
        run = probabilities[start:end, index]
        text += alphabet[index]
        confidences.append(float(run.max()))
        positions.append(float(np.average(np.arange(start, end) + 0.5, weights=run)) / len(best))
    if not text:
        return StripRead("", 0.0)
    return StripRead(text, float(np.mean(confidences)), tuple(confidences), tuple(positions))
