"""What the search for statements looks at and what it finds: rows of writing, and the statement in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ocr.marks.patch import Corners
from ocr.marks.phrases import FoundPhrase


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement. ``rows``: 4×2 page pixels of each of its lines; ``characters``: how many on the first."""

    found: FoundPhrase
    rows: tuple[Corners, ...]
    characters: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page or of a patch; ``corners`` in pixels of the page."""

    text: str
    confidence: float
    corners: Corners

    @property
    def tall(self) -> float:
        return float(np.linalg.norm(self.corners[3] - self.corners[0]))


def width_of(text: str) -> int:
    """Han characters that fit in the same width."""
    return max(round(sum(1.0 if ord(character) > 0x2E7F else 0.55 for character in text)), 1)
