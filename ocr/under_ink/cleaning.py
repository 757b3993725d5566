"""Copies of the page on which the seals' ink is paper again, made in two ways that err on different things.

``taught``: a small network of our own tells print from ink, by colour where there is one, by the run of the
strokes where there is none (``models/print_under_ink``). ``unmixed``: the two absorbances of every pixel, for
coloured ink only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

import models
from domain.kinds import SealColour
from domain.reading import Seal
from ocr.ink_removal import without_coloured_ink
from ocr.recognition import Picture
from ocr.seals.ink import paper_colour
from ocr.seals.shapes import Pixels, Plane

_AROUND = 0.08
"""Margin about a seal that is cleaned with it, and twice that the network sees, in sizes of the seal."""
_LEAST_SIZE, _MOST_SIZE = 120.0, 320.0
"""The network sees a seal at this size in pixels; it was taught on such."""
_GRID = 16
_FAINT, _PLAIN = 0.2, 0.5
"""In parts of the darkest print's darkness: below the first it is what was left of the seal, above the second
it is print."""


@dataclass(frozen=True, slots=True)
class _Patch:
    """A seal's surroundings on the page, in pixels; ``inner`` is what is cleaned, within the patch."""

    seal: Seal
    rows: slice
    columns: slice
    inner: tuple[slice, slice]


class CleanedPage:
    """A page and its cleaned copies, each made when it is first asked for."""

    def __init__(self, picture: Picture, seals: Sequence[Seal]) -> None:
        self._picture = picture
        self._patches = [patch for seal in seals if (patch := _patch(seal, picture)) is not None]

    @property
    def coloured(self) -> bool:
        return any(patch.seal.colour is not SealColour.BLACK for patch in self._patches)

    @cached_property
    def taught(self) -> Picture:
        cleaned = self._picture.copy()
        for patch in self._patches:
            seen = np.ascontiguousarray(cleaned[patch.rows, patch.columns])
            paper = paper_colour(seen, step=4)
            darkness = _print_darkness(seen, paper)
            clean = np.clip(paper * (1 - darkness[..., None]), 0, 255).astype(np.uint8)
            cleaned[patch.rows, patch.columns][patch.inner] = clean[patch.inner]
        return cleaned

    @cached_property
    def unmixed(self) -> Picture:
        cleaned = self._picture.copy()
        for patch in self._patches:
            if patch.seal.colour is SealColour.BLACK:
                continue
            seen = cleaned[patch.rows, patch.columns]
            clean = without_coloured_ink(np.ascontiguousarray(seen[patch.inner]))
            if clean is not None:
                seen[patch.inner] = clean
        return cleaned


def _patch(seal: Seal, picture: Picture) -> _Patch | None:
    height, width = picture.shape[:2]
    wide, high = seal.box.width * width, seal.box.height * height
    if min(wide, high) < 16:
        return None
    reach = _AROUND * max(wide, high)
    left, right = seal.box.left * width, seal.box.right * width
    top, bottom = seal.box.top * height, seal.box.bottom * height
    outer_x, outer_y = _span(left, right, 2 * reach, width), _span(top, bottom, 2 * reach, height)
    inner_x, inner_y = _span(left, right, reach, width), _span(top, bottom, reach, height)
    inner = (
        slice(inner_y.start - outer_y.start, inner_y.stop - outer_y.start),
        slice(inner_x.start - outer_x.start, inner_x.stop - outer_x.start),
    )
    return _Patch(seal, outer_y, outer_x, inner)


def _span(start: float, end: float, margin: float, limit: int) -> slice:
    return slice(max(int(start - margin), 0), min(int(end + margin) + 1, limit))


def _print_darkness(seen: Pixels, paper: Plane) -> Plane:
    """H×W, 0 = paper or ink of the seal, 1 = black print."""
    height, width = seen.shape[:2]
    size = float(max(height, width)) / (1 + 4 * _AROUND)
    scale = min(max(size, _LEAST_SIZE), _MOST_SIZE) / size
    small_width, small_height = round(width * scale), round(height * scale)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    flat = np.clip(seen.astype(np.float32) / paper, 0, 1)
    small = np.clip(cv2.resize(flat, (small_width, small_height), interpolation=how), 0, 1)
    below, beside = -small_height % _GRID, -small_width % _GRID
    padded = np.pad(small, ((0, below), (0, beside), (0, 0)), mode="edge")
    network = models.session("print_under_ink")
    pixels = np.ascontiguousarray(padded.transpose(2, 0, 1)[None], np.float32)
    found = network.run(None, {network.get_inputs()[0].name: pixels})[0][0, 0]
    found = found[:small_height, :small_width]
    how = cv2.INTER_CUBIC if scale < 1 else cv2.INTER_AREA
    darkness = cv2.resize(found, (width, height), interpolation=how)
    darkest = max(float(np.percentile(darkness, 99)), _FAINT)
    kept = np.clip((darkness / darkest - _FAINT) / (_PLAIN - _FAINT), 0, 1)
    return np.asarray(np.clip(darkness, 0, 1) * kept, np.float32)
