"""Ink in the neighbourhood of a statement: is it print, handwriting, or a smudge?"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ocr.marks.patch import CHARACTER, PatchLine
from ocr.seals.shapes import Pixels, darkest

Mask = npt.NDArray[np.bool_]

_INK = 0.32
_UPRIGHT = 12.0
_FEW = 0.1 * CHARACTER * CHARACTER
_TALLER = 1.3
_OTHER_COLOUR = 40.0


def dark_of(picture: Pixels) -> npt.NDArray[np.uint8]:
    """1 where the picture is clearly darker than the paper around."""
    grey = darkest(picture)
    paper = cv2.medianBlur(cv2.dilate(grey, np.ones((25, 25), np.uint8)), 21).astype(np.float32)
    return np.asarray((paper - grey) / np.maximum(paper, 60) > _INK, np.uint8)


def ink_of(picture: Pixels) -> Mask:
    """Pen and print: clearly darker than the paper around it, rules and table lines taken out."""
    dark = dark_of(picture)
    span = 3 * CHARACTER
    for kernel in (np.ones((1, span), np.uint8), np.ones((span, 1), np.uint8)):
        rule = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
        dark[cv2.dilate(rule, np.ones((3, 3), np.uint8)) > 0] = 0
    return np.asarray(dark > 0, bool)


@dataclass(frozen=True, slots=True)
class InkGroup:
    """Strokes that belong together, in pixels of the patch; ``ink`` counts the inked ones."""

    left: int
    top: int
    right: int
    bottom: int
    ink: int
    thickness: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        return float(self.left), float(self.top), float(self.right), float(self.bottom)

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def like_writing(self) -> bool:
        """Tall and long enough for a name, thin strokes, neither a blot nor a few specks."""
        fill = self.ink / max(self.width * self.height, 1)
        return (
            self.height > 0.45 * CHARACTER
            and self.width > 0.7 * CHARACTER
            and self.height < 4.5 * CHARACTER
            and self.thickness < 0.24 * CHARACTER
            and 0.04 < fill < 0.6
            and self.ink > 0.25 * CHARACTER * CHARACTER
        )

    @property
    def noticeable(self) -> bool:
        return self.ink > 0.12 * CHARACTER * CHARACTER and max(self.width, self.height) > 0.5 * CHARACTER


def loose_ink(ink: Mask, lines: list[PatchLine]) -> list[InkGroup]:
    """Groups of ink that no line of text accounts for."""
    free = ink.astype(np.uint8)
    for line in lines:
        grown = _grown(line)
        cv2.fillConvexPoly(free, grown.astype(np.int32), (0,))
    return groups(free > 0)


def _grown(line: PatchLine) -> npt.NDArray[np.float32]:
    centre = line.corners.mean(axis=0)
    offsets = line.corners - centre
    lengths = np.maximum(np.linalg.norm(offsets, axis=1, keepdims=True), 1.0)
    return np.asarray(centre + offsets * (1 + 0.18 * CHARACTER / lengths), np.float32)


def groups(ink: Mask) -> list[InkGroup]:
    """Strokes joined over gaps of less than half a character."""
    reach = int(0.5 * CHARACTER) | 1
    plane = ink.astype(np.uint8)
    joined = cv2.dilate(plane, np.ones((max(reach // 2, 3), reach), np.uint8))
    count, labels = cv2.connectedComponents(joined)
    depth = cv2.distanceTransform(plane, cv2.DIST_L2, 3)
    found: list[InkGroup] = []
    for label in range(1, count):
        inside = (labels == label) & ink
        amount = int(inside.sum())
        if amount < 20:
            continue
        ys, xs = np.nonzero(inside)
        thickness = 2 * float(np.percentile(depth[inside], 90))
        found.append(
            InkGroup(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1, amount, thickness)
        )
    return found


def inked_span(ink: Mask, box: tuple[float, float, float, float]) -> tuple[float, float] | None:
    """Left and right end of the strokes in a box of the patch; None where there are hardly any."""
    left, top = max(int(box[0]), 0), max(int(box[1]), 0)
    inside = ink[top : int(box[3]) + 1, left : int(box[2]) + 1]
    if inside.sum() < _FEW:
        return None
    columns = np.flatnonzero(inside.sum(axis=0) > 0)
    return float(left + columns.min()), float(left + columns.max() + 1)


@dataclass(frozen=True, slots=True)
class Unlike:
    """In what two stretches of writing differ clearly."""

    taller: bool = False
    colour: bool = False


def unlike(picture: Pixels, ink: Mask, label: tuple[float, ...], name: tuple[float, ...]) -> Unlike:
    """Whether what follows a label is taller than it, or in another colour: it was not typed with it."""
    first, second = _look(picture, ink, label), _look(picture, ink, name)
    if first is None or second is None:
        return Unlike()
    tint = float(np.abs(second[1] - first[1]).max())
    return Unlike(second[0] / first[0] > _TALLER, tint > _OTHER_COLOUR)


def _look(picture: Pixels, ink: Mask, box: tuple[float, ...]) -> tuple[float, npt.NDArray[np.float64]] | None:
    """Height of the ink in a box, and how its colour leans (red and blue against green), medians."""
    rows, columns = slice(max(int(box[1]), 0), int(box[3]) + 1), slice(max(int(box[0]), 0), int(box[2]) + 1)
    inside = ink[rows, columns]
    if inside.sum() < _FEW / 2:
        return None
    filled = np.flatnonzero(inside.sum(axis=1) >= 2)
    if filled.size < 4:
        return None
    height = float(np.percentile(filled, 97) - np.percentile(filled, 3)) + 1
    red, green, blue = np.median(picture[rows, columns][inside].astype(np.float64), axis=0)
    return height, np.array([red - green, blue - green])


def uprightness(crop: Pixels) -> float:
    """Share of the edges that run along or across the line, 0-1: high for print, low for handwriting."""
    height = 48
    width = max(round(crop.shape[1] * height / max(crop.shape[0], 1)), 8)
    grey = cv2.cvtColor(cv2.resize(crop, (width, height)), cv2.COLOR_RGB2GRAY).astype(np.float32)
    smooth = cv2.GaussianBlur(grey, (0, 0), 0.8)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, ksize=3)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, ksize=3)
    size = cv2.magnitude(across, down)
    degrees = np.rad2deg(np.arctan2(np.abs(down), np.abs(across)))
    strong = size > 0.25 * float(size.max())
    upright = (degrees < _UPRIGHT) | (degrees > 90 - _UPRIGHT)
    return float(size[strong & upright].sum() / max(float(size[strong].sum()), 1e-6))
