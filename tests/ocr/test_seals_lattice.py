"""What is kept of a strip: small, and enough to score any name on it later."""

from __future__ import annotations

import numpy as np
import pytest

from domain.reading import Seal, SealStrip
from matching.seal_lattice import Step, Strip, read_strip, written
from matching.seal_units import Owner, whose
from ocr.seals.lattice import kept_strip

ALPHABET = ("", *"绍兴市样例建筑设计院有限公司招", " ")
NAME = "绍兴市样例建筑设计院有限公司"
MOST_BYTES = 2048


def seen(
    text: str, steps_each: int = 4, sure: float = 0.99
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Probabilities, steps x characters, of a strip on which ``text`` is read."""
    table = np.full((len(text) * steps_each + 20, len(ALPHABET)), 1e-5, np.float32)
    table[:, 0] = 1.0
    for number, character in enumerate(text):
        row = table[10 + number * steps_each]
        row[0] = 1 - sure
        row[ALPHABET.index(character)] = sure
    return np.asarray(table / table.sum(axis=1, keepdims=True), np.float32)


def test_the_name_is_told_from_what_was_kept() -> None:
    strips = tuple(
        (one.view, one.steps) for one in (kept_strip(seen(NAME), ALPHABET, v) for v in ("clean", "raw"))
    )
    assert whose(NAME, strips).owner is Owner.SAME


def test_steps_that_are_surely_blank_are_left_out() -> None:
    strip = read_strip(kept_strip(seen(NAME), ALPHABET, "clean").steps)
    assert strip.length == len(NAME) * 4 + 20
    assert [max(step.characters, key=step.characters.__getitem__) for step in strip.steps] == list(NAME)
    assert [step.place for step in strip.steps] == [10 + 4 * number for number in range(len(NAME))]


def test_a_space_counts_as_blank() -> None:
    table = seen(NAME)
    table[2] = 0
    table[2, -1] = 1.0
    assert len(read_strip(kept_strip(table, ALPHABET, "clean").steps).steps) == len(NAME)


def test_the_second_best_character_is_kept() -> None:
    table = seen(NAME)
    table[10, ALPHABET.index("招")] = 0.3
    table[10, ALPHABET.index("绍")] = 0.6
    table[10, 0] = 0.1
    first = read_strip(kept_strip(table, ALPHABET, "clean").steps).steps[0]
    assert list(first.characters) == ["绍", "招"]
    assert first.characters["招"] == pytest.approx(0.3, rel=0.1)
    assert first.blank == pytest.approx(0.1, rel=0.1)


def test_a_seal_of_noise_stays_small() -> None:
    """Every step doubtful, as with print all along the arc."""
    random = np.random.default_rng(4)
    table = random.random((120, len(ALPHABET))).astype(np.float32) ** 4
    table /= table.sum(axis=1, keepdims=True)
    strips = tuple(kept_strip(table, ALPHABET, view) for view in ("clean", "raw", "clean wide"))
    assert all(len(strip.steps.encode()) < MOST_BYTES for strip in strips)


@pytest.mark.parametrize("chance", [1.0, 0.999, 0.9, 0.5, 0.1, 0.01, 0.001])
def test_chances_come_back_nearly_as_they_were(chance: float) -> None:
    step = Step(place=65, blank=chance, rest=0.0, characters={"绍": chance})
    back = read_strip(written(Strip(300, (step,))))
    assert back.length == 300
    assert back.steps[0].place == 65
    assert back.steps[0].blank == pytest.approx(chance, rel=0.12)
    assert back.steps[0].characters["绍"] == pytest.approx(chance, rel=0.12)


def test_an_empty_strip() -> None:
    assert kept_strip(np.zeros((0, len(ALPHABET)), np.float32), ALPHABET, "raw") == SealStrip(
        view="raw", steps="aa"
    )
    assert read_strip("aa") == Strip(0, ())


def test_a_seal_carries_its_strips_through_json() -> None:
    seal = Seal.model_validate(
        {
            "box": [0.1, 0.1, 0.3, 0.3],
            "shape": "round",
            "colour": "red",
            "text": NAME,
            "confidence": 0.9,
            "strips": [kept_strip(seen(NAME), ALPHABET, "clean")],
        }
    )
    assert Seal.model_validate_json(seal.model_dump_json()) == seal
