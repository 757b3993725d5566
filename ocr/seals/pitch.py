"""Characters stand along an arc at even steps: a step twice as long is one that was not read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ocr.seals.shapes import Plane

_LEAST = 5
"""Of fewer characters the usual step cannot be told."""
_TWO = 1.6
"""From so many usual steps on there is room for one more character."""
_REMAINS = 0.5
"""Share of a character's ink that tells of one that could not be read."""
_CLEAR = 0.8
"""The cut stays so many usual steps clear of the characters' middles where there is room for it."""
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


def inked_ends(ink: Plane, places: Sequence[float]) -> tuple[bool, bool]:
    """Whether there is ink before and behind the name where one more character would stand.

    ``ink``: strength by column of the strip that runs around the whole circle; ``places``: shares of it.
    """
    if len(places) < _LEAST:
        return False, False
    here = np.asarray(places, np.float64)
    usual = float(np.median(np.diff(here)))

    def cell(middle: float) -> float:
        columns = np.arange(
            round((middle - usual / 2) * len(ink)), round((middle + usual / 2) * len(ink)) + 1
        )
        return float(ink[columns % len(ink)].mean())

    character = float(np.median([cell(place) for place in here]))
    least = _REMAINS * character
    return cell(here[0] - usual) > least, cell(here[-1] + usual) > least


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
    usual = float(np.median(gaps))
    inside = min(here[0], 1 - here[-1]) > _CLEAR * usual or gaps[best] < 2 * _CLEAR * usual
    return None if best == len(here) - 1 and inside else float(middles[best])
