"""Rings found on drawn ink, fitted, unrolled; print separated from ink. No networks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from domain.geometry import Box, Point, Quad
from domain.kinds import SealColour, SealShape
from domain.reading import Line, Seal
from ocr.seals import find_seals, lines_inside, without_ink
from ocr.seals.arcs import widest_gap, written_arcs
from ocr.seals.coloured import coloured_pieces
from ocr.seals.finder import Kind, Pointed
from ocr.seals.frames import frame_at
from ocr.seals.ink import ink_maps
from ocr.seals.judging import named_colour
from ocr.seals.patches import patch_about
from ocr.seals.ring import fit_ring
from ocr.seals.rings import ring_at
from ocr.seals.shapes import Ellipse, Pixels, Plane
from ocr.seals.slices import slice_seal
from ocr.seals.unroll import USUAL_BAND, unrolled

RED = (200, 30, 40)


def page(ink: tuple[int, int, int] | None, axes: tuple[int, int] = (80, 80), paper: int = 255) -> Pixels:
    """A sheet with rows of print and, with ``ink``, a ring over them, its middle at (430, 620)."""
    picture = np.full((1100, 780, 3), paper, np.uint8)
    for y in range(80, 1040, 34):
        for x in range(70, 700, 22):
            cv2.rectangle(picture, (x, y), (x + 12, y + 12), (20, 20, 20), 2)
    if ink is not None:
        layer = np.full_like(picture, 255)
        cv2.ellipse(layer, (430, 620), axes, 0, 0, 360, ink, 4, cv2.LINE_AA)
        for angle in range(150, 391, 16):
            x, y = (int(430 + 0.76 * axes[0] * np.cos(np.deg2rad(angle))), 620)
            y = int(620 + 0.76 * axes[1] * np.sin(np.deg2rad(angle)))
            cv2.rectangle(layer, (x - 6, y - 8), (x + 6, y + 8), ink, 2)
        picture = (picture.astype(np.float32) * layer / 255).astype(np.uint8)
    return picture


@pytest.mark.parametrize(
    ("ink", "axes", "family"),
    [
        (RED, (80, 80), "red"),
        (RED, (92, 64), "red"),
        ((40, 60, 170), (80, 80), "other"),
        ((90, 90, 90), (80, 80), "dark"),
    ],
)
def test_the_ring_is_found_in_every_ink(
    ink: tuple[int, int, int], axes: tuple[int, int], family: str
) -> None:
    width, height = axes
    about = pointed(430 - 0.9 * width, 620 - 1.1 * height, 430 + 1.05 * width, 620 + 0.95 * height)
    patch = patch_about(page(ink, axes), about)
    best = ring_at(patch, 780, 1100)
    assert best is not None
    assert best.family == family
    found = patch.to_page(best.ellipse)
    assert (found.x, found.y) == pytest.approx((430, 620), abs=4)
    assert (found.a, found.b) == pytest.approx(axes, abs=4)
    assert best.support > 0.95


def pointed(left: float, top: float, right: float, bottom: float, kind: Kind = Kind.RING) -> Pointed:
    return Pointed(kind, left, top, right, bottom, 0.9)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.75])
def test_the_ring_of_a_slice_at_the_edge_is_completed_beyond_it(share: float) -> None:
    whole = page(RED)
    cut = int(350 + 160 * share)
    picture = np.ascontiguousarray(whole[:, :cut])
    patch = patch_about(picture, pointed(350, 545 if share > 0.4 else 552, cut, 695, Kind.CUT))
    ring = ring_at(patch, cut, 1100)
    assert ring is not None
    found = patch.to_page(ring.ellipse)
    assert (found.x, found.y, found.radius) == pytest.approx((430, 620, 80), abs=8)
    assert ring.visible < 0.9


def test_a_slice_of_colour_at_the_edge_is_pointed_at_and_a_border_is_not() -> None:
    cut = np.ascontiguousarray(page(RED)[:, :392])
    (one,) = coloured_pieces(cut, [])
    assert one.kind is Kind.CUT
    assert (one.left, one.top, one.right, one.bottom) == pytest.approx((350, 550, 392, 690), abs=12)
    bordered = page(None)
    cv2.rectangle(bordered, (2, 2), (777, 1097), RED, 3)
    assert coloured_pieces(bordered, []) == []


def test_a_coloured_ring_that_the_network_overlooked_is_pointed_at_and_an_empty_one_is_not() -> None:
    """A clear red seal on a photographed page of pictures was missed: the network scored it below a tenth."""
    (one,) = coloured_pieces(page(RED), [])
    assert one.kind is Kind.RING
    assert (one.left, one.top, one.right, one.bottom) == pytest.approx((350, 540, 510, 700), abs=8)
    assert coloured_pieces(page(RED), [pointed(345, 535, 515, 705, Kind.RING)]) == []
    empty = page(None)
    cv2.circle(empty, (430, 620), 80, RED, 4)
    assert coloured_pieces(empty, []) == []
    barred = page(None)
    cv2.rectangle(barred, (350, 540), (510, 700), RED, 4)
    assert all(other.kind is not Kind.RING for other in coloured_pieces(barred, []))


def test_what_fills_half_the_page_and_runs_off_it_is_no_slice_of_a_seal() -> None:
    picture = page(None)
    small = patch_about(picture, pointed(660, 500, 780, 760, Kind.CUT))
    large = patch_about(picture, pointed(280, 500, 780, 1100, Kind.CUT))
    assert slice_seal(picture, small, None) is not None
    assert slice_seal(picture, large, None) is None


def stamp_page(ink: tuple[int, int, int]) -> Pixels:
    """A stamp of two letters' width at (200, 300), tilted, over rows of print."""
    layer = np.full((1100, 780, 3), 255, np.uint8)
    corners = np.asarray(cv2.boxPoints(((260, 330), (120, 60), 8)), np.int32)
    cv2.polylines(layer, [corners], True, ink, 3, cv2.LINE_AA)
    for x in (225, 255, 285):
        cv2.rectangle(layer, (x, 318), (x + 16, 340), ink, 3)
    return np.asarray(page(None).astype(np.float32) * layer / 255, np.uint8)


