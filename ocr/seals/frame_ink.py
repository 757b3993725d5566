"""What the ink of a frame's sides says: its colour, whether they are lines, whether its letters are white."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from ocr.seals.patches import Patch
from ocr.seals.rectangles import INKED, SMALL, Frame, share_of_sides, straight

_COLOURED, _RED = 22.0, 0.35
"""Median chroma of coloured sides (black ink and copies have 0 to 10, the weakest of dark blue 37), and the
share of it that is redness in red ones."""
_LINED = 0.85
"""Share of each side that is half as dark as its darker places."""
_CLOSE, _AROUND = 5, 13
"""Pixels of the brushes about a frame between which its ground is looked at: clear of its line, near it."""
PAPER, _MOSTLY_INK, _RUN_TOGETHER = 250.0, 0.62, 0.85
"""Brightness of flattened paper; share of ink inside: bold letters reach a half, white ones leave more, and
in small frames letters run together."""


def with_its_colour(patch: Patch, frame: Frame) -> Frame:
    """Thin lines of dark blue or worn red are found as darkness: the ink on the sides says what they are."""
    if frame.family != "dark":
        return frame
    inked = _sides(patch, frame) & (patch.maps.dark > INKED)
    chroma = float(np.median(patch.maps.chroma[inked])) if inked.any() else 0.0
    if chroma < _COLOURED:
        return frame
    red = float(np.median(patch.maps.redness[inked])) > _RED * chroma
    return replace(frame, family="red" if red else "other")


def lined(patch: Patch, frame: Frame) -> bool:
    """Its sides are lines in brightness too: colour that JPEG spreads joins small characters to a block."""
    dark = 255 - cv2.cvtColor(patch.maps.flat, cv2.COLOR_RGB2GRAY)
    sides = _sides(patch, frame)
    ink = float(np.percentile(dark[sides], 75)) if sides.any() else 0.0
    return min(share_of_sides(straight((dark > ink / 2).astype(np.uint8), frame.corners))) > _LINED


def solid(patch: Patch, frame: Frame) -> bool:
    """White on ink: most of the inside is nearer to the sides in brightness than to the paper.

    Colour does not tell it: JPEG spreads it over the gaps between small characters.
    """
    grey = cv2.cvtColor(patch.maps.flat, cv2.COLOR_RGB2GRAY)
    within = np.zeros_like(grey)
    cv2.fillConvexPoly(within, np.round(frame.corners).astype(np.int32), (1,))
    sides = _sides(patch, frame)
    inner = grey[(within > 0) & ~sides]
    if not inner.size or not sides.any():
        return False
    ink = float(np.percentile(grey[sides], 25))
    # Pressed on a photograph it has no paper behind it.
    near, far = (cv2.dilate(within, np.ones((reach, reach), np.uint8)) for reach in (_CLOSE, _AROUND))
    around = far > near
    ground = min(PAPER, float(np.median(grey[around]))) if around.any() else PAPER
    most = _MOSTLY_INK if min(frame.size) >= SMALL else _RUN_TOGETHER
    return float((inner < (ink + ground) / 2).mean()) > most


def _sides(patch: Patch, frame: Frame) -> npt.NDArray[np.bool_]:
    """Where the sides lie on the patch, three pixels wide."""
    sides = np.zeros(patch.maps.dark.shape, np.uint8)
    cv2.polylines(sides, [np.round(frame.corners).astype(np.int32)], True, (1,), 3)
    return sides > 0
