"""Traces that forgers leave in pixels: measured here, judged in ``checks``, for the clerk's eyes only."""

from __future__ import annotations

import numpy as np

from domain.geometry import Box
from domain.page import PageImage
from domain.reading import PageReading
from domain.traces import PageTraces
from forensics.patches import text_patches
from forensics.prints import page_print, seal_prints, signature_prints
from forensics.screens import pure_white, screen_bars
from forensics.seals import seal_traces
from forensics.sight import Sight
from forensics.windows import windows_of


def examine(page: PageImage, reading: PageReading) -> PageTraces:
    """Traces on a page that was read; none of one that could not be."""
    if page.problem is not None or reading.problem is not None or not page.pixels:
        return PageTraces()
    stored = np.frombuffer(page.pixels, np.uint8).reshape(page.height, page.width, 3)
    sight = Sight(np.ascontiguousarray(np.rot90(stored, k=reading.rotation // 90)))
    overlays = tuple(
        one.model_copy(update={"box": _upright(one.box, reading.rotation)}) for one in page.overlays
    )
    return PageTraces(
        seals=seal_traces(sight, reading.seals, reading.lines),
        patches=text_patches(sight, windows_of(sight, reading.lines)),
        overlays=overlays,
        print=page_print(sight),
        seal_prints=seal_prints(sight, reading.seals),
        signature_prints=signature_prints(sight, reading.marks),
        pure_white=pure_white(sight),
        screen_bars=screen_bars(sight),
    )


def _upright(box: Box, rotation: int) -> Box:
    """``rotation``: degrees clockwise that the page had been turned from upright."""
    left, top, right, bottom = box.corners
    for _ in range(rotation // 90):
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    return Box.clipped(left, top, right, bottom)


__all__ = ["examine"]
