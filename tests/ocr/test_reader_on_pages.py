"""The real networks on pages of the demo batch, as they are and as people spoil them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from domain.kinds import SealColour
from domain.page import PageImage
from domain.reading import PageReading
from matching.text import bare
from ocr import Reader
from ocr.recognition import Picture

PAGE = Path(__file__).parents[2] / "fixtures" / "demo" / "01-clean" / "ce-2018.jpg"

pytestmark = pytest.mark.reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def picture() -> Picture:
    return np.asarray(Image.open(PAGE).convert("RGB"), np.uint8)


@pytest.fixture(scope="module")
def upright(reader: Reader, picture: Picture) -> PageReading:
    return read(reader, picture)


def read(reader: Reader, picture: Picture) -> PageReading:
    height, width = picture.shape[:2]
    return reader.read(PageImage(1, width, height, np.ascontiguousarray(picture).tobytes()))


def words(page: PageReading) -> set[str]:
    return {bare(line.text) for line in page.lines if len(bare(line.text)) >= 3}


def test_an_upright_page_is_read_with_its_seal(upright: PageReading) -> None:
    assert upright.rotation == 0
    assert upright.quality.legible
    assert any("继续教育" in line.text for line in upright.lines)
    assert upright.seals


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_reads_the_same_in_the_same_places(
    reader: Reader, picture: Picture, upright: PageReading, rotation: int
) -> None:
    turned = read(reader, np.rot90(picture, -rotation // 90))
    assert turned.rotation == rotation
    assert (turned.width, turned.height) == (upright.width, upright.height)
    assert len(words(turned) & words(upright)) >= 0.95 * len(words(upright))
    (seal,) = turned.seals[:1]
    assert seal.box.overlap(upright.seals[0].box) > 0.8


def test_a_photograph_at_an_angle_is_read_as_well(
    reader: Reader, picture: Picture, upright: PageReading
) -> None:
    height, width = picture.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = np.array(
        [
            [0.14 * width, 0.06 * height],
            [0.93 * width, 0.1 * height],
            [0.98 * width, 0.97 * height],
            [0.03 * width, 0.9 * height],
        ],
        np.float32,
    )
    matrix = cv2.getPerspectiveTransform(corners, seen)
    photograph = cv2.warpPerspective(picture, matrix, (width, height), borderValue=(90, 80, 70))
    page = read(reader, np.asarray(photograph, np.uint8))
    assert page.rotation == 0
    assert len(words(page) & words(upright)) >= 0.9 * len(words(upright))


def test_a_statement_that_touches_the_ring_of_a_seal_is_not_lost_with_it(reader: Reader) -> None:
    verified = PAGE.with_name("appointment-1.jpg")
    page = read(reader, np.asarray(Image.open(verified).convert("RGB"), np.uint8))
    (mark,) = page.marks
    assert mark.signature is not None
    assert mark.date == "2020-08-05"
    assert mark.seal is not None
    assert page.seals[mark.seal].colour is SealColour.RED


def test_the_issuers_name_printed_beneath_his_own_seal_is_read(upright: PageReading) -> None:
    seal = upright.seals[0]
    assert any(line.under_seal and line.text.endswith("中心") for line in upright.lines), seal.text


def test_an_empty_sheet_is_blank_and_a_blurred_one_is_not_legible(reader: Reader, picture: Picture) -> None:
    empty = read(reader, np.full_like(picture, 248))
    assert empty.quality.blank
    assert empty.lines == ()
    blurred = read(reader, np.asarray(cv2.GaussianBlur(picture, (0, 0), 9), np.uint8))
    assert not blurred.quality.legible


def test_a_page_that_could_not_be_decoded_keeps_its_number(reader: Reader) -> None:
    from domain.errors import FileProblem

    page = reader.read(PageImage(7, 0, 0, b"", problem=FileProblem.UNREADABLE))
    assert page.number == 7
    assert page.problem is FileProblem.UNREADABLE
    assert not page.quality.legible
