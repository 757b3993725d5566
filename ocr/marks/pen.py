"""Pen or print: which of the two wrote a crop, or whether it is writing at all.

A small network of our own (``models/pen_or_print``) looks at the shape of the strokes; where it is not sure,
nobody is told anything for certain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import models
from models.pen_or_print.crop import windows
from ocr.seals.shapes import Pixels


@dataclass(frozen=True, slots=True)
class Hand:
    """Probabilities: print, pen, and neither (a blot, a rule, bare paper)."""

    printed: float
    pen: float
    nothing: float


def hand_of(picture: Pixels, box: tuple[float, float, float, float]) -> Hand:
    """Who wrote what stands in a box of an RGB picture; of a long one the mean over its windows."""
    crops = windows(picture, box)
    session = models.session("pen_or_print")
    shown = np.stack(crops)[:, None].astype(np.float32) / 255
    scores = session.run(None, {"ink": shown})[0]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares = (shares / shares.sum(axis=1, keepdims=True)).mean(axis=0)
    return Hand(float(shares[0]), float(shares[1]), float(shares[2]))