@pytest.mark.parametrize("ink", [RED, (40, 60, 170)])
def test_the_frame_of_a_stamp_is_found_where_it_is_pointed_at(ink: tuple[int, int, int]) -> None:
    patch = patch_about(stamp_page(ink), pointed(190, 300, 325, 370, Kind.FRAME))
    frame = frame_at(patch)
    assert frame is not None
    places = frame.corners / patch.maps.scale + (patch.left, patch.top)
    assert places.mean(axis=0) == pytest.approx((260, 330), abs=4)
    assert frame.size[0] / patch.maps.scale == pytest.approx(120, abs=8)


def test_tinted_paper_carries_no_ink() -> None:
    picture = np.full((600, 500, 3), (235, 205, 190), np.uint8)
    assert float(ink_maps(picture).red.max()) < 0.05


def test_an_oval_is_fitted_in_a_box_as_high_as_it_is_wide() -> None:
    """The network boxes little ovals like circles; what was fitted from such a box lay beside them."""
    picture = page(RED, (60, 40))
    patch = patch_about(picture, Pointed(Kind.RING, 358, 548, 502, 692, 0.4))
    ring = ring_at(patch, 780, 1100)
    assert ring is not None
    assert ring.support > 0.9
    on_page = patch.to_page(ring.ellipse)
    assert (on_page.a, on_page.b) == pytest.approx((60, 40), abs=3)


def test_a_guess_wrong_by_a_tenth_still_finds_the_ring() -> None:
    maps = ink_maps(page(RED))
    fitted = fit_ring(maps.red, Ellipse(438, 614, 72, 86), "red")
    assert fitted is not None
    assert fitted.ellipse.radius == pytest.approx(80, abs=3)


def test_an_unrolled_ring_is_a_straight_line_and_turns_with_its_start() -> None:
    picture = np.full((300, 300, 3), 255, np.uint8)
    cv2.circle(picture, (150, 30), 8, (0, 0, 0), -1)
    ellipse = Ellipse(150, 150, 140, 140)
    from_bottom = unrolled(picture, ellipse, USUAL_BAND, np.pi / 2, 2 * np.pi, 0.6)
    dark = np.flatnonzero(from_bottom.min(axis=(0, 2)) < 100)
    assert from_bottom.shape[0] == 48
    assert dark.mean() / from_bottom.shape[1] == pytest.approx(0.5, abs=0.02)


def test_reading_starts_in_the_gap_below() -> None:
    along: Plane = np.zeros(180, np.float32)
    along[70:180] = 1
    along[:20] = 1
    gap = widest_gap(along) % (2 * np.pi)
    assert gap == pytest.approx(np.deg2rad(90), abs=0.1)
    assert len(written_arcs(along)) == 1
    assert written_arcs(along)[0].span == pytest.approx(np.deg2rad(260), abs=0.05)


