"""Rectangles of ink with something like writing inside: the frames of stamps, and solid name seals."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ocr.seals.shapes import Family, Plane, sample

Corners = npt.NDArray[np.float32]

INKED = 0.4
"""Strength from which a place is inked."""
SMALL = 34
"""Pixels of a frame's short side below which its letters run together."""
_RULE_INKED, GAP, _THIN_RULE = 0.93, 0.6, 0.06
"""Shares of a rule that is inked (least) and of the rows beside it (most); its width of the frame's."""
_SIDE_INKED = 0.72
_PARENT = 3
_THICKEST = 0.09
"""Of a frame's line, in shares of the frame's short side."""
REACH = 0.3
"""How far beyond a corner a rule is followed, in shares of the shorter side."""
RUNS_ON, MOST_JOINED = 0.8, 1
"""Share of that way that is inked where a rule runs on; how many of a frame's eight ends may."""


@dataclass(frozen=True, slots=True)
class Frame:
    """``corners``: 4×2 pixels of the working copy, clockwise from the top left. ``solid``: white on ink.

    ``support``: share of the outline with ink on it, 0-1.
    """

    corners: Corners
    family: Family
    support: float
    solid: bool

    @property
    def size(self) -> tuple[float, float]:
        return (
            float(np.linalg.norm(self.corners[1] - self.corners[0])),
            float(np.linalg.norm(self.corners[3] - self.corners[0])),
        )

    @property
    def tilt(self) -> float:
        """Degrees that its rows lean, whichever way."""
        across, down = self.corners[1] - self.corners[0]
        return abs(float(np.degrees(np.arctan2(down, across))))


def frames_of(plane: Plane, family: Family, sides: tuple[float, float], gap: int) -> list[Frame]:
    """Frames on an ink map. ``sides``: least and most of the longer one; ``gap``: holes that are closed."""
    inked = (plane > INKED).astype(np.uint8)
    near = thickened(inked)
    found: list[Frame] = []
    # A worn frame is in pieces, and an unworn one may touch a ruled line: try with and without closing.
    for reach in (1, max(gap, 3)):
        mask = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
        contours, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
        for number, contour in enumerate(contours):
            corners = _corners(np.asarray(contour, np.int32), sides)
            if corners is None:
                continue
            if tree[0][number][_PARENT] >= 0:
                # What a frame shuts in is a rectangle although print touches it from without.
                corners = about_hole(corners, inked)
                if runs_on(near, corners) > MOST_JOINED:
                    continue
            frame = filled(corners, inked, family)
            if frame is not None:
                found.append(frame)
    return found


def _corners(contour: npt.NDArray[np.int32], sides: tuple[float, float]) -> Corners | None:
    """Of the rectangle that a contour fills, if it does."""
    if len(contour) < 4:
        return None
    _, _, across, down = cv2.boundingRect(contour)
    if across * across + down * down < sides[0] * sides[0]:
        return None  # Most contours are letters: no rectangle in them is long enough.
    rectangle = cv2.minAreaRect(contour)
    width, height = rectangle[1]
    if not sides[0] < max(width, height) < sides[1] or min(width, height) < 8:
        return None
    if cv2.contourArea(cv2.convexHull(contour)) < 0.86 * width * height:
        return None
    return clockwise(np.asarray(cv2.boxPoints(rectangle), np.float32))


def about_hole(corners: Corners, inked: npt.NDArray[np.uint8]) -> Corners:
    """The outer corners of the lines that shut in the rectangle with these corners."""
    best = grown(corners, 1)
    for pixels in range(2, max(round(_THICKEST * _shorter(corners)), 2) + 1):
        wider = grown(corners, pixels)
        flat = straight(inked, wider)
        if min(line.mean() for line in (flat[0], flat[-1], flat[:, 0], flat[:, -1])) < GAP:
            break
        best = wider
    return best


def grown(corners: Corners, pixels: float) -> Corners:
    """Each side moved outwards."""
    across, down = corners[1] - corners[0], corners[3] - corners[0]
    across = across / max(float(np.linalg.norm(across)), 1e-6) * pixels
    down = down / max(float(np.linalg.norm(down)), 1e-6) * pixels
    moves = np.array([-across - down, across - down, across + down, down - across], np.float32)
    return np.asarray(corners + moves, np.float32)


