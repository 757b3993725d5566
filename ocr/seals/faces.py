"""The face of a square or rectangular stamp: set straight, without its frame, print across it painted out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ocr.seals.frame_ink import PAPER
from ocr.seals.ink import chroma, flattened, redness
from ocr.seals.rectangles import GAP, Corners, Frame
from ocr.seals.separation import print_mask, without_print
from ocr.seals.shapes import Pixels

_LOWEST, _HIGHEST = 96, 192
"""Pixels of a face's short side."""
_INSET = 0.07
"""Where the frame ends, in shares of that side."""
_BEHIND = (0.05, 0.12)
"""Where behind a frame's line, in shares of the short side, there is a row of paper at least."""
_PRINTED = 0.002
"""Share of the face under print from which there is anything to paint out."""
_COLOURED = 36.0
"""Redness or chroma from which a place is inked."""
_GROUND = 0.5
"""What covers half of it is the ground that it stands on, and no print."""
_OWN, _WRITTEN = 0.5, 0.03
"""Colour of a stamp's letters in shares of its frame's, and the least share of the face that they cover."""


@dataclass(frozen=True, slots=True)
class Face:
    """Dark on light. ``inked``: where the stamp's own ink is, by which rows and columns are parted."""

    picture: Pixels
    inked: npt.NDArray[np.bool_]

    def turned(self, quarters: int) -> Face:
        """Anticlockwise."""
        return Face(
            np.ascontiguousarray(np.rot90(self.picture, quarters)),
            np.ascontiguousarray(np.rot90(self.inked, quarters)),
        )


def faces_of(picture: Pixels, corners: Corners, frame: Frame) -> Iterator[Face]:
    """The stamp set straight, without its frame; first without the print across it."""
    face = _set_straight(picture, corners)
    within, sides = _parts(face)
    if frame.solid:
        negative = np.asarray(255 - face[within], np.uint8)
        yield Face(negative, _dark(negative))
        return
    flat = flattened(face, step=4)
    grey = cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY)
    mask = print_mask(flat, sides & (grey < np.percentile(grey[sides], 40)), frame.family)
    clean = without_print(flat, mask) if _PRINTED < float(mask.mean()) < _GROUND else flat
    # Colour tells rows apart that print or a photograph joins.
    own = {"red": redness, "other": chroma}.get(frame.family)
    if own and frame.support:
        colour = float(np.percentile(own(flat)[sides], 75))
        if float((own(clean)[within] > _OWN * colour).mean()) < _WRITTEN:
            return  # A box drawn round print or handwriting in another ink.
    inked = own(clean)[within] > _COLOURED if own else _dark(clean[within])
    if clean is not flat:
        yield Face(clean[within], inked)
        if own and not frame.support:
            return  # Print under a coloured device: without a frame only the ink's own words count.
    yield Face(face[within], inked)


def is_bar(picture: Pixels, corners: Corners) -> bool:
    """Letters on a bar of ink, told by the page's own pixels: behind a frame's line there is paper.

    On the patch the letters of a flat bar run together with it.
    """
    face = _set_straight(picture, corners)
    _, sides = _parts(face)
    grey = cv2.cvtColor(flattened(face, step=4), cv2.COLOR_RGB2GRAY)
    ink = float(np.percentile(grey[sides], 25))
    along = grey if grey.shape[0] <= grey.shape[1] else grey.T
    inset = round(_INSET * len(along))
    shares = (along[:, inset:-inset] < (ink + PAPER) / 2).mean(axis=1)
    low, high = (round(share * len(along)) for share in _BEHIND)
    return min(float(shares[low:high].min()), float(shares[-high:-low].min())) > GAP


def _size(corners: Corners) -> tuple[float, float]:
    return float(np.linalg.norm(corners[1] - corners[0])), float(np.linalg.norm(corners[3] - corners[0]))


def _set_straight(picture: Pixels, corners: Corners) -> Pixels:
    width, height = _size(corners)
    short = min(width, height)
    scale = min(max(short, _LOWEST), _HIGHEST) / short
    size = (max(round(width * scale), 16), max(round(height * scale), 16))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    turn = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    warped = cv2.warpPerspective(picture, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(warped, np.uint8)


def _parts(face: Pixels) -> tuple[tuple[slice, slice], npt.NDArray[np.bool_]]:
    """What is within the frame, and where the frame is."""
    inset = round(_INSET * min(face.shape[:2]))
    within = (slice(inset, -inset), slice(inset, -inset))
    sides = np.ones(face.shape[:2], bool)
    sides[within] = False
    return within, sides


def _dark(face: Pixels) -> npt.NDArray[np.bool_]:
    grey = cv2.cvtColor(face, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.asarray(grey < (np.percentile(grey, 95) + np.percentile(grey, 5)) / 2, bool)
