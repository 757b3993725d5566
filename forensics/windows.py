"""Windows of a few characters along every line: each is compared with all others of its page."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from domain.reading import Line
from forensics.sight import Sight

Windows = NDArray[np.intp]
"""n x 4: left, top, right, bottom in pixels."""

WIDTHS = (1.3, 2.6)
"""In heights of the line: two figures, four figures."""
_LOWEST = 8
_NARROWEST = 0.4
"""In heights of the line: one figure. Hours often stand in their cell alone."""
_TELLING = re.compile(r"\d|[\u4e00-\u9fff]")
"""Figures and Chinese: logos and addresses in Latin letters are nobody's hours, dates or names."""


def windows_of(sight: Sight, lines: Sequence[Line]) -> list[Windows]:
    """The windows of every line that tells anything; those of one line have one top and bottom."""
    found = []
    for line in lines:
        if not _TELLING.search(line.text):
            continue
        left, top, right, bottom = sight.rectangle(line.box)
        height = bottom - top
        if height < _LOWEST or right - left < _NARROWEST * height:
            continue
        places = []
        for factor in WIDTHS:
            width = min(round(factor * height), right - left)
            starts = [*range(left, right - width, max(height // 2, 1)), right - width]
            places += [(start, top, start + width, bottom) for start in dict.fromkeys(starts)]
        found.append(np.array(places, np.intp))
    return found


def together(lines: Sequence[Windows]) -> Windows:
    return np.concatenate([np.zeros((0, 4), np.intp), *lines])
