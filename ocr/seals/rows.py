"""The straight lines inside a ring: what the seal is for (人事专用章 …) and sometimes its number.

They stand level when the middle of the name stands on top, so the seal is turned that way first; its own ink
then tells where the rows are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ocr.seals.gatekeeper import CROP_MARGIN, GATE_SIDE, round_places, taken
from ocr.seals.preparation import Prepared
from ocr.seals.recogniser import StripReader
from ocr.seals.shapes import Ellipse, Pixels, Plane, sample
from ocr.seals.unroll import Band

_RADIUS = GATE_SIDE / 2 / CROP_MARGIN
_CENTRE = GATE_SIDE / 2 - 0.5
_INKED = 0.4
_WIDEST, _LOWEST_DOWN = 0.72, 0.83
"""Of the radius: no row reaches further out; nor further down where the name leaves the circle free."""
_CLEAR = 0.25
"""Radians kept clear of the name's ends."""
_FAINTEST, _CREST = 0.02, 0.18
"""Ink that a line of pixels must have to belong to a row: share of the diameter, and of the fullest lines."""
_TOGETHER = 0.015
_LOWEST, _HIGHEST = 0.06, 0.32
"""Height of a row in radii; the star is higher."""
_LONG = 1.6
_OFF_CENTRE = 0.25
_ACROSS = 0.95
"""Of the room between the name's ends: what fills it may go on beyond and be print."""
_STRAY = 0.02
"""Share of a row's ink left out at either end: specks beside it."""
_MARGIN = 0.22
_MOST_ROWS = 3
_LEAST_SURE = 0.55
_CODE = re.compile(r"^[0-9A-Z]*[0-9]{6,}[0-9A-Z]*$")
_DATE = re.compile(r"\d[年月日]")
"""Print beneath the seal that could not be taken off; no seal bears one in its rows."""
_ENDING = "专用章"
_SURROUNDINGS = re.compile(r"[^\u3400-\u9fffA-Za-z0-9()（）]")


@dataclass(frozen=True, slots=True)
class Rows:
    text: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """Pixels of the turned seal. ``room``: half of what there is from side to side at its height."""

    left: int
    top: int
    right: int
    bottom: int
    room: float

    @property
    def written(self) -> bool:
        """As long, as high and as central as a row of writing."""
        height, width = self.bottom - self.top, self.right - self.left
        off = abs((self.left + self.right) / 2 - _CENTRE)
        high_enough = _LOWEST * _RADIUS < height < _HIGHEST * _RADIUS
        return high_enough and width > _LONG * height and off < _OFF_CENTRE * _RADIUS

    @property
    def fills(self) -> bool:
        return self.right - self.left > _ACROSS * 2 * self.room

    def centred(self) -> _Row:
        """As far to the left as to the right of the middle: an end that is worn off is looked at too."""
        half = max(_CENTRE - self.left, self.right - _CENTRE)
        return replace(self, left=round(_CENTRE - half), right=round(_CENTRE + half))


def read_rows(seal: Prepared, turn: float, band: Band, free: float, reader: StripReader) -> Rows:
    """Rows of writing in the middle of a seal, from top to bottom.

    ``turn``: radians clockwise by which the seal leans; ``band``: where its name stands; ``free``: radians
    of the circle, at the foot, that the name leaves free.
    """
    places = round_places(seal.ellipse, turn=turn)
    found = _rows(sample(seal.ink, *places), _inside(seal.ellipse, band), free)
    rows = [row for row in found if row.written][-_MOST_ROWS:]
    if not rows:
        return Rows()
    level = taken(seal.clean, places)
    texts: list[str] = []
    for row, read in zip(rows, reader.read([_cut(level, row.centred()) for row in rows]), strict=True):
        text = _ended(_SURROUNDINGS.sub("", read.text))
        own = not _DATE.search(text) and (not row.fills or text.endswith("章") or _CODE.match(text.upper()))
        if read.confidence > _LEAST_SURE and own:
            texts.append(text)
    codes = [text for text in texts if _CODE.match(text.upper())]
    words = [text for text in texts if text not in codes and _written(text)]
    return Rows("".join(words), codes[0] if codes else "")


def _inside(ellipse: Ellipse, band: Band) -> tuple[float, float]:
    """Half axes, across and down, of what the name leaves free, in pixels of the turned seal."""
    inset = band.inner * min(ellipse.a, ellipse.b)
    return (
        _RADIUS * min(1 - inset / ellipse.a, _WIDEST),
        _RADIUS * min(1 - inset / ellipse.b, _WIDEST),
    )


def _rows(ink: Plane, inside: tuple[float, float], free: float) -> Iterator[_Row]:
    """Stretches from top to bottom in which every line of pixels has ink."""
    offsets = np.arange(GATE_SIDE, dtype=np.float32) - np.float32(_CENTRE)
    down, across = offsets[:, None], offsets[None, :]
    within = np.hypot(across / inside[0], down / inside[1]) < 1
    foot = np.abs(np.arctan2(across, down)) < free / 2 - _CLEAR
    inked = (ink > _INKED) & (within | (foot & (np.hypot(across, down) < _LOWEST_DOWN * _RADIUS)))
    profile = np.convolve(inked.sum(axis=1) / (2 * _RADIUS), np.ones(3) / 3, mode="same")
    if not profile.any():
        return
    least = max(_FAINTEST, _CREST * float(np.percentile(profile[profile > 0], 90)))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], profile > least, [0]])))
    runs: list[tuple[int, int]] = []
    for top, bottom in zip(edges[::2], edges[1::2], strict=True):
        if runs and top - runs[-1][1] < _TOGETHER * _RADIUS:
            runs[-1] = (runs[-1][0], int(bottom))
        else:
            runs.append((int(top), int(bottom)))
    for top, bottom in runs:
        so_far = np.cumsum(inked[top:bottom].sum(axis=0))
        ends = np.searchsorted(so_far, np.array([_STRAY, 1 - _STRAY]) * so_far[-1])
        height = abs((top + bottom) / 2 - _CENTRE) / inside[1]
        room = inside[0] * float(np.sqrt(max(1 - height**2, 0.0)))
        yield _Row(int(ends[0]), top, int(ends[1]) + 1, bottom, room)


def _cut(picture: Pixels, row: _Row) -> Pixels:
    margin = round(_MARGIN * (row.bottom - row.top)) + 1
    return picture[row.top - margin : row.bottom + margin, row.left - 2 * margin : row.right + 2 * margin]


def _ended(text: str) -> str:
    """``证书专佣章`` can only be one thing: of the three last characters any one may have been misread."""
    tail = text[-len(_ENDING) :]
    alike = sum(one == other for one, other in zip(tail, _ENDING, strict=False))
    return text[: -len(_ENDING)] + _ENDING if len(text) > len(_ENDING) and alike == 2 else text


def _written(text: str) -> bool:
    return sum("\u3400" <= character <= "\u9fff" for character in text) >= 2
