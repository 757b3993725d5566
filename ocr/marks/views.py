"""A patch with only its coloured ink: a statement in blue or red over print, the black print taken off."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.seals.ink import chroma, flattened
from ocr.seals.shapes import Pixels

_COLOURED = 45.0
_SOME = 0.003
_BLACK_BELOW = 28.0


def coloured_only(picture: Pixels) -> Pixels | None:
    """The picture with uncoloured ink turned to paper; None where there is hardly any colour."""
    flat = flattened(picture, step=4)
    colour = cv2.GaussianBlur(chroma(flat), (0, 0), 1.0)
    strong = colour > _COLOURED
    if strong.mean() < _SOME:
        return None
    near = cv2.dilate(strong.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    kept = near & (colour > _BLACK_BELOW)
    share = cv2.GaussianBlur(kept.astype(np.float32), (0, 0), 0.8)[..., None]
    return np.asarray(flat * share + 255.0 * (1 - share), np.uint8)
