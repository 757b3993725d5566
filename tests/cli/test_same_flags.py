"""The same evidence in another guise: bound into one PDF, scanned sideways, photographed, born digital."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from tests.cli.screening import DEMO, Screened, screen

pytestmark = pytest.mark.reader

RECORDS = ("ce-2016-2017.jpg", "ce-2018.jpg", "ce-2019.jpg")
SHORT, CLEAN = DEMO / "04-hours-short", DEMO / "01-clean"


def application(folder: Path, source: Path, files: dict[str, Image.Image | bytes]) -> None:
    """A folder with hours records alone and the declaration that goes with them."""
    folder.mkdir(parents=True)
    declaration = json.loads((source / "declaration.json").read_text(encoding="utf-8"))
    declaration["evidence"] = [{"file": name, "kind": "ce_record"} for name in files]
    (folder / "declaration.json").write_text(json.dumps(declaration), encoding="utf-8")
    for name, content in files.items():
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        else:
            content.save(folder / name, quality=88)


def at_an_angle(picture: Image.Image) -> Image.Image:
    """A photograph of the sheet on a desk, seen from below left."""
    width, height = picture.size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = corners * 0.86 + np.array([[150, 60], [90, 130], [40, 170], [60, 90]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    sheet = cv2.warpPerspective(np.asarray(picture), matrix, (width, height), borderValue=(96, 84, 70))
    return Image.fromarray(np.asarray(sheet, np.uint8))


GUISES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "upright": lambda picture: picture,
    "sideways": lambda picture: picture.transpose(Image.Transpose.ROTATE_270),
    "upside-down": lambda picture: picture.transpose(Image.Transpose.ROTATE_180),
    "at-an-angle": at_an_angle,
}


@pytest.fixture(scope="module")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Screened:
    root = tmp_path_factory.mktemp("guises")
    pictures = [Image.open(SHORT / name).convert("RGB") for name in RECORDS]
    for guise, turned in GUISES.items():
        files: dict[str, Image.Image | bytes] = {
            name: turned(picture) for name, picture in zip(RECORDS, pictures, strict=True)
        }
        application(root / guise, SHORT, files)
    application(root / "merged", SHORT, {})
    pictures[0].save(
        root / "merged" / "all.pdf", save_all=True, append_images=pictures[1:], resolution=150, quality=88
    )
    born_digital = (CLEAN / "ce-2019.pdf").read_bytes()
    page = pypdfium2.PdfDocument(born_digital)[0].render(scale=150 / 72).to_pil().convert("RGB")
    application(root / "born-digital", CLEAN, {"ce-2019.pdf": born_digital})
    application(root / "its-picture", CLEAN, {"ce-2019.jpg": page})
    return screen(root)


def told(screened: Screened, name: str) -> Counter[tuple[str, str, str | None]]:
    flags = screened.flags(name)
    return Counter((flag["code"], flag["severity"], flag.get("found")) for flag in flags)


def test_the_single_upright_scans_show_the_hours_that_are_missing(screened: Screened) -> None:
    codes = {code for code, severity, _ in told(screened, "upright") if severity == "error"}
    assert {"hours.total-short", "hours.category-short"} <= codes


@pytest.mark.parametrize("guise", ["sideways", "upside-down", "at-an-angle", "merged"])
def test_another_guise_gives_the_same_flags(screened: Screened, guise: str) -> None:
    assert told(screened, guise) == told(screened, "upright")


def test_a_born_digital_pdf_gives_the_flags_of_its_picture(screened: Screened) -> None:
    assert told(screened, "born-digital") == told(screened, "its-picture")
    assert not any(code.startswith(("tamper", "hours.sum")) for code, _, _ in told(screened, "born-digital"))
