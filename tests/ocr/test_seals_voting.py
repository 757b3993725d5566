"""One name out of several readings of the same arc."""

from __future__ import annotations

from dataclasses import dataclass

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
    assert same.confidence > 0.9
    assert split.confidence < 0.75
    assert len(split.alternatives) >= 2


def test_nothing_read_is_nothing_sure() -> None:
    assert verdict([view_of(Read("★"))]).text == ""
    assert verdict([]).confidence == 0.0
