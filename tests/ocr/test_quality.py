import numpy as np
import pytest

from ocr.quality import _percentiles, quality_of
from ocr.recognition import Recognised


def striped(contrast: int) -> np.ndarray:
    line = np.full((40, 200, 3), 250, np.uint8)
    line[:, ::8] = 250 - contrast
    return line


def test_an_empty_sheet_with_dust_is_blank() -> None:
    page = np.full((1600, 1100, 3), 250, np.uint8)
    page[800, 500:503] = 0
    assert quality_of(page, [], []).blank


def test_a_page_with_a_picture_and_no_text_is_not_blank() -> None:
    page = np.full((1600, 1100, 3), 250, np.uint8)
    page[300:900, 300:800] = np.random.default_rng(1).integers(0, 255, (600, 500, 3))
    quality = quality_of(page, [], [])
    assert not quality.blank
    assert quality.legible


def test_well_read_crisp_print_is_legible_and_badly_read_print_is_not() -> None:
    page = np.full((100, 300, 3), 250, np.uint8)
    good = quality_of(page, [striped(200)], [Recognised("继续教育", 0.98)])
    bad = quality_of(page, [striped(200)], [Recognised("继续教育", 0.5)])
    assert good.legible
    assert good.sharpness > 0.5
    assert not bad.legible


def test_blurred_print_needs_a_surer_reading() -> None:
    ramp = np.tile(np.linspace(0, 250, 200, dtype=np.uint8)[None, :, None], (40, 1, 3))
    assert not quality_of(ramp, [ramp], [Recognised("检验", 0.85)]).legible
    assert quality_of(ramp, [ramp], [Recognised("检验", 0.99)]).legible


def test_print_of_a_few_pixels_is_not_legible_however_it_was_read() -> None:
    assert not quality_of(striped(200), [striped(200)[:5]], [Recognised("检验", 0.99)]).legible


def test_counted_percentiles_are_those_of_numpy() -> None:
    values = np.random.default_rng(5).integers(0, 256, (37, 53), np.uint8)
    for few in (values, values[:1, :1], values[:2, :1], np.zeros((4, 4), np.uint8)):
        wanted = [float(np.percentile(few, percent)) for percent in (2, 50, 95, 98)]
        assert _percentiles(few, (2, 50, 95, 98)) == pytest.approx(wanted)
