"""The face of a seal to teach on, as a mask, and where each of its characters stands.

Wider than ``fixtures.seals``: any place and height of the name, weights and slants of the face, further
rings, emblems. Drawn at its tilt at once, so that nothing is turned afterwards.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.seal_reader.typefaces import EM, face_for, glyph
from models.seal_reader.words import code, row_text, seal_name

Mask = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Habit:
    """What sets one face apart from another of its kind: how it shares out its square, and its strokes.

    ``across``, ``down``: two harmonics of a smooth shift, in shares of the em. ``thicker``: a kernel's width
    and height in pixels of 64 to the em, (1, 1) for none; ``thinner`` the same for wearing strokes away.
    """

    across: tuple[float, float]
    down: tuple[float, float]
    thicker: tuple[int, int]
    thinner: tuple[int, int]


def habit(rng: random.Random) -> Habit | None:
    """A made-up face on top of a drawn one, for two seals in three; ``None``: the face as it is."""
    if rng.random() < 0.35:
        return None
    thicker, thinner = (1, 1), (1, 1)
    chance = rng.random()
    if chance < 0.4:
        thicker = rng.choice(((2, 1), (1, 2), (3, 1), (1, 3), (2, 2)))
    elif chance < 0.55:
        thinner = rng.choice(((2, 1), (1, 2)))
    return Habit(
        (rng.gauss(0, 0.02), rng.gauss(0, 0.012)),
        (rng.gauss(0, 0.02), rng.gauss(0, 0.012)),
        thicker,
        thinner,
    )


def written(cell: Mask, own: Habit | None) -> Mask:
    """The character as that face would write it."""
    if own is None:
        return cell
    height, width = cell.shape
    x, y = np.arange(width, dtype=np.float32) / width, np.arange(height, dtype=np.float32) / height
    x = x + own.across[0] * np.sin(np.pi * x) + own.across[1] * np.sin(2 * np.pi * x)
    y = y + own.down[0] * np.sin(np.pi * y) + own.down[1] * np.sin(2 * np.pi * y)
    columns, rows = np.meshgrid((x * width).astype(np.float32), (y * height).astype(np.float32))
    shifted = cv2.remap(cell, columns, rows, cv2.INTER_LINEAR)
    if own.thicker != (1, 1):
        shifted = cv2.dilate(shifted, np.ones(own.thicker[::-1], np.uint8))
    if own.thinner != (1, 1):
        shifted = cv2.erode(shifted, np.ones(own.thinner[::-1], np.uint8))
    return np.asarray(shifted, np.uint8)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of writing: its characters, centres (N×2) and height in pixels, angle on the page."""

    text: str
    centres: Floats
    height: float
    kind: str
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class SealFace:
    """``mask`` 0-255; ``owner``: per pixel 1 + the name's character it belongs to, 0 elsewhere."""

    mask: Mask
    owner: Mask
    centre: tuple[float, float]
    axes: tuple[float, float]
    tilt: float
    lines: tuple[Placed, ...]


_SUPER = 2


