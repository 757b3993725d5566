"""Characters stand along an arc at even steps: a step twice as long is one that was not read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_LEAST = 5
"""Of fewer characters the usual step cannot be told."""
_TWO = 1.6
"""From so many usual steps on there is room for one more character."""
_UPSIDE_DOWN = 0.5
"""What a gap at the top counts to one at the bottom: names stand around the top."""
_DOWN = np.pi / 2


def lost_characters(places: Sequence[float]) -> int:
    """How many characters seem to be missing between the ones at ``places`` (in order, any unit)."""
    if len(places) < _LEAST:
        return 0
    steps = np.diff(np.asarray(places, np.float64))
    usual = float(np.median(steps))
    if usual <= 0:
        return 0
    return int(np.sum(np.maximum(np.round(steps[steps > _TWO * usual] / usual) - 1, 1)))


def better_start(places: Sequence[float], start: float) -> float | None:
    """Where to cut a whole circle instead, in radians, if the cut at ``start`` tore the name apart.

    ``places``: of the characters as shares of the circle, in order from the cut. The widest gap between two
    characters is the one from the name's end to its beginning, wherever the cut was made.
    """
    if len(places) < _LEAST:
        return None
    here = np.asarray(places, np.float64)
    gaps = np.diff(np.append(here, here[0] + 1))
    middles = start + (here + gaps / 2) * 2 * np.pi
    upright = (1 + np.cos(middles - _DOWN)) / 2
    best = int(np.argmax(gaps * (_UPSIDE_DOWN + (1 - _UPSIDE_DOWN) * upright)))
    if best == len(here) - 1:
        return None
    return float(middles[best])
