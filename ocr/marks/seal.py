"""The unit's fresh seal beside a statement, not the photocopied one of the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from domain.geometry import Box
from domain.kinds import SealColour
from domain.reading import Seal
from ocr.seals.shapes import Pixels, brightest, darkest

_STRONG_COLOUR = 60
_DARK = 150
_SOME_STROKES = 0.001
_REACH = 1.3
"""How far from the block a seal's edge may lie, in seal widths."""


@dataclass(frozen=True, slots=True)
class FreshSeal:
    """``index`` into the page's seals; ``grey``: nothing tells whether it is fresh or photocopied."""

    index: int | None = None
    grey: bool = False


def fresh_seal(
    phrase: Box, parts: Sequence[Box], seals: Sequence[Seal], units: Sequence[int], *, coloured_ink: bool
) -> FreshSeal:
    """The nearest coloured seal at the statement; a grey one only where nothing there has colour.

    ``units``: indices of the seals that may be a unit's. ``coloured_ink``: the statement, signature or date
    is in colour, so the scan shows colour and a grey seal beside it was photocopied.
    """
    block = Box.around([phrase, *parts])
    coloured = [index for index in units if seals[index].colour != SealColour.BLACK]
    if coloured_ink and not coloured:
        return FreshSeal()
    pool = coloured or list(units)
    near = [(_away(block, seals[index].box), index) for index in pool]
    near = [(away, index) for away, index in near if away < _REACH]
    if not near:
        return FreshSeal()
    return FreshSeal(min(near)[1], grey=not coloured)


def has_coloured_ink(picture: Pixels) -> bool:
    """Strokes in red or blue on an RGB patch. Tinted paper and lamp light are far paler."""
    low = darkest(picture)
    strong = (cv2.subtract(brightest(picture), low) > _STRONG_COLOUR) & (low < _DARK)
    return bool(strong.mean() > _SOME_STROKES)


def _away(block: Box, seal: Box) -> float:
    """Gap between block and seal, in widths of the seal (and heights, for the page is not square)."""
    gap_x = max(block.left - seal.right, seal.left - block.right, 0.0) / max(seal.width, 1e-6)
    gap_y = max(block.top - seal.bottom, seal.top - block.bottom, 0.0) / max(seal.height, 1e-6)
    return float(np.hypot(gap_x, gap_y))
