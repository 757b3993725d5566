"""A seal pressed on printed paper, then scanned, copied or photographed: what the strips are cut from."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from fixtures.ink import clouds, wear
from fixtures.seals import INKS
from models.seal_reader.faces import SealFace, seal_face
from models.seal_reader.typefaces import FACES
from models.seal_reader.words import COMMON, seal_name
from ocr.seals.shapes import Ellipse, Family

Picture = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]

_TILE = 900
_WHITE, _BLACK = (255, 255, 255), (20, 20, 22)
_PAPERS = (_WHITE, _WHITE, (250, 248, 240), (238, 228, 205), (226, 236, 226), (250, 232, 232))
_PRINTS = (_BLACK, _BLACK, (45, 45, 50), (70, 70, 75), (20, 30, 90), (150, 30, 30))
_READABLE, _READABLE_GREY = 0.38, 0.5
"""A character is in the label where so much of its ink can be told from what lies under it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """``seen``: for each character of the name, whether a person could read it."""

    picture: Picture
    face: SealFace
    ellipse: Ellipse
    family: Family
    seen: tuple[bool, ...]
    clear: bool
    """Small writing, too, can be read."""


def background(rng: random.Random) -> Picture:
    """A piece of a page at about 150 dpi: print, table, date and signature, photograph, or nearly nothing."""
    paper = rng.choice(_PAPERS)
    image = Image.new("RGB", (_TILE, _TILE), paper)
    draw = ImageDraw.Draw(image)
    kind = rng.choices(
        ("print", "dense", "date", "table", "photo", "bare"), (0.22, 0.05, 0.34, 0.12, 0.07, 0.2)
    )[0]
    if kind == "photo":
        generator = np.random.default_rng(rng.randrange(1 << 30))
        layers = [clouds(generator, (_TILE, _TILE), rng.choice((3, 6, 15))) for _ in range(3)]
        tone = np.array([rng.uniform(60, 230) for _ in range(3)])
        photo = np.clip(tone * (0.35 + 0.9 * np.stack(layers, axis=2)), 0, 255).astype(np.uint8)
        cut = rng.randrange(_TILE)
        whole = np.asarray(image).copy()
        whole[:, :cut] = photo[:, :cut]
        return whole
    ink = rng.choice(_PRINTS)
    y = rng.uniform(0, 30)
    while y < _TILE and kind != "bare":
        size = rng.choice((16, 19, 21, 21, 24, 30)) if kind != "dense" else rng.choice((15, 18, 21))
        font = _font(rng, size)
        if kind == "date":
            year, month, day = rng.randint(1998, 2024), rng.randint(1, 12), rng.randint(1, 28)
            dates = (f"{year}年{month}月{day}日", f"{year}.{month}.{day}")
            text = rng.choice((*dates, seal_name(rng), "负责人签字：", "单位（盖章）"))
            draw.text((rng.uniform(-20, _TILE * 0.7), y), text, fill=ink, font=font)
            y += size * rng.uniform(1.6, 5)
        else:
            senseless = rng.random() < 0.5
            text = "".join(rng.choices(COMMON, k=60) if senseless else (seal_name(rng) for _ in range(5)))
            draw.text((rng.uniform(-30, 60), y), text, fill=ink, font=font)
            y += size * (rng.uniform(1.5, 4.0) if kind != "dense" else 1.5)
    if kind == "table" or rng.random() < 0.15:
        for _ in range(rng.randint(4, 14)):
            at = rng.randrange(_TILE)
            line = (0, at, _TILE, at) if rng.random() < 0.6 else (at, 0, at, _TILE)
            draw.line(line, fill=ink, width=rng.choice((1, 2, 2, 3)))
    pixels = np.asarray(image).copy()
    for _ in range(rng.choice((0, 0, 1, 2, 3))):  # a pen
        steps = np.random.normal(0, 26, (rng.randint(5, 16), 2))
        points = (np.cumsum(steps, axis=0) + np.random.uniform(0, _TILE, 2)).astype(np.int32)
        pen = rng.choice((_BLACK, (30, 40, 120)))
        cv2.polylines(pixels, [points], False, pen, rng.choice((2, 3, 4)), cv2.LINE_AA)
    return pixels


def _font(rng: random.Random, size: int) -> ImageFont.FreeTypeFont:
    face = FACES[rng.choice(("song", "gb_song", "hei", "fandol_fang", "song_bold", "kai", "fandol_song"))]
    return ImageFont.truetype(face.path, size, index=face.index, layout_engine=ImageFont.Layout.BASIC)


class Backgrounds:
    """A bank of tiles, from which pieces are cut at any angle and size."""

    def __init__(self, rng: random.Random, count: int) -> None:
        self._tiles = [background(rng) for _ in range(count)]

    def piece(self, rng: random.Random, side: int, scale: float) -> Picture:
        """A square piece; ``scale``: its pixels per tile pixel."""
        tile = rng.choice(self._tiles)
        turn = rng.choices(
            (rng.gauss(0, 1.5), rng.uniform(-180, 180), rng.choice((90, -90))), (0.7, 0.2, 0.1)
        )[0]
        middle = (rng.uniform(0, _TILE), rng.uniform(0, _TILE))
        matrix = np.asarray(cv2.getRotationMatrix2D(middle, turn, scale), np.float64)
        matrix[:, 2] += side / 2 - np.array([_TILE / 2, _TILE / 2])
        if scale < 0.7:
            tile = np.asarray(cv2.blur(tile, (2, 2)), np.uint8)
        return np.asarray(
            cv2.warpAffine(tile, matrix, (side, side), borderMode=cv2.BORDER_REFLECT_101), np.uint8
        )


def scene(rng: random.Random, grounds: Backgrounds, *, held_out: bool = False) -> Scene:
    """One seal on a page, as it arrives."""
    radius = (
        float(np.exp(rng.uniform(np.log(46), np.log(190)))) if rng.random() < 0.85 else rng.uniform(36, 60)
    )
    face = seal_face(rng, radius, held_out=held_out)
    side = face.mask.shape[0] + 2 * round(0.25 * radius)
    margin = (side - face.mask.shape[0]) // 2
    way = rng.choices(("red", "blue", "grey", "black", "bilevel"), (0.47, 0.1, 0.31, 0.04, 0.08))[0]
    page = grounds.piece(rng, side, radius / rng.uniform(105, 140)).astype(np.float32)
    if rng.random() < 0.12:
        page = page * 0.0 + np.median(page[::8, ::8], axis=(0, 1))
    pale = rng.random() < 0.15
    amount = rng.uniform(0.02, 0.5) if rng.random() < 0.85 else rng.uniform(0.5, 0.8)
    pressure = rng.uniform(0.45, 0.75) if pale else rng.uniform(0.7, 0.98)
    alpha = wear(face.mask.astype(np.float32) / 255, amount, pressure, rng.randrange(1 << 30))
    ink = np.array(_ink(rng, "blue" if way == "blue" else "black" if way == "black" else "red"), np.float32)
    under = page[margin : margin + len(face.mask), margin : margin + len(face.mask)]
    clear = way != "bilevel" and not pale and amount < 0.42
    seen = _seen(face, alpha, under, pressure, way)
    if rng.random() < 0.1:
        page = _another(rng, page, radius, ink)
        under = page[margin : margin + len(face.mask), margin : margin + len(face.mask)]
    under *= 1 - alpha[..., None] * (1 - ink / 255)
    page = _taken(rng, page, way, radius)
    picture = np.clip(page, 0, 255).astype(np.uint8)
    if rng.random() < 0.75:
        quality = rng.randint(35, 95)
        _, packed = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
        picture = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)[..., ::-1], np.uint8)
    ellipse = Ellipse(face.centre[0] + margin, face.centre[1] + margin, face.axes[0], face.axes[1], face.tilt)
    family: Family = {"red": "red", "blue": "other"}.get(way, "dark")  # type: ignore[assignment]
    return Scene(np.ascontiguousarray(picture), face, ellipse, family, seen, clear)


def _ink(rng: random.Random, colour: str) -> tuple[float, ...]:
    base = rng.choice(INKS[colour])
    return tuple(min(max(value + rng.gauss(0, 14), 0), 255) for value in base)


def _seen(face: SealFace, alpha: Floats, under: Floats, pressure: float, way: str) -> tuple[bool, ...]:
    """Which characters of the name keep enough of their ink in sight."""
    light = under.min(axis=2) / max(float(np.percentile(under.min(axis=2), 90)), 1)
    faintest = 0.55 if way == "bilevel" else 0.3 * pressure
    shown = (alpha > faintest) * np.clip((light - (0.25 if way in ("red", "blue") else 0.45)) / 0.3, 0, 1)
    count = len(face.lines[0].text)
    whole = np.bincount(face.owner.ravel(), minlength=count + 1)[1 : count + 1]
    visible = np.bincount(face.owner.ravel(), weights=shown.ravel(), minlength=count + 1)[1 : count + 1]
    least = _READABLE if way in ("red", "blue") else _READABLE_GREY
    return tuple(bool(part > least * total) and total > 0 for part, total in zip(visible, whole, strict=True))


def _another(rng: random.Random, page: Floats, radius: float, ink: Floats) -> Floats:
    """A second seal that reaches into the first."""
    other = seal_face(rng, radius * rng.uniform(0.8, 1.2))
    alpha = other.mask.astype(np.float32)[..., None] / 255 * rng.uniform(0.4, 0.9)
    turn, away = rng.uniform(0, 6.283), radius * rng.uniform(1.25, 1.9)
    left = int(len(page) / 2 + away * np.cos(turn) - len(alpha) / 2)
    top = int(len(page) / 2 + away * np.sin(turn) - len(alpha) / 2)
    x0, x1 = max(left, 0), min(left + len(alpha), len(page))
    y0, y1 = max(top, 0), min(top + len(alpha), len(page))
    if x1 > x0 and y1 > y0:
        page = page.copy()
        page[y0:y1, x0:x1] *= 1 - alpha[y0 - top : y1 - top, x0 - left : x1 - left] * (1 - ink / 255)
    return page


def _taken(rng: random.Random, page: Floats, way: str, radius: float) -> Floats:
    """Scanner, photocopier, fax or phone."""
    side = len(page)
    generator = np.random.default_rng(rng.randrange(1 << 30))
    if way in ("grey", "bilevel", "black"):
        weights = rng.choice(((0.32, 0.52, 0.16), (0.3, 0.59, 0.11), (0.45, 0.4, 0.15), (0.15, 0.7, 0.15)))
        grey = page @ np.array(weights, np.float32)
        if way != "black" or rng.random() < 0.5:
            grey = (grey - 128) * rng.uniform(1.0, 1.45) + 128 + rng.uniform(0, 22)
        page = np.repeat(grey[..., None], 3, axis=2)
    elif rng.random() < 0.4:
        light = 1 - rng.uniform(0.1, 0.4) * clouds(generator, (side, side), 2)
        page = page * light[..., None] * np.array([1, rng.uniform(0.95, 1), rng.uniform(0.84, 1)], np.float32)
    blur = rng.uniform(0.3, 0.55 + 0.006 * radius)
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), blur), np.float32)
    if rng.random() < 0.15:
        page = page * 1.6 - cv2.GaussianBlur(page, (0, 0), 2) * 0.6
    channels = 1 if way in ("grey", "bilevel", "black") or rng.random() < 0.5 else 3
    page = page + generator.normal(0, rng.uniform(0.5, 5), (side, side, channels)).astype(np.float32)
    if way == "bilevel":
        page = np.where(page.mean(axis=2, keepdims=True) > rng.uniform(135, 190), 255.0, 0.0) * np.ones(3)
    return np.asarray(page, np.float32)
