"""Read square and rectangular stamps, and judge whether they are seals."""

from __future__ import annotations

import cv2
import numpy as np

from domain.geometry import Box
from domain.kinds import SealColour, SealShape
from domain.reading import Seal
from ocr.seals.faces import is_bar
from ocr.seals.frames import frame_at, ink_extent
from ocr.seals.ink import InkMaps
from ocr.seals.judging import LEAST_CONFIDENCE, named_colour, stamp_confidence
from ocr.seals.patches import Patch
from ocr.seals.reading import han
from ocr.seals.recogniser import Recogniser
from ocr.seals.rectangles import Frame
from ocr.seals.shapes import Pixels
from ocr.seals.stamp_reading import READS, is_square, read_face
from ocr.seals.stamp_words import stamp_words

_LEAST_UNFRAMED = 0.25
"""The network's score from which a stamp is read that shows no whole frame."""
_LEAST_NAME = 2
_LEAST_OF_PAGE = 0.016
"""Short side in shares of the page's: 3.4 mm on A4, one row of the smallest characters."""
_LEANS = 2.0
"""Degrees from which a frame leans: print is straighter than that on an upright page."""
_LEAST_SIDE = 8
"""Pixels of the patch: what is thinner is a line."""


def read_stamp(picture: Pixels, patch: Patch, recognise: Recogniser) -> Seal | None:
    """The square or rectangular seal at a place that the network points at; ``None`` where it is none."""
    frame = frame_at(patch)
    if frame is None:
        if patch.pointed.score < _LEAST_UNFRAMED:
            return None
        frame = ink_extent(patch)
    width, height = frame.size
    if min(width, height) < _LEAST_SIDE:
        return None
    square = is_square(frame.size)
    if frame.solid and not square:
        return None  # White letters on a bar of colour: a masthead, a heading, a button; a thumb's print.
    if min(width, height) < _LEAST_OF_PAGE * min(picture.shape[:2]) * patch.maps.scale:
        return None
    places = frame.corners / np.float32(patch.maps.scale) + np.array([patch.left, patch.top], np.float32)
    if not square and is_bar(picture, places):
        return None
    said = read_face(picture, places, frame, recognise)
    coloured = frame.family != "dark"
    if not coloured and han(said.text) < _LEAST_NAME:
        return None  # Dark, framed and unreadable: a photograph, a drawing.
    if said.confidence < READS and _matrix_code(patch):
        return None
    confidence = stamp_confidence(
        patch.pointed,
        said.confidence,
        han(said.text),
        frame.support,
        coloured=coloured,
        worded=stamp_words(said.text, tilted=frame.tilt > _LEANS),
    )
    if confidence < LEAST_CONFIDENCE:
        return None
    page_height, page_width = picture.shape[:2]
    low, high = places.min(axis=0), places.max(axis=0)
    return Seal(
        box=Box.clipped(
            low[0] / page_width, low[1] / page_height, high[0] / page_width, high[1] / page_height
        ),
        shape=SealShape.SQUARE if square else SealShape.RECTANGLE,
        colour=named_colour(_ink(patch.maps, frame)) if coloured else SealColour.BLACK,
        text=said.text,
        confidence=confidence,
        text_confidence=min(said.confidence, 1.0),
        alternatives=(said.text,),
    )


def _matrix_code(patch: Patch) -> bool:
    """A QR code: framed and full of strokes, as a stamp is. OpenCV takes stamps for one, too."""
    found, _ = cv2.QRCodeDetector().detect(cv2.cvtColor(patch.maps.flat, cv2.COLOR_RGB2GRAY))
    return bool(found)


def _ink(maps: InkMaps, frame: Frame) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    mask = np.zeros(maps.red.shape, np.uint8)
    cv2.fillConvexPoly(mask, frame.corners.astype(np.int32), (1,))
    inked = (mask > 0) & (maps.of(frame.family) > 0.6)
    if not inked.any():
        inked = (mask > 0) & (maps.dark > 0.6)
    if not inked.any():
        return np.zeros(3, np.float32)
    return np.asarray(np.median(maps.flat[inked], axis=0), np.float32)
