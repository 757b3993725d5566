"""The slope of the lines on a page, in degrees; and the page turned so that they lie level."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from ocr.detection import Corners
from ocr.recognition import Picture

STEEP = 5.0
"""Degrees from which lines are looked for again on a level copy of the page."""


def slope(corners: Sequence[Corners]) -> float:
    """Length-weighted median slope of long lines, degrees, positive = falling to the right."""
    angles: list[float] = []
    lengths: list[float] = []
    for quad in corners:
        along = (quad[1] - quad[0]) + (quad[2] - quad[3])
        length = float(np.linalg.norm(along)) / 2
        height = float(np.linalg.norm(quad[3] - quad[0]))
        if length > 3 * height:
            angles.append(float(np.degrees(np.arctan2(along[1], along[0]))))
            lengths.append(length)
    if not angles:
        return 0.0
    order = np.argsort(angles)
    cumulative = np.cumsum(np.array(lengths)[order])
    middle = int(np.searchsorted(cumulative, cumulative[-1] / 2))
    return angles[int(order[middle])]


def levelled(picture: Picture, degrees: float) -> tuple[Picture, npt.NDArray[np.float64]]:
    """The page turned by its slope on a larger canvas, and the 2 x 3 matrix that leads back."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    new_width, new_height = round(height * sine + width * cosine), round(height * cosine + width * sine)
    matrix[0, 2] += new_width / 2 - width / 2
    matrix[1, 2] += new_height / 2 - height / 2
    level = cv2.warpAffine(
        picture, matrix, (new_width, new_height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(level, np.uint8), np.asarray(cv2.invertAffineTransform(matrix), np.float64)


def led_back(corners: Sequence[Corners], back: npt.NDArray[np.float64]) -> list[Corners]:
    """Corners on the level copy as corners on the page."""
    return [(quad @ back[:, :2].T + back[:, 2]).astype(np.float32) for quad in corners]


def reading_order(corners: Sequence[Corners], degrees: float) -> list[int]:
    """Indices row by row from the top, each row from the left, on a page whose lines slope by ``degrees``."""
    if not corners:
        return []
    angle = np.radians(-degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    centres = np.array([quad.mean(axis=0) for quad in corners]) @ turn.T
    heights = np.array([float(np.linalg.norm(quad[3] - quad[0])) for quad in corners])
    rows: list[list[int]] = []
    for index in np.argsort(centres[:, 1], kind="stable"):
        row = rows[-1] if rows else []
        level = np.mean([centres[i, 1] for i in row]) if row else 0.0
        reach = 0.5 * min(heights[index], float(np.median(heights[row])) if row else np.inf)
        if row and abs(centres[index, 1] - level) <= reach:
            row.append(int(index))
        else:
            rows.append([int(index)])
    return [i for row in rows for i in sorted(row, key=lambda i: centres[i, 0])]
