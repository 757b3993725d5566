"""Two recognisers on one strip: the stock one may tip the scale, never say where a character stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from ocr.seals.shapes import Pixels
from ocr.seals.strip_reader import PairedReader, Probabilities

TAUGHT = ("", "裕", "榕", "市")
STOCK = ("", "市", "榕", "裕", "龘")
STRIP = (np.zeros((48, 64, 3), np.uint8),)


class Says:
    """A recogniser that gives the same probabilities of every crop."""

    def __init__(self, alphabet: tuple[str, ...], *steps: dict[str, float]) -> None:
        self.alphabet = alphabet
        self._seen = np.array([[step.get(one, 0.0) for one in alphabet] for step in steps], np.float32)

    def probabilities(self, crops: Sequence[Pixels]) -> list[Probabilities]:
        return [self._seen for _ in crops]


def paired(taught: Sequence[dict[str, float]], stock: Sequence[dict[str, float]]) -> PairedReader:
    return PairedReader(Says(TAUGHT, *taught), Says(STOCK, *stock))


def test_a_rare_character_that_the_stock_reader_knows_wins() -> None:
    reader = paired([{"裕": 0.55, "榕": 0.35, "": 0.1}], [{"榕": 0.9, "": 0.1}])
    ((read, seen),) = reader.read_seen(STRIP)
    assert read.text == "榕"
    assert seen[0, 0] == pytest.approx(0.1)
    assert seen.sum() == pytest.approx(1.0)


def test_the_stock_reader_alone_turns_nothing_that_was_clear() -> None:
    reader = paired([{"裕": 0.97, "榕": 0.001, "": 0.029}], [{"榕": 0.9, "裕": 0.05, "": 0.05}])
    assert reader.read(STRIP)[0].text == "裕"


def test_a_character_that_the_stock_reader_misses_or_adds_changes_no_place() -> None:
    missed = paired([{"市": 0.8, "": 0.2}], [{"": 1.0}])
    added = paired([{"": 1.0}], [{"市": 1.0}])
    assert missed.read(STRIP)[0].text == "市"
    assert missed.read_seen(STRIP)[0][1][0, 3] == pytest.approx(0.8)
    assert added.read(STRIP)[0].text == ""
