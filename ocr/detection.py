"""Finding lines of text: PP-OCRv6 small (DB) on ONNX Runtime, with PaddleOCR's post-processing.

Detection costs by the pixel: it runs at a long side of 960 first, and again at up to twice that
only where the print turns out to be too small for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
import pyclipper
import yaml

import models
from ocr.recognition import Picture

Corners = npt.NDArray[np.float32]
"""4 x 2 pixels of the picture: top left, top right, bottom right, bottom left."""

LONG_SIDE = 960
LONG_SIDE_SMALL_PRINT = 1600
SMALL_PRINT = 11.0
"""Median line height in detector pixels under which the page is looked at again, larger."""
_GRID = 32
_SIZES = 10
"""Where each new size of picture is compiled, pictures are padded to so many steps of the long side."""
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)


@dataclass(frozen=True, slots=True)
class Thresholds:
    pixel: float
    box: float
    unclip: float
    most: int


@cache
def _thresholds() -> Thresholds:
    text = models.weight_path("line_detection_settings").read_text(encoding="utf-8")
    settings = yaml.safe_load(text)["PostProcess"]
    return Thresholds(
        pixel=settings["thresh"],
        box=settings["box_thresh"],
        unclip=settings["unclip_ratio"],
        most=settings["max_candidates"],
    )


class LineDetector:
    """Finds lines of text on a page (RGB); ``long_side`` is the size at which it looks first."""

    def __init__(self, long_side: int = LONG_SIDE) -> None:
        self._long_side = long_side

    def find(self, picture: Picture) -> list[Corners]:
        """Corners of every line, in pixels of ``picture``, in no promised order."""
        height, width = picture.shape[:2]
        found = self._find_at(picture, self._long_side)
        natural = max(height, width)
        if natural > self._long_side * 1.1 and found:
            scale = self._long_side / natural
            heights = [_short_side(corners) * scale for corners in found]
            if float(np.median(heights)) < SMALL_PRINT:
                return self._find_at(picture, min(LONG_SIDE_SMALL_PRINT, natural))
        return found

    def _find_at(self, picture: Picture, long_side: int) -> list[Corners]:
        height, width = picture.shape[:2]
        scale = min(long_side / max(height, width), 1.0)
        grid_width = max(round(width * scale / _GRID) * _GRID, _GRID)
        grid_height = max(round(height * scale / _GRID) * _GRID, _GRID)
        method = cv2.INTER_AREA if scale < 0.7 else cv2.INTER_LINEAR
        small = cv2.resize(picture, (grid_width, grid_height), interpolation=method)
        if models.compiles_shapes("line_detection"):
            step = _step(long_side)
            below, beside = -grid_height % step, -grid_width % step
            small = cv2.copyMakeBorder(small, 0, below, 0, beside, cv2.BORDER_REPLICATE)
        heat = _heat(np.asarray(small, np.uint8))[:grid_height, :grid_width]
        stretch = np.array([width / grid_width, height / grid_height], np.float32)
        limit = np.array([width, height], np.float32)
        return [np.clip(corners * stretch, 0, limit) for corners in boxes_of(heat, _thresholds())]


def _step(long_side: int) -> int:
    """To a multiple of this many pixels are pictures padded; itself a multiple of the network's own 32."""
    return -(-long_side // (_GRID * _SIZES)) * _GRID


def _heat(picture: Picture) -> npt.NDArray[np.float32]:
    """Probability of text, 0-1, for every pixel; sides are multiples of 32."""
    batch = np.asarray(cv2.dnn.blobFromImage(picture, 1 / 255, swapRB=True), np.float32)
    batch -= _MEAN[:, None, None]
    batch /= _DEVIATION[:, None, None]
    session = models.session("line_detection")
    return np.asarray(session.run(None, {session.get_inputs()[0].name: batch})[0][0, 0], np.float32)


def boxes_of(heat: npt.NDArray[np.float32], thresholds: Thresholds) -> list[Corners]:
    """DB post-processing (Liao et al. 2020): contours of the heat map, each grown back to its line."""
    mask = (heat > thresholds.pixel).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found: list[Corners] = []
    for contour in contours[: thresholds.most]:
        corners = ordered(cv2.boxPoints(cv2.minAreaRect(contour)))
        if _short_side(corners) < 3 or _score(heat, corners) < thresholds.box:
            continue
        grown = _grown(corners, thresholds.unclip)
        if grown is not None and _short_side(grown) >= 5:
            found.append(grown)
    return found


def ordered(points: npt.ArrayLike) -> Corners:
    """Four corners in the order top left, top right, bottom right, bottom left."""
    corners = np.asarray(points, np.float32)
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)


def _short_side(corners: Corners) -> float:
    return float(min(np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[0] - corners[3])))


def _score(heat: npt.NDArray[np.float32], corners: Corners) -> float:
    """Mean heat inside the box."""
    low = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, None)
    high = np.ceil(corners.max(axis=0)).astype(int) + 1
    window = heat[low[1] : high[1], low[0] : high[0]]
    mask = np.zeros(window.shape, np.uint8)
    cv2.fillPoly(mask, [(corners - low).astype(np.int32)], (1,))
    return float(cv2.mean(window, mask)[0])


def _grown(corners: Corners, ratio: float) -> Corners | None:
    area = float(cv2.contourArea(corners))
    length = float(cv2.arcLength(corners, True))
    if length <= 0:
        return None
    offset = pyclipper.PyclipperOffset()
    offset.AddPath(corners.tolist(), pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
    paths = offset.Execute(area * ratio / length)
    if len(paths) != 1:
        return None
    return ordered(cv2.boxPoints(cv2.minAreaRect(np.array(paths[0], np.float32))))


def crop(picture: Picture, corners: Corners) -> Picture:
    """The line set straight. Lines much taller than wide are turned to run left to right."""
    width = round(max(np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[3] - corners[2])))
    height = round(max(np.linalg.norm(corners[0] - corners[3]), np.linalg.norm(corners[1] - corners[2])))
    if width < 1 or height < 1:
        return np.zeros((1, 1, 3), np.uint8)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    line = cv2.warpPerspective(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    if height >= width * 1.5:
        line = np.rot90(line)
    return np.ascontiguousarray(line, dtype=np.uint8)
