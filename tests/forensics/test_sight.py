"""Edges and paper, counted at once for many places: the same as for each place alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from domain.geometry import Box, Point, Quad
from domain.reading import Line
from forensics.sight import Sight, steepness, steepness_along
from forensics.windows import windows_of


@pytest.fixture
def sight() -> Sight:
    picture = np.full((200, 900, 3), (236, 238, 225), np.uint8)
    cv2.putText(picture, "20190815 2020 96", (20, 90), cv2.FONT_HERSHEY_DUPLEX, 2.0, (30, 25, 20), 4)
    noise = np.random.default_rng(1).integers(-9, 9, picture.shape)
    return Sight(np.clip(cv2.GaussianBlur(picture, (5, 5), 1.1) + noise, 0, 255).astype(np.uint8))


def _line(sight: Sight) -> Line:
    height, width = sight.grey.shape
    places = ((15, 30), (850, 30), (850, 110), (15, 110))
    first, second, third, fourth = (Point(x / width, y / height) for x, y in places)
    quad = Quad(points=(first, second, third, fourth))
    return Line(text="20190815 2020 96", raw="20190815 2020 96", confidence=0.99, quad=quad)


def test_steepness_along_a_line_is_that_of_each_window(sight: Sight) -> None:
    (windows,) = windows_of(sight, (_line(sight),))
    contrast, share = sight.edges
    told = steepness_along(contrast, share, windows, 60.0, 20)
    assert sum(one is not None for one in told) > 20
    for (left, top, right, bottom), one in zip(windows, told, strict=True):
        part = (slice(top, bottom), slice(left, right))
        clear = contrast[part] > max(0.6 * float(np.percentile(contrast[part], 95)), 60.0)
        clear &= share[part] > 0.25
        if one is None:
            assert clear.sum() < 20
        else:
            assert one[0] == pytest.approx(float(np.percentile(share[part][clear], 80)), abs=1e-6)
            assert one[1] == clear.sum()
        assert one == steepness(contrast[part].ravel(), share[part].ravel(), 60.0, 20)


def test_an_edge_is_as_steep_as_its_steepest_step() -> None:
    picture = np.full((40, 40, 3), 250, np.uint8)
    picture[:, 20:] = 50
    contrast, share = Sight(picture).edges
    assert contrast[20, 19] == 200
    assert share[20, 19] == 1.0
    assert share[20, 10] == 0.0


def test_the_colour_of_paper_is_that_of_what_bears_no_print(sight: Sight) -> None:
    (windows,) = windows_of(sight, (_line(sight),))
    colours = sight.paper_colours(windows, 20)
    for (left, top, right, bottom), colour in zip(windows, colours, strict=True):
        there = sight.paper[top:bottom, left:right]
        of_paper = sight.picture[top:bottom, left:right][there]
        assert np.isnan(colour).all() if len(of_paper) < 20 else np.allclose(colour, of_paper.mean(axis=0))
    assert not np.isnan(colours).all()
    assert np.isnan(sight.paper_colours(windows, 10**6)).all()


def test_a_place_beyond_the_page_is_counted_as_far_as_it_lies_on_it(sight: Sight) -> None:
    beyond = np.array([(-50, -50, 60, 20), (2000, 10, 2100, 60)])
    colours = sight.paper_colours(beyond, 20)
    assert np.allclose(colours[0], sight.paper_colours(np.array([(0, 0, 60, 20)]), 20)[0])
    assert np.isnan(colours[1]).all()


def test_a_box_is_the_place_it_was_made_of(sight: Sight) -> None:
    box = Box(left=0.1, top=0.2, right=0.3, bottom=0.5)
    assert sight.box(sight.rectangle(box)) == box


def test_a_cell_with_two_figures_is_looked_at(sight: Sight) -> None:
    """Hours stand in their cell alone, hardly wider than high: such lines had no windows at all."""
    height, width = sight.grey.shape
    corners = ((20, 40), (62, 40), (62, 90), (20, 90))
    one, two, three, four = (Point(x / width, y / height) for x, y in corners)
    cell = Line(text="90", raw="90", confidence=0.99, quad=Quad(points=(one, two, three, four)))
    (windows,) = windows_of(sight, (cell,))
    assert windows.tolist() == [[20, 40, 62, 90]] * len(windows)


def test_paper_beside_a_brighter_piece_is_no_print() -> None:
    """A piece of a white scan made all the grey paper round it print, and so was not told from it."""
    picture = np.full((400, 400, 3), 190, np.uint8)
    picture[180:220, 170:230] = 254
    cv2.putText(picture, "90", (180, 212), cv2.FONT_HERSHEY_DUPLEX, 1.0, (20, 20, 20), 2)
    paper = Sight(picture).paper
    assert paper[185:215, 130:165].all()
    assert paper[182:186, 175:225].any()
    assert not paper[190:212, 182:196].all()
