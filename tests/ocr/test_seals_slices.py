"""Slices of seals at the sheet's edge (骑缝章), told by their arcs, on drawn ink. No networks."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.seals.edge_arcs import Side, arcs_at
from ocr.seals.finder import Kind, Pointed
from ocr.seals.grey import grey_pieces
from ocr.seals.judging import LEAST_CONFIDENCE, SURE, slice_confidence
from ocr.seals.patches import patch_about
from ocr.seals.shapes import Pixels
from ocr.seals.sheet_edge import on_paper, sheet_edges
from ocr.seals.slices import slice_seal

RED, BLACK = (200, 30, 40), (50, 50, 50)


def seal(
    ink: tuple[int, int, int], axes: tuple[int, int] = (100, 100), *, written: bool = True
) -> tuple[Pixels, int]:
    """An impression on white with letters along its ring, and half its side."""
    half = max(axes) + 10
    face = np.full((2 * half, 2 * half, 3), 255, np.uint8)
    cv2.ellipse(face, (half, half), axes, 0, 0, 360, ink, 4, cv2.LINE_AA)
    for angle in range(0, 360, 20) if written else ():
        x = int(half + 0.76 * axes[0] * np.cos(np.deg2rad(angle)))
        y = int(half + 0.76 * axes[1] * np.sin(np.deg2rad(angle)))
        cv2.rectangle(face, (x - 7, y - 9), (x + 7, y + 9), ink, 2)
    return face, half


def sheet_with(
    strip: tuple[float, float],
    ink: tuple[int, int, int] = RED,
    *,
    written: bool = True,
    **shape: tuple[int, int],
) -> tuple[Pixels, Pointed]:
    """A printed sheet whose right edge received the part of a seal between two shares of its width."""
    sheet = np.full((1100, 780, 3), 250, np.uint8)
    for y in range(80, 1040, 34):
        for x in range(70, 660, 22):
            cv2.rectangle(sheet, (x, y), (x + 12, y + 12), (20, 20, 20), 2)
    face, half = seal(ink, written=written, **shape)
    across = np.flatnonzero((face.min(axis=2) < 200).any(axis=0))
    start, end = (int(across[0] + share * (across[-1] + 1 - across[0])) for share in strip)
    part = face[:, start:end]
    inked = np.flatnonzero((part.min(axis=2) < 200).any(axis=1))
    top, width = 400, end - start
    area = sheet[top : top + 2 * half, 780 - width :]
    area[:] = (area.astype(np.float32) * part / 255).astype(np.uint8)
    upper, lower = top + int(inked[0]), top + int(inked[-1]) + 1
    return sheet, Pointed(Kind.CUT, 780.0 - width, upper, 780.0, lower, 0.15)


STRIPS = [(0.0, 0.33), (0.33, 0.67), (0.67, 1.0), (0.25, 0.5), (0.5, 1.0)]


@pytest.mark.parametrize("strip", STRIPS)
@pytest.mark.parametrize("ink", [RED, BLACK])
def test_every_strip_of_a_fanned_pile_is_told_by_its_arcs(
    strip: tuple[float, float], ink: tuple[int, int, int]
) -> None:
    """Middle strips, cut off straight, have no curve left but two short arcs: none of them was believed."""
    sheet, one = sheet_with(strip, ink)
    found = slice_seal(sheet, patch_about(sheet, one), None)
    assert found is not None
    assert found.confidence > SURE
    assert found.partial


def test_the_strip_of_an_oval_is_told_as_well() -> None:
    sheet, one = sheet_with((0.0, 0.4), axes=(100, 70))
    arcs = arcs_at(patch_about(sheet, one), "right")
    assert arcs is not None
    assert arcs.clear


def test_a_cup_left_its_ring_on_the_edge_but_no_letters() -> None:
    sheet, one = sheet_with((0.0, 0.4), (150, 110, 70), written=False)
    arcs = arcs_at(patch_about(sheet, one), "right")
    assert arcs is not None
    assert not arcs.clear


def test_print_that_runs_to_the_edge_has_no_arcs() -> None:
    sheet, _ = sheet_with((0.0, 0.4))
    for y in range(80, 1040, 34):
        for x in range(660, 780, 22):
            cv2.rectangle(sheet, (x, y), (x + 12, y + 12), (20, 20, 20), 2)
    one = Pointed(Kind.CUT, 700.0, 100.0, 780.0, 340.0, 0.4)
    arcs = arcs_at(patch_about(sheet, one), "right")
    assert arcs is None or not arcs.clear


def test_a_row_of_print_that_the_edge_of_a_photograph_cuts_is_too_shallow_for_arcs() -> None:
    """A publisher's name at the foot of a photographed cover was a slice of a seal."""
    sheet = np.full((1100, 780, 3), 250, np.uint8)
    for x in range(300, 500, 24):
        cv2.rectangle(sheet, (x, 1082), (x + 16, 1110), (20, 20, 20), 3)
    row = Pointed(Kind.CUT, 296.0, 1078.0, 505.0, 1100.0, 0.3)
    assert arcs_at(patch_about(sheet, row), "bottom") is None


