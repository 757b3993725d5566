"""Separate a seal's ink from the print, pen strokes and table lines that it crosses, and paint those out.

Done on pixels before the arc is unrolled: it is what helps the reading most. On bilevel scans ink and print
are equally black and nothing can be separated; the picture then comes back nearly as it was.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ocr.seals.ink import chroma, redness
from ocr.seals.shapes import Family, Pixels, Plane

Mask = npt.NDArray[np.bool_]

_INPAINT_REACH = 3
_COLOURED = 30.0


def brightness_of_ink(flat: Pixels, ring: Mask, family: Family) -> float:
    """How bright the seal's ink is in its own brightest channel (median on the ring), 0-255."""
    plane = ink_channel(flat, ring, family)
    return float(np.median(plane[ring])) if ring.any() else 128.0


def ink_channel(flat: Pixels, ring: Mask, family: Family) -> Plane:
    """The channel in which the ink is palest and print stays dark: red for red ink, grey for grey copies."""
    if family == "red":
        return flat[..., 0].astype(np.float32)
    if family == "dark" or not ring.any():
        return cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY).astype(np.float32)
    brightest = int(np.median(flat[ring], axis=0).argmax())
    return flat[..., brightest].astype(np.float32)


def print_mask(flat: Pixels, ring: Mask, family: Family) -> Mask:
    """What is not the seal's ink but darker: print, handwriting, table lines.

    ``flat``: paper turned white, H×W×3. ``ring``: pixels that surely are the seal's ink.
    """
    plane = ink_channel(flat, ring, family)
    level = float(np.median(plane[ring])) if ring.any() else 128.0
    if family == "dark":
        darkness = 255.0 - plane
        ink = 255.0 - level
        darkest = float(np.percentile(darkness, 97))
        return np.asarray(darkness > max(1.18 * ink, (ink + darkest) / 2), bool)
    colour = redness(flat) if family == "red" else chroma(flat)
    return np.asarray((plane < min(0.55 * 255, 0.72 * level)) & (colour < _COLOURED + 0.12 * level), bool)


def without_print(picture: Pixels, mask: Mask) -> Pixels:
    """The picture with the masked strokes (and one pixel around them) filled from their surroundings."""
    if not mask.any():
        return picture
    wide = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.inpaint(picture, wide, _INPAINT_REACH, cv2.INPAINT_TELEA), np.uint8)
