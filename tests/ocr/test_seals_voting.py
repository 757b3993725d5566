"""One name out of several readings of the same arc."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ocr.seals.pitch import inked_ends
from ocr.seals.voting import verdict, view_of


@dataclass(frozen=True)
class Read:
    text: str
    confidence: float = 0.97
    character_confidences: tuple[float, ...] = ()
    positions: tuple[float, ...] = ()


def test_stars_and_the_code_at_the_ends_are_taken_off() -> None:
    assert view_of(Read("★绍兴市越山建设有限公司3306020012345")).text == "绍兴市越山建设有限公司"


def test_brackets_inside_a_name_stay() -> None:
    assert view_of(Read("越山（绍兴）建设有限公司")).text == "越山（绍兴）建设有限公司"


def test_a_fragment_far_behind_a_complete_name_is_dropped() -> None:
    text = "绍兴市住房和城乡建设局出入"
    places = (*(0.05 + 0.05 * i for i in range(11)), 0.85, 0.9)
    read = Read(text, character_confidences=(0.99,) * 13, positions=places)
    assert view_of(read).text == "绍兴市住房和城乡建设局"


def test_the_beginning_of_a_name_behind_a_hidden_character_stays() -> None:
    text = "绍市越山建设有限公司"
    places = (0.05, *(0.15 + 0.05 * i for i in range(9)))
    read = Read(text, character_confidences=(0.95,) * 10, positions=places)
    assert view_of(read).text == text


def test_characters_vote_over_views() -> None:
    views = [
        view_of(Read("绍兴市越山建没有限公司")),
        view_of(Read("绍兴市越山建设有限公司")),
        view_of(Read("绍兴市赵山建设有限公司")),
    ]
    assert verdict(views).text == "绍兴市越山建设有限公司"


def test_a_character_that_most_views_have_is_taken_in() -> None:
    views = [
        view_of(Read("绍兴市越山建设有公司")),
        view_of(Read("绍兴市越山建设有限公司")),
        view_of(Read("绍兴市越山建设有限公司")),
    ]
    assert verdict(views).text == "绍兴市越山建设有限公司"


def test_disagreement_lowers_the_confidence() -> None:
    same = verdict([view_of(Read("绍兴市越山建设有限公司"))] * 3)
    split = verdict([view_of(Read("绍兴市越山建设有限公司")), view_of(Read("绍兴市赵川建没有限公司"))])
    assert same.confidence > 0.8
    assert split.confidence < 0.5
    assert len(split.alternatives) >= 2


def test_nothing_read_is_nothing_sure() -> None:
    assert verdict([view_of(Read("★"))]).text == ""
    assert verdict([]).confidence == 0.0


def test_a_gap_inside_the_name_lowers_the_confidence() -> None:
    places = [0.2 + 0.05 * i for i in range(11)]
    whole = view_of(Read("绍兴市越山建设有限公司", 0.97, (0.97,) * 11, tuple(places)))
    torn = view_of(Read("绍兴市山建设有限公司", 0.97, (0.97,) * 10, (*places[:3], *places[4:])))
    assert (whole.lost, torn.lost) == (0, 1)
    assert verdict([torn]).confidence < 0.75 * verdict([whole]).confidence


def test_the_reading_without_a_gap_is_the_better_one() -> None:
    places = [0.2 + 0.05 * i for i in range(11)]
    whole = view_of(Read("绍兴市越山建设有限公司", 0.97, (0.97,) * 3 + (0.5,) + (0.97,) * 7, tuple(places)))
    torn = view_of(Read("绍兴市山建设有限公司", 0.97, (0.97,) * 10, (*places[:3], *places[4:])))
    assert verdict([torn, whole]).text == "绍兴市越山建设有限公司"


def test_characters_missing_at_an_end_leave_their_ink_there() -> None:
    places = [0.3 + 0.05 * i for i in range(8)]
    ink = np.zeros(400, np.float32)
    ink[110:270] = 0.5
    assert sum(inked_ends(ink, places)) == 0
    ink[90:110] = 0.4
    assert sum(inked_ends(ink, places)) == 1
