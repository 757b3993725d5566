"""What seals and marks ask of a line recogniser; ``ocr.recognition.LineRecogniser`` is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ocr.seals.shapes import Pixels


class ReadLine(Protocol):
    """One crop as read. ``positions``: centre of every character along the crop, 0-1."""

    @property
    def text(self) -> str: ...

    @property
    def confidence(self) -> float: ...

    @property
    def character_confidences(self) -> tuple[float, ...]: ...

    @property
    def positions(self) -> tuple[float, ...]: ...


class Recogniser(Protocol):
    """Reads line crops (RGB, any height, left to right)."""

    def read(self, crops: Sequence[Pixels]) -> Sequence[ReadLine]: ...


class StripReader(Recogniser, Protocol):
    """Who reads strips of seals (``ocr.seals.strip_reader``); it also gives its probabilities."""

    @property
    def alphabet(self) -> Sequence[str]:
        """Index → character; index 0 is the CTC blank."""
        ...

    def read_seen(self, crops: Sequence[Pixels]) -> Sequence[tuple[ReadLine, npt.NDArray[np.float32]]]:
        """Each crop as read, and steps x characters of probabilities."""
        ...


def seen_in(crops: Sequence[Pixels], reader: StripReader) -> list[npt.NDArray[np.float32]]:
    """What the reader sees in each crop; those that are the same are read once.

    Where no print lies on a seal, the cleaned picture is the untouched one.
    """
    same = [next(at for at, other in enumerate(crops) if np.array_equal(crop, other)) for crop in crops]
    distinct = sorted(set(same))
    seen = reader.read_seen([crops[at] for at in distinct])
    return [seen[distinct.index(at)][1] for at in same]
