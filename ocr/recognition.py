"""Reading cropped lines: PP-OCRv6 small on ONNX Runtime, with PaddleOCR's pre- and post-processing.

Held against PaddleOCR's own pipeline in ``tests/ocr/test_against_paddleocr.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
_FEW_WIDTHS = (*range(64, 256, 32), *range(256, 640, 64), *range(640, 1152, 128), *range(1152, 3201, 256))
"""Where each new width is compiled, lines are padded to one of these."""


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
        return [collapsed(seen, self.alphabet) for seen in self._seen(crops)]

    def probabilities(self, crops: Sequence[Picture]) -> list[Probabilities]:
        """Per crop: steps x characters, as the network gives them (for scoring an expected text)."""
        return list(self._seen(crops))

    def read_seen(self, crops: Sequence[Picture]) -> list[tuple[Recognised, Probabilities]]:
        """As ``read`` and ``probabilities`` in one run."""
        return [(collapsed(seen, self.alphabet), seen) for seen in self._seen(crops)]

    @property
    def alphabet(self) -> tuple[str, ...]:
        """Index → character; index 0 is the CTC blank."""
        return self._alphabet()

    def _seen(self, crops: Sequence[Picture]) -> Iterator[Probabilities]:
        """One line a run: on one thread a batch gains nothing, and what pads it costs time and memory."""
        session = models.session(self._weights)
        name = session.get_inputs()[0].name
        few = models.compiles_shapes(self._weights)
        for crop in crops:
            width = _scaled_width(crop)
            if width == 0:
                yield np.zeros((0, len(self.alphabet)), np.float32)
            elif few:
                padded = next(one for one in _FEW_WIDTHS if one >= width)
                seen = session.run(None, {name: _prepared(crop, width, padded)[None]})[0][0]
                yield seen[: -(-len(seen) * width // padded)]
            else:
                yield session.run(None, {name: _prepared(crop, width, width)[None]})[0][0]


def _scaled_width(crop: Picture) -> int:
    height, width = crop.shape[:2]
    if height < 2 or width < 2:
        return 0
    scaled = round(width * LINE_HEIGHT / height / 8) * 8
    return int(min(max(scaled, LEAST_WIDTH), MOST_WIDTH))


def _prepared(crop: Picture, width: int, padded: int) -> npt.NDArray[np.float32]:
    """3 x 48 x padded in -1..1, BGR as the network was taught, zero (mid-grey) to the right of the line.

    A crop too narrow for the network keeps its shape and is padded, never stretched.
    """
    natural = max(round(crop.shape[1] * LINE_HEIGHT / crop.shape[0]), 1)
    shown = min(natural, width)
    scaled = cv2.resize(crop, (shown, LINE_HEIGHT), interpolation=cv2.INTER_LINEAR)
    plane = np.zeros((3, LINE_HEIGHT, padded), np.float32)
    plane[:, :, :shown] = cv2.dnn.blobFromImage(scaled, 1 / 127.5, mean=(127.5, 127.5, 127.5), swapRB=True)[0]
    return plane


def collapsed(seen: Probabilities, alphabet: Sequence[str]) -> Recognised:
    """CTC greedy decoding: runs of one index are one character, blanks are dropped."""
    best = seen.argmax(axis=1)
    keep = best != 0
    keep[1:] &= best[1:] != best[:-1]
    steps = np.flatnonzero(keep)
    if steps.size == 0:
        return Recognised("", 0.0)
    confidences = tuple(float(seen[step, best[step]]) for step in steps)
    return Recognised(
        text="".join(alphabet[best[step]] for step in steps),
        confidence=min(float(np.mean(confidences)), 1.0),
        character_confidences=confidences,
        positions=tuple(min(float((step + 0.5) / len(best)), 1.0) for step in steps),
    )
