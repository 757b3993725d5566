"""Traces in pixels: what a forger's program leaves is told, at its place, and honest evidence has none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from bench.forgeries import measured
from domain.geometry import Box, Point, Quad
from domain.kinds import SealColour, SealShape
from domain.page import PageImage
from domain.reading import Line, PageQuality, PageReading, Seal
from fixtures.forgeries import clean, forged
from forensics import examine


@pytest.mark.parametrize("kind", ["flatbed", "phone", "verified photocopy"])
def test_honest_evidence_is_not_warned_of(kind: str) -> None:
    assert not measured(clean(kind, 1002), None)["found"]


@pytest.mark.parametrize(
    "kind", ["seal, flat colour", "seal, cut out of a scan", "seal, small picture enlarged"]
)
def test_a_seal_laid_on_by_a_program_is_told_at_its_place(kind: str) -> None:
    assert measured(forged(kind, 1000), None)["placed"]


def test_figures_typed_over_are_told_at_their_place() -> None:
    assert measured(forged("text, typed over", 1003), None)["placed"]


def test_figures_a_little_sharper_and_blacker_than_all_else_are_told() -> None:
    """Each alone is found on honest pages; a heading may be black, and one line a little sharper."""
    assert measured(forged("text, typed over", 5100), None)["placed"]


def test_a_page_that_was_not_read_has_no_traces() -> None:
    quality = PageQuality(sharpness=0.0, legible=False)
    page = PageImage(1, 0, 0, b"")
    assert not examine(page, PageReading(number=1, width=0, height=0, quality=quality)).seals


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (40, 40)])
def test_a_page_of_any_size_is_examined(size: tuple[int, int]) -> None:
    height, width = size
    quality = PageQuality(sharpness=1.0)
    page = PageImage(1, width, height, bytes(height * width * 3))
    reading = PageReading(number=1, width=width, height=height, quality=quality)
    assert examine(page, reading).patches == ()


def test_a_seal_upon_the_end_of_a_line_hides_no_print() -> None:
    """A signature that reaches into the seal says nothing of what lies beneath the rest of it."""
    height, width = 600, 800
    picture = np.full((height, width, 3), 250, np.uint8)
    cv2.putText(picture, "0123456789", (20, 320), cv2.FONT_HERSHEY_DUPLEX, 2.0, (20, 20, 20), 4)
    ring = np.full_like(picture, 255)
    cv2.circle(ring, (470, 300), 130, (210, 40, 45), 22, cv2.LINE_AA)
    cv2.circle(ring, (470, 300), 50, (210, 40, 45), -1, cv2.LINE_AA)
    pressed = np.minimum(picture, ring)
    box = Box(left=0.42, top=0.25, right=0.76, bottom=0.75)
    line = Line.model_validate(
        {"text": "0123456789", "raw": "0123456789", "confidence": 0.9, "quad": _quad(20, 270, 420, 330)}
    )
    seal = Seal(
        box=box, shape=SealShape.ROUND, colour=SealColour.RED, text="", confidence=1.0, text_confidence=0.0
    )
    reading = PageReading(
        number=1, width=width, height=height, quality=PageQuality(sharpness=1.0), lines=(line,), seals=(seal,)
    )
    told = examine(PageImage(1, width, height, pressed.tobytes()), reading).seals
    assert [one.shown for one in told] == [None]


def _quad(left: int, top: int, right: int, bottom: int) -> Quad:
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    one, two, three, four = (Point(x / 800, y / 600) for x, y in corners)
    return Quad(points=(one, two, three, four))
