"""A square seal read cell by cell: its characters laid side by side as one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from ocr.seals.faces import Face
from ocr.seals.grid import Grid, grids_of
from ocr.seals.reading import han
from ocr.seals.recogniser import Recogniser
from ocr.seals.shapes import Pixels
from ocr.seals.wording import affinities

_CELL, _BETWEEN = 48, 8
"""Pixels of a cell on the line, and of paper between two."""
_LEAST = 4
_WELL = 0.95
"""Certainty from which no other grid is tried."""
_EVEN = 0.6
"""Certainty of a cell that speaks neither for its grid nor against it."""
_FOR_ROWS = 4.0
"""Natural units that the words of the rows must be likelier by: square seals are set in columns."""


class InCells(NamedTuple):
    """``confidence``: mean certainty of its cells, 0 for one in which no character was read."""

    text: str
    confidence: float
    cells: int

    @property
    def worth(self) -> float:
        """A cell of two characters is surely one of them: many sure cells are better than few."""
        return self.cells * (self.confidence - _EVEN)


def read_cells(face: Face, recognise: Recogniser) -> InCells:
    """The reading of the grid that reads best; of the likeliest, if it reads well."""
    best = InCells("", 0.0, 0)
    for grid in grids_of(face.inked):
        best = max(best, _read(face, grid, recognise), key=lambda said: said.worth)
        if best.confidence > _WELL:
            break
    return best


def _read(face: Face, grid: Grid, recognise: Recogniser) -> InCells:
    pictures = [face.picture[cell.place] for cell in grid.cells]
    if not pictures or min(min(picture.shape[:2]) for picture in pictures) < _LEAST:
        return InCells("", 0.0, 0)
    line = _line(pictures, np.percentile(face.picture.reshape(-1, 3), 90, axis=0).astype(np.uint8))
    read = recognise.read([line])[0]
    best = [("", 0.0)] * len(pictures)
    for text, sure, place in zip(read.text, read.character_confidences, read.positions, strict=False):
        cell = min(int(place * line.shape[1] / (_CELL + _BETWEEN)), len(best) - 1)
        if han(text) and sure > best[cell][1]:
            best[cell] = (text, float(sure))
    rows = sorted(range(len(best)), key=lambda at: (grid.cells[at].row, grid.cells[at].column))
    down, across = [one for one, _ in best], [best[at][0] for at in rows]
    text = _likelier(down, across) if grid.rows > 1 else "".join(across)
    return InCells(text, float(np.mean([sure for _, sure in best])), len(best))


def _line(pictures: Sequence[Pixels], paper: Pixels) -> Pixels:
    between = np.broadcast_to(paper, (_CELL, _BETWEEN, 3))
    cells = [cv2.resize(picture, (_CELL, _CELL), interpolation=cv2.INTER_AREA) for picture in pictures]
    return np.asarray(np.hstack([part for cell in cells for part in (between, cell)] + [between]), np.uint8)


def _likelier(columns: Sequence[str], rows: Sequence[str]) -> str:
    """The order in which the characters make a unit's name, columns unless rows clearly do."""
    down, across = ([one for one in order if one] for order in (columns, rows))
    return "".join(across if _wording(across) > _wording(down) + _FOR_ROWS else down)


def _wording(characters: Sequence[str]) -> float:
    if len(characters) < 2:
        return 0.0
    return float(np.trace(affinities(characters[:-1], characters[1:])))
