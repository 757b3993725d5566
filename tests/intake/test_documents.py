"""PDF pages: what is drawn, at what size, and where their text stands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

import intake
from domain.geometry import Box
from domain.page import PageImage
from domain.settings import Limits
from fixtures.hostile import pdfs


def pages_of(path: Path, limits: Limits | None = None) -> list[PageImage]:
    with intake.opened(path, path.name, limits or Limits()) as file:
        assert file.picture is None
        return list(file.pages())


def array(page: PageImage) -> NDArray[np.uint8]:
    return np.frombuffer(page.pixels, np.uint8).reshape(page.height, page.width, 3)


def seen(page: PageImage) -> list[str]:
    return [run.text for run in page.text_runs if not run.hidden]


def unseen(page: PageImage) -> list[str]:
    return sorted(run.text for run in page.text_runs if run.hidden)


def ink_boxes(page: PageImage) -> list[Box]:
    """Boxes of the two halves of the ink, parted along the page's longer side."""
    dark = array(page).min(axis=2) < 128
    along = 0 if page.height > page.width else 1
    where = np.nonzero(dark.any(axis=1 - along))[0]
    gap = int(np.argmax(np.diff(where)))
    boxes = []
    for start, end in ((where[0], where[gap]), (where[gap + 1], where[-1])):
        part = np.zeros_like(dark)
        chosen = slice(int(start), int(end) + 1)
        index = (chosen, slice(None)) if along == 0 else (slice(None), chosen)
        part[index] = dark[index]
        rows, columns = np.nonzero(part)
        boxes.append(
            Box.clipped(
                columns.min() / page.width,
                rows.min() / page.height,
                (columns.max() + 1) / page.width,
                (rows.max() + 1) / page.height,
            )
        )
    return boxes


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50, 100, 500, 800)])
def test_text_boxes_lie_on_the_ink(rotate: int, crop: tuple[float, ...] | None, tmp_path: Path) -> None:
    """Whatever the crop box and /Rotate are, a run's box is where its ink is."""
    (page,) = pages_of(pdfs.turned(tmp_path, rotate, crop))
    assert (page.width > page.height) == (rotate in (90, 270))
    assert sorted(seen(page)) == ["LOWER", "UPPER"]
    ink = ink_boxes(page)
    for run in page.text_runs:
        best = max(ink, key=run.box.overlap)
        assert run.box.overlap(best) > 0.8


def test_text_in_a_turned_and_scaled_form_lies_on_the_ink(tmp_path: Path) -> None:
    pdf = pikepdf.Pdf.new()
    page = pdfs.new_page(pdf, "q 0 1 -1 0 500 100 cm /Fm Do Q\n" + pdfs.words("UPPER", 100, 760, 30))
    form = pdf.make_stream(
        pdfs.words("LOWER", 10, 20, 15).encode(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, 300, 300]),
        Matrix=pikepdf.Array([2, 0, 0, 2, 0, 0]),
        Resources=pikepdf.Dictionary(Font=page.obj.Resources.Font),
    )
    page.obj.Resources.XObject["/Fm"] = form
    (drawn,) = pages_of(pdfs.saved(pdf, tmp_path / "form.pdf"))
    assert sorted(seen(drawn)) == ["LOWER", "UPPER"]
    for run in drawn.text_runs:
        assert max(run.box.overlap(box) for box in ink_boxes(drawn)) > 0.8


def test_hidden_text_is_told_from_visible_text(tmp_path: Path) -> None:
    scanned, drawn = pages_of(pdfs.lying_layer(tmp_path))
    assert seen(scanned) == []
    assert unseen(scanned) == ["INVISIBLE 96", "UNDER 90"]
    assert not scanned.born_digital
    assert seen(drawn) == ["SEEN 12", "NEW 99"]
    assert unseen(drawn) == ["OLD 60", "WHITE 88"]
    assert drawn.born_digital


def test_a_see_through_seal_over_text_hides_nothing_and_an_opaque_patch_does(tmp_path: Path) -> None:
    pdf = pikepdf.Pdf.new()
    ring = Image.new("L", (200, 200), 0)
    ImageDraw.Draw(ring).ellipse((10, 10, 190, 190), outline=255, width=8)
    seal = pdfs.image(pdf, Image.new("RGB", (200, 200), "red"))
    seal.SMask = pdf.make_stream(
        ring.tobytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=200,
        Height=200,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
    )
    patch = pdfs.image(pdf, pdfs.scan((200, 40)))
    content = (
        pdfs.words("SEALED", 120, 600)
        + pdfs.words("PATCHED", 120, 300)
        + "q 160 0 0 160 90 530 cm /Seal Do Q q 200 0 0 40 100 290 cm /Patch Do Q"
    )
    pdfs.new_page(pdf, content, images={"/Seal": seal, "/Patch": patch})
    (page,) = pages_of(pdfs.saved(pdf, tmp_path / "sealed.pdf"))
    assert seen(page) == ["SEALED"]
    assert unseen(page) == ["PATCHED"]