def thickened(inked: npt.NDArray[np.uint8]) -> Plane:
    """A mask with every stroke a pixel wider, for ``runs_on``."""
    return np.asarray(cv2.dilate(inked, np.ones((3, 3), np.uint8)), np.float32)


def runs_on(near: Plane, corners: Corners) -> int:
    """How many of the eight ends of the sides run on beyond their corner, as a table's rules do.

    ``near``: the ink, thickened.
    """
    steps = np.linspace(0.1, REACH, 12, dtype=np.float32) * max(_shorter(corners), 12)
    away = np.concatenate([corners - np.roll(corners, 1, axis=0), corners - np.roll(corners, -1, axis=0)])
    away = away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-6)
    places = np.concatenate([corners, corners])[:, None] + away[:, None] * steps[None, :, None]
    seen = np.asarray(sample(near, places[..., 0].astype(np.float32), places[..., 1].astype(np.float32)))
    return int(np.count_nonzero((seen > GAP).mean(axis=1) > RUNS_ON))


def _shorter(corners: Corners) -> float:
    return float(min(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[3] - corners[0])))


def filled(corners: Corners, inked: npt.NDArray[np.uint8], family: Family) -> Frame | None:
    """The frame with these corners, if its sides are inked and what is in it may be writing."""
    flat = straight(inked, corners)
    inked_sides = share_of_sides(flat)
    if min(inked_sides) < _SIDE_INKED:
        return None
    rows, columns = flat.shape
    inner = flat[round(0.14 * rows) : round(0.86 * rows), round(0.1 * columns) : round(0.9 * columns)]
    fill = float(inner.mean()) if inner.size else 0.0
    # Empty boxes and solid patches (a red portrait background, a highlighted cell) are no stamps; in
    # little frames the letters run together.
    small = min(flat.shape) < SMALL
    if not 0.06 < fill < (0.97 if small else 0.86) or _ruled(inner):
        return None
    return Frame(corners, family, float(np.mean(inked_sides)), fill > (0.9 if small else 0.55))


def clockwise(points: Corners) -> Corners:
    """Corners from the top left; the longer reading direction is the one nearer to the horizontal."""
    by_x = points[np.argsort(points[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)


def straight(mask: npt.NDArray[np.uint8], corners: Corners) -> npt.NDArray[np.uint8]:
    """The part of a mask within four corners, set upright."""
    width = max(round(float(np.linalg.norm(corners[1] - corners[0]))), 8)
    height = max(round(float(np.linalg.norm(corners[3] - corners[0]))), 8)
    target = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    turn = cv2.getPerspectiveTransform(corners, target)
    return np.asarray(cv2.warpPerspective(mask, turn, (width, height), flags=cv2.INTER_NEAREST), np.uint8)


def share_of_sides(flat: npt.NDArray[np.uint8]) -> tuple[float, float, float, float]:
    """Share of each side with ink within a few pixels of the outline."""
    depth = max(round(0.07 * min(flat.shape)), 3)
    return (
        float(flat[:depth].max(axis=0).mean()),
        float(flat[-depth:].max(axis=0).mean()),
        float(flat[:, :depth].max(axis=1).mean()),
        float(flat[:, -depth:].max(axis=1).mean()),
    )


def _ruled(inner: npt.NDArray[np.uint8]) -> bool:
    """Thin lines from side to side inside: a table, or a stamp with a ruled form, not a seal."""
    if min(inner.shape) < 12:
        return False
    across, down = _has_rule(inner.mean(axis=1)), _has_rule(inner.mean(axis=0))
    return across and (down or inner.shape[1] > 3 * inner.shape[0])


def _has_rule(profile: Plane) -> bool:
    """A thin run of rows that are inked all along; a row of writing is thicker, the frame lies at the end."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (profile > GAP).astype(np.int8), [0]])))
    thin = max(3.0, _THIN_RULE * len(profile))
    return any(
        start > 0 and end < len(profile) and end - start <= thin and profile[start:end].max() > _RULE_INKED
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    )
