"""From probabilities along a strip to characters: what print hides, and words that exist."""

from __future__ import annotations

import numpy as np

from ocr.seals.fusion import Probabilities
from ocr.seals.slots import filled, slots_in, worded
from ocr.seals.wording import affinities

ALPHABET = ("", *"绍兴市机械制桐造建设工程有限公司舟浔山盛新筑")
NONE = (False, False)


def seen(*steps: dict[str, float]) -> Probabilities:
    """A step for each, the rest of it blank, and a blank step behind it."""
    table = np.zeros((2 * len(steps), len(ALPHABET)), np.float32)
    for row, step in zip(table[::2], steps, strict=True):
        for character, sure in step.items():
            row[ALPHABET.index(character)] = sure
    table[:, 0] = 1 - table[:, 1:].sum(axis=1)
    return table


def read(table: Probabilities, ends: tuple[bool, bool] = NONE) -> tuple[str, tuple[float, ...]]:
    found = worded(filled(slots_in(table, ALPHABET), table, ALPHABET, ends))
    return found.text, tuple(round(sure, 2) for sure in found.character_confidences)


def plain(text: str) -> list[dict[str, float]]:
    return [{character: 0.98} for character in text]


def test_a_word_that_exists_is_taken_where_the_eye_is_undecided_and_stays_unsure() -> None:
    table = seen(*plain("机械"), {"桐": 0.5, "制": 0.4}, *plain("造有限公司"))
    text, sures = read(table)
    assert text == "机械制造有限公司"
    assert sures[2] == 0.4


def test_what_the_eye_saw_clearly_is_no_word_and_stays() -> None:
    """A forged seal that says 桐造 is read as it is."""
    table = seen(*plain("机械"), {"桐": 0.95, "制": 0.03}, *plain("造有限公司"))
    assert read(table)[0] == "机械桐造有限公司"


def test_a_character_that_print_hides_is_looked_for_in_its_gap() -> None:
    table = seen(*plain("绍兴"), {"市": 0.3}, *plain("建设有限公司"))
    assert read(table) == ("绍兴市建设有限公司", (0.98, 0.98, 0.3, *(0.98,) * 6))


def test_an_end_is_looked_at_only_where_ink_is() -> None:
    table = seen({"舟": 0.22, "浔": 0.07}, *plain("山市盛新建筑"))
    assert read(table)[0] == "山市盛新建筑"
    assert read(table, (True, False))[0] == "舟山市盛新建筑"


def test_nothing_is_made_up_where_nothing_was_seen() -> None:
    table = seen({"舟": 0.01}, *plain("山市盛新建筑"))
    assert read(table, (True, False))[0] == "山市盛新建筑"
    assert read(seen({}, {}))[0] == ""


def test_pairs_that_nobody_counted_speak_neither_for_nor_against() -> None:
    found = affinities(["制", "舟", "\U0002a6d6"], ["造", "山", "盛", ""])
    assert found[0, 0] > 2
    assert found[1, 1] > 2
    assert found[2].tolist() == [0, 0, 0, 0]
    assert found[:, 3].tolist() == [0, 0, 0]
