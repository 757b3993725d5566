"""Samples to learn from: a window on a printed page with seals and look-alikes, and the boxes of the seals.

Everything is drawn from seeds; no real scan is used, so the real ones stay unseen for measuring.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from fixtures.seals import INKS, DrawnSeal, multiplied
from models.seal_finder import negatives
from models.seal_finder.faces import seal
from models.seal_finder.pages import page

Picture = NDArray[np.uint8]
Points = NDArray[np.float64]
SIDE = 448
RING, FRAME, CUT = 0, 1, 2
CUT_BELOW = 0.8
"""A seal of which less than this share lies on the page counts as cut (骑缝章)."""
LEAST_SEEN = 0.1
LEAST_CONTRAST = 14
LEAST_KEPT = 0.35
"""Share of a seal's ink that a bilevel copy must have kept for the seal still to count as there."""


class Sample(NamedTuple):
    """``picture``: SIDE x SIDE x 3 RGB. ``boxes``: rows of class, x0, y0, x1, y1 in pixels."""

    picture: Picture
    boxes: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Banks:
    """Seals and printed pages drawn once and put together anew for every sample."""

    seals: tuple[DrawnSeal, ...]
    pages: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A place on the paper's edge where a seal is cut. ``inwards``: unit vector onto the paper.

    ``shown``: share of the seal's depth that lies on the paper. ``hidden``: share of it that a sheet above in
    a fanned pile received, cut off straight along the edge (0: nothing).
    """

    point: Points
    inwards: Points
    shown: float
    hidden: float = 0.0


@dataclass(frozen=True, slots=True)
class _Window:
    """``sheet``: the paper's corners in the window, so that what hangs over the paper's edge is cut there."""

    picture: Picture
    sheet: Points


def banks(seed: int, seals: int, pages: int) -> Banks:
    """Draw the stock that samples are made of."""
    rng = random.Random(seed)  # noqa: S311 - drawing, not secrets
    return Banks(tuple(seal(rng) for _ in range(seals)), tuple(page(rng) for _ in range(pages)))


def sample(stock: Banks, seed: int) -> Sample:
    """One window to learn from, with between none and six seals."""
    rng = random.Random(seed)  # noqa: S311 - drawing, not secrets
    window = _window(rng.choice(stock.pages), rng)
    picture = window.picture
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3, 5))):
        rng.choice(negatives.ALL)(picture, rng)
    boxes: list[tuple[float, ...]] = []
    inked: list[Points] = []
    before: tuple[float, float] | None = None
    for _ in range(rng.choice((0, 0, 1, 2, 3, 3, 4, 5, 6, 7))):
        drawn = rng.choice(stock.seals)
        place = _place(rng, window.sheet, before)
        if isinstance(place, _Edge) and drawn.truth.shape in ("square", "rectangle"):
            drawn = rng.choice(stock.seals)  # What is pressed across edges is round nearly always.
        before = place if isinstance(place, tuple) and rng.random() < 0.15 else None
        pressed, box = _pressed(picture, window.sheet, drawn, place, rng)
        if box is None:
            continue
        left, top = (max(int(value), 0) for value in box[1:3])
        part = (slice(top, int(box[4]) + 1), slice(left, int(box[3]) + 1))
        paler = picture[part].min(axis=2).astype(np.int16) - pressed[part].min(axis=2)
        ink = np.argwhere(paler > LEAST_CONTRAST) + np.array([top, left])
        # Ink on a dark picture that nobody can see teaches nothing.
        if len(ink) < 0.5 * np.count_nonzero(paler > 2) or len(ink) < 30:
            continue
        picture = pressed
        boxes.append(box)
        inked.append(ink)
    copy = damaged(picture, rng)
    if copy.bilevel:
        dark = copy.picture.max(axis=2) < 140
        boxes = [
            box
            for box, ink in zip(boxes, inked, strict=True)
            if dark[ink[:, 0], ink[:, 1]].mean() > LEAST_KEPT
        ]
    return Sample(copy.picture, np.array(boxes, np.float32).reshape(-1, 5))


def _window(paper: Picture, rng: random.Random) -> _Window:
    """A part of the page, scaled, turned and seen at an angle, on a desk of any colour."""
    if rng.random() < 0.2:
        paper = np.ascontiguousarray(np.rot90(paper, rng.randint(1, 3)))
    zoom = math.exp(rng.uniform(math.log(0.42), math.log(1.35)))
    if zoom < 0.95:
        paper = np.asarray(cv2.resize(paper, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA), np.uint8)
        zoom = 1.0
    height, width = paper.shape[:2]
    angle = rng.choice(
        (0.0, 0.0, 0.0, rng.uniform(-3, 3), rng.uniform(-3, 3), rng.uniform(-3, 3), rng.uniform(-20, 20))
    )
    # The window looks anywhere, half of the time at an edge of the page.
    x, y = rng.uniform(0, width), rng.uniform(0, height)
    margin = SIDE / 2 / zoom
    if rng.random() < 0.7:
        x, y = (
            min(max(value, min(margin, size / 2)), max(size - margin, size / 2))
            for value, size in ((x, width), (y, height))
        )
        if rng.random() < 0.4:
            x = rng.choice((margin, width - margin))
    matrix = np.vstack([cv2.getRotationMatrix2D((x, y), angle, zoom), [0, 0, 1]])
    matrix[0, 2] += SIDE / 2 - x
    matrix[1, 2] += SIDE / 2 - y
    if rng.random() < 0.2:
        corners = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float32)
        bent = corners + np.array([[rng.uniform(-35, 35) for _ in range(2)] for _ in range(4)], np.float32)
        matrix = cv2.getPerspectiveTransform(corners, bent) @ matrix
    desk = [rng.choice((255, 255, 0, rng.randint(0, 255)))] * 3
    if rng.random() < 0.3:
        desk = [rng.randint(20, 230) for _ in range(3)]
    view = cv2.warpPerspective(paper, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderValue=desk)
    sheet = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    return _Window(np.asarray(view, np.uint8), cv2.perspectiveTransform(sheet, matrix)[0])


def _place(
    rng: random.Random, sheet: Points, before: tuple[float, float] | None
) -> tuple[float, float] | _Edge:
    """Where a seal goes: anywhere (its middle), across the seal before it, or on an edge."""
    if before is not None:
        return before[0] + rng.uniform(-70, 70), before[1] + rng.uniform(-50, 50)
    if rng.random() < 0.4:
        return _edge(rng, sheet)
    return rng.uniform(20, SIDE - 20), rng.uniform(20, SIDE - 20)


def _edge(rng: random.Random, sheet: Points) -> _Edge:
    """On the paper's edge where that is seen, else on the window's: a scan ends where its paper does."""
    corner = rng.randrange(4)
    share = rng.random()
    first, last = sheet[corner], sheet[(corner + 1) % 4]
    point = first * share + last * (1 - share)
    if not ((point > 4).all() and (point < SIDE - 4).all()):
        frame = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float64)
        corner = rng.choice((0, 1, 1, 1, 2, 3, 3))
        first, last = frame[corner], frame[(corner + 1) % 4]
        point = first * share + last * (1 - share)
    along = (last - first) / max(float(np.linalg.norm(last - first)), 1e-6)
    inwards = np.array([-along[1], along[0]])
    if rng.random() < 0.45:
        count = rng.choice((2, 2, 3, 3, 3, 4, 4, 5, 6))
        number = rng.randrange(count)
        return _Edge(point, inwards, (number + 1) / count, number / count)
    return _Edge(point, inwards, rng.uniform(0.1, 0.5) if rng.random() < 0.7 else rng.uniform(0.5, 0.95))


def _wanted(shape: str, rng: random.Random, *, cut: bool) -> float:
    """The seal's longer side in pixels: mostly that of a page shrunk to about 700 pixels."""
    if cut and rng.random() < 0.8:
        return math.exp(rng.uniform(math.log(55), math.log(165)))
    low, high = {"square": (15, 90), "rectangle": (26, 190)}.get(shape, (22, 150))
    if rng.random() < 0.14:
        low, high = (high, {"square": 260, "rectangle": 380}.get(shape, 430))
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def _pressed(
    picture: Picture,
    sheet: Points,
    drawn: DrawnSeal,
    place: tuple[float, float] | _Edge,
    rng: random.Random,
) -> tuple[Picture, tuple[float, ...] | None]:
    """The seal on the picture, and its class and box; None where next to nothing of it lies there."""
    longer = _wanted(drawn.truth.shape, rng, cut=isinstance(place, _Edge))
    rgba, outline = stamped(drawn, longer, rng)
    size = (rgba.shape[1], rgba.shape[0])
    middle = _middle(place, outline) if isinstance(place, _Edge) else place
    left, top = round(middle[0] - size[0] / 2), round(middle[1] - size[1] / 2)
    moved = outline + np.array([left, top], np.float64)
    strip = _strip(place, moved) if isinstance(place, _Edge) and place.hidden else None
    box = _box(drawn.truth.shape, moved, sheet, strip)
    if box is None:
        return picture, None
    pressed = multiplied(picture, rgba, left, top)
    off = (moved.min(0) < sheet.max(0)).all() and _overhangs(moved, sheet)
    for limits in ([sheet] if off else []) + ([strip] if strip is not None else []):
        mask: Picture = np.zeros(picture.shape[:2], np.uint8)
        cv2.fillConvexPoly(mask, np.round(limits).astype(np.int32), (1,))
        pressed = np.where(mask[..., None] > 0, pressed, picture)
    return pressed, box


