"""Print that stands on a page twice: told where it was moved, not where a page repeats itself."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from bench.forgeries import measured
from domain.geometry import Box, Point, Quad
from domain.reading import Line
from domain.traces import Patch, PatchSign
from fixtures.forgeries import forged
from forensics.copies import copied_patches
from forensics.sight import Sight
from forensics.windows import windows_of

Picture = NDArray[np.uint8]
HEIGHT, WIDTH = 700, 900
LINES = ("2015 96 30 7481", "3306 2019 88 54", "7481 2015 62 20", "88 1977 2019 96")
_PLACES = ((60, 90), (131, 240), (94, 390), (177, 540))


def _scan(skew: float = 0.7) -> Picture:
    """Four lines of figures, some of which stand in more than one, as a flatbed sees them askew."""
    sheet = np.full((HEIGHT, WIDTH), 244, np.uint8)
    for text, (x, y) in zip(LINES, _PLACES, strict=True):
        cv2.putText(sheet, text, (x, y), cv2.FONT_HERSHEY_COMPLEX, 1.3, (40,), 3, cv2.LINE_AA)
    if skew:
        turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), skew, 1.0)
        sheet = np.asarray(
            cv2.warpAffine(sheet, turn, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderValue=(244,)), np.uint8
        )
        noise = np.random.default_rng(3).normal(0, 1.5, sheet.shape)
        soft = cv2.GaussianBlur(np.clip(sheet + noise, 0, 255), (0, 0), 0.5)
        sheet = np.asarray(soft, np.uint8)
    return np.repeat(sheet[..., None], 3, axis=2)


def _told(picture: Picture) -> list[Patch]:
    sight = Sight(picture)
    lines = []
    for text, (_, y) in zip(LINES, _PLACES, strict=True):
        corners = ((20, y - 50), (WIDTH - 20, y - 50), (WIDTH - 20, y + 20), (20, y + 20))
        one, two, three, four = (Point(x / WIDTH, down / HEIGHT) for x, down in corners)
        lines.append(Line(text=text, raw=text, confidence=0.9, quad=Quad(points=(one, two, three, four))))
    return copied_patches(sight, windows_of(sight, lines))


def test_a_piece_moved_on_a_scan_is_told_where_it_was_put_with_its_source() -> None:
    picture = _scan()
    picture[505:555, 560:660] = picture[198:248, 400:500]
    first, second = _told(picture)
    source, target = (
        Box.clipped(400 / 900, 198 / 700, 500 / 900, 248 / 700),
        Box.clipped(560 / 900, 505 / 700, 660 / 900, 555 / 700),
    )
    assert first.sign is PatchSign.COPY
    assert first.box.intersection(target) > 0
    assert first.source is not None
    assert first.source.intersection(source) > 0
    assert second.box == first.source
    assert first.strength > 0.98


def test_figures_that_a_scan_shows_twice_are_no_copies() -> None:
    assert _told(_scan()) == []


def test_a_page_that_was_never_on_paper_may_repeat_itself() -> None:
    assert _told(_scan(skew=0)) == []


def test_a_drawn_move_is_told() -> None:
    reasons = measured(forged("text, moved on the page", 5114), None)["reasons"]
    assert reasons == ["与同页另一处的像素相同"]


@pytest.mark.parametrize("size", [(1, 1), (20, 20)])
def test_a_page_without_lines_has_no_copies(size: tuple[int, int]) -> None:
    assert copied_patches(Sight(np.zeros((*size, 3), np.uint8)), []) == []
