import numpy as np
import pytest

from ocr.recognition import _collapse, _fits, _prepared, _scaled_width

ALPHABET = ("", "一", "二")


def test_ctc_drops_blanks_and_runs_but_keeps_doubled_characters() -> None:
    best = np.array([1, 1, 0, 1, 2, 2, 0])
    read = _collapse(best, np.full(7, 0.9, np.float32), 1.0, ALPHABET)
    assert read.text == "一一二"
    assert read.confidence == pytest.approx(0.9)
    assert list(read.positions) == sorted(read.positions)


def test_a_line_of_blanks_reads_as_nothing() -> None:
    read = _collapse(np.zeros(5, np.intp), np.ones(5, np.float32), 1.0, ALPHABET)
    assert (read.text, read.confidence) == ("", 0.0)


def test_only_lines_of_like_width_share_a_run() -> None:
    widths = [320, 328, 800]
    assert _fits([0], 1, widths)
    assert not _fits([0], 2, widths)


def test_a_narrow_crop_is_padded_and_never_stretched() -> None:
    crop = np.zeros((48, 24, 3), np.uint8)
    plane = _prepared(crop, _scaled_width(crop), 64)
    assert plane.shape == (3, 48, 64)
    assert (plane[:, :, :24] == -1).all()
    assert (plane[:, :, 24:] == 0).all()
