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
_LEAST_EVEN = 4
"""Of fewer characters it cannot be told whether they stand at even steps."""
_USUALLY_ASTRAY, _ASTRAY = 0.15, 0.45
"""In steps: by so much may characters in the median, and any of them, be told aside of their even places."""
_GAP = 0.5
"""In steps: width about the border of two characters over which ink is weighed, most in its middle."""
_STRETCHES = (0.97, 0.985, 1.0, 1.015, 1.03)
_SHIFTS = tuple(np.linspace(-0.3, 0.3, 25))
"""Steps and shifts (in steps) tried about those told."""


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


def evenly_placed(places: Sequence[float], step: float, ink: Plane) -> tuple[list[float], float]:
    """``places`` (0-1, in order) moved to where characters at even steps stand, and the step between them.

    A recogniser tells a place to a third of a character, and those at the ends draw inward. Even steps are
    laid through all of them and moved until the least ink lies between the characters. ``ink``: darkness by
    column. Places that stand at no even steps come back as they are.
    """
    here = np.asarray(places, np.float64)
    if len(here) < _LEAST_EVEN or step <= 0:
        return list(places), step
    number = np.concatenate([[0.0], np.cumsum(np.maximum(np.round(np.diff(here) / step), 1))])
    first, second = np.triu_indices(len(here), 1)
    even = float(np.median((here[second] - here[first]) / (number[second] - number[first])))
    aside = here - even * number
    astray = np.abs(aside - np.median(aside))
    if np.median(astray) > _USUALLY_ASTRAY * even or astray.max() > _ASTRAY * even:
        return list(places), step
    about = np.hanning(max(round(_GAP * even * len(ink)), 1) + 2)
    smooth = np.convolve(ink, about / about.sum(), "same")
    columns = (np.arange(len(ink)) + 0.5) / len(ink)
    middle = float(np.median(aside)) + even * number[-1] / 2
    from_middle = np.arange(number[-1] + 1) - number[-1] / 2
    between = np.append(from_middle - 0.5, from_middle[-1] + 0.5)
    ways = [(middle + shift * even, even * stretch) for stretch in _STRETCHES for shift in _SHIFTS]
    inked = [float(np.interp(at + wide * between, columns, smooth).mean()) for at, wide in ways]
    at, wide = ways[int(np.argmin(inked))]
    return [float(at + wide * (one - number[-1] / 2)) for one in number], wide