@pytest.mark.parametrize(
    ("rgb", "colour"),
    [
        ((205, 40, 50), SealColour.RED),
        ((235, 150, 160), SealColour.RED),
        ((50, 70, 170), SealColour.BLUE),
        ((90, 92, 90), SealColour.BLACK),
        ((40, 150, 60), SealColour.OTHER),
    ],
)
def test_colours_are_named_by_their_hue(rgb: tuple[int, int, int], colour: SealColour) -> None:
    assert named_colour(np.array(rgb, np.float32)) == colour


def red_seal() -> Seal:
    box = Box(left=350 / 780, top=540 / 1100, right=510 / 780, bottom=700 / 1100)
    return Seal(box=box, shape=SealShape.ROUND, colour=SealColour.RED, text="", confidence=1)


def test_ink_is_taken_off_and_print_stays() -> None:
    sealed, bare = page(RED), page(None)
    cleaned = without_ink(sealed, [red_seal()])
    region = (slice(545, 695), slice(355, 505))
    ink_alone = (sealed[region].min(axis=2) < 120) & (bare[region].min(axis=2) > 200)
    print_alone = bare[region].max(axis=2) < 60
    assert np.median(cleaned[region][ink_alone]) > 220
    assert np.median(cleaned[region][print_alone]) < 90
    assert np.array_equal(cleaned[:500], sealed[:500])


def test_lines_wholly_on_a_seal_are_named() -> None:
    def line(left: float, right: float) -> Line:
        corners = (Point(left, 0.55), Point(right, 0.55), Point(right, 0.57), Point(left, 0.57))
        return Line(text="x", raw="x", confidence=1, quad=Quad(points=corners))

    assert lines_inside([line(0.1, 0.9), line(0.5, 0.6)], [red_seal()]) == (1,)


@dataclass(frozen=True)
class Said:
    text: str = "绍兴市越山建设有限公司"
    confidence: float = 0.98
    character_confidences: tuple[float, ...] = ()
    positions: tuple[float, ...] = ()


class Repeats:
    """A recogniser that always reads the same name."""

    def read(self, crops: Sequence[Pixels]) -> list[Said]:
        return [Said() for _ in crops]


class RepeatsAlong:
    """A reader of strips that sees the same name on every strip, in even steps from a quarter of it on."""

    alphabet = ("", *Said.text)

    def read(self, crops: Sequence[Pixels]) -> list[Said]:
        return [Said() for _ in crops]

    def read_seen(self, crops: Sequence[Pixels]) -> list[tuple[Said, Plane]]:
        seen = np.zeros((60, len(self.alphabet)), np.float32)
        seen[:, 0] = 1
        for place in range(1, len(self.alphabet)):
            seen[14 + 3 * place] = 0
            seen[14 + 3 * place, place] = 1
        return [(Said(), seen) for _ in crops]


def written_around(picture: Pixels) -> Plane:
    """A detector that sees writing all along the ring, except at the bottom."""
    found = np.zeros(picture.shape[:2], np.float32)
    middle = (picture.shape[1] // 2, picture.shape[0] // 2)
    cv2.ellipse(found, middle, (155, 155), 0, 130, 410, (1.0,), 40)
    return found


def blank(picture: Pixels) -> Plane:
    return np.zeros(picture.shape[:2], np.float32)


def points_at_it(picture: Pixels) -> list[Pointed]:
    return [pointed(348, 545, 515, 702).scaled(picture.shape[0] / 1100)]


def taken_for_a_seal(picture: Pixels, ellipse: Ellipse) -> float:
    return 3.0


def taken_for_none(picture: Pixels, ellipse: Ellipse) -> float:
    return -1.0


def test_a_ring_with_writing_is_a_seal_with_its_name() -> None:
    seals = find_seals(page(RED), Repeats(), written_around, RepeatsAlong(), points_at_it, taken_for_a_seal)
    assert [seal.text for seal in seals] == ["绍兴市越山建设有限公司"]
    assert seals[0].colour == SealColour.RED
    assert seals[0].shape == SealShape.ROUND
    assert seals[0].box.overlap(red_seal().box) > 0.9
    assert seals[0].confidence > 0.9


def points_doubtfully(picture: Pixels) -> list[Pointed]:
    return [Pointed(Kind.RING, 348, 545, 515, 702, 0.4).scaled(picture.shape[0] / 1100)]


def test_a_drawn_circle_without_writing_is_no_seal() -> None:
    found = find_seals(page(RED), Repeats(), blank, RepeatsAlong(), points_doubtfully, taken_for_none)
    assert found == ()
