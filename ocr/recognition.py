"""Reading cropped lines: PP-OCRv6 small on ONNX Runtime, with PaddleOCR's pre- and post-processing.

Held against PaddleOCR's own pipeline in ``tests/ocr/test_against_paddleocr.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
import yaml

import models

Picture = npt.NDArray[np.uint8]
Probabilities = npt.NDArray[np.float32]

LINE_HEIGHT = 48
LEAST_WIDTH = 64
MOST_WIDTH = 3200
MOST_BATCH_WIDTH = 4800
"""Sum of padded widths in one run: bounds memory, since each step gives 18,710 probabilities."""
MOST_PADDING = 1.15
"""A batch's widest line over its narrowest: padding costs time and changes what is read."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """One line as read. ``confidence`` is the mean probability of its characters, 0-1."""

    text: str
    confidence: float
    character_confidences: tuple[float, ...] = ()
    positions: tuple[float, ...] = ()
    """Centre of every character along the line, 0-1."""


@cache
def characters() -> tuple[str, ...]:
    """Index → character of the recogniser's output; index 0 is the CTC blank, the last one the space."""
    settings = yaml.load(
        models.weight_path("line_recognition_settings").read_text(encoding="utf-8"),
        Loader=yaml.CSafeLoader,
    )
    return ("", *settings["PostProcess"]["character_dict"], " ")


class LineRecogniser:
    """Reads line crops (RGB, any height, text running left to right)."""

    def __init__(
        self, weights: str = "line_recognition", alphabet: Callable[[], tuple[str, ...]] = characters
    ) -> None:
        """``weights``: the manifest's name of a network of this make; ``alphabet``: of its outputs."""
        self._weights = weights
        self._alphabet = alphabet

    def read(self, crops: Sequence[Picture]) -> list[Recognised]:
        """Text and confidence of every crop, in order. An empty crop reads as an empty line."""
        found: list[Recognised] = [Recognised("", 0.0)] * len(crops)
        for indices, probabilities, widths in self._batches(crops):
            best = probabilities.argmax(axis=2)
            value = probabilities.max(axis=2)
            padded = max(widths)
            for row, index in enumerate(indices):
                found[index] = _collapse(best[row], value[row], padded / widths[row], self.alphabet)
        return found

    def probabilities(self, crops: Sequence[Picture]) -> list[Probabilities]:
        """Per crop: steps x characters, as the network gives them (for scoring an expected text)."""
        found: list[Probabilities] = [np.zeros((0, len(self.alphabet)), np.float32)] * len(crops)
        for indices, probabilities, _ in self._batches(crops):
            for row, index in enumerate(indices):
                found[index] = probabilities[row]
        return found

    def read_seen(self, crops: Sequence[Picture]) -> list[tuple[Recognised, Probabilities]]:
        """As ``read`` and ``probabilities`` in one run, each without the padding on its right."""
        found = [(Recognised("", 0.0), np.zeros((0, len(self.alphabet)), np.float32))] * len(crops)
        for indices, probabilities, widths in self._batches(crops):
            padded = max(widths)
            for row, index in enumerate(indices):
                seen = probabilities[row]
                read = _collapse(seen.argmax(axis=1), seen.max(axis=1), padded / widths[row], self.alphabet)
                found[index] = read, seen[: -(-len(seen) * widths[row] // padded)]
        return found

    @property
    def alphabet(self) -> tuple[str, ...]:
        """Index → character; index 0 is the CTC blank."""
        return self._alphabet()

    def _batches(self, crops: Sequence[Picture]) -> list[tuple[list[int], Probabilities, list[int]]]:
        session = models.session(self._weights)
        name = session.get_inputs()[0].name
        widths = [_scaled_width(crop) for crop in crops]
        order = sorted((i for i in range(len(crops)) if widths[i] > 0), key=lambda i: widths[i])
        runs: list[tuple[list[int], Probabilities, list[int]]] = []
        while order:
            batch = [order.pop(0)]
            while order and _fits(batch, order[0], widths):
                batch.append(order.pop(0))
            padded = widths[batch[-1]]
            pixels = np.stack([_prepared(crops[i], widths[i], padded) for i in batch])
            runs.append((batch, session.run(None, {name: pixels})[0], [widths[i] for i in batch]))
        return runs


def _scaled_width(crop: Picture) -> int:
    height, width = crop.shape[:2]
    if height < 2 or width < 2:
        return 0
    scaled = round(width * LINE_HEIGHT / height / 8) * 8
    return int(min(max(scaled, LEAST_WIDTH), MOST_WIDTH))


def _fits(batch: list[int], candidate: int, widths: list[int]) -> bool:
    width = widths[candidate]
    return width <= widths[batch[0]] * MOST_PADDING and width * (len(batch) + 1) <= MOST_BATCH_WIDTH


def _prepared(crop: Picture, width: int, padded: int) -> npt.NDArray[np.float32]:
    """3 x 48 x padded in -1..1, BGR as the network was taught, zero (mid-grey) to the right of the line.

    A crop too narrow for the network keeps its shape and is padded, never stretched.
    """
    natural = max(round(crop.shape[1] * LINE_HEIGHT / crop.shape[0]), 1)
    shown = min(natural, width)
    scaled = cv2.resize(crop, (shown, LINE_HEIGHT), interpolation=cv2.INTER_LINEAR)
    plane = np.zeros((3, LINE_HEIGHT, padded), np.float32)
    plane[:, :, :shown] = scaled[:, :, ::-1].transpose(2, 0, 1).astype(np.float32) / 127.5 - 1.0
    return plane


def _collapse(
    best: npt.NDArray[np.intp], value: npt.NDArray[np.float32], stretch: float, alphabet: Sequence[str]
) -> Recognised:
    """CTC greedy decoding: runs of one index are one character, blanks are dropped."""
    keep = best != 0
    keep[1:] &= best[1:] != best[:-1]
    steps = np.flatnonzero(keep)
    if steps.size == 0:
        return Recognised("", 0.0)
    confidences = tuple(float(value[step]) for step in steps)
    positions = tuple(min(float((step + 0.5) / len(best)) * stretch, 1.0) for step in steps)
    return Recognised(
        text="".join(alphabet[best[step]] for step in steps),
        confidence=min(float(np.mean(confidences)), 1.0),
        character_confidences=confidences,
        positions=positions,
    )
