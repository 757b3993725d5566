"""Rubber stamp, handwriting or print: by the ink's colour, a frame, and how straight the strokes run."""

from __future__ import annotations

import cv2
import numpy as np

from domain.kinds import MarkStyle
from ocr.marks.patch import CHARACTER, Patch
from ocr.marks.strokes import uprightness
from ocr.seals.ink import chroma, flattened, redness
from ocr.seals.shapes import Pixels, darkest

_GREY_HAND_BELOW = 0.375
_BLUE_HAND_BELOW = 0.42
"""``uprightness``: drawn handwriting 0.25-0.39, print and stamps 0.38-0.70; print is seldom blue."""
_COLOURED = 24.0
_TINTED = 18.0
_RED = 30.0


def style_of(patch: Patch, phrase: tuple[float, float, float, float]) -> MarkStyle:
    """How the statement came onto the page. ``phrase``: its rectangle in the patch."""
    crop = cut(patch.clean, phrase, 0.0)
    if crop.size == 0:
        return MarkStyle.PRINTED
    colour, red = _ink_colour(cut(patch.clean, phrase, 0.4 * CHARACTER))
    if framed(patch.clean, phrase) or red > _RED:
        return MarkStyle.STAMP
    if uprightness(crop) < (_BLUE_HAND_BELOW if colour > _TINTED else _GREY_HAND_BELOW):
        return MarkStyle.HANDWRITTEN
    return MarkStyle.STAMP if colour > _COLOURED else MarkStyle.PRINTED


def cut(picture: Pixels, box: tuple[float, float, float, float], margin: float) -> Pixels:
    """A rectangle of the patch with a margin, cut at its edges."""
    left, top = max(int(box[0] - margin), 0), max(int(box[1] - margin), 0)
    right, bottom = int(box[2] + margin) + 1, int(box[3] + margin) + 1
    return np.ascontiguousarray(picture[top:bottom, left:right])


def _ink_colour(crop: Pixels) -> tuple[float, float]:
    """Chroma and redness of the darkest tenth of the crop, 0-255, medians."""
    flat = flattened(crop, step=4)
    grey = darkest(flat)
    inked = grey <= np.percentile(grey, 12)
    return float(np.median(chroma(flat)[inked])), float(np.median(redness(flat)[inked]))


def framed(picture: Pixels, phrase: tuple[float, float, float, float]) -> bool:
    """A ruled line above and below the statement, both nearly as long as it and no longer than a frame is."""
    crop = cut(picture, phrase, 0.8 * CHARACTER)
    grey = darkest(crop)
    hat = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((9, 9), np.uint8))
    length = phrase[2] - phrase[0]
    # Worn stamps break: close small gaps, and let the line tilt a little.
    dark = cv2.morphologyEx((hat > 30).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8))
    dark = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    ruled = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, max(int(0.7 * length), 9)), np.uint8))
    middle = crop.shape[0] // 2
    if not (ruled[: middle - 6].any() and ruled[middle + 6 :].any()):
        return False
    # A table's lines go on beyond the frame.
    wide = cut(
        picture, (phrase[0] - 3 * CHARACTER, phrase[1], phrase[2] + 3 * CHARACTER, phrase[3]), 0.8 * CHARACTER
    )
    hat = cv2.morphologyEx(darkest(wide), cv2.MORPH_BLACKHAT, np.ones((9, 9), np.uint8))
    longest = cv2.morphologyEx(
        (hat > 30).astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, int(length + 2.2 * CHARACTER)), np.uint8)
    )
    return not bool(longest.any())
