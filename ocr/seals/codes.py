"""The registration number that many seals carry along their lower edge: small, feet outwards."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from ocr.seals.preparation import Prepared
from ocr.seals.recogniser import StripReader
from ocr.seals.unroll import STRIP_HEIGHT, Band, unrolled

_OUTWARDS, _DEPTH = (0.02, 0.08), 0.14
"""The number begins where the name's band does, or nearer to the ring, and is no deeper than this."""
_SQUEEZE = 0.8
_NARROWEST, _WIDEST = 0.6, 1.5
"""Radians that are looked at."""
_INKED = 0.04
"""Mean ink along the strip's middle, clear of the ring, below which there is nothing to read."""
_LEAST_DIGITS, _MOST_DIGITS = 9, 18
"""Shorter ones are dates and pieces of print."""
_LEAST_SURE, _SURE, _SURER = 0.5, 0.9, 0.15
"""Confidence of a number at least; from which no other place is looked at; by which another must be surer."""


@dataclass(frozen=True, slots=True)
class _Number:
    digits: str = ""
    sure: float = 0.0


def code_along(seal: Prepared, name: Band, below: float, free: float, reader: StripReader) -> str:
    """The digits opposite the name, or nothing.

    ``name``: the name's band; ``below``: the angle opposite its middle; ``free``: radians it leaves free.
    """
    span = min(max(free, _NARROWEST), _WIDEST)
    best = _Number()
    for outwards in _OUTWARDS:
        number = _number(seal, name.outer - outwards, below - span / 2, span, reader)
        if number.sure > best.sure + _SURER:
            best = number
        if best.sure > _SURE:
            break
    return best.digits


def _number(seal: Prepared, outer: float, start: float, span: float, reader: StripReader) -> _Number:
    band = Band(max(outer, 0.02), outer + _DEPTH)
    ink, crop = (
        unrolled(picture, seal.ellipse, band, start, span, _SQUEEZE, below=True)
        for picture in (np.asarray(seal.ink * 255, np.uint8), seal.clean)
    )
    if ink[STRIP_HEIGHT // 4 : -STRIP_HEIGHT // 4].mean() < 255 * _INKED:
        return _Number()
    read = reader.read([crop])[0]
    digits = re.sub(r"[^0-9A-Z]", "", read.text.upper())
    known = sum(map(str.isdigit, digits)) >= _LEAST_DIGITS and len(digits) <= _MOST_DIGITS
    return _Number(digits, read.confidence) if known and read.confidence > _LEAST_SURE else _Number()
