"""What is refused unread, and what only a Chinese name along the ring can save."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.seals.gatekeeper import Gate
from ocr.seals.judging import LEAST_CONFIDENCE, seal_confidence, worth_reading
from ocr.seals.reading import SealText
from ocr.seals.shapes import Ellipse, RingCandidate


def ring(support: float = 0.95, outside: float = 0.15) -> RingCandidate:
    return RingCandidate(Ellipse(240, 280, 92, 92), "red", support, outside, 1.0)


def gate(arc: float) -> Gate:
    return Gate(arc, np.zeros(180, np.float32), 0.0, np.zeros((480, 480), np.float32))


def test_a_seal_half_over_a_photograph_is_read() -> None:
    assert worth_reading(ring(), gate(0.33))
    name = SealText("人力资源和社会保障厅", 0.9)
    assert seal_confidence(ring(), gate(0.33), name) > LEAST_CONFIDENCE


@pytest.mark.parametrize(
    "text",
    [
        SealText(),
        SealText("质量", 0.9),
        SealText("QUALITYMARK", 0.9, latin=True),
        SealText("口中国口王", 0.4),
    ],
)
def test_a_clean_ring_with_little_writing_and_no_name_is_no_seal(text: SealText) -> None:
    assert seal_confidence(ring(), gate(0.33), text) == 0.0


@pytest.mark.parametrize("refused", [ring(support=0.7), ring(outside=0.5)])
def test_a_ragged_ring_with_little_writing_is_not_even_read(refused: RingCandidate) -> None:
    assert not worth_reading(refused, gate(0.33))
