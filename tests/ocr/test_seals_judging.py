"""What is refused unread, what a Chinese name along the ring can save, and what the network alone may say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ocr.seals.finder import Kind, Pointed
from ocr.seals.gatekeeper import Gate
from ocr.seals.judging import (
    LEAST_CONFIDENCE,
    SURE,
    logit,
    seal_confidence,
    slice_confidence,
    stamp_confidence,
    worth_a_gate,
    worth_reading,
)
from ocr.seals.reading import SealText
from ocr.seals.shapes import Ellipse, RingCandidate

NAME = SealText("人力资源和社会保障厅", 0.9)


def pointed(score: float) -> Pointed:
    return Pointed(Kind.RING, 148, 188, 332, 372, score)


def ring(support: float = 0.95, outside: float = 0.15, visible: float = 1.0) -> RingCandidate:
    return RingCandidate(Ellipse(240, 280, 92, 92), "red", support, outside, visible)


def gate(arc: float) -> Gate:
    return Gate(arc, np.zeros(180, np.float32), 0.0)


SEAL, NONE, EITHER = 4.0, -2.0, 0.5
"""What the judge of rings says of a seal, of a badge, and where it cannot tell."""


def test_a_seal_half_over_a_photograph_is_read_and_kept() -> None:
    assert worth_reading(pointed(0.7), ring(), EITHER, gate(0.33))
    assert seal_confidence(pointed(0.7), ring(), EITHER, gate(0.33), NAME) > SURE


def test_a_little_seal_whose_writing_nobody_makes_out_is_kept_by_its_looks() -> None:
    """Of 17 missed rings 15 were under 115 pixels: the gatekeeper saw too little writing on them."""
    assert worth_reading(pointed(0.4), ring(), SEAL, gate(0.0))
    assert seal_confidence(pointed(0.4), ring(), SEAL, gate(0.0), SealText()) > SURE


def test_a_schools_badge_is_no_seal_for_all_its_writing() -> None:
    """Nine of twenty-four badges with bent letters were seals."""
    said = SealText("海安理工大学", 0.6)
    assert seal_confidence(pointed(0.5), ring(), NONE, gate(0.85), said) < SURE


def test_a_printed_zero_of_a_date_is_no_seal() -> None:
    """The 〇 of 二〇一三年 was a seal of thirty pixels; the date beneath it was read anew without it."""
    zero = replace(ring(support=1.0, outside=0.0), family="dark")
    assert seal_confidence(pointed(0.48), zero, 1.7, gate(0.0), SealText()) < LEAST_CONFIDENCE
    assert seal_confidence(pointed(0.48), zero, SEAL, gate(0.0), SealText()) > LEAST_CONFIDENCE


def test_a_watermarks_ring_does_not_reach_the_gatekeeper() -> None:
    assert not worth_a_gate(pointed(0.3), ring(support=0.8), -3.0)
    assert worth_a_gate(pointed(0.3), ring(support=0.8), SEAL)


@pytest.mark.parametrize(
    "text",
    [
        SealText(),
        SealText("质量", 0.9),
        SealText("QUALITYMARK", 0.9, latin=True),
    ],
)
def test_a_clean_ring_with_little_writing_and_no_name_is_no_seal(text: SealText) -> None:
    assert seal_confidence(pointed(0.35), ring(), EITHER, gate(0.33), text) < LEAST_CONFIDENCE


def test_letters_on_a_ring_that_the_networks_doubt_are_a_logo() -> None:
    said = SealText("QUALITYMARK", 0.9, latin=True)
    assert seal_confidence(pointed(0.5), ring(), EITHER, gate(0.6), said) < SURE
    assert seal_confidence(pointed(0.5), ring(), EITHER, gate(0.6), NAME) > SURE


@pytest.mark.parametrize("refused", [ring(support=0.7), ring(outside=0.5)])
def test_a_ragged_ring_that_hardly_anybody_points_at_is_not_even_read(refused: RingCandidate) -> None:
    assert not worth_reading(pointed(0.3), refused, NONE, gate(0.33))


def test_of_a_slice_only_the_part_on_the_page_must_carry_writing() -> None:
    half, whole = ring(visible=0.5), ring()
    assert logit(pointed(0.4), half, EITHER, gate(0.25)) > logit(pointed(0.4), whole, EITHER, gate(0.25))


def test_a_slice_is_sure_where_the_network_is() -> None:
    assert slice_confidence(pointed(0.8), None, at_edge=True) > SURE
    assert slice_confidence(pointed(0.15), None, at_edge=True) < LEAST_CONFIDENCE
    assert slice_confidence(pointed(0.5), None, at_edge=False) < LEAST_CONFIDENCE
    assert slice_confidence(pointed(0.3), ring(visible=0.3), at_edge=True) > SURE
    assert slice_confidence(pointed(0.3), ring(support=0.6), at_edge=True) < LEAST_CONFIDENCE


def test_what_reads_in_a_mirror_is_the_stamp_and_no_impression() -> None:
    said = SealText("人力", 0.4)
    mirrored = replace(said, mirrored=True)
    assert seal_confidence(pointed(0.6), ring(), SEAL, gate(0.7), said) > SURE
    assert seal_confidence(pointed(0.6), ring(), EITHER, gate(0.7), mirrored) < LEAST_CONFIDENCE


def test_a_stamp_needs_a_frame_or_words_beside_the_network() -> None:
    assert stamp_confidence(pointed(0.3), 0.95, 4, 0.95, coloured=True) > SURE
    assert stamp_confidence(pointed(0.5), 0.0, 0, 0.0, coloured=True) < LEAST_CONFIDENCE


def test_print_that_can_be_read_is_no_stamp() -> None:
    assert stamp_confidence(pointed(0.3), 0.99, 20, 0.0, coloured=True) < LEAST_CONFIDENCE
    assert stamp_confidence(pointed(0.3), 0.99, 20, 0.9, coloured=False) < LEAST_CONFIDENCE
    assert stamp_confidence(pointed(0.45), 0.99, 40, 0.0, coloured=False) < LEAST_CONFIDENCE
    assert stamp_confidence(pointed(0.7), 0.99, 4, 0.9, coloured=False) > SURE


def test_a_lone_grey_character_of_a_watermark_is_no_stamp() -> None:
    assert stamp_confidence(pointed(0.7), 0.9, 1, 0.0, coloured=False) < LEAST_CONFIDENCE
    assert stamp_confidence(pointed(0.7), 0.9, 1, 0.9, coloured=True) > SURE


def test_black_words_half_read_without_a_frame_are_print_under_a_watermark() -> None:
    """A licence's grey 营 with the end of a company's name across it was a black seal."""
    assert stamp_confidence(pointed(0.66), 0.78, 2, 0.0, coloured=False) < LEAST_CONFIDENCE
    assert stamp_confidence(pointed(0.66), 0.9, 4, 0.0, coloured=False) > SURE
