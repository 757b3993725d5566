"""A piece of a seal at the page's edge (骑缝章): too little of it for a ring, but surely cut there."""

from __future__ import annotations

import numpy as np

from domain.kinds import SealColour, SealShape
from domain.reading import Seal
from ocr.seals.edge_arcs import arcs_at
from ocr.seals.judging import LEAST_CONFIDENCE, named_colour, slice_confidence
from ocr.seals.patches import Patch
from ocr.seals.shapes import Pixels, RingCandidate
from ocr.seals.sheet_edge import on_paper, sheet_edges

_LARGEST = 0.4
"""Of the page's short side: a larger thing that runs off the page is a photograph or a drawing."""


def slice_seal(picture: Pixels, patch: Patch, ring: RingCandidate | None) -> Seal | None:
    """What is pointed at as cut, without a reading; ``None`` where it is not sure enough.

    ``ring``: the arc that fits there, if one does.
    """
    height, width = picture.shape[:2]
    one = patch.pointed
    if max(one.width, one.height) > _LARGEST * min(width, height):
        return None
    if not on_paper(picture, one):
        return None
    ends = sheet_edges(picture, one)
    arcs = arcs_at(patch, ends[0]) if ends else None
    clear = arcs is not None and arcs.clear
    confidence = slice_confidence(one, ring, at_edge=bool(ends), arcs=clear)
    if confidence < LEAST_CONFIDENCE:
        return None
    return Seal(
        box=one.box(width, height),
        shape=SealShape.ROUND,
        colour=ink_colour(patch),
        text="",
        confidence=confidence,
        partial=True,
    )


def ink_colour(patch: Patch) -> SealColour:
    """The colour of the ink within the pointed box."""
    family = patch.families()[0]
    if family == "dark":
        return SealColour.BLACK
    left, top, right, bottom = (max(round(value), 0) for value in patch.box())
    part = (slice(top, bottom), slice(left, right))
    inked = patch.maps.of(family)[part] > 0.6
    if not inked.any():
        return SealColour.BLACK
    return named_colour(np.asarray(np.median(patch.maps.flat[part][inked], axis=0), np.float32))
