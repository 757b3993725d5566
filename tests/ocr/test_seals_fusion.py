"""Looks at the same strip fused step by step; even steps along the arc; where a torn name begins."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.seals.fusion import Probabilities, decoded, fused
from ocr.seals.pitch import better_start, lost_characters

ALPHABET = ("", "绍", "兴", "市", "县")


def seen(steps: str, sure: float = 0.9) -> Probabilities:
    """One character a step, ``-`` for the blank."""
    table = np.full((len(steps), len(ALPHABET)), (1 - sure) / (len(ALPHABET) - 1), np.float32)
    for place, character in enumerate(steps):
        table[place, 0 if character == "-" else ALPHABET.index(character)] = sure
    return table


def test_what_print_hides_in_one_look_is_taken_from_the_other() -> None:
    hidden, spoilt = seen("-绍-----市-"), seen("-绍--兴----")
    read = decoded(fused([hidden, spoilt]), ALPHABET)
    assert read.text == "绍兴市"
    assert min(read.character_confidences) > 0.7


def test_looks_that_see_different_characters_leave_neither_sure() -> None:
    read = decoded(fused([seen("-绍--市-"), seen("-绍--县-")]), ALPHABET)
    assert read.character_confidences[0] > 0.7
    assert read.character_confidences[1] < 0.6


def test_fused_probabilities_still_add_up() -> None:
    together = fused([seen("绍-兴"), seen("绍市-", 0.7)])
    assert together.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_a_run_is_one_character_in_its_middle_and_a_blank_parts_two() -> None:
    read = decoded(seen("绍绍绍-绍"), ALPHABET)
    assert read.text == "绍绍"
    assert read.positions == pytest.approx((0.3, 0.9), abs=0.01)


def test_a_strip_of_blanks_reads_as_nothing() -> None:
    assert decoded(seen("----"), ALPHABET).text == ""


def test_a_double_step_is_a_lost_character() -> None:
    assert lost_characters([1, 2, 3, 4, 5, 6]) == 0
    assert lost_characters([1, 2, 3.1, 5, 6, 7]) == 1
    assert lost_characters([1, 2, 3, 6, 7, 8]) == 2


def test_of_a_few_characters_nothing_is_said() -> None:
    assert lost_characters([1, 2, 9]) == 0


def test_a_name_torn_by_the_cut_is_cut_again_in_its_gap() -> None:
    # 3 characters behind the cut, a gap of 0.35, the other 7 at the end of the strip.
    places = [0.03, 0.09, 0.15, *(0.5 + 0.07 * i for i in range(7))]
    start = better_start(places, 0.0)
    assert start == pytest.approx(2 * np.pi * 0.325)


def test_a_name_cut_in_its_gap_stays() -> None:
    assert better_start([0.2 + 0.06 * i for i in range(10)], np.pi / 2) is None


def test_a_hidden_character_is_no_gap() -> None:
    places = [0.2 + 0.06 * i for i in range(10) if i != 4]
    assert better_start(places, np.pi / 2) is None
