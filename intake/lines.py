"""Characters with places to lines of text, split where a wide gap parts table cells. Pure arithmetic.

Text may run in any of the four directions: a sheet laid sideways on the page keeps its own reading order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

Rectangle = tuple[float, float, float, float]

# Shares of the character's height.
_SAME_LINE = 0.5
_WORD_GAP = 0.3
_CELL_GAP = 1.2
_STEP_BACK = 0.4
_OVERLAP = 0.1
_FAR = 3.0
_BAND = 64.0
"""Pixels; half of it is more than pieces of one line differ in height."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character. Boxes in pixels of the page as rendered, ``direction`` that of reading."""

    character: str
    body: Rectangle
    """The character's advance, and a height that is even along a line."""
    ink: Rectangle
    direction: tuple[float, float]
    spaced: bool
    """A space came before it."""
    hidden: bool
    checkable: bool
    """No ink in its place means that it cannot be seen."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    box: Rectangle
    hidden: bool
    checkable: bool


@dataclass(slots=True)
class _Piece:
    """Characters side by side, in the frame in which they read from left to right."""

    turn: int
    hidden: bool
    checkable: bool
    text: str
    frame: Rectangle
    ink: Rectangle
    """As ``frame``, but of the ink."""
    box: Rectangle

    @property
    def height(self) -> float:
        return max(self.frame[3] - self.frame[1], 1.0)

    @property
    def middle(self) -> float:
        return (self.frame[1] + self.frame[3]) / 2

    def continues(self, other: _Piece) -> bool:
        """Whether ``other`` stands on the same line, to the right, no further than a word's gap."""
        if (self.turn, self.hidden, self.checkable) != (other.turn, other.hidden, other.checkable):
            return False
        height = min(self.height, other.height)
        gap = self._gap(other)
        level = abs(self.middle - other.middle) <= _SAME_LINE * height
        return level and -_STEP_BACK * height <= gap <= _CELL_GAP * height

    def _gap(self, other: _Piece) -> float:
        """Distance from the end of this piece to the beginning of ``other``.

        Taken between the characters' advances; between their ink where a font states advances that overlap.
        """
        gap = other.frame[0] - self.frame[2]
        overlapping = gap < -_OVERLAP * min(self.height, other.height)
        return other.ink[0] - self.ink[2] if overlapping else gap

    def join(self, other: _Piece, spaced: bool) -> None:
        apart = self._gap(other) > _WORD_GAP * min(self.height, other.height)
        between = " " if apart or (spaced and not (_wide(self.text[-1]) and _wide(other.text[0]))) else ""
        self.text = f"{self.text}{between}{other.text}"
        self.frame = _around(self.frame, other.frame)
        self.ink = _around(self.ink, other.ink)
        self.box = _around(self.box, other.box)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Lines in reading order: from top to bottom, in a line from left to right."""
    pieces = _merged(_pieces(glyphs))
    return [Line(piece.text, piece.box, piece.hidden, piece.checkable) for piece in _in_reading_order(pieces)]


def _pieces(glyphs: Iterable[Glyph]) -> list[_Piece]:
    """Runs as they were drawn: most programs draw a line's characters one after another."""
    pieces: list[_Piece] = []
    for glyph in glyphs:
        turn = _turn(glyph.direction)
        one = _Piece(
            turn,
            glyph.hidden,
            glyph.checkable,
            glyph.character,
            _framed(glyph.body, turn),
            _framed(glyph.ink, turn),
            glyph.ink,
        )
        last = pieces[-1] if pieces else None
        if last is not None and last.continues(one):
            last.join(one, glyph.spaced)
        else:
            pieces.append(one)
    return pieces


def _merged(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces of one line that were drawn apart, put together; what was drawn twice (bold) kept once."""
    unique: dict[tuple[object, ...], _Piece] = {}
    for piece in pieces:
        place = tuple(round(value / (piece.height / 4)) for value in piece.frame)
        unique.setdefault((piece.text, piece.hidden, place), piece)
    # By bands, and without the pieces that ended far to the left, so that a page of thousands of scattered
    # characters is not compared each with each.
    bands: defaultdict[tuple[int, int], list[_Piece]] = defaultdict(list)
    merged: list[_Piece] = []
    for piece in sorted(unique.values(), key=lambda piece: (piece.turn, piece.ink[0])):
        band = int(piece.middle // _BAND)
        own = bands[piece.turn, band]
        own[:] = [done for done in own if piece.ink[0] - done.ink[2] < _FAR * done.height]
        near = (own, bands[piece.turn, band - 1], bands[piece.turn, band + 1])
        home = next((done for pieces in near for done in reversed(pieces) if done.continues(piece)), None)
        if home is None:
            own.append(piece)
            merged.append(piece)
        else:
            home.join(piece, spaced=False)
    return merged


def _in_reading_order(pieces: list[_Piece]) -> list[_Piece]:
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.turn, piece.middle)):
        row = rows[-1] if rows else None
        level = row is not None and abs(row[0].middle - piece.middle) <= _SAME_LINE * min(
            row[0].height, piece.height
        )
        if row is not None and level and row[0].turn == piece.turn:
            row.append(piece)
        else:
            rows.append([piece])
    return [piece for row in rows for piece in sorted(row, key=lambda piece: piece.frame[0])]


def _turn(direction: tuple[float, float]) -> int:
    """The nearest of 0 (rightwards), 1 (downwards), 2 (leftwards), 3 (upwards)."""
    across, down = direction
    if abs(across) >= abs(down):
        return 0 if across >= 0 else 2
    return 1 if down > 0 else 3


def _framed(box: Rectangle, turn: int) -> Rectangle:
    left, top, right, bottom = box
    if turn == 1:
        return top, -right, bottom, -left
    if turn == 2:
        return -right, -bottom, -left, -top
    if turn == 3:
        return -bottom, left, -top, right
    return box


def _around(one: Rectangle, other: Rectangle) -> Rectangle:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _wide(character: str) -> bool:
    """Chinese characters and full-width signs: no space is written between them."""
    return ord(character) >= 0x2E80
