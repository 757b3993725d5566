"""Characters along an arc stand at even steps: where, when told to a third of one."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.seals.pitch import evenly_placed

EVEN = [0.20, 0.30, 0.40, 0.50, 0.60, 0.70]


def inked(middles: list[float], half: float = 0.035, columns: int = 600) -> np.ndarray:
    at = (np.arange(columns) + 0.5) / columns
    return np.asarray(sum(np.abs(at - one) < half for one in middles), np.float32) * 200


def test_places_drawn_inward_come_to_stand_in_the_middle_of_their_ink() -> None:
    """The first and last window held half of a neighbour: 渌 was seen without its water."""
    told = [0.216, 0.31, 0.405, 0.505, 0.595, 0.684]
    places, step = evenly_placed(told, 0.09, inked(EVEN))
    assert places == pytest.approx(EVEN, abs=0.008)
    assert step == pytest.approx(0.1, rel=0.03)


def test_a_place_that_was_not_read_is_stepped_over() -> None:
    told = [one + 0.022 for one in EVEN if one != 0.40]
    places, _ = evenly_placed(told, 0.1, inked(EVEN))
    assert places == pytest.approx([one for one in EVEN if one != 0.40], abs=0.008)


def test_places_at_no_even_steps_stay() -> None:
    told = [0.1, 0.145, 0.3, 0.345, 0.5, 0.545]
    assert evenly_placed(told, 0.1, inked(told)) == (told, 0.1)


def test_three_places_stay() -> None:
    told = [0.2, 0.31, 0.39]
    assert evenly_placed(told, 0.1, inked(told)) == (told, 0.1)
