"""How well two characters go together in the name of a unit; counts and card in ``models/unit_words``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

import models

_SCALE = 20.0
"""Steps of one natural unit in the file (``models/unit_words/build.py``)."""


def affinities(before: Sequence[str], after: Sequence[str]) -> npt.NDArray[np.float64]:
    """For every character of ``before`` (rows) how much it speaks for each of ``after`` standing behind it.

    Natural logarithm of how many times likelier the pair is than by chance; 0 where nothing is known of it.
    """
    keys, values = _pairs()
    wanted = (_codes(before)[:, None] << np.uint32(16)) | _codes(after)[None, :]
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.asarray(np.where(keys[places] == wanted, values[places] / _SCALE, 0.0), np.float64)


def _codes(characters: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Code points of the basic plane; what is not of it, or no single character, is in no pair."""
    codes = [ord(one) if len(one) == 1 else 0 for one in characters]
    return np.array([code if code < 1 << 16 else 0 for code in codes], np.uint32)


@cache
def _pairs() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    with np.load(models.weight_path("unit_words")) as kept:
        return np.cumsum(kept["steps"], dtype=np.uint32), kept["affinities"]
