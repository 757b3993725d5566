"""How well a page can be read: sharpness and contrast of its print, whether it is blank or illegible."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from domain.reading import PageQuality
from ocr.recognition import Picture, Recognised

LEGIBLE_CONFIDENCE = 0.7
"""Mean confidence over all characters under which a page counts as not readable."""
SMALLEST_PRINT = 7.0
"""Median line height in pixels under which no reading can be trusted."""
INK_OF_A_BLANK = 0.0006
"""Share of pixels with ink that dust and a scanner's edge leave on an empty sheet."""
EDGE_MARGIN = 0.03
BLURRED = 0.16
"""Sharpness under which strokes run into one another."""
SURE_ALL_THE_SAME = 0.95
"""Mean confidence that outweighs blur: large print survives it."""


def quality_of(picture: Picture, crops: Sequence[Picture], readings: Sequence[Recognised]) -> PageQuality:
    """Judge a page by its line crops and how they were read."""
    if not crops:
        blank = _ink_share(picture) < INK_OF_A_BLANK
        return PageQuality(sharpness=0.0 if blank else 1.0, legible=True, blank=blank)
    sharpness = [_sharpness(line) for line in crops]
    contrast = [_contrast(line) for line in crops]
    weights = [max(len(reading.text), 1) for reading in readings]
    confidence = float(np.average([reading.confidence for reading in readings], weights=weights))
    height = float(np.median([min(line.shape[:2]) for line in crops]))
    sharp = float(np.average(sharpness, weights=weights))
    readable = confidence >= (LEGIBLE_CONFIDENCE if sharp >= BLURRED else SURE_ALL_THE_SAME)
    return PageQuality(
        sharpness=round(sharp, 3),
        contrast=round(float(np.average(contrast, weights=weights)), 3),
        legible=readable and height >= SMALLEST_PRINT,
        blank=False,
    )


def _sharpness(line: Picture) -> float:
    """Steepest edges over the range of brightness: about 0.6 for crisp print, under 0.15 when blurred."""
    grey = np.asarray(cv2.cvtColor(line, cv2.COLOR_RGB2GRAY), np.uint8)
    low, high = _percentiles(grey, (2, 98))
    if high - low < 8 or grey.shape[1] < 4:
        return 0.0
    (steepest,) = _percentiles(np.asarray(cv2.absdiff(grey[:, 1:], grey[:, :-1]), np.uint8), (98,))
    return float(np.clip(steepest / (high - low), 0.0, 1.0))


def _contrast(line: Picture) -> float:
    low, high = _percentiles(np.asarray(cv2.cvtColor(line, cv2.COLOR_RGB2GRAY), np.uint8), (5, 95))
    return float(np.clip((high - low) / 160.0, 0.0, 1.0))


def _percentiles(values: npt.NDArray[np.uint8], percents: Sequence[float]) -> list[float]:
    """As ``np.percentile`` gives them, counted rather than sorted: the values are whole and below 256."""
    counted = cv2.calcHist([np.ascontiguousarray(values)], [0], None, [256], [0, 256])[:, 0]
    upto = np.cumsum(counted, dtype=np.float64)
    places = np.array(percents) / 100 * (values.size - 1)
    below = np.searchsorted(upto, np.floor(places), side="right")
    above = np.searchsorted(upto, np.ceil(places), side="right")
    return [float(value) for value in below + (above - below) * (places - np.floor(places))]


def _ink_share(picture: Picture) -> float:
    """Share of pixels clearly darker than their surroundings, away from the edges."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    scale = 600 / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    margin_y, margin_x = (max(int(side * EDGE_MARGIN), 1) for side in grey.shape)
    inner = grey[margin_y:-margin_y, margin_x:-margin_x].astype(np.int16)
    if inner.size == 0:
        return 1.0
    around = cv2.blur(inner, (41, 41))
    return float((around - inner > 25).mean())
