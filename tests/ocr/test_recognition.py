import weakref
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt
import pytest

from ocr.recognition import LineRecogniser, _prepared, _scaled_width, collapsed

ALPHABET = ("", "一", "二")


def seen(*best: int) -> npt.NDArray[np.float32]:
    """Steps x characters where each step is nine tenths sure of one character."""
    table = np.full((len(best), len(ALPHABET)), 0.05, np.float32)
    table[np.arange(len(best)), best] = 0.9
    return table


def test_ctc_drops_blanks_and_runs_but_keeps_doubled_characters() -> None:
    read = collapsed(seen(1, 1, 0, 1, 2, 2, 0), ALPHABET)
    assert read.text == "一一二"
    assert read.confidence == pytest.approx(0.9)
    assert list(read.positions) == sorted(read.positions)


def test_a_line_of_blanks_reads_as_nothing() -> None:
    read = collapsed(seen(0, 0, 0, 0, 0), ALPHABET)
    assert (read.text, read.confidence) == ("", 0.0)


def test_the_probabilities_of_a_page_of_lines_are_not_kept_all_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each line is some 10 MB of probabilities: a newspaper's 461 lines once took 3.8 GB."""
    alive: list[weakref.ref[npt.NDArray[np.float32]]] = []

    class Network:
        def get_inputs(self) -> list[SimpleNamespace]:
            return [SimpleNamespace(name="x")]

        def run(self, names: None, feed: dict[str, npt.NDArray[np.float32]]) -> list[npt.NDArray[np.float32]]:
            assert sum(one() is not None for one in alive) <= 1
            output = seen(1, 0, 2)[None]
            alive.append(weakref.ref(output))
            return [output]

    monkeypatch.setattr("models.session", lambda name: Network())
    read = LineRecogniser("any", lambda: ALPHABET).read([np.zeros((20, 200, 3), np.uint8)] * 5)
    assert [line.text for line in read] == ["一二"] * 5


def test_a_narrow_crop_is_padded_and_never_stretched() -> None:
    crop = np.zeros((48, 24, 3), np.uint8)
    plane = _prepared(crop, _scaled_width(crop), 64)
    assert plane.shape == (3, 48, 64)
    assert (plane[:, :, :24] == -1).all()
    assert (plane[:, :, 24:] == 0).all()
