"""What stands within a seal besides its name: straight rows; and the same picture is read once."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from ocr.seals.fusion import StripRead
from ocr.seals.gatekeeper import CROP_MARGIN, GATE_SIDE
from ocr.seals.preparation import Prepared
from ocr.seals.recogniser import seen_in
from ocr.seals.rows import read_rows
from ocr.seals.shapes import Ellipse, Pixels, Plane
from ocr.seals.unroll import Band

RED = (200, 30, 40)


class Said:
    """A reader that says the same of everything, and keeps what it was handed."""

    def __init__(self, text: str) -> None:
        self._text, self.crops = text, list[Pixels]()

    @property
    def alphabet(self) -> Sequence[str]:
        return ("", *dict.fromkeys(self._text))

    def read(self, crops: Sequence[Pixels]) -> Sequence[StripRead]:
        self.crops += crops
        return [StripRead(self._text, 0.9) for _ in crops]

    def read_seen(self, crops: Sequence[Pixels]) -> Sequence[tuple[StripRead, Plane]]:
        seen = [np.full((2, 2), crop.mean(), np.float32) for crop in crops]
        return list(zip(self.read(crops), seen, strict=True))


def seal(across: int, degrees: float = 0.0) -> Prepared:
    """A ring of 200 pixels' radius with a star's place filled and a row of ``across`` pixels below it."""
    middle = GATE_SIDE // 2
    picture = np.full((GATE_SIDE, GATE_SIDE, 3), 255, np.uint8)
    cv2.circle(picture, (middle, middle), 200, RED, 6)
    cv2.rectangle(picture, (middle - 40, middle - 40), (middle + 40, middle + 40), RED, -1)
    for x in range(middle - across // 2, middle + across // 2, 12):
        cv2.rectangle(picture, (x, middle + 80), (x + 6, middle + 110), RED, -1)
    turn = cv2.getRotationMatrix2D((middle, middle), -degrees, 1.0)
    picture = np.asarray(
        cv2.warpAffine(picture, turn, (GATE_SIDE, GATE_SIDE), borderValue=(255, 255, 255)), np.uint8
    )
    ink = np.asarray((picture[..., 1] < 128).astype(np.float32), np.float32)
    return Prepared(picture, picture, ink, Ellipse(middle, middle, 200, 200), 0.0)


@pytest.mark.parametrize("degrees", [0, 40, -75])
def test_the_row_below_the_star_is_cut_out_level(degrees: float) -> None:
    reader = Said("人事专用章")
    found = read_rows(seal(150, degrees), np.deg2rad(degrees), Band(0.08, 0.37), 1.5, reader)
    assert found.text == "人事专用章"
    (crop,) = reader.crops
    scale = GATE_SIDE / 2 / CROP_MARGIN / 200
    assert crop.shape[0] == pytest.approx(30 * scale * 1.5, abs=8)
    assert crop.shape[1] == pytest.approx(150 * scale + 30, abs=24)


@pytest.mark.parametrize(
    ("said", "text", "code"),
    [
        ("证书专佣章", "证书专用章", ""),
        ("2020年8月5日", "", ""),
        ("91330600123456789K", "", "91330600123456789K"),
    ],
)
def test_a_misread_ending_is_mended_and_a_date_beneath_is_no_row(said: str, text: str, code: str) -> None:
    found = read_rows(seal(150), 0.0, Band(0.08, 0.37), 1.5, Said(said))
    assert (found.text, found.code) == (text, code)


def test_a_row_from_side_to_side_must_be_a_seals_own_words() -> None:
    assert read_rows(seal(260), 0.0, Band(0.08, 0.37), 1.5, Said("经审核情况属实")).text == ""
    assert read_rows(seal(260), 0.0, Band(0.08, 0.37), 1.5, Said("资格审核专用章")).text == "资格审核专用章"


def test_the_same_picture_is_read_once() -> None:
    reader = Said("章")
    light, dark = np.full((48, 90, 3), 200, np.uint8), np.full((48, 90, 3), 20, np.uint8)
    seen = seen_in([light, light.copy(), dark], reader)
    assert len(reader.crops) == 2
    assert [float(one[0, 0]) for one in seen] == [200, 200, 20]
