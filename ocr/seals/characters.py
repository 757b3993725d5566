"""Characters that the readers of strips doubt, looked at one by one by an eye that knows no language.

The readers have learnt which characters are common and take a rare one for a common one of its look (汀 for
江) even in clear print. ``models/seal_characters`` was taught all of GB 2312 without a leaning to the common
ones, and sees each alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

import models
from ocr.recognition import Recognised, collapsed
from ocr.seals.pitch import evenly_placed
from ocr.seals.shapes import Pixels

SIDE = 48
_STEPS = 4 / 3
"""Width of what is looked at, in steps from character to character; as the eye was taught."""
_SURE = 0.98
"""Characters that the readers of strips are surer of are left alone."""
_WEIGHT = 0.7
"""What the eye's word counts beside theirs, as an exponent."""
_FAINTEST = 1e-3
"""What it does not see at all it may yet have overlooked."""
_LEAST = 3
"""Of fewer characters the usual step cannot be told."""

Probabilities = npt.NDArray[np.float32]


class Eye(Protocol):
    """Names single characters."""

    @property
    def alphabet(self) -> tuple[str, ...]:
        """Index → character."""
        ...

    def look(self, windows: Sequence[Pixels]) -> Probabilities:
        """``windows``: RGB of any size, a character in the middle of each; windows x characters, 0-1."""
        ...


class SeeingReader(Protocol):
    """Reads strips and gives its probabilities; ``ocr.seals.strip_reader.PairedReader`` is one."""

    @property
    def alphabet(self) -> tuple[str, ...]: ...

    def read_seen(self, crops: Sequence[Pixels]) -> list[tuple[Recognised, Probabilities]]: ...


class CharacterEye:
    """``models/seal_characters`` on ONNX Runtime."""

    @property
    def alphabet(self) -> tuple[str, ...]:
        return characters()

    def look(self, windows: Sequence[Pixels]) -> Probabilities:
        squares = [cv2.resize(one, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR) for one in windows]
        planes = np.stack(squares).transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1
        seen: Probabilities = models.session("seal_characters").run(None, {"windows": planes})[0]
        return seen


@cache
def characters() -> tuple[str, ...]:
    """The characters of GB 2312 in the order of the network's outputs."""
    return tuple(models.weight_path("seal_characters_alphabet").read_text(encoding="utf-8").strip())


class EyedReader:
    """A reader of strips whose doubts are settled with the eye's help."""

    def __init__(self, reader: SeeingReader, eye: Eye) -> None:
        self._reader, self._eye = reader, eye

    @property
    def alphabet(self) -> tuple[str, ...]:
        """Index → character; index 0 is the CTC blank."""
        return self._reader.alphabet

    def read(self, crops: Sequence[Pixels]) -> list[Recognised]:
        """Text and confidence of every crop, in order."""
        return [read for read, _ in self.read_seen(crops)]

    def read_seen(self, crops: Sequence[Pixels]) -> list[tuple[Recognised, Probabilities]]:
        """Each crop as read, and steps x characters of probabilities."""
        found = []
        for crop, (read, seen) in zip(crops, self._reader.read_seen(crops), strict=True):
            looked = looked_at(seen, crop, self.alphabet, self._eye)
            found.append((read if looked is seen else collapsed(looked, self.alphabet), looked))
        return found


def looked_at(seen: Probabilities, strip: Pixels, alphabet: tuple[str, ...], eye: Eye) -> Probabilities:
    """``seen`` (steps x characters, index 0 the CTC blank) of a strip with the eye's word on what is doubted.

    Product of experts (Hinton, 2002) among the characters; where one stands, the readers alone decide.
    """
    best = seen.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    runs = [(start, end) for start, end in pairwise(edges) if best[start]]
    if len(runs) < _LEAST:
        return seen
    places = [float(np.average(np.arange(a, b) + 0.5, weights=seen[a:b, best[a]])) for a, b in runs]
    step = float(np.median(np.diff(places))) / len(seen)
    known = set(eye.alphabet)
    doubted = [
        run
        for run in runs
        if seen[run[0] : run[1], best[run[0]]].max() < _SURE and alphabet[best[run[0]]] in known
    ]
    if not doubted:
        return seen
    # A reader tells a place to a third of a character: the window would hold half of a neighbour.
    even, width = evenly_placed(
        [place / len(seen) for place in places], step, (255 - strip.min(axis=2)).mean(axis=0)
    )
    middles = dict(zip(runs, even, strict=True))
    told = eye.look([_window(strip, middles[run], width) for run in doubted])
    columns, places_told = _shared(alphabet, eye.alphabet)
    weighed = seen.copy()
    for (start, end), row in zip(doubted, told, strict=True):
        weight = np.full(seen.shape[1] - 1, _FAINTEST**_WEIGHT, np.float32)
        weight[columns - 1] = (row[places_told] + _FAINTEST) ** _WEIGHT
        letters = (seen[start:end, 1:] + _FAINTEST / len(alphabet)) * weight
        whole = seen[start:end, 1:].sum(axis=1, keepdims=True)
        letters *= whole / letters.sum(axis=1, keepdims=True)
        own = best[start] - 1
        agreed = letters.max(axis=0).argmax() == own
        # What turns 上 into 土 turns it for the eye as well: its assent makes nobody surer.
        if not (agreed and letters[:, own].max() > seen[start:end, best[start]].max()):
            weighed[start:end, 1:] = letters
    return weighed


def _window(strip: Pixels, place: float, step: float) -> Pixels:
    """What lies about ``place``, white beyond the strip's ends."""
    width = strip.shape[1]
    half = max(round(step * width * _STEPS / 2), 4)
    middle = min(max(round(place * width), 0), width)
    padded = cv2.copyMakeBorder(strip, 0, 0, half, half, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    return np.asarray(padded[:, middle : middle + 2 * half], np.uint8)


@cache
def _shared(
    alphabet: tuple[str, ...], known: tuple[str, ...]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Places of the characters that both know: in the readers' alphabet and in the eye's."""
    at = {character: index for index, character in enumerate(alphabet)}
    pairs = [(at[one], index) for index, one in enumerate(known) if one in at]
    return np.array([pair[0] for pair in pairs], np.intp), np.array([pair[1] for pair in pairs], np.intp)
