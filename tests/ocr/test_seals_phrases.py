"""Known phrases put right what the eye doubts, and nothing else."""

from __future__ import annotations

from ocr.seals.phrases import Candidates, standing_in


def seen(text: str, **doubts: str) -> list[Candidates]:
    """Places that spell ``text`` with 0.97 each; ``at3="颇0.5 康0.01"``: other candidates at a place."""
    places: list[Candidates] = [((character, 0.97), ("一", 0.001)) for character in text]
    for name, told in doubts.items():
        places[int(name[2:])] = [(one[0], float(one[1:])) for one in told.split()]
    return places


def put_right(places: list[Candidates]) -> str:
    letters = [place[0][0] for place in places]
    for stretch in standing_in(places):
        letters[stretch.start : stretch.end] = stretch.text
    return "".join(letters)


def test_a_doubtful_character_within_a_phrase_is_the_phrases() -> None:
    assert put_right(seen("兴原市卫生健颇局", at6="颇0.5 康0.02 庸0.01")) == "兴原市卫生健康局"


def test_it_need_not_be_a_candidate_where_the_rest_is_clear() -> None:
    assert put_right(seen("城乡建设工程员量安全监督站", at6="员0.5 贞0.01")) == "城乡建设工程质量安全监督站"


def test_what_the_eye_is_sure_of_stands_though_it_is_in_no_phrase() -> None:
    """A forger's slip in clear ink is read as it is."""
    assert put_right(seen("绍兴市卫生健颇局")) == "绍兴市卫生健颇局"
    assert put_right(seen("某某有限公同")) == "某某有限公同"


def test_short_evidence_puts_nothing_right() -> None:
    """财税局 is no 财政局: two characters seen say too little."""
    assert put_right(seen("某市财税局", at3="税0.6 政0.01")) == "某市财税局"
    assert put_right(seen("公业处", at1="业0.4 丛0.01")) == "公业处"


def test_of_two_phrases_the_one_that_is_seen_stands() -> None:
    assert put_right(seen("环境检测中心", at2="检0.6 监0.3")) == "环境检测中心"
    assert put_right(seen("环境监测中心", at2="监0.6 检0.3")) == "环境监测中心"


def test_a_name_of_no_known_phrase_is_left_alone() -> None:
    assert standing_in(seen("翰墨斋", at1="墨0.3 疆0.2")) == ()
    assert standing_in([]) == ()
