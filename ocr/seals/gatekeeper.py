"""Is there writing along the ring? A text detector taught on seals looks at each candidate, cut out round.

On a whole page that network is useless; on a crop it is an excellent judge. It also tells where along the
circle the writing runs, which the reading needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from ocr.seals.shapes import Ellipse, Pixels, Plane, sample

GATE_SIDE = 480
CROP_MARGIN = 1.16
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
_BAND = np.linspace(0.58, 0.93, 24, dtype=np.float32)
_MIDDLE = np.linspace(0.0, 0.5, 16, dtype=np.float32)
_TEXT = 0.3
ANGLES = 180


class Session(Protocol):
    """An ONNX Runtime session, as far as it is used here."""

    def run(self, names: None, feed: dict[str, npt.NDArray[np.float32]]) -> list[npt.NDArray[np.float32]]: ...

    def get_inputs(self) -> list[object]: ...


class SealTextDetector:
    """The network ``seal_text_detection`` (PP-OCRv4 mobile): where writing is on a picture of one seal."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._input = str(getattr(session.get_inputs()[0], "name", "x"))

    def __call__(self, picture: Pixels) -> Plane:
        """Probability of text, 0-1, for every pixel. Sides of ``picture`` (RGB) are multiples of 32."""
        batch = np.asarray(cv2.dnn.blobFromImage(picture, 1 / 255, swapRB=True), np.float32)
        batch -= _MEAN[:, None, None]
        batch /= _DEVIATION[:, None, None]
        return np.asarray(self._session.run(None, {self._input: batch})[0][0, 0], np.float32)


class TextFinder(Protocol):
    """Anything that marks text on a picture of a seal, such as ``SealTextDetector``."""

    def __call__(self, picture: Pixels) -> Plane: ...


@dataclass(frozen=True, slots=True)
class Gate:
    """``arc``: share of the circle with writing along the ring; ``along``: the same per angle, 0-1.

    ``middle``: share of the inner disc that is writing. Angles run clockwise from east.
    """

    arc: float
    along: Plane
    middle: float


Places = tuple[Plane, Plane]
"""Where on the picture each pixel of the cut-out comes from: x and y."""


def round_places(ellipse: Ellipse, side: int = GATE_SIDE, turn: float = 0.0) -> Places:
    """The seal with some margin, stretched so that its ring is a circle; ``turn``: radians that it leans."""
    half = side / 2
    offsets = (np.arange(side, dtype=np.float32) + 0.5 - half) / half * np.float32(CROP_MARGIN)
    right, down = offsets[None, :], offsets[:, None]
    if turn:
        lean_cos, lean_sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
        right, down = right * lean_cos - down * lean_sin, right * lean_sin + down * lean_cos
    cos, sin = np.float32(np.cos(ellipse.angle)), np.float32(np.sin(ellipse.angle))
    # Undo the ellipse's turn after stretching, so that what stands upright stays upright.
    along = (right * cos + down * sin) * np.float32(ellipse.a)
    across = (down * cos - right * sin) * np.float32(ellipse.b)
    x, y = along * cos - across * sin, along * sin + across * cos
    return np.asarray(x + np.float32(ellipse.x), np.float32), np.asarray(
        y + np.float32(ellipse.y), np.float32
    )


def taken(picture: Pixels, places: Places) -> Pixels:
    """The picture at these places, white outside it."""
    white = (255, 255, 255)
    cut = cv2.remap(picture, *places, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=white)
    return np.asarray(cut, np.uint8)


def rounded(picture: Pixels, ellipse: Ellipse, side: int = GATE_SIDE) -> Pixels:
    """The seal cut out with some margin and stretched so that its ring is a circle."""
    shrink = 2 * CROP_MARGIN * ellipse.radius / side
    if shrink > 1.5:
        picture = np.asarray(cv2.blur(picture, (round(shrink), round(shrink))), np.uint8)
    return taken(picture, round_places(ellipse, side))


def gate(picture: Pixels, ellipse: Ellipse, find_text: TextFinder) -> Gate:
    """Ask the detector about one candidate; ``ellipse`` in pixels of ``picture``."""
    probability = find_text(rounded(picture, ellipse))
    centre = GATE_SIDE / 2
    circle = Ellipse(centre - 0.5, centre - 0.5, centre / CROP_MARGIN, centre / CROP_MARGIN)
    angles = np.linspace(0, 2 * np.pi, ANGLES, endpoint=False).astype(np.float32)
    x, y = circle.points(angles[:, None], _BAND[None, :])
    along = np.asarray(sample(probability, x, y), np.float32).max(axis=1)
    inner_x, inner_y = circle.points(angles[:, None], _MIDDLE[None, :])
    middle = np.asarray(sample(probability, inner_x, inner_y), np.float32)
    return Gate(float((along > _TEXT).mean()), along, float((middle > _TEXT).mean()))