class _Drawing:
    """A mask twice as fine as the face that comes of it. All lengths in fine pixels."""

    def __init__(self, half: tuple[float, float], tilt: float) -> None:
        self.a, self.b = half[0] * _SUPER, half[1] * _SUPER
        side = int(2 * max(self.a, self.b) * 1.06) + 8
        side += side % 2
        self.mask = np.zeros((side, side), np.uint8)
        self.writing = np.zeros((side, side), np.uint8)
        self.owner = np.zeros((side, side), np.uint8)
        self.middle = side / 2
        self.tilt = tilt
        self.turn = np.array([[np.cos(tilt), -np.sin(tilt)], [np.sin(tilt), np.cos(tilt)]])

    def put(
        self, cell: Mask, at: Floats, height: float, stretch: float, angle: float, slant: float, owner: int
    ) -> None:
        """One character with its centre ``at`` (relative to the middle, before the tilt)."""
        x, y = self.turn @ at + self.middle
        scale = height / EM
        angle += self.tilt
        cos, sin = np.cos(angle), np.sin(angle)
        matrix = np.array([[cos, -sin], [sin, cos]]) @ np.array(
            [[scale * stretch, slant * scale], [0, scale]]
        )
        reach = int(height * 0.9) + 2
        left, top = int(x) - reach, int(y) - reach
        if left < 0 or top < 0 or left + 2 * reach > len(self.mask) or top + 2 * reach > len(self.mask):
            return
        offset = np.array([x - left, y - top]) - matrix @ np.array([cell.shape[1] / 2, cell.shape[0] / 2])
        drawn = cv2.warpAffine(
            cell, np.column_stack([matrix, offset]), (2 * reach, 2 * reach), flags=cv2.INTER_AREA
        )
        part = (slice(top, top + 2 * reach), slice(left, left + 2 * reach))
        np.maximum(self.writing[part], drawn, out=self.writing[part])
        if owner:
            self.owner[part][drawn > 90] = owner

    def ring(self, inset: float, thickness: float) -> None:
        axes = (2 * (self.a - inset - thickness / 2), 2 * (self.b - inset - thickness / 2))
        box = ((self.middle, self.middle), axes, float(np.rad2deg(self.tilt)))
        cv2.ellipse(self.mask, box, (255,), max(round(thickness), 1), cv2.LINE_AA)

    def polygon(self, points: Floats) -> None:
        turned = points @ self.turn.T + self.middle
        cv2.fillPoly(self.mask, [np.round(turned * 8).astype(np.int32)], (255,), cv2.LINE_AA, 3)

    def along(
        self, count: int, inset: float, span: float, jitter: float, below: bool
    ) -> tuple[Floats, Floats, float]:
        """``count`` places around the top (or the bottom) at even steps, the turn of each, and the step."""
        across = np.linspace(-np.pi, np.pi, 721)
        side = 1 if below else -1
        points = np.column_stack(
            [(self.a - inset) * np.sin(across), side * (self.b - inset) * np.cos(across)]
        )
        lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
        step = lengths[-1] * span / 360 / count
        wanted = (
            lengths[360]
            + (np.arange(count) - (count - 1) / 2) * step
            + np.random.normal(0, jitter * step, count)
        )
        at = np.interp(wanted, lengths, across)
        places = np.column_stack([(self.a - inset) * np.sin(at), side * (self.b - inset) * np.cos(at)])
        turns = np.arctan2((self.b - inset) * np.sin(at), (self.a - inset) * np.cos(at))
        return places, -turns if below else turns, float(step)


