"""How a seal lies on its page: its ink, its edges beside those of the print, the print beneath it.

What is pressed and what is printed pass the same lens, so pressed ink, which bleeds into paper, never has
sharper edges than toner; ink film is of uneven thickness and never swallows a colour whole; and print shows
through it. A picture laid on by a program may break each of these.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from domain.geometry import Box
from domain.kinds import SealColour
from domain.reading import Line, Seal
from domain.traces import SealTraces
from forensics.sight import Floats, Mask, Picture, Rectangle, Sight, edges_of, grown, shrunk, steepness

_THREE, _FIVE, _SEVEN = (np.ones((side, side), np.uint8) for side in (3, 5, 7))
_NEAR = np.ones((15, 15), np.uint8)
_MARGIN = 0.15
_COLOURED = 0.25
"""Between the channel that the ink lets pass and the others, as a share of the paper's brightness."""
_DARK = 0.6
"""Print: darker than this share of the ink's own brightness in the channel that it lets pass."""
_FEWEST = 400
_FEWEST_CORE = 80
_FEWEST_EDGES = 60
_LEAST_CONTRAST = 40.0


def seal_traces(sight: Sight, seals: Sequence[Seal], lines: Sequence[Line]) -> tuple[SealTraces, ...]:
    """Traces of the coloured seals; copies in grey tell nothing."""
    coloured = [index for index, seal in enumerate(seals) if seal.colour in (SealColour.RED, SealColour.BLUE)]
    if not coloured:
        return ()
    rows = [sight.rectangle(line.box) for line in lines]
    steep = _print_steepness(sight, rows, [sight.rectangle(seal.box.grown(0.01, 0.01)) for seal in seals])
    found = (_traces(sight, index, seals[index].box, rows, steep) for index in coloured)
    return tuple(one for one in found if one is not None)


def _print_steepness(sight: Sight, rows: Sequence[Rectangle], seals: Sequence[Rectangle]) -> float | None:
    """Steepness of the print's edges, seals left out."""
    there = np.zeros(sight.grey.shape, bool)
    for left, top, right, bottom in rows:
        there[top:bottom, left:right] = True
    for left, top, right, bottom in seals:
        there[top:bottom, left:right] = False
    contrast, share = sight.edges
    told = steepness(contrast[there], share[there], _LEAST_CONTRAST, 5 * _FEWEST_EDGES)
    return told[0] if told else None


def _traces(
    sight: Sight, index: int, box: Box, rows: Sequence[Rectangle], print_steepness: float | None
) -> SealTraces | None:
    crop = _with_margin(sight, box)
    left, top, right, bottom = crop
    picture = sight.picture[top:bottom, left:right]
    colours = picture.astype(np.float32)
    if colours.size < 3 * _FEWEST:
        return None
    paper = np.percentile(colours.reshape(-1, 3), 85, axis=0)
    passed = np.minimum(colours / np.maximum(paper, 1), 1).astype(np.float32)
    light = passed.max(axis=2)
    deep = (passed.sum(axis=2) - light) / 2
    ink, bright = _ink(light, deep)
    if int(ink.sum()) < _FEWEST:
        return None
    dark = light < _DARK * bright
    clear = ~grown(dark, _SEVEN)
    depth, spread = _film(deep, shrunk(ink, _FIVE) & clear)
    crossed, shown = _print_beneath(ink, dark, crop, rows)
    own = _steepness_of_ink(picture, grown(ink, _FIVE) & clear)
    return SealTraces(
        seal=index,
        depth=depth,
        spread=spread,
        sharpness=_rounded(own / print_steepness if own and print_steepness else None),
        crossed=crossed,
        shown=shown,
    )


def _with_margin(sight: Sight, box: Box) -> Rectangle:
    return sight.rectangle(box.grown(_MARGIN * box.width, _MARGIN * box.height))


def _ink(light: Floats, deep: Floats) -> tuple[Mask, float]:
    """Where ink lies, and how bright it is in the channel that it lets pass."""
    colour = light - deep
    ink = colour > _COLOURED
    if int(ink.sum()) < _FEWEST:
        return ink, 1.0
    ink = colour > 0.45 * float(np.percentile(colour[ink], 75))
    return ink, float(np.median(light[ink]))


def _film(deep: Floats, core: Mask) -> tuple[float | None, float | None]:
    """Depth and spread of the ink film, away from its edges and from print."""
    if int(core.sum()) < _FEWEST_CORE:
        return None, None
    low, middle, high = (float(value) for value in np.percentile(deep[core], (10, 50, 90)))
    depth = 1 - middle
    return _rounded(depth), _rounded((high - low) / max(depth, 0.01))


def _steepness_of_ink(picture: Picture, there: Mask) -> float | None:
    """On the channel in which the ink is darkest."""
    means = picture[there].mean(axis=0) if there.any() else np.zeros(3)
    contrast, share = edges_of(np.ascontiguousarray(picture[..., int(means.argmin())]))
    told = steepness(contrast[there], share[there], _LEAST_CONTRAST, _FEWEST_EDGES)
    return told[0] if told else None


def _print_beneath(
    ink: Mask, dark: Mask, crop: Rectangle, rows: Sequence[Rectangle]
) -> tuple[int, float | None]:
    """Print expected beneath the ink, in pixels, and the share of it that is there.

    Expected is as much as close beside the ink, at heights where both sides have print, on the side that has
    less of it: where a seal was pressed next to print or upon the end of a line, and not across it, none is
    expected. Print makes holes in the ink's mask: they are closed first, as far as a stroke is wide.
    """
    left, top, _, _ = crop
    here = np.zeros(ink.shape, bool)
    for x0, y0, x1, y1 in rows:
        here[max(y0 - top, 0) : max(y1 - top, 0), max(x0 - left, 0) : max(x1 - left, 0)] = True
    closed = np.asarray(cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, _FIVE)) > 0
    beneath = here & shrunk(closed, _THREE)
    beside = here & grown(ink, _NEAR) & ~grown(ink, _SEVEN)
    middle = ink.shape[1] // 2
    level = _levels(dark & beside, slice(0, middle)) & _levels(dark & beside, slice(middle, None))
    beneath, beside = beneath & level, beside & level
    sides = (dark[:, :middle][beside[:, :middle]], dark[:, middle:][beside[:, middle:]])
    if not beneath.any() or min(side.size for side in sides) < _FEWEST_CORE:
        return 0, None
    density = min(float(side.mean()) for side in sides)
    expected = density * float(beneath.sum())
    if expected < 1:
        return 0, None
    return round(expected), _rounded(float(dark[beneath].mean()) / density)


def _levels(print_beside: Mask, columns: slice) -> Mask:
    """Rows of pixels (a column of truth values) with print in ``columns``, or hardly beside such a row."""
    there = np.max(print_beside[:, columns].astype(np.uint8), axis=1, keepdims=True, initial=0)
    return np.asarray(cv2.dilate(there, _SEVEN[:, :1])) > 0


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
