"""What a square or rectangular stamp says: its rows or cells read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocr.seals.cell_reading import read_cells
from ocr.seals.faces import Face, faces_of
from ocr.seals.reading import han
from ocr.seals.recogniser import ReadLine, Recogniser
from ocr.seals.rectangles import Corners, Frame
from ocr.seals.shapes import Pixels
from ocr.seals.voting import view_of

READS = 0.7
"""Mean certainty of its characters from which a stamp is taken to be read."""
_SQUARE = 1.35
_EMPTY, _NEARLY_EMPTY = 0.02, 0.12
"""Ink along a row from which it is written in: share of its length, and of what well written rows have."""


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    confidence: float


def is_square(size: tuple[float, float]) -> bool:
    return max(size) < _SQUARE * min(size)


def read_face(picture: Pixels, corners: Corners, frame: Frame, recognise: Recogniser) -> Said:
    """``corners``: those of ``frame`` in pixels of ``picture``."""
    best = Said("", 0.0)
    for face in faces_of(picture, corners, frame):
        said = _read(face, recognise)
        if said.confidence > best.confidence:
            best = said
        if best.confidence > READS:
            break
    return best


def _read(face: Face, recognise: Recogniser) -> Said:
    """A square's columns or rows; a rectangle's rows along its long side, whichever way up it was pressed."""
    height, width = face.inked.shape
    if is_square((width, height)):
        return _columns(face, recognise)
    tall = height > width
    best = _columns(face, recognise) if tall else _rows(face, recognise)
    for quarters in (1, 3) if tall else (2,):
        if best.confidence > READS and han(best.text) >= 2:
            break
        turned = _rows(face.turned(quarters), recognise)
        if turned.confidence > max(best.confidence, READS):
            best = turned
    return best


def _rows(face: Face, recognise: Recogniser) -> Said:
    """Rows from top to bottom, parted where there is no ink; of a square's only what may be a name."""
    parts = _parts(face.inked)
    reads = recognise.read([face.picture[start:end] for start, end in parts])
    if is_square((face.inked.shape[1], face.inked.shape[0])):
        views = [view_of(read) for read in reads]
        sures = [letter.sure for view in views for letter in view.letters]
        return Said("".join(view.text for view in views), float(np.mean(sures)) if sures else 0.0)
    # A stamp's date and number are as much its words as the name is.
    sures = [float(sure) for read in reads for sure in _sures(read)]
    text = "".join(read.text.replace(" ", "") for read in reads)
    return Said(text, float(np.mean(sures)) if sures else 0.0)


def _sures(read: ReadLine) -> Sequence[float]:
    return read.character_confidences or (read.confidence,) * len(read.text)


def _columns(face: Face, recognise: Recogniser) -> Said:
    """A square seal: its characters in columns from the right, or rows; whichever reads better."""
    rows = _rows(face, recognise)
    cells = read_cells(face, recognise)
    by_columns = Said(cells.text, cells.confidence)
    # Name seals run in columns; only a clearly better reading speaks for rows.
    complete = min(han(by_columns.text), 4) >= min(han(rows.text), 4)
    return by_columns if complete and by_columns.confidence > rows.confidence - 0.15 else rows


def _parts(inked: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches from top to bottom in which there is ink."""
    share = inked.mean(axis=1)
    profile = share > max(_EMPTY, _NEARLY_EMPTY * float(np.percentile(share, 90)))
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
