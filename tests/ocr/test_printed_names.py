"""A ring's name held against the page's print: what settles a doubt, and what must not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from domain.geometry import Box, Point, Quad
from domain.kinds import SealColour, SealShape
from domain.reading import Line, Seal, SealStrip
from fixtures.seen_seals import Seen, strips
from ocr.printed_names import AGREED, BORNE_OUT, UNSURE, named_by_print

UNIT = "沅岭县交通运输局"
BOX = Box(left=0.5, top=0.5, right=0.7, bottom=0.6)


def ring(text: str, confidence: float, seen: Sequence[Seen]) -> Seal:
    return Seal(
        box=BOX,
        shape=SealShape.ROUND,
        colour=SealColour.RED,
        text=text,
        confidence=0.9,
        text_confidence=confidence,
        alternatives=(text,),
        strips=tuple(SealStrip(**one) for one in strips(seen)),
    )


def page(*texts: str) -> list[Line]:
    quad = Quad(points=(Point(0.1, 0.1), Point(0.4, 0.1), Point(0.4, 0.12), Point(0.1, 0.12)))
    return [Line(text=text, raw=text, confidence=0.9, quad=quad) for text in texts]


def doubtful(place: int, chances: Mapping[str, float]) -> list[Seen]:
    """The unit's name with one character in doubt."""
    return [chances if number == place else letter for number, letter in enumerate(UNIT)]


def test_a_name_that_is_printed_too_is_sure() -> None:
    (seal,) = named_by_print([ring(UNIT, 0.5, UNIT)], page("说明", f"承办单位：{UNIT}"))
    assert (seal.text, seal.text_confidence) == (UNIT, AGREED)


def test_a_character_that_the_arc_bears_out_is_taken_from_print() -> None:
    read = ring("沁岭县交通运输局", 0.6, doubtful(0, {"沁": 0.5, "沅": 0.3}))
    (seal,) = named_by_print([read], page(f"{UNIT} 2026年3月1日"))
    assert (seal.text, seal.text_confidence) == (UNIT, BORNE_OUT)
    assert seal.alternatives == ("沁岭县交通运输局",)


def test_a_character_that_the_arc_only_does_not_contradict_stays_for_a_person() -> None:
    read = ring("沁岭县交通运输局", 0.85, doubtful(0, {"沁": 0.6}))
    (seal,) = named_by_print([read], page(UNIT))
    assert (seal.text, seal.text_confidence) == (UNIT, UNSURE)


@pytest.mark.parametrize("printed", [f"主办{UNIT}", f"{UNIT}盖章"])
def test_words_before_or_behind_the_printed_name_do_not_hide_it(printed: str) -> None:
    (seal,) = named_by_print([ring(UNIT, 0.5, UNIT)], page(printed))
    assert (seal.text, seal.text_confidence) == (UNIT, AGREED)


def test_print_never_outvotes_what_surely_stands_on_the_arc() -> None:
    """A rival's seal over the printed name of another unit must stay the rival's."""
    rival = ring("沅岭县交通运输站", 0.6, "沅岭县交通运输站")
    assert named_by_print([rival], page(UNIT)) == (rival,)


def test_which_of_two_sister_units_it_is_only_the_arc_tells() -> None:
    """A page that names the first company must not turn the second one's worn seal into the first one's."""
    seen: list[Seen] = [*"沅岭县第", {"二": 0.7, "一": 0.01}, *"建筑公司"]
    worn = ring("沅岭县第二建筑公司", 0.6, seen)
    assert named_by_print([worn], page("沅岭县第一建筑公司")) == (worn,)


def test_a_sure_reading_is_left_as_it_is() -> None:
    sure = ring("沁岭县交通运输局", 0.93, doubtful(0, {"沁": 0.9}))
    assert named_by_print([sure], page(UNIT)) == (sure,)


def test_two_printed_names_that_could_both_stand_there_settle_nothing() -> None:
    read = ring("沁岭县交通运输局", 0.4, doubtful(0, {"沁": 0.6}))
    assert named_by_print([read], page(UNIT, "江岭县交通运输局")) == (read,)


def test_other_names_on_the_page_are_none_of_its_business() -> None:
    read = ring("沁岭县交通运输局", 0.4, doubtful(0, {"沁": 0.6}))
    assert named_by_print([read], page("沅岭县人民医院", "南泽市水务局")) == (read,)


def test_a_stamp_without_an_arc_is_left_alone() -> None:
    stamp = ring(UNIT, 0.4, UNIT).model_copy(update={"strips": ()})
    assert named_by_print([stamp], page(UNIT)) == (stamp,)
