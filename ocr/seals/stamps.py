"""Read square and rectangular stamps, and judge whether they are seals."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from domain.geometry import Box
from domain.kinds import SealColour, SealShape
from domain.reading import Seal
from ocr.seals.frames import frame_at, ink_extent
from ocr.seals.ink import InkMaps
from ocr.seals.judging import LEAST_CONFIDENCE, named_colour, stamp_confidence
from ocr.seals.patches import Patch
from ocr.seals.reading import han
from ocr.seals.recogniser import Recogniser
from ocr.seals.rectangles import Corners, Frame
from ocr.seals.shapes import Pixels
from ocr.seals.stamp_words import stamp_words
from ocr.seals.voting import view_of

_SQUARE = 1.35
_HEIGHT = 96
_LEAST_UNFRAMED = 0.25
"""The network's score from which a stamp is read that shows no whole frame."""
_LEAST_NAME = 2
_LEAST_OF_PAGE = 0.016
"""Short side in shares of the page's: 3.4 mm on A4, one row of the smallest characters."""
_LEANS = 2.0
"""Degrees from which a frame leans: print is straighter than that on an upright page."""
_READS = 0.7
_LEAST_SIDE = 8
"""Pixels of the patch: what is thinner is a line."""


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    confidence: float


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
    square = max(width, height) / min(width, height) < _SQUARE
    if frame.solid and frame.support and not square:
        return None  # White letters on a bar of colour: a masthead, a heading, a button.
    if min(width, height) < _LEAST_OF_PAGE * min(picture.shape[:2]) * patch.maps.scale:
        return None
    places = frame.corners / np.float32(patch.maps.scale) + np.array([patch.left, patch.top], np.float32)
    said = _read(_face(picture, places, frame.solid), recognise, square=square)
    coloured = frame.family != "dark"
    if not coloured and han(said.text) < _LEAST_NAME:
        return None  # Dark, framed and unreadable: a photograph, a drawing.
    if said.confidence < _READS and _matrix_code(patch):
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


def _face(picture: Pixels, corners: Corners, solid: bool) -> Pixels:
    """The stamp set straight, without its frame, dark on light."""
    width = float(np.linalg.norm(corners[1] - corners[0]))
    height = float(np.linalg.norm(corners[3] - corners[0]))
    scale = max(_HEIGHT / min(width, height), 0.3)
    size = (max(round(width * scale), 16), max(round(height * scale), 16))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    turn = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    face = cv2.warpPerspective(picture, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    inset = round(0.07 * min(size))
    face = face[inset:-inset, inset:-inset]
    return np.asarray(255 - face if solid else face, np.uint8)


def _read(face: Pixels, recognise: Recogniser, *, square: bool) -> _Said:
    """What the stamp says; what hardly reads may stand on its head."""
    said = _columns(face, recognise) if square else _rows(face, recognise)
    if said.confidence > _READS or square:
        return said
    turned = _rows(np.ascontiguousarray(face[::-1, ::-1]), recognise)
    return turned if turned.confidence > max(said.confidence, _READS) else said


def _rows(face: Pixels, recognise: Recogniser) -> _Said:
    """Rows from top to bottom, parted where there is no ink."""
    parts = _parts(face, axis=1)
    reads = recognise.read([face[start:end] for start, end in parts])
    texts = [view_of(read) for read in reads]
    said = "".join(view.text for view in texts)
    sures = [letter.sure for view in texts for letter in view.letters]
    return _Said(said, float(np.mean(sures)) if sures else 0.0)


def _columns(face: Pixels, recognise: Recogniser) -> _Said:
    """A square seal: columns from the right, or rows; whichever reads better."""
    rows = _rows(face, recognise)
    columns = _parts(face, axis=0)
    if len(columns) < 2:
        half = face.shape[1] // 2
        columns = [(0, half), (half, face.shape[1])]
    letters: list[_Said] = []
    for start, end in reversed(columns):
        column = face[:, start:end]
        cells = _parts(column, axis=1)
        if len(cells) < 2:
            count = max(round(column.shape[0] / max(column.shape[1], 1)), 1)
            step = column.shape[0] / count
            cells = [(round(i * step), round((i + 1) * step)) for i in range(count)]
        laid = [cv2.resize(column[low:high], (48, 48)) for low, high in cells if high - low > 6]
        if not laid:
            continue
        gap = np.full((48, 8, 3), int(np.percentile(face, 90)), np.uint8)
        strip = np.hstack([piece for cell in laid for piece in (gap, cell)] + [gap])
        view = view_of(recognise.read([np.asarray(strip, np.uint8)])[0])
        letters.append(_Said(view.text, view.sure))
    said = "".join(part.text for part in letters)
    sure = float(np.mean([part.confidence for part in letters])) if letters else 0.0
    by_columns = _Said(said, sure)
    # Name seals run in columns; only a clearly better reading speaks for rows.
    complete = min(han(by_columns.text), 4) >= min(han(rows.text), 4)
    return by_columns if complete and by_columns.confidence > rows.confidence - 0.15 else rows


def _parts(face: Pixels, axis: int) -> list[tuple[int, int]]:
    """Stretches with ink along a direction (``axis`` 1: rows, 0: columns)."""
    grey = cv2.cvtColor(face, cv2.COLOR_RGB2GRAY).astype(np.float32)
    dark = grey < (np.percentile(grey, 95) + np.percentile(grey, 5)) / 2
    profile = dark.mean(axis=axis) > 0.02
    edges = np.flatnonzero(np.diff(np.concatenate([[0], profile.astype(np.int8), [0]])))
    parts = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    least = 0.12 * len(profile)
    joined: list[tuple[int, int]] = []
    for start, end in parts:
        if joined and (start - joined[-1][1] < 0.02 * len(profile) or end - start < least):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    kept = [(max(start - 2, 0), min(end + 2, len(profile))) for start, end in joined if end - start >= least]
    return kept or [(0, len(profile))]
