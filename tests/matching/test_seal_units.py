"""Whose seal: the rule on lattices written by hand, one point at a time."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fixtures.seen_seals import Seen, strip, strips
from matching.seal_units import Opinion, Owner, whose

UNIT = "绍兴市样例建筑设计院有限公司"


def opinion(name: str, clean: Sequence[Seen], raw: Sequence[Seen] | None = None) -> Opinion:
    return whose(name, tuple((one["view"], one["steps"]) for one in strips(clean, raw)))


def with_letter(text: str, place: int, letter: Seen) -> list[Seen]:
    return [*text[:place], letter, *text[place + 1 :]]


@pytest.mark.parametrize(
    "seal",
    [
        UNIT,
        "绍兴样例建筑设计院有限公司",
        "绍兴市样例建筑设计院有限责任公司",
        "紹興市樣例建築設計院有限公司",
        "（绍兴市）样例建筑设计院有限公司",
        "绍兴市样例建筑设计院有限公司人事专用章",
    ],
)
def test_the_same_unit_however_it_is_spelled(seal: str) -> None:
    assert opinion(UNIT, seal).owner is Owner.SAME


def test_the_declared_name_may_leave_the_city_rank_out() -> None:
    assert opinion("绍兴样例建筑设计院有限公司", UNIT).owner is Owner.SAME


@pytest.mark.parametrize(
    ("seal", "place", "read"),
    [
        ("绍兴市样例建筑设汁院有限公司", "计", "汁"),
        ("绍兴市样本建筑设计院有限公司", "例", "本"),
        ("嘉兴市样例建筑设计院有限公司", "绍", "嘉"),
        ("绍兴市样例建筑设计院有限公厂", "司", "厂"),
    ],
)
def test_another_character_read_in_both_kinds_of_view_is_another_unit(
    seal: str, place: str, read: str
) -> None:
    told = opinion(UNIT, seal)
    assert (told.owner, told.place, told.read) == (Owner.DIFFERENT, place, read)


def test_another_rank_of_place() -> None:
    told = opinion(UNIT, "绍兴县样例建筑设计院有限公司")
    assert (told.owner, told.place, told.read) == (Owner.DIFFERENT, "市", "县")


def test_a_rank_of_place_that_the_declaration_left_out_proves_nothing() -> None:
    assert opinion("绍兴柯桥样例建设有限公司", "绍兴市柯桥区样例建设有限公司").owner is Owner.CANNOT_TELL


def test_figures_written_either_way_prove_nothing() -> None:
    assert opinion("绍兴市第1建筑工程公司", "绍兴市第一建筑工程公司").owner is Owner.CANNOT_TELL


def test_two_neighbouring_characters_changed() -> None:
    assert opinion(UNIT, "绍兴市天成建筑设计院有限公司").owner is Owner.DIFFERENT


def test_a_wholly_different_name() -> None:
    assert opinion(UNIT, "宁波海丰置业集团股份有限公司").owner is Owner.DIFFERENT


def test_a_further_character_inside_the_name() -> None:
    told = opinion(UNIT, "绍兴市新样例建筑设计院有限公司")
    assert (told.owner, told.read) == (Owner.DIFFERENT, "新")


def test_characters_that_were_not_read_are_no_evidence() -> None:
    seen = [None if place in (3, 4) else letter for place, letter in enumerate(UNIT)]
    assert opinion(UNIT, seen).owner is Owner.CANNOT_TELL


@pytest.mark.parametrize("lost", [4, 7, 9])
def test_lost_ends_are_no_evidence(lost: int) -> None:
    assert opinion(UNIT, UNIT[lost:]).owner is Owner.CANNOT_TELL
    assert opinion(UNIT, UNIT[:-lost]).owner is Owner.CANNOT_TELL


@pytest.mark.parametrize("name", [UNIT, "绍兴市样例建筑设计院有限责任公司"])
def test_a_longer_legal_form_with_its_end_lost_is_no_evidence(name: str) -> None:
    assert opinion(name, "绍兴市样例建筑设计院有限责任").owner is Owner.CANNOT_TELL


def test_nothing_read_at_all() -> None:
    assert opinion(UNIT, []).owner is Owner.CANNOT_TELL
    assert whose(UNIT, ()).owner is Owner.CANNOT_TELL


def test_another_character_seen_in_one_kind_of_view_only_is_a_doubt() -> None:
    """Painting the print out may turn 程 into 餐, however sure the reading is then."""
    changed = with_letter(UNIT, 4, "本")
    assert opinion(UNIT, changed, [*UNIT[:4], None, *UNIT[5:]]).owner is Owner.CANNOT_TELL
    assert opinion(UNIT, changed, UNIT).owner is not Owner.DIFFERENT


def test_a_doubtful_other_character_is_a_doubt() -> None:
    told = opinion(UNIT, with_letter(UNIT, 4, {"本": 0.7, "例": 0.05}))
    assert told.owner is Owner.CANNOT_TELL


def test_a_name_seen_faintly_beside_a_sure_other_one_is_never_another_unit() -> None:
    """Where the recogniser itself thinks of the declared character, the two look alike to it."""
    told = opinion(UNIT, with_letter(UNIT, 4, {"侧": 0.93, "例": 0.05}))
    assert told.owner is Owner.CANNOT_TELL


def test_faint_characters_of_the_name_are_enough_where_nothing_speaks_against_them() -> None:
    assert opinion(UNIT, with_letter(UNIT, 4, {"例": 0.4, "倒": 0.2})).owner is Owner.SAME


def test_a_strip_that_begins_in_the_middle_of_the_name() -> None:
    # The gap of the strip lies between 司 and 绍: turned round, it lies inside the strip.
    whole = [*UNIT, None, None, None, None]
    assert opinion(UNIT, [*whole[8:], *whole[:8]]).owner is Owner.SAME


def test_a_branch_is_not_its_parent() -> None:
    assert opinion(UNIT, UNIT + "诸暨分公司").owner is Owner.CANNOT_TELL
    assert opinion(UNIT + "诸暨分公司", UNIT).owner is Owner.CANNOT_TELL


def test_a_character_that_recognisers_were_never_taught_is_not_refuted() -> None:
    name = "绍兴市䶮例建筑设计院有限公司"
    assert opinion(name, with_letter(name, 3, "龙")).owner is Owner.CANNOT_TELL


def test_print_that_made_up_a_character_does_not_support_it() -> None:
    """Clean views show nothing there, a raw one hardly believes in the declared character."""
    clean, raw = with_letter(UNIT, 3, None), with_letter(UNIT, 3, {"样": 0.2, "本": 0.2})
    assert opinion(UNIT, clean, raw).owner is Owner.CANNOT_TELL


def test_a_name_too_short_to_tell_units_apart() -> None:
    assert opinion("水利局", "水利局").owner is Owner.CANNOT_TELL


def test_one_view_alone_accuses_nobody() -> None:
    one = strip("clean", "绍兴县样例建筑设计院有限公司")
    assert whose(UNIT, ((one["view"], one["steps"]),)).owner is not Owner.DIFFERENT
