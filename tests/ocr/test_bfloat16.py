"""Which processors run networks in bfloat16, and that it reads the same there."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import models
from domain.reading import Line
from models import bfloat16
from ocr.detection import LineDetector
from ocr.lines import read_lines
from ocr.recognition import _FEW_WIDTHS, MOST_WIDTH, LineRecogniser, Picture, _scaled_width

PAGE = Path(__file__).parents[2] / "fixtures" / "demo" / "01-clean" / "ce-2018.jpg"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Nothing that a test makes of the processor is kept."""
    for made in (bfloat16.to_be_had, models.session):
        made.cache_clear()
    yield
    for made in (bfloat16.to_be_had, models.session):
        made.cache_clear()


def test_a_processor_without_bfloat16_stays_with_onnx_runtime(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    processor = tmp_path / "cpuinfo"
    processor.write_text("flags : sse4_2 avx2 avx512f avx512_vnni\n", encoding="ascii")
    monkeypatch.setattr(bfloat16, "_PROCESSOR", processor)
    assert not models.compiles_shapes("line_recognition")
    assert not isinstance(models.session("line_recognition"), bfloat16.HalvedSession)


def test_a_system_that_does_not_tell_its_processor_stays_with_onnx_runtime(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bfloat16, "_PROCESSOR", tmp_path / "none")
    assert not bfloat16.to_be_had()


def test_bfloat16_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEZHENG_BFLOAT16", "0")
    assert not bfloat16.to_be_had()


def test_every_line_finds_one_of_the_few_widths() -> None:
    widest = _scaled_width(np.zeros((48, 10_000, 3), np.uint8))
    assert widest == MOST_WIDTH == max(_FEW_WIDTHS)
    assert sorted(set(_FEW_WIDTHS)) == list(_FEW_WIDTHS)
    assert len(_FEW_WIDTHS) <= 32, "each takes memory for good"


@pytest.mark.reader
def test_threads_that_share_a_network_do_not_spoil_each_others_lines() -> None:
    if not bfloat16.to_be_had():
        pytest.skip("the processor has no bfloat16")
    picture = np.asarray(Image.open(PAGE).convert("RGB"), np.uint8)[:380]
    wanted = [line.text for line in lines_of(picture)]
    with ThreadPoolExecutor(2) as pool:
        read = list(pool.map(lambda _: [line.text for line in lines_of(picture)], range(4)))
    assert read == [wanted] * 4


@pytest.mark.reader
def test_bfloat16_reads_a_page_as_float32_does(monkeypatch: pytest.MonkeyPatch) -> None:
    if not bfloat16.to_be_had():
        pytest.skip("the processor has no bfloat16")
    picture = np.asarray(Image.open(PAGE).convert("RGB"), np.uint8)[:380]
    read = lines_of(picture)
    assert isinstance(models.session("line_recognition"), bfloat16.HalvedSession)
    monkeypatch.setenv("HEZHENG_BFLOAT16", "0")
    for made in (bfloat16.to_be_had, models.session):
        made.cache_clear()
    exact = lines_of(picture)
    assert [line.text for line in read] == [line.text for line in exact] != []
    for mine, wanted in zip(read, exact, strict=True):
        assert mine.confidence == pytest.approx(wanted.confidence, abs=0.03)
        assert mine.box.overlap(wanted.box) > 0.9


def lines_of(picture: Picture) -> tuple[Line, ...]:
    return read_lines(picture, LineDetector().find(picture), LineRecogniser()).lines