def stamped(drawn: DrawnSeal, longer: float, rng: random.Random) -> tuple[Picture, Points]:
    """A seal of the stock, ``longer`` pixels on its longer side, in another ink; and its outline."""
    outline = np.array(drawn.truth.points, np.float64)
    scale = longer / float(np.ptp(outline, axis=0).max())
    rgba, squeeze = drawn.rgba, rng.choice((1.0, 1.0, rng.uniform(0.88, 1.12)))
    size = (max(round(rgba.shape[1] * scale * squeeze), 6), max(round(rgba.shape[0] * scale), 6))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    rgba = np.asarray(cv2.resize(rgba, size, interpolation=how), np.uint8)
    outline = outline * (size[0] / drawn.rgba.shape[1], size[1] / drawn.rgba.shape[0])
    if rng.random() < 0.6:
        base = INKS[drawn.truth.colour if drawn.truth.colour in INKS else "red"]
        if rng.random() < 0.08:
            base = ((120, 40, 140), (20, 110, 70), (235, 120, 40))
        shade = rng.choice((0, 0, -40, 40))
        rgba[..., :3] = [min(max(value + shade + rng.randint(-28, 28), 0), 255) for value in rng.choice(base)]
    if rng.random() < 0.2:
        rgba[..., 3] = (rgba[..., 3] * rng.uniform(0.45, 0.9)).astype(np.uint8)
    return np.ascontiguousarray(rgba), outline


