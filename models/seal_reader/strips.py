"""Strips and rows as the program cuts them, with what a person could read on them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.seal_reader.faces import Placed
from models.seal_reader.scenes import Backgrounds, Scene, scene
from models.seal_reader.words import ALPHABET
from ocr.seals.preparation import Prepared, prepared
from ocr.seals.shapes import Ellipse, Pixels
from ocr.seals.unroll import STRIP_HEIGHT, USUAL_BAND, Band, unrolled, writing_band

Floats = NDArray[np.floating[Any]]

_KNOWN = frozenset(ALPHABET)
_WHOLE = 2 * np.pi


@dataclass(frozen=True, slots=True)
class Strip:
    """``pixels``: 48×W×3 RGB. ``kind``: name, row or code; ``way``: ink and the picture it was cut from."""

    pixels: Pixels
    text: str
    kind: str
    way: str


@dataclass(frozen=True, slots=True)
class _Cut:
    """A seal cut out for reading about an ellipse that is a little wrong."""

    shown: Scene
    guess: Ellipse
    seal: Prepared

    def places(self, centres: Floats) -> Floats:
        """Points of the scene on the cut-out."""
        factor = self.seal.ellipse.a / self.guess.a
        middle = np.array([self.guess.x, self.guess.y])
        return (centres - middle) * factor + np.array([self.seal.ellipse.x, self.seal.ellipse.y])

    def angles(self, centres: Floats) -> Floats:
        away = centres - np.array([self.guess.x, self.guess.y])
        return np.arctan2(away[:, 1], away[:, 0])


def strips(seed: int, tiles: int = 48, *, held_out: bool = False) -> Iterator[Strip]:
    """Without end; a few from every seal. ``held_out``: in faces that are never taught."""
    rng = random.Random(seed)  # noqa: S311
    np.random.seed(seed)
    grounds = Backgrounds(rng, tiles)
    while True:
        yield from strips_of(rng, scene(rng, grounds, held_out=held_out))


def strips_of(rng: random.Random, shown: Scene) -> Iterator[Strip]:
    """Two views of the name; the row and the number where the seal has them."""
    guess = _misplaced(rng, shown.ellipse, 0.012)
    cut = _Cut(shown, guess, prepared(shown.picture, guess, shown.family))
    margin = (shown.picture.shape[0] - shown.face.mask.shape[0]) / 2
    for line in shown.face.lines:
        centres = line.centres + margin
        if line.kind == "name":
            for way in ("clean", "raw"):
                yield _name(rng, cut, line, centres, way)
        elif (
            line.kind == "row" and shown.ellipse.radius > 55 and rng.random() < (0.6 if shown.clear else 0.06)
        ):
            yield _row(rng, cut, line, centres)
        elif line.kind == "code" and shown.clear and shown.ellipse.radius > 85 and rng.random() < 0.4:
            yield _code(rng, cut, line, centres)


def _misplaced(rng: random.Random, ellipse: Ellipse, share: float) -> Ellipse:
    """An ellipse as a fit may give it."""
    size = ellipse.radius * share
    wide = share if rng.random() < 0.85 else 2.5 * share
    return replace(
        ellipse,
        x=ellipse.x + rng.gauss(0, size),
        y=ellipse.y + rng.gauss(0, size),
        a=ellipse.a * (1 + rng.gauss(0, wide)),
        b=ellipse.b * (1 + rng.gauss(0, wide)),
    )


def _name(rng: random.Random, cut: _Cut, line: Placed, centres: Floats, way: str) -> Strip:
    seal = cut.seal
    band = writing_band(seal.ink, seal.ellipse) if rng.random() < 0.8 else USUAL_BAND
    spread = 0.012 if rng.random() < 0.8 else 0.03
    band = Band(max(band.outer + rng.gauss(0, spread), 0.0), band.inner + rng.gauss(0, spread))
    angles = np.unwrap(cut.angles(centres))
    half = float(np.median(np.diff(angles))) / 2
    first, last = float(angles[0]) - half, float(angles[-1]) + half
    gap = max(_WHOLE - (last - first), 0.0)
    chance = rng.random()
    if chance < 0.68:  # in the gap, as it should be
        start, span = last + gap * rng.uniform(0.1, 0.9), _WHOLE
    elif chance < 0.82:  # the name's own arc and a little more
        start = first - rng.uniform(0.0, 0.25)
        span = min(last - start + rng.uniform(0.0, 0.25), _WHOLE)
    else:  # anywhere: the name is torn
        start, span = rng.uniform(-np.pi, np.pi), _WHOLE
    picture = seal.clean if way == "clean" else seal.raw
    squeeze = rng.uniform(0.55, 0.75) if rng.random() < 0.8 else rng.uniform(0.5, 0.95)
    pixels = unrolled(picture, seal.ellipse, band, start, span, squeeze)
    order = sorted(
        ((float(angle) - start) % _WHOLE, character)
        for angle, character, seen in zip(angles, line.text, cut.shown.seen, strict=True)
        if seen and character in _KNOWN
    )
    text = "".join(character for away, character in order if 0.5 * half < away < span - 0.5 * half)
    return Strip(pixels, text, "name", f"{cut.shown.family} {way}")


def _row(rng: random.Random, cut: _Cut, line: Placed, centres: Floats) -> Strip:
    """A straight row, levelled with some error and cut with some margin."""
    places = cut.places(centres)
    factor = cut.seal.ellipse.a / cut.guess.a
    height = line.height * factor * rng.uniform(1.0, 1.6)
    step = float(np.linalg.norm(places[-1] - places[0])) / max(len(places) - 1, 1)
    width = float(np.linalg.norm(places[-1] - places[0])) + step + height * rng.uniform(0.0, 0.8)
    middle = places.mean(axis=0) + np.random.normal(0, 0.05 * height, 2)
    angle = float(np.rad2deg(line.angle)) + rng.gauss(0, 2.5)
    turn = np.asarray(cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), angle, 1.0), np.float64)
    turn[:, 2] += np.array([width / 2, height / 2]) - middle
    picture = cut.seal.clean if rng.random() < 0.6 else cut.seal.raw
    size = (max(round(width), 8), max(round(height), 8))
    flat = cv2.warpAffine(picture, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    wide = max(round(size[0] * STRIP_HEIGHT / size[1]), 24)
    pixels = np.asarray(cv2.resize(flat, (wide, STRIP_HEIGHT), interpolation=cv2.INTER_LINEAR), np.uint8)
    return Strip(
        pixels, "".join(one for one in line.text if one in _KNOWN), "row", f"{cut.shown.family} clean"
    )


def _code(rng: random.Random, cut: _Cut, line: Placed, centres: Floats) -> Strip:
    """The number along the lower edge, feet outwards."""
    seal = cut.seal
    angles = np.unwrap(cut.angles(centres))[::-1]  # from left to right is against the clock
    away = float(np.median(np.hypot(*(cut.places(centres) - np.array([seal.ellipse.x, seal.ellipse.y])).T)))
    short = min(seal.ellipse.a, seal.ellipse.b)
    inset = max(1 - away / seal.ellipse.radius, 0.05)
    half = max(line.height * seal.ellipse.a / cut.guess.a / short, 0.05) * rng.uniform(0.6, 1.1)
    band = Band(max(inset - half, 0.0), inset + half)
    start, span = float(angles.min()) - rng.uniform(0.05, 0.2), float(np.ptp(angles)) + rng.uniform(0.15, 0.4)
    pixels = unrolled(seal.clean, seal.ellipse, band, start, span, rng.uniform(0.7, 0.95), below=True)
    return Strip(pixels, line.text, "code", f"{cut.shown.family} clean")
