"""Traces in pixels: what a forger's program leaves is told, at its place, and honest evidence has none."""

from __future__ import annotations

import pytest

from bench.forgeries import measured
from domain.page import PageImage
from domain.reading import PageQuality, PageReading
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