@pytest.mark.parametrize("in_form", [True, False])
def test_a_seal_in_a_field_or_an_annotation_is_drawn(in_form: bool, tmp_path: Path) -> None:
    (page,) = pages_of(pdfs.seal_in_field(tmp_path, in_form=in_form))
    pixels = array(page)
    red = pixels[int(page.height * (842 - 250) / 842), int(page.width * 350 / 595)]
    assert red[0] > 180
    assert red[1] < 60


def test_what_is_typed_into_a_field_is_text_of_the_page(tmp_path: Path) -> None:
    (page,) = pages_of(pdfs.filled_form(tmp_path))
    assert seen(page) == ["NAME", "TYPED 2019"]
    name, typed = (run.box for run in page.text_runs)
    assert typed.left > name.right
    assert typed.centre.y == pytest.approx(name.centre.y, abs=0.01)


def test_a_page_is_rendered_at_the_resolution_of_the_settings(tmp_path: Path) -> None:
    (page,) = pages_of(pdfs.locked(tmp_path, user=""), Limits(render_dpi=100))
    assert (page.width, page.height) == (827, 1170)


@pytest.mark.parametrize("side", [7_200.0, 14_400.0])
def test_a_gigantic_page_is_rendered_small(side: float, tmp_path: Path) -> None:
    (page,) = pages_of(pdfs.gigapixel(tmp_path, side))
    assert 2590 <= page.width <= 2600
    assert seen(page) == ["WIDE"]


def test_a_scanned_page_is_rendered_at_its_own_resolution(tmp_path: Path) -> None:
    scan, text, turned = pages_of(pdfs.merged(tmp_path))
    assert abs(scan.height - 1169) <= 2
    assert (text.width, text.height) == (1653, 2339)
    assert (turned.width, turned.height) == (2339, 1653)
    assert not scan.born_digital
    assert text.born_digital
    assert seen(turned) == ["THIRD DOCUMENT"]


def test_a_page_that_fails_keeps_its_number(tmp_path: Path) -> None:
    pages = pages_of(pdfs.bad_page_inside(tmp_path))
    assert [page.number for page in pages] == [1, 2, 3]
    assert [page.problem for page in pages] == [None, "file.too-large", None]
    assert seen(pages[2]) == ["THREE"]


def test_pages_past_the_files_budget_of_pixels_are_named(tmp_path: Path) -> None:
    pages = pages_of(pdfs.many_pages(tmp_path, 3), Limits(render_dpi=72, pixels_per_file=1_100_000))
    assert [page.problem for page in pages] == [None, None, "file.too-large"]


def test_cells_of_a_row_are_runs_of_their_own(tmp_path: Path) -> None:
    pdf = pikepdf.Pdf.new()
    row = pdfs.words("2019", 72, 600, 12) + pdfs.words("96", 200, 600, 12) + pdfs.words("62", 300, 600, 12)
    content = row + pdfs.words("Total hours 2019", 72, 640, 12) + pdfs.words("second", 72, 584, 12)
    pdfs.new_page(pdf, content)
    (page,) = pages_of(pdfs.saved(pdf, tmp_path / "table.pdf"))
    assert seen(page) == ["Total hours 2019", "2019", "96", "62", "second"]


def test_text_outside_the_crop_box_is_left_out(tmp_path: Path) -> None:
    pdf = pikepdf.Pdf.new()
    content = pdfs.words("INSIDE", 200, 400) + pdfs.words("OUTSIDE", 20, 820)
    pdfs.new_page(pdf, content, crop=(100, 100, 500, 700))
    (page,) = pages_of(pdfs.saved(pdf, tmp_path / "cropped.pdf"))
    assert [run.text for run in page.text_runs] == ["INSIDE"]


def test_characters_that_the_file_does_not_tell_are_no_text(tmp_path: Path) -> None:
    """A font without a way back to Unicode: what a reader makes of its codes is a guess."""
    pdf = pikepdf.Pdf.new()
    page = pdfs.new_page(pdf, "BT /F2 24 Tf 1 0 0 1 72 700 Tm <02410242024302440245> Tj ET\n")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name.Untold,
        Flags=4,
        FontBBox=pikepdf.Array([0, 0, 1000, 1000]),
        Ascent=800,
        Descent=-200,
        CapHeight=700,
        ItalicAngle=0,
        StemV=80,
    )
    inner = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name.Untold,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    page.obj.Resources.Font.F2 = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name.Untold,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(inner)]),
    )
    (drawn,) = pages_of(pdfs.saved(pdf, tmp_path / "untold.pdf"))
    assert drawn.text_runs == ()
    assert not drawn.born_digital
