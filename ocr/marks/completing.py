"""A statement of which a part was read: the rest is looked for where it must lie, under a seal or print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from domain.reading import Seal
from ocr.marks.patch import Corners, MarkReader, straight
from ocr.marks.phrases import PHRASES, FoundPhrase
from ocr.marks.scoring import Fit, fits
from ocr.marks.statement import Row, Statement, width_of
from ocr.seals.shapes import Pixels

_SHOWN, _HIDDEN = -3.0, -7.0
"""Costs (see ``scoring``) of the characters that were read, together, and of those hidden, on average."""
_TELLING = 3
_END = "对无误"
"""No words but 核对无误 end so: print or a seal lies on what was before it."""


def completed(
    row: Row, seals: Sequence[Seal], pictures: Sequence[Pixels], reader: MarkReader
) -> Statement | None:
    """A statement of which only the beginning or the end was read: the rest is looked for beside it."""
    text = re.sub(r"[^\u3400-\u9fff]", "", row.text)
    if len(text) < 2:
        return None
    offers = [*_lengthened(row, text, pictures, reader, forward=True)]
    offers += _lengthened(row, text, pictures, reader, forward=False)
    if offers:
        _, fit, corners, whole = max(offers, key=lambda offer: offer[0])
        found = FoundPhrase(fit.phrase, 0, len(fit.phrase), fit.wrong, whole)
        return Statement(found, (corners,), len(fit.phrase), row.confidence)
    if text == _END:
        return Statement(FoundPhrase("核对无误", 0, len(row.text), 1), (row.corners,), 3, row.confidence)
    begun = any(phrase.startswith(text) and len(phrase) > len(text) for phrase in PHRASES)
    if begun and len(text) >= _TELLING and text[0] in "与经此复" and _ends_under(row, seals, pictures[0]):
        found = FoundPhrase(text, 0, len(row.text), 0, whole=False)
        return Statement(found, (row.corners,), width_of(row.text), row.confidence)
    return None


def _lengthened(
    row: Row, text: str, pictures: Sequence[Pixels], reader: MarkReader, *, forward: bool
) -> Iterator[tuple[float, Fit, Corners, bool]]:
    """Statements that begin (or end) with the row: how well the rest fits, where, and whether clearly."""
    same = str.startswith if forward else str.endswith
    phrases = tuple(phrase for phrase in PHRASES if same(phrase, text) and len(phrase) > len(text))
    for length in {len(phrase) for phrase in phrases}:
        longer = row.corners.copy()
        along = (longer[1] - longer[0]) * (length / len(text) - 1.0)
        if forward:
            longer[[1, 2]] += along
        else:
            longer[[0, 3]] -= along
        alike = tuple(phrase for phrase in phrases if len(phrase) == length)
        for reading in reader.probabilities([straight(picture, longer) for picture in pictures]):
            for fit in fits(reading, alike):
                parted = len(text) if forward else length - len(text)
                first, last = fit.costs[:parted], fit.costs[parted:]
                shown, hidden = (first, last) if forward else (last, first)
                mean = sum(hidden) / len(hidden)
                if sum(shown) > _SHOWN and mean > _HIDDEN:
                    yield mean, fit, longer, all(cost > _HIDDEN / 2 for cost in hidden)


def _ends_under(row: Row, seals: Sequence[Seal], picture: Pixels) -> bool:
    """The row's end, or the character after it, lies on a seal."""
    end = (row.corners[1] + row.corners[2]) / 2 + 0.5 * (row.corners[1] - row.corners[0]) / max(
        len(row.text), 1
    )
    x, y = end / np.array([picture.shape[1], picture.shape[0]])
    return any(seal.box.left < x < seal.box.right and seal.box.top < y < seal.box.bottom for seal in seals)
