"""Which way up a page is: the lines say which axis, reading a few of them says which end.

A classifier's word alone is not enough: it is taken only where the lines themselves read well that way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

import cv2
import numpy as np

import models
from ocr.detection import Corners, LineDetector, crop
from ocr.recognition import LineRecogniser, Picture

Rotation = Literal[0, 90, 180, 270]
"""Degrees clockwise that a picture is turned from upright."""

SAMPLE = 6
CONFIRMING = 2
"""So many lines that read well are enough where the classifier says the same."""
SAMPLE_LENGTH = 12
"""Only the beginning of a line is read to judge its direction: so many heights of it."""
CLASSIFIER_SIDE = 224
_CLASSIFIER_SHORT_SIDE = 256
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
CLASSIFIER_TRUSTED = 0.85
WELL_READ = 0.9


def turned_back(picture: Picture, rotation: Rotation) -> Picture:
    """The upright page of a picture that is turned ``rotation`` degrees clockwise."""
    return np.ascontiguousarray(np.rot90(picture, rotation // 90))


def rotation_of(
    picture: Picture, corners: Sequence[Corners], detector: LineDetector, recogniser: LineRecogniser
) -> Rotation:
    """How far ``picture`` is turned from upright; ``corners`` are the lines found on it as it is.

    A page without lines is taken as upright: there is nothing to judge by (an ID photo, a blank).
    """
    longest = sorted((c for c in corners if _elongation(c) > 2), key=_length, reverse=True)
    guess, trust = _classified(picture)
    if not longest:
        return guess if corners and trust > CLASSIFIER_TRUSTED else 0
    sideways = sum(_length(c) for c in longest if _is_tall(c)) > sum(_length(c) for c in longest) / 2
    candidates: tuple[Rotation, Rotation] = (90, 270) if sideways else (0, 180)
    sample = [c for c in longest if _is_tall(c) == sideways][:SAMPLE]
    first = guess if guess in candidates else candidates[0]
    second = candidates[1] if first == candidates[0] else candidates[0]
    believed = first == guess and trust > CLASSIFIER_TRUSTED
    if believed and _readability(picture, sample[:CONFIRMING], first, recogniser) >= WELL_READ:
        return first
    score = _readability(picture, sample, first, recogniser)
    return first if score >= _readability(picture, sample, second, recogniser) else second


def _classified(picture: Picture) -> tuple[Rotation, float]:
    """PP-LCNet's word: the turn and its probability."""
    height, width = picture.shape[:2]
    scale = _CLASSIFIER_SHORT_SIDE / min(height, width)
    size = (max(round(width * scale), CLASSIFIER_SIDE), max(round(height * scale), CLASSIFIER_SIDE))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    left, top = (small.shape[1] - CLASSIFIER_SIDE) // 2, (small.shape[0] - CLASSIFIER_SIDE) // 2
    window = small[top : top + CLASSIFIER_SIDE, left : left + CLASSIFIER_SIDE, ::-1]
    pixels = (window.astype(np.float32) / 255.0 - _MEAN) / _DEVIATION
    session = models.session("page_orientation")
    output = session.run(None, {session.get_inputs()[0].name: pixels.transpose(2, 0, 1)[None]})[0][0]
    labels = session.get_modelmeta().custom_metadata_map["character"].split()
    powers = np.exp(output - output.max()) if output.min() < 0 or output.max() > 1 else output
    best = int(powers.argmax())
    return cast(Rotation, int(labels[best])), float(powers[best] / powers.sum())


def _readability(
    picture: Picture, sample: Sequence[Corners], rotation: Rotation, recogniser: LineRecogniser
) -> float:
    """Mean confidence of the sample's lines when read as if the page were turned by ``rotation``."""
    if not sample:
        return 0.0
    lines = []
    for corners in sample:
        line = crop(picture, corners)  # tall lines come turned 90° counter-clockwise
        line = line[:, : line.shape[0] * SAMPLE_LENGTH]
        if rotation == 180 or rotation == 270:
            line = np.ascontiguousarray(np.rot90(line, 2))
        lines.append(line)
    return float(np.mean([read.confidence for read in recogniser.read(lines)]))


def _length(corners: Corners) -> float:
    low, high = corners.min(axis=0), corners.max(axis=0)
    return float((high - low).max())


def _elongation(corners: Corners) -> float:
    width = float(np.linalg.norm(corners[1] - corners[0]))
    height = float(np.linalg.norm(corners[3] - corners[0]))
    return max(width, height) / max(min(width, height), 1.0)


def _is_tall(corners: Corners) -> bool:
    low, high = corners.min(axis=0), corners.max(axis=0)
    return bool(high[1] - low[1] > high[0] - low[0])
