"""Lines of print and seals that lie on one another: which lines are only seal, and the page without ink."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from domain.geometry import Box
from domain.kinds import SealColour
from domain.reading import Line, Seal
from ocr.seals.ink import chroma, flattened, redness
from ocr.seals.shapes import Pixels

_MOSTLY = 0.8


def lines_inside(lines: Sequence[Line], seals: Sequence[Seal]) -> tuple[int, ...]:
    """Indices of lines that lie wholly on a seal: fragments of its own writing, or short print under it.

    Which of the two only a second reading without the ink can tell (see ``without_ink``).
    """
    return tuple(
        index for index, line in enumerate(lines) if any(_share(line.box, seal) >= _MOSTLY for seal in seals)
    )


def _share(box: Box, seal: Seal) -> float:
    return box.intersection(seal.box) / box.area if box.area > 0 else 0.0


def without_ink(picture: Pixels, seals: Sequence[Seal]) -> Pixels:
    """A copy of the page on which the coloured ink of ``seals`` is paper again; print below it stays.

    Seals without colour cannot be told from print and are left as they are.
    """
    cleaned = picture.copy()
    height, width = picture.shape[:2]
    for seal in seals:
        if seal.colour == SealColour.BLACK:
            continue
        grown = seal.box.grown(0.06 * seal.box.width, 0.06 * seal.box.height)
        left, top = int(grown.left * width), int(grown.top * height)
        right, bottom = int(np.ceil(grown.right * width)), int(np.ceil(grown.bottom * height))
        if right - left < 8 or bottom - top < 8:
            continue
        cleaned[top:bottom, left:right] = _patch_without_ink(
            cleaned[top:bottom, left:right], seal.colour == SealColour.RED
        )
    return cleaned


def _patch_without_ink(patch: Pixels, red: bool) -> Pixels:
    """Grey of the patch in the channel where the ink is palest, its contrast drawn up to white paper."""
    flat = flattened(np.ascontiguousarray(patch), step=4)
    colour = redness(flat) if red else chroma(flat)
    inked = colour > 40
    if not inked.any():
        return patch
    brightest = 0 if red else int(np.median(flat[inked], axis=0).argmax())
    plane = flat[..., brightest].astype(np.float32)
    # Ink alone becomes white; where ink lies on print the channel stays much darker than the ink itself.
    ink_level = float(np.percentile(plane[inked], 60))
    lifted = np.clip(plane * (250.0 / max(ink_level, 90.0)), 0, 255)
    share = cv2.GaussianBlur(inked.astype(np.float32), (0, 0), 1.2)[..., None] > 0.02
    grey = np.repeat(lifted[..., None], 3, axis=2)
    return np.asarray(np.where(share, grey, flat), np.uint8)