def _middle(edge: _Edge, outline: Points) -> tuple[float, float]:
    """Where a seal's middle lies so that ``shown`` of its depth is on the paper."""
    across = outline @ edge.inwards
    depth = float(np.ptp(across))
    x, y = edge.point + edge.inwards * depth * (edge.shown - 0.5)
    return float(x), float(y)


def _strip(edge: _Edge, moved: Points) -> Points:
    """The band along the edge that received its part of the seal: what lies deeper fell on another sheet."""
    depth = float(np.ptp(moved @ edge.inwards)) * (edge.shown - edge.hidden)
    along = np.array([edge.inwards[1], -edge.inwards[0]]) * 2 * SIDE
    inner = edge.inwards * depth
    return np.array([edge.point - along, edge.point + along, edge.point + along + inner,
                     edge.point - along + inner])  # fmt: skip


def _overhangs(outline: Points, sheet: Points) -> bool:
    hull = sheet.astype(np.float32).reshape(-1, 1, 2)
    return any(cv2.pointPolygonTest(hull, (float(x), float(y)), False) < 0 for x, y in outline)


def _box(shape: str, outline: Points, sheet: Points, strip: Points | None = None) -> tuple[float, ...] | None:
    """Class and box of what is left on the picture of a seal; None where next to nothing is."""
    frame = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float32)
    hull = cv2.convexHull(outline.astype(np.float32))
    _, on_sheet = cv2.intersectConvexConvex(hull, cv2.convexHull(sheet.astype(np.float32)))
    if on_sheet is None or len(on_sheet) < 3:
        return None
    if strip is not None:
        _, on_sheet = cv2.intersectConvexConvex(
            cv2.convexHull(on_sheet), cv2.convexHull(strip.astype(np.float32))
        )
        if on_sheet is None or len(on_sheet) < 3:
            return None
    area, seen = cv2.intersectConvexConvex(cv2.convexHull(on_sheet), frame)
    share = area / max(cv2.contourArea(hull), 1.0)
    if seen is None or share < LEAST_SEEN:
        return None
    points = seen.reshape(-1, 2)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    if min(right - left, bottom - top) < 4 or max(right - left, bottom - top) < 14:
        return None
    kind = CUT if share < CUT_BELOW else FRAME if shape in ("square", "rectangle") else RING
    return float(kind), float(left), float(top), float(right), float(bottom)


class Damaged(NamedTuple):
    picture: Picture
    bilevel: bool


def damaged(picture: Picture, rng: random.Random) -> Damaged:
    """Grey and bilevel copies, uneven light, blur, noise, compression."""
    values, bilevel = picture.astype(np.float32), False
    height, width = picture.shape[:2]
    if rng.random() < 0.3:
        grey = values @ np.array([0.299, 0.587, 0.114], np.float32)
        if rng.random() < 0.5:
            grey = np.clip((grey - rng.uniform(0, 60)) * rng.uniform(1.0, 1.6), 0, 255)
        values = np.repeat(grey[:, :, None], 3, 2)
        if rng.random() < 0.15:
            bilevel = True
            # A bilevel scan shrunk is grey again at its edges.
            black = np.where(values > rng.uniform(130, 215), 255.0, 0.0).astype(np.float32)
            values = np.asarray(cv2.GaussianBlur(black, (0, 0), 0.5), np.float32)
    if rng.random() < 0.3:
        ends = rng.uniform(0.5, 1.1), rng.uniform(0.5, 1.1)
        across = np.linspace(*ends, max(height, width), dtype=np.float32)
        values = values * (across[None, :width, None] if rng.random() < 0.5 else across[:height, None, None])
    if rng.random() < 0.3:
        values = values * np.array([rng.uniform(0.82, 1.05) for _ in range(3)], np.float32)
    if rng.random() < 0.4:
        values = np.asarray(cv2.GaussianBlur(values, (0, 0), rng.uniform(0.3, 1.3)), np.float32)
    if rng.random() < 0.4:
        noise = np.random.default_rng(rng.randrange(1 << 30))
        values = values + noise.normal(0, rng.uniform(1, 10), (height, width, 1)).astype(np.float32)
    clipped = np.clip(values, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        _, data = cv2.imencode(".jpg", clipped, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(30, 92)])
        clipped = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return Damaged(clipped, bilevel)