@pytest.mark.parametrize("strip", STRIPS[:3])
def test_a_strip_in_black_ink_is_pointed_at_where_print_keeps_clear_of_the_edge(
    strip: tuple[float, float],
) -> None:
    sheet, one = sheet_with(strip, BLACK)
    small = np.asarray(cv2.resize(sheet, (499, 704), interpolation=cv2.INTER_AREA), np.uint8)
    found = [other.scaled(1100 / 704) for other in grey_pieces(small, [])]
    assert any(other.overlap(one) > 0.85 for other in found)


def on_a_desk(sheet: Pixels) -> Pixels:
    """Photographed: the sheet ends 60 pixels before the picture does."""
    picture = np.full((1200, 900, 3), (70, 55, 45), np.uint8)
    picture[50:1150, 60:840] = sheet
    return picture


def test_a_photographed_sheet_ends_where_the_desk_begins() -> None:
    """Slices in photographs lie at no edge of the picture, which spoke against them."""
    sheet, one = sheet_with((0.0, 0.4))
    moved = Pointed(Kind.CUT, one.left + 60, one.top + 50, one.right + 60, one.bottom + 50, 0.3)
    sides: tuple[Side, ...] = sheet_edges(on_a_desk(sheet), moved)
    assert sides == ("right",)
    inside = Pointed(Kind.CUT, 300, 300, 420, 520, 0.3)
    assert sheet_edges(on_a_desk(sheet), inside) == ()


def test_a_strip_of_the_desk_beside_the_sheet_is_no_slice() -> None:
    """A brown desk's edge was a coloured arc with nothing beyond it."""
    picture = on_a_desk(sheet_with((0.0, 0.4))[0])
    desk = Pointed(Kind.CUT, 850, 300, 900, 700, 0.3)
    assert not on_paper(picture, desk)
    assert slice_seal(picture, patch_about(picture, desk), None) is None


def test_a_box_at_the_very_corner_has_nothing_beyond_it() -> None:
    """Looking for the desk beyond the picture's own corner crashed."""
    sheet, _ = sheet_with((0.0, 0.4))
    corner = Pointed(Kind.CUT, 2.0, 0.0, 90.0, 5.0, 0.3)
    assert "top" in sheet_edges(sheet, corner)


def test_clear_arcs_speak_for_a_strip_that_the_network_hardly_points_at() -> None:
    strip = Pointed(Kind.CUT, 0, 0, 40, 120, 0.15)
    assert slice_confidence(strip, None, at_edge=True, arcs=True) > SURE
    assert slice_confidence(strip, None, at_edge=True) < LEAST_CONFIDENCE
