"""Image files: turned, reduced, and brought to RGB on white."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

import intake
from domain.page import PageImage
from domain.reading import PictureFacts
from domain.settings import Limits
from fixtures.hostile import build


def array(page: PageImage) -> NDArray[np.uint8]:
    return np.frombuffer(page.pixels, np.uint8).reshape(page.height, page.width, 3)


def only_page(path: Path, limits: Limits | None = None) -> tuple[PageImage, PictureFacts]:
    with intake.opened(path, path.name, limits or Limits()) as file:
        (page,) = file.pages()
        assert file.picture is not None
        return page, file.picture


def alike(page: PageImage, sheet: Image.Image) -> float:
    """Mean difference of brightness, 0-255."""
    expected = np.asarray(sheet.convert("L"), np.float64)
    return float(np.abs(array(page).mean(axis=2) - expected).mean())


@pytest.mark.parametrize(
    "make", [build.cmyk_jpeg, build.sixteen_bit_png, build.palette_png, build.turned_jpeg]
)
def test_odd_modes_come_out_as_the_sheet_that_was_drawn(make: Callable[[Path], Path], tmp_path: Path) -> None:
    page, _ = only_page(make(tmp_path))
    assert (page.width, page.height) == (620, 877)
    assert alike(page, build.page()) < 2


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_exif_turns_are_undone_in_pixels_and_in_facts(orientation: int, tmp_path: Path) -> None:
    page, facts = only_page(build.turned_jpeg(tmp_path, orientation))
    assert (facts.width, facts.height, facts.format) == (620, 877, "JPEG")
    assert alike(page, build.page()) < 2


@pytest.mark.parametrize("ending", ["tif", "webp", "png"])
def test_exif_turns_are_undone_in_other_formats(ending: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / f"turned.{ending}"
    build.page().transpose(Image.Transpose.ROTATE_90).save(path, exif=exif)
    page, facts = only_page(path)
    assert (facts.width, facts.height) == (620, 877)
    assert alike(page, build.page()) < 4


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGBA", "P", "I", "F", "YCbCr"])
def test_every_mode_of_a_tiff_is_read(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "mode.tif"
    build.page().convert(mode).save(path)
    page, _ = only_page(path)
    assert alike(page, build.page()) < 6


def test_see_through_parts_are_white(tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(path)
    page, _ = only_page(path)
    assert array(page).min() == 255


@pytest.mark.parametrize("ending", ["bmp", "webp"])
def test_bmp_and_webp_are_read(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"sheet.{ending}"
    build.page().save(path)
    page, facts = only_page(path)
    assert facts.format == ending.upper()
    assert alike(page, build.page()) < 4


def test_of_an_animation_the_first_frame_is_read(tmp_path: Path) -> None:
    path = tmp_path / "moving.webp"
    red, blue = (Image.new("RGB", (60, 60), colour) for colour in ("red", "blue"))
    red.save(path, save_all=True, append_images=[blue], lossless=True)
    page, _ = only_page(path)
    assert tuple(array(page)[30, 30]) == (255, 0, 0)


def test_all_pages_of_a_tiff_are_read_in_order(tmp_path: Path) -> None:
    path = build.multi_page_tiff(tmp_path)
    with intake.opened(path, "pages.tif", Limits()) as file:
        assert file.page_count == 3
        assert file.picture is None
        pages = list(file.pages())
    assert [page.number for page in pages] == [1, 2, 3]
    for page in pages:
        assert alike(page, build.page(words=f"PAGE {page.number}")) < 0.5


def test_an_oversampled_picture_is_reduced_and_its_facts_are_not(tmp_path: Path) -> None:
    page, facts = only_page(build.oversampled_jpeg(tmp_path))
    assert (facts.width, facts.height) == (4960, 7016)
    assert 2600 <= page.height <= 2600 * 1.6
    assert page.height / page.width == pytest.approx(7016 / 4960, abs=0.01)


def test_an_oversampled_png_is_reduced_too(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    build.page(620, 877).save(path)
    page, facts = only_page(path, Limits(render_long_side=300))
    assert (facts.width, facts.height) == (620, 877)
    assert page.height <= 300 * 1.6


def test_the_background_is_that_of_the_upper_border(tmp_path: Path) -> None:
    portrait = Image.new("RGB", (300, 420), (67, 142, 219))
    pen = ImageDraw.Draw(portrait)
    pen.ellipse((90, 60, 210, 230), fill=(40, 30, 25))
    pen.rectangle((20, 260, 280, 420), fill=(20, 20, 30))
    path = tmp_path / "portrait.png"
    portrait.save(path)
    _, facts = only_page(path)
    assert facts.background_rgb == (67, 142, 219)
    assert facts.background_spread == pytest.approx(0, abs=0.01)


def test_an_uneven_background_has_a_spread(tmp_path: Path) -> None:
    path = tmp_path / "wall.png"
    Image.linear_gradient("L").rotate(90).convert("RGB").save(path)
    _, facts = only_page(path)
    assert facts.background_spread is not None
    assert facts.background_spread > 40


def test_hash_size_and_type_are_those_of_the_bytes(tmp_path: Path) -> None:
    path = build.cmyk_jpeg(tmp_path)
    renamed = path.rename(tmp_path / "cmyk.png")
    with intake.opened(renamed, "cmyk.png", Limits()) as file:
        assert file.sha256 == hashlib.sha256(renamed.read_bytes()).hexdigest()
        assert file.size == renamed.stat().st_size
        assert file.media_type == "image/jpeg"


def test_pages_can_be_gone_through_once(tmp_path: Path) -> None:
    path = build.cmyk_jpeg(tmp_path)
    with intake.opened(path, path.name, Limits()) as file:
        assert len(list(file.pages())) == 1
        with pytest.raises(RuntimeError, match="once"):
            next(file.pages())
