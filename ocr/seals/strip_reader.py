"""Who reads strips of an arc and rows inside a ring: a recogniser taught on seals, the stock one, and an eye.

The taught one knows bent, worn and half-covered writing, but takes rare characters for common ones of the
same look (榕 for 裕); the published one is poor at seals and often right just there; what both doubt, an eye
for single characters is asked (``ocr.seals.characters``). Lines of a page and the rows of a stamp are plain
lines: the stock recogniser alone stays the one for those.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

import models
from ocr.recognition import LineRecogniser, Recognised, collapsed
from ocr.seals.characters import CharacterEye, EyedReader
from ocr.seals.shapes import Pixels

Probabilities = npt.NDArray[np.float32]

_WEIGHT = 0.5
"""What the stock recogniser's word counts beside the taught one's, as an exponent."""
_FAINTEST = 1e-3
"""What it does not see at all it may yet have overlooked."""


@cache
def seal_characters() -> tuple[str, ...]:
    """Index → character of the network's output; index 0 is the CTC blank."""
    return ("", *models.weight_path("seal_reader_alphabet").read_text(encoding="utf-8").split("\n")[:-1])


class Seeing(Protocol):
    """A recogniser that gives its probabilities; ``ocr.recognition.LineRecogniser`` is one."""

    @property
    def alphabet(self) -> tuple[str, ...]: ...

    def probabilities(self, crops: Sequence[Pixels]) -> list[Probabilities]: ...


class PairedReader:
    """Both recognisers on the same strips: the taught one's probabilities, weighed by the stock one's.

    Where a character stands, and whether one does, the taught one alone decides.
    """

    def __init__(self, taught: Seeing, stock: Seeing) -> None:
        self._taught, self._stock = taught, stock

    @property
    def alphabet(self) -> tuple[str, ...]:
        """Index → character; index 0 is the CTC blank."""
        return self._taught.alphabet

    def read(self, crops: Sequence[Pixels]) -> list[Recognised]:
        """Text and confidence of every crop, in order."""
        return [read for read, _ in self.read_seen(crops)]

    def read_seen(self, crops: Sequence[Pixels]) -> list[tuple[Recognised, Probabilities]]:
        """Each crop as read, and steps x characters of probabilities."""
        places = _places_in(self._stock.alphabet, self.alphabet)
        both = zip(self._taught.probabilities(crops), self._stock.probabilities(crops), strict=True)
        weighed = [_weighed(taught, stock[:, places]) for taught, stock in both]
        return [(collapsed(one, self.alphabet), one) for one in weighed]


@cache
def _places_in(alphabet: tuple[str, ...], wanted: tuple[str, ...]) -> npt.NDArray[np.intp]:
    """Where the characters of ``wanted`` stand in ``alphabet``, which has them all."""
    places = {character: index for index, character in enumerate(alphabet)}
    return np.array([places[character] for character in wanted], np.intp)


def _weighed(taught: Probabilities, stock: Probabilities) -> Probabilities:
    """Product of experts (Hinton, 2002) among the characters; the blank's share stays the taught one's."""
    letters = taught[:, 1:] * (stock[: len(taught), 1:] + _FAINTEST) ** _WEIGHT
    whole = np.maximum(letters.sum(axis=1, keepdims=True), np.finfo(np.float32).tiny)
    letters *= taught[:, 1:].sum(axis=1, keepdims=True) / whole
    return np.concatenate([taught[:, :1], letters], axis=1)


def strip_reader() -> EyedReader:
    """The reader of strips; networks are loaded once a process."""
    pair = PairedReader(LineRecogniser("seal_reader", seal_characters), LineRecogniser())
    return EyedReader(pair, CharacterEye())
