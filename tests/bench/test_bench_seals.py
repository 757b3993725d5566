"""The bench itself: which box belongs to which seal, what counts as read, when a floor is broken."""

import json
from pathlib import Path

import pytest

from bench.seals.figures import Figures, Share
from bench.seals.floors import fallen, floors_of, written
from bench.seals.measure import PageOutcome, matched
from bench.seals.pages import TruePage, TrueSeal, drawn_pages
from bench.seals.tables import text_of
from domain.geometry import Box
from domain.kinds import SealColour, SealShape
from domain.reading import Seal


def true_seal(left: float, *, text: str = "南泽市水务局", shape: str = "round", **more: object) -> TrueSeal:
    box = Box.clipped(left, 0.4, left + 0.2, 0.6)
    return TrueSeal(box, shape, "red", text, pixels=250, character=30, **more)  # type: ignore[arg-type]


def seen(left: float, text: str = "南泽市水务局", bottom_text: str = "") -> Seal:
    return Seal(
        box=Box.clipped(left, 0.4, left + 0.2, 0.6),
        shape=SealShape.ROUND,
        colour=SealColour.RED,
        text=text,
        bottom_text=bottom_text,
        confidence=0.9,
    )


def page_of(*seals: TrueSeal, negative: str = "") -> TruePage:
    return TruePage("page", Path("page.jpg"), 0, seals, negative)


def outcome(page: TruePage, *found: Seal) -> PageOutcome:
    return PageOutcome(page, *matched(page, found), seconds=0.1)


def test_each_seal_takes_the_box_that_overlaps_it_most() -> None:
    page = page_of(true_seal(0.1), true_seal(0.17, text="东岭县公证处"))
    near, nearer = seen(0.165, "东岭县公证处"), seen(0.105)
    outcomes, false = matched(page, (near, nearer))
    assert [one.found for one in outcomes] == [nearer, near]
    assert all(one.named for one in outcomes)
    assert false == ()


def test_a_second_box_on_the_same_seal_is_false() -> None:
    outcomes, false = matched(page_of(true_seal(0.1)), (seen(0.1), seen(0.12)))
    assert outcomes[0].found is not None
    assert len(false) == 1


def test_a_box_beside_the_seal_is_a_miss_and_a_false_one() -> None:
    outcomes, false = matched(page_of(true_seal(0.1)), (seen(0.25),))
    assert outcomes[0].found is None
    assert not outcomes[0].named
    assert len(false) == 1


def test_no_box_and_no_seal_are_no_trouble() -> None:
    assert matched(page_of(), ()) == ((), ())
    assert matched(page_of(true_seal(0.1)), ())[0][0].found is None


def test_a_name_counts_only_where_every_character_is_right() -> None:
    (right,), _ = matched(page_of(true_seal(0.1)), (seen(0.1, "南泽市 水务局"),))
    (wrong,), _ = matched(page_of(true_seal(0.1)), (seen(0.1, "南津市水务局"),))
    assert right.named
    assert not wrong.named


def test_of_a_frame_all_rows_are_the_name() -> None:
    frame = true_seal(0.1, text="东岭县公证处合同专用章", shape="rectangle")
    (rows,), _ = matched(page_of(frame), (seen(0.1, "东岭县公证处", "合同专用章"),))
    ring = true_seal(0.1, text="东岭县公证处合同专用章")
    (arc,), _ = matched(page_of(ring), (seen(0.1, "东岭县公证处", "合同专用章"),))
    assert rows.named
    assert not arc.named


def test_figures_count_missed_seals_as_unread_and_slices_apart() -> None:
    whole, missed = true_seal(0.1, conditions=frozenset({"print_across"})), true_seal(0.5)
    piece = true_seal(0.8, conditions=frozenset({"edge_slice"}), partial=True)
    outcomes = [outcome(page_of(whole, missed, piece), seen(0.1)), outcome(page_of(negative="ordinary"))]
    shares = Figures(outcomes).shares
    assert shares["found: whole rings, red"] == Share(1, 2)
    assert shares["found: edge slices"] == Share(0, 1)
    assert shares["name: red"] == Share(1, 2)
    assert shares["name: red, print across"] == Share(1, 1)
    assert shares["false: ordinary pages"] == Share(0, 1)
    assert shares["precision"] == Share(1, 1)
    assert "edge_slice" in text_of("drawn", Figures(outcomes))


def test_a_false_seal_on_a_look_alike_is_counted_by_its_kind() -> None:
    outcomes = [outcome(page_of(negative="roundel"), seen(0.1)), outcome(page_of(negative="medal"))]
    shares = Figures(outcomes).shares
    assert shares["false: roundel"] == Share(1, 1)
    assert shares["false: medal"] == Share(0, 1)
    assert shares["false: look-alike pages"] == Share(1, 2)


def test_floors_hold_what_was_measured_and_break_on_a_fall(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    measured = {"name: red": Share(90, 100), "false: ordinary pages": Share(0, 100), "code": Share(1, 2)}
    written("tenth", measured, path)
    written("whole", {"name: red": Share(95, 100)}, path)
    assert fallen("tenth", measured, path) == []
    assert fallen("tenth", {**measured, "name: red": Share(88, 100)}, path) == []
    assert len(fallen("tenth", {**measured, "name: red": Share(85, 100)}, path)) == 1
    assert len(fallen("tenth", {**measured, "false: ordinary pages": Share(3, 100)}, path)) == 1
    assert len(fallen("whole", measured, path)) == 1
    assert "code" not in floors_of(measured)


def test_a_figure_that_is_no_longer_measured_has_fallen(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    written("tenth", {"name: red": Share(90, 100)}, path)
    assert fallen("tenth", {}, path) == ["name: red: not measured, floor 0.88"]


def test_a_section_that_nobody_wrote_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    written("tenth", {"name: red": Share(90, 100)}, path)
    with pytest.raises(KeyError):
        fallen("whole", {}, path)


def test_truth_of_drawn_pages_is_read_with_its_notes(tmp_path: Path) -> None:
    seal = {
        "box": [0.1, 0.2, 0.3, 0.4],
        "shape": "round",
        "colour": "black",
        "text": "东岭县公证处",
        "bottom_text": "",
        "code": "",
        "conditions": ["photocopy"],
        "partial": True,
        "under": [{"text": "2012年1月2日", "box": [0.1, 0.3, 0.3, 0.32], "part": "date"}],
    }
    pages = [
        {"rotation": 0, "kind": "letter", "seals": [seal]},
        {"rotation": 0, "kind": "form", "seals": [], "look_alikes": [{"kind": "medal", "box": [0, 0, 1, 1]}]},
        {"rotation": 0, "kind": "form", "seals": []},
    ]
    for number, page in enumerate(pages):
        (tmp_path / f"{number}.json").write_text(json.dumps({"pages": [page]}), "utf-8")
    sealed, like, plain = drawn_pages(tmp_path)
    assert sealed.seals[0].partial
    assert sealed.seals[0].under[0].part == "date"
    assert (sealed.negative, like.negative, plain.negative) == ("", "medal", "ordinary")


def test_a_twelfth_is_no_more_than_a_twelfth_though_its_floor_is_rounded(tmp_path: Path) -> None:
    """One hard negative of twelve, as when the floor was written, counted as a fall: 0.08333 > 0.0833."""
    path = tmp_path / "floors.toml"
    written("real", {"false: hard": Share(0, 12)}, path)
    assert fallen("real", {"false: hard": Share(1, 12)}, path) == []
    assert len(fallen("real", {"false: hard": Share(2, 12)}, path)) == 1
