"""Rings to learn from, cut out as in use: of seals, of badges and other round devices, of nothing at all."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from fixtures.seals import DrawnSeal, multiplied
from models.seal_finder.drawing import LEAST_KEPT, Banks, damaged, stamped
from models.seal_finder.negatives import other_marks, roundels
from ocr.seals.gatekeeper import rounded
from ocr.seals.ring_judge import SIDE
from ocr.seals.shapes import Ellipse

Picture = NDArray[np.uint8]
WINDOW = 360
LEAST, MOST = 36, 230
"""Pixels across the ring in the window."""
LEAST_CONTRAST = 14
ON_BLACK, COARSE = 0.04, 0.25
"""Shares of the cut-outs."""
Drawing = Callable[[Picture, random.Random], None]
DEVICES: tuple[Drawing, ...] = (
    *(roundels.school_badge,) * 6,
    *(roundels.lettered_roundel,) * 6,
    *(roundels.printed_ring,) * 3,
    *(other_marks.drawn_circle,) * 3,
    *(other_marks.coffee_ring,) * 2,
    *(roundels.roundel,) * 2,
    *(roundels.quality_mark,) * 2,
    roundels.medal,
    roundels.emblem,
    roundels.national_emblem,
    other_marks.ornament,
    other_marks.chart,
    other_marks.qr_code,
    other_marks.handwriting,
)
"""Each as often as it is drawn."""


class Cut(NamedTuple):
    """``picture``: SIDE x SIDE x 3 RGB; ``seal`` 1 or 0."""

    picture: Picture
    seal: int


def cut(stock: Banks, seals: tuple[DrawnSeal, ...], number: int) -> Cut:
    """One ring to learn from. ``seals``: the round and oval ones of the stock."""
    rng = random.Random(number)  # noqa: S311 - drawing, not secrets
    while True:
        ground, kind = _ground(stock, rng), rng.random()
        if kind < 0.5:
            found = _seal(ground, seals, rng)
        elif kind < 0.88:
            found = _device(ground, rng)
        else:
            found = _nothing(ground, seals, rng)
        if found is not None:
            return found


def _on_black(picture: Picture) -> Picture:
    """What was painted on white, as pictures with a transparent ground come out: the ink alone, on black."""
    ink = 1 - picture.min(axis=2, keepdims=True) / 255.0
    return np.asarray(np.clip(picture * ink + 70 * ink, 0, 255), np.uint8)


def _coarse(picture: Picture, rng: random.Random) -> Picture:
    """As scanned at a third to two thirds of the resolution and enlarged."""
    share = rng.uniform(0.33, 0.67)
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (WINDOW, WINDOW), interpolation=cv2.INTER_LINEAR), np.uint8)


def _ground(stock: Banks, rng: random.Random) -> Picture:
    """A part of a page, up to twice as large as it was drawn."""
    page, zoom = rng.choice(stock.pages), rng.uniform(0.7, 2.2)
    side = round(WINDOW / zoom)
    top, left = rng.randint(0, page.shape[0] - side), rng.randint(0, page.shape[1] - side)
    part = page[top : top + side, left : left + side]
    how = cv2.INTER_AREA if zoom < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(part, (WINDOW, WINDOW), interpolation=how), np.uint8).copy()


def _pressed(
    ground: Picture, seals: tuple[DrawnSeal, ...], rng: random.Random, middle: tuple[float, float]
) -> tuple[Picture, Ellipse]:
    longer = math.exp(rng.uniform(math.log(LEAST), math.log(MOST)))
    rgba, outline = stamped(rng.choice(seals), longer, rng)
    left, top = round(middle[0] - rgba.shape[1] / 2), round(middle[1] - rgba.shape[0] / 2)
    (x, y), (wide, high), angle = cv2.fitEllipse((outline + np.array([left, top])).astype(np.float32))
    return multiplied(ground, rgba, left, top), _ellipse(x, y, wide / 2, high / 2, math.radians(angle))


def _ellipse(x: float, y: float, a: float, b: float, angle: float) -> Ellipse:
    """The longer axis first, turned by a quarter at most, as rings are fitted."""
    if a < b:
        a, b, angle = b, a, angle + math.pi / 2
    return Ellipse(x, y, a, b, (angle + math.pi / 2) % math.pi - math.pi / 2)


def _middle(rng: random.Random) -> tuple[float, float]:
    return WINDOW / 2 + rng.uniform(-40, 40), WINDOW / 2 + rng.uniform(-40, 40)


def _seal(ground: Picture, seals: tuple[DrawnSeal, ...], rng: random.Random) -> Cut | None:
    """A seal on print, sometimes with another over it; None where it cannot be seen."""
    black = rng.random() < ON_BLACK
    if black:
        ground[:] = 255
    elif rng.random() < 0.15:
        rng.choice(DEVICES)(ground, rng)
    middle = _middle(rng)
    picture, ellipse = _pressed(ground, seals, rng, middle)
    paler = ground.min(axis=2).astype(np.int16) - picture.min(axis=2)
    ink = paler > LEAST_CONTRAST
    if np.count_nonzero(ink) < max(0.5 * np.count_nonzero(paler > 2), 60):
        return None
    if rng.random() < 0.1:
        near = middle[0] + rng.uniform(-90, 90), middle[1] + rng.uniform(-70, 70)
        picture, _ = _pressed(picture, seals, rng, near)
    if black:
        return Cut(_cut(_on_black(picture), ellipse, rng), 1)
    copy = damaged(picture, rng)
    if copy.bilevel and (copy.picture.max(axis=2) < 140)[ink].mean() < LEAST_KEPT:
        return None
    return Cut(_cut(copy.picture, ellipse, rng), 1)


def _device(ground: Picture, rng: random.Random) -> Cut | None:
    """A round device: where the page changed is where it lies."""
    black = rng.random() < ON_BLACK
    if black:
        ground[:] = 255
    before = ground.copy()
    rng.choice(DEVICES)(ground, rng)
    changed = np.any(before != ground, axis=2)
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    if len(rows) == 0 or min(rows[0], columns[0]) == 0 or max(rows[-1], columns[-1]) == WINDOW - 1:
        return None
    wide, high = columns[-1] + 1 - columns[0], rows[-1] + 1 - rows[0]
    if max(wide, high) < LEAST or min(wide, high) < 0.5 * max(wide, high):
        return None
    ellipse = _ellipse((columns[0] + columns[-1]) / 2, (rows[0] + rows[-1]) / 2, wide / 2, high / 2, 0.0)
    picture = _on_black(ground) if black else damaged(ground, rng).picture
    return Cut(_cut(picture, ellipse, rng), 0)


def _nothing(ground: Picture, seals: tuple[DrawnSeal, ...], rng: random.Random) -> Cut | None:
    """A ring about print alone, or one that only touches a seal."""
    x, y = _middle(rng)
    radius = math.exp(rng.uniform(math.log(LEAST), math.log(MOST))) / 2
    if rng.random() < 0.3:
        ground, seal = _pressed(ground, seals, rng, (x, y))
        apart = rng.uniform(0.7, 1.6) * seal.radius
        turn = rng.uniform(0, 2 * math.pi)
        radius = rng.uniform(0.3, 0.9) * seal.radius
        x, y = x + apart * math.cos(turn), y + apart * math.sin(turn)
    ellipse = _ellipse(x, y, radius, radius * rng.uniform(0.6, 1.0), rng.uniform(-1.5, 1.5))
    return Cut(_cut(damaged(ground, rng).picture, ellipse, rng), 0)


def _cut(picture: Picture, ellipse: Ellipse, rng: random.Random) -> Picture:
    """The ring cut out a little aside of where it lies, as it may be fitted."""
    if rng.random() < COARSE:
        picture = _coarse(picture, rng)
    off = 0.03 * ellipse.radius
    moved = Ellipse(
        ellipse.x + rng.gauss(0, off),
        ellipse.y + rng.gauss(0, off),
        ellipse.a * (1 + rng.gauss(0, 0.03)),
        ellipse.b * (1 + rng.gauss(0, 0.03)),
        ellipse.angle,
    )
    return rounded(picture, moved, SIDE)
