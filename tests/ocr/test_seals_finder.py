"""Where the network that points at seals says they are: from heat to boxes, its file, and what it costs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

import models
from domain.geometry import Box
from domain.kinds import SealColour, SealShape
from domain.reading import Seal
from models.fetching import sha256_of
from models.manifest import own_weights
from ocr.seals import find_seals
from ocr.seals.finder import LONG_SIDE, Kind, Pointed, SealFinder, peaks, seal_finder
from ocr.seals.shapes import Pixels, Plane

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
LARGEST = 6_000_000


def heat_with(places: Sequence[tuple[Kind, int, int, float]], side: int = 64) -> NDArray[np.float32]:
    heat = np.zeros((3, side, side), np.float32)
    for kind, row, column, score in places:
        heat[kind, row, column] = score
    return heat


def reach_of(half: float, side: int = 64) -> NDArray[np.float32]:
    return np.full((4, side, side), half, np.float32)


def test_the_network_comes_with_the_program_and_is_the_one_of_the_manifest() -> None:
    own = {weight.name: weight for weight in own_weights()}["seal_finder"]
    assert own.path.stat().st_size <= LARGEST
    assert sha256_of(own.path) == own.sha256
    assert own.sha256 in own.path.with_name("card.md").read_text("utf-8")
    assert models.weight_path("seal_finder") == own.path


def test_a_peak_becomes_the_box_that_its_reach_says() -> None:
    found = peaks(heat_with([(Kind.FRAME, 10, 20, 0.8)]), reach_of(30.0))
    (one,) = found
    assert one.kind is Kind.FRAME
    assert (one.left, one.top, one.right, one.bottom, one.score) == pytest.approx((52, 12, 112, 72, 0.8))


def test_of_two_words_about_one_place_the_surer_stands() -> None:
    found = peaks(heat_with([(Kind.RING, 10, 20, 0.6), (Kind.CUT, 11, 20, 0.7)]), reach_of(30.0))
    assert [one.kind for one in found] == [Kind.CUT]


def test_two_seals_that_overlap_stay_two() -> None:
    found = peaks(heat_with([(Kind.RING, 20, 20, 0.6), (Kind.RING, 20, 30, 0.7)]), reach_of(30.0))
    assert len(found) == 2


class HotSpot:
    """A session that is hot in one cell, and remembers what it was shown."""

    def __init__(self) -> None:
        self.shown: list[tuple[int, ...]] = []

    def get_inputs(self) -> list[object]:
        return []

    def run(self, names: None, feed: dict[str, NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        height, width = feed["picture"].shape[2:]
        self.shown.append((height, width))
        heat = np.zeros((1, 3, height // 4, width // 4), np.float32)
        heat[0, Kind.RING, 44, 0] = 0.9
        return [heat, np.full((1, 4, height // 4, width // 4), 40.0, np.float32)]


def test_boxes_are_pixels_of_the_picture_and_end_at_its_edge() -> None:
    session = HotSpot()
    picture = np.full((2 * LONG_SIDE, LONG_SIDE, 3), 255, np.uint8)
    (one,) = SealFinder(session)(picture)
    assert session.shown == [(704, 384), (256, 128)]
    assert (one.left, one.top, one.right, one.bottom) == pytest.approx((0, 276, 84, 436))


class NeverAsked:
    """A recogniser and a text detector that must not be run."""

    def read(self, crops: Sequence[Pixels]) -> list[object]:
        raise AssertionError("nothing here is worth reading")

    def __call__(self, picture: Pixels) -> Plane:
        raise AssertionError("nothing here is worth a look")


def picture_of(path: Path) -> Pixels:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"), np.uint8)


def test_a_page_on_which_nothing_is_pointed_at_costs_one_run_of_one_network() -> None:
    never = NeverAsked()
    looked: list[tuple[int, ...]] = []

    def nothing(picture: Pixels) -> list[Pointed]:
        looked.append(picture.shape)
        return []

    page = np.full((900, 640, 3), 240, np.uint8)
    assert find_seals(page, never, never, point=nothing) == ()  # type: ignore[arg-type]
    assert looked == [(704, 501, 3)]


def a_seal(confidence: float, **changes: object) -> Seal:
    box = Box(left=0.2, top=0.2, right=0.4, bottom=0.35)
    told = Seal(box=box, shape=SealShape.ROUND, colour=SealColour.BLUE, text="", confidence=confidence)
    return told.model_copy(update=changes)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [(0.48, 0.94, 0.94), (0.9, 0.94, 0.9), (0.48, 0.49, 0.49), (0.49, 0.45, 0.49)],
)
def test_a_sure_stamp_takes_the_place_of_a_doubtful_ring(
    monkeypatch: pytest.MonkeyPatch, first: float, second: float, kept: float
) -> None:
    """A blue square that the network took for a ring was perhaps a seal, and its frame not looked at."""
    told = iter([a_seal(first), a_seal(second, shape=SealShape.SQUARE)])
    monkeypatch.setattr("ocr.seals.find._seals_at", lambda *place: iter([(next(told), None)]))
    never = NeverAsked()
    page = np.full((900, 640, 3), 240, np.uint8)
    places = [Pointed(Kind.RING, 128, 180, 256, 315, 0.4), Pointed(Kind.FRAME, 128, 180, 256, 315, 0.3)]
    (found,) = find_seals(page, never, never, point=lambda picture: places)  # type: ignore[arg-type]
    assert found.confidence == kept


def truth_of(folder: str, file: str) -> list[Box]:
    """Boxes of the seals on the first page of a file of the demo batch."""
    truth = json.loads((DEMO / folder / "truth.json").read_text("utf-8"))
    return [Box.clipped(*seal["box"]) for seal in truth["files"][file]["pages"][0]["seals"]]


@pytest.mark.parametrize(
    ("folder", "file"),
    [("01-clean", "ce-2018.jpg"), ("01-clean", "certificate.jpg"), ("06-copies", "appointment-1.jpg")],
)
def test_the_network_points_at_every_seal_of_a_demo_page(folder: str, file: str) -> None:
    picture = picture_of(DEMO / folder / file)
    height, width = picture.shape[:2]
    found = [one.box(width, height) for one in seal_finder()(picture) if one.score > 0.3]
    wanted = truth_of(folder, file)
    assert wanted
    assert all(any(box.overlap(seal) > 0.6 for box in found) for seal in wanted)


def test_the_network_points_at_nothing_on_print_without_seals() -> None:
    picture = picture_of(DEMO / "09-paper" / "paper-article.jpg")
    assert all(one.score < 0.3 for one in seal_finder()(picture))
