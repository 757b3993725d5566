"""All characters of GB 2312 in all faces, drawn once: what windows are put together from."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from models.seal_reader.typefaces import FACES, HELD_OUT, glyph
from models.seal_reader.words import ALPHABET, COUNTIES, FREQUENT

CELL = 64


def _of_the_standard(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2 and "\u4e00" <= character <= "\u9fff"
    except UnicodeEncodeError:
        return False


CHARACTERS = tuple(one for one in ALPHABET if len(one) == 1 and _of_the_standard(one))
"""The 6,702 Chinese characters of GB 2312 that the reader of strips knows."""
_USUAL = frozenset(FREQUENT).union(*COUNTIES)
"""The first level of GB 2312 and what stands in names of counties."""
_RARE = 0.35
"""How often the other characters are drawn beside those; ``train.py`` levels it out."""


class Glyphs:
    """``cells``: faces × characters × 64 × 64, 0-255; ``has``: which of them the face (or its lender) has;
    ``often``: weights they are drawn with."""

    def __init__(self, *, held_out: bool = False) -> None:
        faces = HELD_OUT if held_out else FACES
        self.shares = torch.tensor([float(face.share) for face in faces.values()])
        self.often = torch.tensor([1.0 if one in _USUAL else _RARE for one in CHARACTERS])
        self.cells = torch.zeros(len(faces), len(CHARACTERS), CELL, CELL, dtype=torch.uint8)
        self.has = torch.zeros(len(faces), len(CHARACTERS), dtype=torch.bool)
        for row, family in enumerate(faces):
            for column, character in enumerate(CHARACTERS):
                drawn = glyph(family, character)
                if drawn is not None:
                    self.cells[row, column] = torch.from_numpy(_squared(drawn))
                    self.has[row, column] = True

    def chosen(self, count: int) -> tuple[Tensor, Tensor]:
        """Faces, and a character each that its face has."""
        faces = torch.multinomial(self.shares, count, replacement=True)
        characters = torch.multinomial(self.often, count, replacement=True)
        for _ in range(4):
            lacking = ~self.has[faces, characters]
            again = torch.multinomial(self.often, max(int(lacking.sum()), 1), replacement=True)
            characters[lacking] = again[: int(lacking.sum())]
        return faces, characters


def _squared(drawn: np.ndarray) -> np.ndarray:
    """In the middle of a square cell; what is wider than it is cut."""
    cell = np.zeros((CELL, CELL), np.uint8)
    high, wide = min(drawn.shape[0], CELL), min(drawn.shape[1], CELL)
    top, left = (drawn.shape[0] - high) // 2, (drawn.shape[1] - wide) // 2
    cell[(CELL - high) // 2 : (CELL - high) // 2 + high, (CELL - wide) // 2 : (CELL - wide) // 2 + wide] = (
        drawn[top : top + high, left : left + wide]
    )
    return cell