def seal_face(rng: random.Random, half_width: float, *, held_out: bool = False) -> SealFace:
    """A round or oval seal with half axes of ``half_width`` pixels (the first one)."""
    aspect = 1.0 if rng.random() < 0.85 else rng.uniform(0.66, 0.95)
    tilt = rng.gauss(0, 0.16) if rng.random() < 0.85 else rng.uniform(-np.pi, np.pi)
    drawing = _Drawing((half_width, half_width * aspect), tilt)
    unit = drawing.b  # all parts are in units of the short half axis
    name = seal_name(rng)
    row = row_text(rng) if rng.random() < 0.45 else ""
    family = face_for(rng, name + row, held_out=held_out)
    own = habit(rng)
    thickness = rng.uniform(0.02, 0.075) * unit
    drawing.ring(0, thickness)
    inset = thickness
    if rng.random() < 0.22:
        gap, thin = rng.uniform(0.02, 0.07) * unit, rng.uniform(0.008, 0.025) * unit
        drawing.ring(inset + gap, thin)
        inset += gap + thin
    height = rng.uniform(0.19, 0.33) * unit
    inset += rng.uniform(0.01, 0.13) * unit + height / 2
    span = min(
        max(rng.uniform(12.0, 19.0) * len(name), rng.uniform(120, 200)),
        262.0 if row else rng.uniform(262, 305),
    )
    places, turns, step = drawing.along(
        len(name), inset, span, rng.choice((0.0, 0.0, 0.02, 0.04)), below=False
    )
    latin = name.isascii()
    narrow = min(rng.uniform(0.5, 0.98), step / height * (1.6 if latin else 1.0))
    slant = rng.gauss(0, 0.05)
    for index, character in enumerate(name):
        cell = glyph(family, character)
        if cell is not None:
            squeeze = min(narrow, step / height * EM / cell.shape[1]) if latin else narrow
            drawing.put(
                written(cell, own), places[index], height, squeeze, float(turns[index]), slant, index + 1
            )
    lines = [_placed(drawing, name, places, height, "name")]
    lines += _inside(rng, drawing, family, row, inset + height / 2, height, span)
    writing = _weighed(rng, drawing.writing, unit)
    np.maximum(drawing.mask, writing, out=drawing.mask)
    size = (len(drawing.mask) // _SUPER,) * 2
    return SealFace(
        mask=np.asarray(cv2.resize(drawing.mask, size, interpolation=cv2.INTER_AREA), np.uint8),
        owner=np.ascontiguousarray(drawing.owner[::_SUPER, ::_SUPER]),
        centre=(drawing.middle / _SUPER, drawing.middle / _SUPER),
        axes=(half_width, half_width * aspect),
        tilt=tilt,
        lines=tuple(lines),
    )


def _placed(drawing: _Drawing, text: str, places: Floats, height: float, kind: str) -> Placed:
    centres = (places @ drawing.turn.T + drawing.middle) / _SUPER
    return Placed(text, centres, height / _SUPER, kind, drawing.tilt)


def _inside(
    rng: random.Random, drawing: _Drawing, family: str, row: str, edge: float, height: float, span: float
) -> list[Placed]:
    """Star or emblem, the row below it, the number along the lower edge, a further ring."""
    unit, lines = drawing.b, []
    free = unit - edge
    if rng.random() < 0.06:
        drawing.ring(edge + 0.03 * unit, 0.015 * unit)
    starred = rng.random() < 0.85
    if starred:
        radius = min(rng.uniform(0.2, 0.42) * unit, free * 0.85)
        steps = np.arange(10)
        lengths = radius * np.where(steps % 2 == 0, 1, 0.382)
        drawing.polygon(
            np.column_stack([lengths * np.sin(steps * np.pi / 5), -lengths * np.cos(steps * np.pi / 5)])
        )
    elif rng.random() < 0.5:
        turn = np.sort(np.random.uniform(0, 2 * np.pi, 14))
        lengths = np.random.uniform(0.1, 0.35, 14)[:, None] * unit
        drawing.polygon(lengths * np.column_stack([np.sin(turn), np.cos(turn)]))
    if row:
        level = unit * (rng.uniform(0.42, 0.64) if starred else rng.uniform(-0.05, 0.55))
        half = np.sqrt(max(free**2 - level**2, 0.04 * unit**2)) * drawing.a / unit
        if span < 200:
            half = max(half, 0.5 * drawing.a)
        size = min(rng.uniform(0.13, 0.25) * unit, 2 * half / len(row) / 0.8)
        stretch = min(rng.uniform(0.65, 1.0), 2 * half / len(row) / size)
        step = size * stretch * rng.uniform(1.0, 1.12)
        across = (np.arange(len(row)) - (len(row) - 1) / 2) * (step * (0.55 if row.isascii() else 1.0))
        places = np.column_stack([across, np.full(len(row), level)])
        for index, character in enumerate(row):
            cell = glyph(family, character)
            if cell is not None:
                drawing.put(cell, places[index], size, stretch, 0.0, 0.0, 0)
        lines.append(_placed(drawing, row, places, size, "row"))
    if rng.random() < 0.4:
        number = code(rng)
        size = rng.uniform(0.055, 0.11) * unit
        room = min(rng.uniform(45, 80), 345 - span)
        inset = edge - height + size / 2 + rng.uniform(-0.02, 0.03) * unit
        places, turns, step = drawing.along(len(number), inset, room, 0.0, below=True)
        for index, character in enumerate(number):
            cell = glyph("hei", character)
            if cell is not None:
                stretch = min(1.0, step / size * EM / cell.shape[1])
                drawing.put(cell, places[index], size, stretch, float(turns[index]), 0.0, 0)
        lines.append(_placed(drawing, number, places, size, "code"))
    return lines


def _weighed(rng: random.Random, writing: Mask, unit: float) -> Mask:
    """Heavier or lighter strokes."""
    chance = rng.random()
    if chance < 0.3:
        side = rng.choice((2, 2, 3)) if unit > 120 else 2
        return np.asarray(cv2.dilate(writing, np.ones((side, side), np.uint8)), np.uint8)
    if chance < 0.38 and unit > 200:
        return (255 * (writing / 255.0) ** 2).astype(np.uint8)
    return writing
