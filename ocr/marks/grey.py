"""Grey seals in a patch: a black stroke across one is darker than the seal's ink, and only that is kept.

Where a seal has turned as black as the pen, nothing can be told apart: what stands on it is then unsure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from domain.kinds import SealColour, SealShape
from domain.reading import Seal
from ocr.marks.patch import Patch, PatchLine
from ocr.seals.shapes import Pixels

Outline = npt.NDArray[np.int32]
_INKED = 0.18
_DARKER = 1.35
"""A pen's strokes over the seal's own ink, in darkness; nearer than that they cannot be told apart."""
_LEAST_SHARE = 0.01


def outlines(patch: Patch, seals: Sequence[Seal]) -> list[Outline]:
    """Outlines of the round grey seals in the patch. Others may be name stamps or statements."""
    width, height = patch.page_size
    forward = cv2.invertAffineTransform(patch.back)
    angles = np.linspace(0, 2 * np.pi, 40)
    found = []
    for seal in seals:
        if seal.colour != SealColour.BLACK or seal.shape in (SealShape.RECTANGLE, SealShape.SQUARE):
            continue
        centre = seal.box.centre
        x = (centre.x + 0.52 * seal.box.width * np.cos(angles)) * width
        y = (centre.y + 0.52 * seal.box.height * np.sin(angles)) * height
        places = np.column_stack([x, y, np.ones_like(x)]) @ forward.T
        found.append(places.astype(np.int32))
    return found


def lifted(patch: Patch, seals: Sequence[Seal]) -> tuple[Patch, list[Outline]]:
    """The patch with grey seals' ink taken off where strokes on it are darker; the seals where none are."""
    clean = patch.clean.copy()
    hidden: list[Outline] = []
    for outline in outlines(patch, seals):
        mask = np.zeros(clean.shape[:2], np.uint8)
        cv2.fillPoly(mask, [outline], (1,))
        if not mask.any():
            continue
        taken = _taken_off(clean, mask > 0)
        if taken is None:
            hidden.append(outline)
        else:
            clean = taken
    return replace(patch, clean=clean), hidden


def _taken_off(picture: Pixels, inside: npt.NDArray[np.bool_]) -> Pixels | None:
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    paper = max(float(np.percentile(grey[inside], 85)), 60.0)
    dark = (paper - grey) / paper
    inked = dark[inside & (dark > _INKED)]
    if inked.size < 50:
        return picture
    level, strong = float(np.median(inked)), float(np.percentile(inked, 97))
    if strong < _DARKER * level or strong < level + 0.12:
        return None
    bound = (level + strong) / 2
    kept = np.clip((dark - bound) / max(strong - bound, 0.05) * 1.6, 0, 1)
    if (kept[inside] > 0.3).mean() < _LEAST_SHARE / 4:
        return None
    soft = paper * (1 - kept * strong)
    plane = np.repeat(np.clip(soft, 0, 255)[..., None], 3, axis=2)
    return np.asarray(np.where(inside[..., None], plane, picture), np.uint8)


def off(lines: Sequence[PatchLine], hidden: Sequence[Outline]) -> list[PatchLine]:
    """Lines whose middle is on none of the outlines: there the seal's own writing is read as lines."""
    return [line for line in lines if not on_any(line.middle, hidden)]


def on_any(place: tuple[float, float], hidden: Sequence[Outline]) -> bool:
    return any(cv2.pointPolygonTest(outline, place, False) >= 0 for outline in hidden)


def is_star(box: tuple[float, float, float, float], patch: Patch, seals: Sequence[Seal]) -> bool:
    """In the very middle of a seal and as wide as high: its star, whose solid ink is as dark as a pen."""
    width, height = patch.page_size
    forward = cv2.invertAffineTransform(patch.back)
    middle = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    sides = (box[2] - box[0], box[3] - box[1])
    for seal in seals:
        centre = forward @ np.array([seal.box.centre.x * width, seal.box.centre.y * height, 1.0])
        edge = forward @ np.array([seal.box.right * width, seal.box.centre.y * height, 1.0])
        radius = float(np.linalg.norm(edge - centre))
        in_middle = float(np.linalg.norm(middle - centre)) < 0.15 * radius
        if in_middle and min(sides) > 0.7 * max(sides) and 0.2 * radius < max(sides) < 0.85 * radius:
            return True
    return False
