"""Lines looked for anew round the seals, on the page with the ink taken off.

On the page as it is, a line that touches a ring runs together with the ring or breaks off at it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from domain.geometry import Box
from domain.reading import Seal
from ocr.detection import Corners, LineDetector, crop
from ocr.recognition import Picture
from ocr.seals.shapes import brightest
from ocr.under_ink.places import line_height, line_length, stretched, under_seal

MARGIN_Y = 0.4
"""How far above and below a seal lines are looked for, in heights of the seal."""
_LEAST_SIDE = 32
_BEYOND = 10.0
"""How far beyond its end a line is followed at most, in its heights."""
_GAP = 0.8
"""Blank paper, in heights of the line, that ends it."""
_LEAST_PRINT = 0.25
_AS_DARK = 0.6
_MARGIN = 0.15
_RULE = 0.92
"""A column as dark as this all the way down is a rule of a table."""


def found_near(cleaned: Picture, seals: Sequence[Seal], detector: LineDetector) -> list[Corners]:
    """Lines at the height of the seals, over the page's whole width: none is cut off."""
    return [corners for strip in strips(seals) for corners in _found_in(cleaned, strip, detector)]


def strips(seals: Sequence[Seal]) -> list[Box]:
    """Parts of the page at the height of seals, those that overlap taken together."""
    found: list[Box] = []
    for seal in seals:
        strip = seal.box.grown(1.0, MARGIN_Y * seal.box.height)
        touching = [other for other in found if other.intersection(strip) > 0]
        found = [other for other in found if other not in touching]
        found.append(Box.around([strip, *touching]))
    return found


def _found_in(cleaned: Picture, area: Box, detector: LineDetector) -> list[Corners]:
    height, width = cleaned.shape[:2]
    left, top = int(area.left * width), int(area.top * height)
    patch = cleaned[top : int(area.bottom * height), left : int(area.right * width)]
    if min(patch.shape[:2]) < _LEAST_SIDE:
        return []
    shift = np.array([left, top], np.float32)
    return [corners + shift for corners in detector.find(np.ascontiguousarray(patch))]


def followed(cleaned: Picture, corners: Corners, seals: Sequence[Seal]) -> Corners:
    """The line up to where its print ends, should the detector have broken it off beneath a seal."""
    height = line_height(corners)
    right = _more_print(cleaned, corners, seals, height)
    left = _more_print(cleaned, corners[[2, 3, 0, 1]], seals, height)
    return stretched(corners, left, right) if left or right else corners


def _more_print(cleaned: Picture, corners: Corners, seals: Sequence[Seal], height: float) -> float:
    """Pixels of print beyond the line's right end, as far as seals reach; 0 where there is none."""
    start = (corners[1] + corners[2]) / 2
    along = (corners[1] - corners[0]) + (corners[2] - corners[3])
    unit = along / max(float(np.linalg.norm(along)), 1e-6)
    ahead = np.array(
        [corners[1], corners[1] + unit * _BEYOND * height, corners[2] + unit * _BEYOND * height, corners[2]],
        np.float32,
    )
    size = (cleaned.shape[0], cleaned.shape[1])
    inside = under_seal(ahead, seals, size)
    if not inside[: max(len(inside) // 20, 1)].any():
        return 0.0
    reach = float(np.flatnonzero(inside).max() + 1) / len(inside) * _BEYOND * height
    limit = size[1] - start[0] if unit[0] > 0 else start[0]
    reach = min(reach, float(limit) - 1)
    if reach < _LEAST_PRINT * height:
        return 0.0
    ahead[1:3] = ahead[[0, 3]] + unit * reach
    strip = _bright(cleaned, ahead)
    rows = strip[round(0.15 * strip.shape[0]) : max(round(0.85 * strip.shape[0]), 1)]
    # What is left of a grey seal's letters is paler than the line's own print.
    paper, print_ = np.percentile(_bright(cleaned, corners), (90, 4))
    return _run((rows < paper - _AS_DARK * (paper - print_)).mean(axis=0), height)


def _bright(picture: Picture, corners: Corners) -> npt.NDArray[np.int16]:
    """The line set straight, its brightest channel, H×W: also where it is taller than wide."""
    found = brightest(crop(picture, corners)).astype(np.int16)
    tall = line_height(corners) >= 1.5 * line_length(corners)
    return np.asarray(np.rot90(found, -1) if tall else found)


def _run(share: npt.NDArray[np.floating], height: float) -> float:
    """Pixels until the print ends, at a wide blank or a rule. ``share``: of each column, how much is dark."""
    end = blank = printed = 0
    for column, dark in enumerate(share):
        if dark >= _RULE:
            break
        if dark > 0:
            end, blank, printed = column + 1, 0, printed + 1
        else:
            blank += 1
            if blank > _GAP * height:
                break
    return float(end) + _MARGIN * height if printed >= _LEAST_PRINT * height else 0.0
