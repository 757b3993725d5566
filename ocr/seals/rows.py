"""The straight lines inside a ring: what the seal is for (人事专用章 …) and sometimes its number."""

from __future__ import annotations

import re
from dataclasses import dataclass

import cv2
import numpy as np

from ocr.seals.gatekeeper import CROP_MARGIN, GATE_SIDE, rounded
from ocr.seals.recogniser import Recogniser
from ocr.seals.shapes import Ellipse, Pixels, Plane

_TEXT = 0.3
_INNER = 0.66
_LEAST_SURE = 0.55
_CODE = re.compile(r"^[0-9A-Z]*[0-9]{6,}[0-9A-Z]*$")
_SURROUNDINGS = re.compile(r"[^\u3400-\u9fffA-Za-z0-9()（）]")


@dataclass(frozen=True, slots=True)
class Rows:
    text: str = ""
    code: str = ""


def read_rows(picture: Pixels, ellipse: Ellipse, probability: Plane, recognise: Recogniser) -> Rows:
    """Rows of writing in the middle of a seal, from top to bottom.

    ``picture``/``ellipse``: the seal with its print removed; ``probability``: the gate's map of it.
    """
    radius = GATE_SIDE / 2 / CROP_MARGIN
    marked = (probability > _TEXT).astype(np.uint8)
    contours, _ = cv2.findContours(marked, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes: list[tuple[float, tuple[tuple[float, float], tuple[float, float], float]]] = []
    for contour in contours:
        points = contour.reshape(-1, 2).astype(np.float32) - GATE_SIDE / 2
        if len(points) < 4 or np.hypot(points[:, 0], points[:, 1]).max() > 0.86 * radius:
            continue
        (x, y), (width, height), angle = cv2.minAreaRect(contour)
        if width < height:
            width, height, angle = height, width, angle - 90
        if np.hypot(x - GATE_SIDE / 2, y - GATE_SIDE / 2) > _INNER * radius:
            continue
        if min(width, height) < 0.05 * radius or width < 1.3 * height or not -50 < angle < 50:
            continue
        grow = 0.75 * width * height / (width + height)
        boxes.append((y, ((x, y), (width + 2 * grow, height + 2 * grow), angle)))
    if not boxes:
        return Rows()
    round_picture = rounded(picture, ellipse)
    crops = [_level(round_picture, box) for _, box in sorted(boxes, key=lambda found: found[0])]
    texts = [
        _SURROUNDINGS.sub("", read.text) for read in recognise.read(crops) if read.confidence > _LEAST_SURE
    ]
    codes = [text for text in texts if _CODE.match(text.upper())]
    words = [text for text in texts if text not in codes and _written(text)]
    return Rows("".join(words), codes[0] if codes else "")


def _written(text: str) -> bool:
    return sum("\u3400" <= character <= "\u9fff" for character in text) >= 2


def _level(picture: Pixels, box: tuple[tuple[float, float], tuple[float, float], float]) -> Pixels:
    (x, y), (width, height), angle = box
    turn = np.asarray(cv2.getRotationMatrix2D((x, y), angle, 1.0), np.float64)
    turn[:, 2] += (width / 2 - x, height / 2 - y)
    size = (max(round(width), 8), max(round(height), 8))
    return np.asarray(
        cv2.warpAffine(picture, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )
