"""Seals and signatures that are the same picture, among thousands: no hand stamps or signs twice alike.

Those with the likest coarse look are found by a product of small pictures, then laid over each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.traces import SealPrint, SignaturePrint
from forensics.prints import SEAL_SIDE, SIGNATURE_SIDES, unpacked
from forensics.sight import Floats
from forensics.twins import CHUNK, MOST, Levels

_SEAL_LIKE, _SEAL_SAME = 0.9, 0.92
_SIGNATURE_LIKE, _SIGNATURE_SAME = 0.9, 0.82
"""Correlation of two seals or signatures: of their coarse look, as they lie, and of what is to be compared,
at the best of all small shifts. Of a seal that is its finest grain alone: 0.91 and less where one stamp was
pressed twice, 0.86 to 0.96 where one picture was laid on two sheets (28 drawn pairs; what is pressed twice
with plenty of ink has little grain to be told by). Strokes of a pen: 0.79 to 0.99 where they were laid on
twice, 0.65 and less where one hand wrote twice (24 drawn pairs), but above 0.75 in one of ten later pairs."""
_SHIFT = 4
_GRAIN = 2.0
"""Cells: what is wider than that in a seal's ink is the stamp's, and the same each time."""
_COARSE = 4
"""Cells that are taken together for the coarse look."""
_LIKEST = 8
"""Seals or signatures with the likest coarse look that are compared with each: of one stamp there may be
thousands, and what was laid on twice is among the likest."""


def seal_twins(prints: Sequence[SealPrint]) -> Iterator[tuple[int, int]]:
    """Pairs of seals whose ink lies alike to the pixel, by their places in the sequence."""
    pictures = [unpacked(one.picture, SEAL_SIDE, SEAL_SIDE) for one in prints]
    return _ink_twins(pictures, _grain, _SEAL_LIKE, _SEAL_SAME)


def signature_twins(prints: Sequence[SignaturePrint]) -> Iterator[tuple[int, int]]:
    """Pairs of signatures whose strokes lie alike to the pixel, by their places in the sequence."""
    pictures = [unpacked(one.picture, *SIGNATURE_SIDES) for one in prints]
    return _ink_twins(pictures, _as_it_is, _SIGNATURE_LIKE, _SIGNATURE_SAME)


def _grain(ink: Levels) -> Floats:
    """Where the film is thicker or thinner than close beside."""
    film = _as_it_is(ink)
    return np.asarray(film - cv2.GaussianBlur(film, (0, 0), _GRAIN), np.float32)


def _as_it_is(ink: Levels) -> Floats:
    return np.asarray(ink, np.float32)


def _ink_twins(
    pictures: Sequence[Levels], look: Callable[[Levels], Floats], like: float, same: float
) -> Iterator[tuple[int, int]]:
    known: Counter[int] = Counter()
    for one, other in sorted(_likest(pictures, like)):
        if max(known[one], known[other]) >= MOST:
            continue
        inner = np.ascontiguousarray(look(pictures[one])[_SHIFT:-_SHIFT, _SHIFT:-_SHIFT])
        if float(cv2.matchTemplate(look(pictures[other]), inner, cv2.TM_CCOEFF_NORMED).max()) >= same:
            known.update((one, other))
            yield one, other


def _likest(pictures: Sequence[Levels], least: float) -> set[tuple[int, int]]:
    """Of every picture, pairs with the few others whose coarse look is the likest."""
    if len(pictures) < 2:
        return set()
    flat = _coarse(pictures)
    pairs = set()
    for start in range(0, len(flat), CHUNK):
        alike = flat[start : start + CHUNK] @ flat.T
        rows = np.arange(len(alike))
        alike[rows, rows + start] = -1
        few = min(_LIKEST, len(flat) - 1)
        for row, likest in enumerate(np.argpartition(alike, -few, axis=1)[:, -few:]):
            for other in likest[alike[row, likest] >= least]:
                pairs.add((min(start + row, int(other)), max(start + row, int(other))))
    return pairs


def _coarse(pictures: Sequence[Levels]) -> Floats:
    height, width = pictures[0].shape
    sides = width // _COARSE, height // _COARSE
    soft = [cv2.resize(_as_it_is(one), sides, interpolation=cv2.INTER_AREA).ravel() for one in pictures]
    return _normalised(np.array(soft))


def _normalised(pictures: NDArray[np.float32 | np.int8]) -> Floats:
    """One row a picture, of length one about its mean: the product of two is their correlation."""
    flat = pictures.reshape(len(pictures), -1).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
    return flat
