"""Pages to learn from: drawn paper with print, seals and look-alikes, and where the whole and cut seals lie.

Everything is drawn from seeds; no real scan is used, so the real ones stay unseen for measuring.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from fixtures.fonts import font
from fixtures.seals import INKS, DrawnSeal, SealSpec, draw_seal, multiplied, random_spec
from models.seal_finder import negatives

Picture = NDArray[np.uint8]
SIDE = 640
RING, FRAME, CUT = 0, 1, 2
CUT_BELOW = 0.8
"""A seal of which less than this share lies on the page counts as cut (骑缝章)."""

_COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "绍兴市建筑设计院有限责任公司工程局委员会人力资源社会保障住房城乡水利交通集团股份研究所学校医院技术检测监理勘察规划园林环境科技"
)
_UNIT_ENDS = ("有限公司", "有限责任公司", "设计院", "研究院", "人力资源和社会保障局", "住房和城乡建设局", "委员会",
              "股份有限公司", "集团有限公司", "管理处", "学校", "杂志社", "编辑部", "人民医院", "工程公司")
_BOTTOMS = ("", "", "人事专用章", "合同专用章", "业务专用章", "财务专用章", "专用章", "人事处", "证书专用章")
_STAMPS = ("核对无误", "与原件核对无误", "复印件与原件一致", "经核对与原件相符", "原件已核", "已审核", "作废", "副本", "收讫")


class Sample(NamedTuple):
    """``picture``: SIDE x SIDE x 3 RGB. ``boxes``: rows of class, x0, y0, x1, y1 in pixels."""

    picture: Picture
    boxes: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Banks:
    """Seals and printed pages drawn once and put together anew for every sample."""

    seals: tuple[DrawnSeal, ...]
    pages: tuple[Picture, ...]


def banks(seed: int, seals: int, pages: int) -> Banks:
    """Draw the stock that samples are made of."""
    rng = random.Random(seed)
    return Banks(
        seals=tuple(_seal(rng) for _ in range(seals)), pages=tuple(_page(rng) for _ in range(pages))
    )


def sample(stock: Banks, seed: int) -> Sample:
    """One page to learn from, with between none and five seals."""
    rng = random.Random(seed)
    page = rng.choice(stock.pages).copy()
    if rng.random() < 0.3:
        page = np.ascontiguousarray(np.rot90(page, rng.randint(1, 3)))
    for _ in range(rng.choice((0, 0, 1, 1, 2, 4))):
        rng.choice(negatives.ALL)(page, rng)
    outlines: list[tuple[str, NDArray[np.float64]]] = []
    for _ in range(rng.choice((0, 0, 1, 1, 1, 2, 2, 3, 5))):
        page, outline, shape = _pressed(page, rng.choice(stock.seals), rng)
        outlines.append((shape, outline))
    page, outlines = _photographed(page, outlines, rng)
    boxes = [box for shape, outline in outlines if (box := _box(shape, outline)) is not None]
    return Sample(_damaged(page, rng), np.array(boxes, np.float32).reshape(-1, 5))


def _seal(rng: random.Random) -> DrawnSeal:
    name = "".join(rng.choices(_COMMON, k=rng.randint(2, 10))) + rng.choice(_UNIT_ENDS)
    colour = rng.choices(("red", "blue", "black"), (0.72, 0.16, 0.12))[0]
    spec = random_spec(rng, name, rng.choice(_BOTTOMS), colour)
    shape = rng.choices(("round", "oval", "square", "rectangle"), (0.58, 0.14, 0.12, 0.16))[0]
    spec = replace(spec, wear=rng.uniform(0, 0.75), pressure=rng.uniform(0.4, 1.0), tilt=rng.uniform(-180, 180)
                   if rng.random() < 0.2 else rng.gauss(0, 12))
    if shape == "oval":
        spec = replace(spec, shape="oval", height=spec.width * rng.uniform(0.6, 0.8), star=0.0,
                       arc=min(spec.arc, 240.0), character=spec.character * 0.75)
    if shape == "square":
        side = rng.uniform(12, 40)
        spec = replace(spec, shape="square", text=name[: rng.randint(2, 12)], width=side, height=side)
    if shape == "rectangle":
        text = rng.choice(_STAMPS) if rng.random() < 0.6 else name[: rng.randint(3, 9)]
        if rng.random() < 0.35:
            text += "\n" + rng.choice(("验证人：", "2020年8月5日", "经办人：", name[:6]))
        longest = max(len(row) for row in text.split("\n"))
        height = rng.uniform(7, 13) * (1 + text.count("\n"))
        spec = replace(spec, shape="rectangle", text=text, height=height, ring=rng.uniform(0.4, 1.2),
                       width=longest * rng.uniform(5, 9) + 4, tilt=rng.gauss(0, 10))
    return draw_seal(spec, dpi=rng.choice((100, 130, 160)))


def _page(rng: random.Random) -> Picture:
    """A printed page: prose, a table, a form, a cover or a photograph, on paper of any tint."""
    height, width = SIDE, rng.choice((452, 452, 452, 560, 640))
    if rng.random() < 0.15:
        height, width = width, height
    tint = rng.randint(225, 255)
    base = [tint, tint - rng.randint(0, 8), tint - rng.randint(0, 22)]
    if rng.random() < 0.12:
        base = [rng.randint(140, 255) for _ in range(3)]
    image = Image.new("RGB", (width, height), tuple(base))
    draw = ImageDraw.Draw(image)
    dark = rng.choice((20, 40, 70, 100))
    ink = (dark, dark, dark + rng.randint(0, 10))
    if rng.random() < 0.2:
        _photograph(image, rng)
    if rng.random() < 0.35:
        red = rng.choice(negatives.REDS) if rng.random() < 0.6 else ink
        size = rng.randint(16, 46)
        text = "".join(rng.choices(_COMMON, k=max(width // size - 2, 2)))
        draw.text((size, rng.randint(10, 60)), text, fill=red, font=font("song_bold", size))
        draw.line((20, 110, width - 20, 110), fill=red, width=rng.randint(1, 4))
    if rng.random() < 0.4:
        _table(draw, rng, width, height, ink)
    level, size = rng.randint(20, 200), rng.choice((6, 7, 8, 9, 10, 12, 16))
    family = rng.choice(("song", "hei", "kai", "wenkai", "song"))
    while level < height - 30 and rng.random() < 0.985:
        left = rng.choice((20, 20, 40, width // 2))
        count = rng.randint(2, max((width - left - 20) // size, 3))
        draw.text((left, level), "".join(rng.choices(_COMMON, k=count)), fill=ink, font=font(family, size))
        level += int(size * rng.choice((1.4, 1.6, 1.6, 2.2, 3)))
    return np.asarray(image, np.uint8).copy()


def _table(draw: ImageDraw.ImageDraw, rng: random.Random, width: int, height: int, ink: tuple[int, int, int]) -> None:
    top, bottom = sorted((rng.randint(40, height - 40), rng.randint(40, height - 40)))
    colour = rng.choice(negatives.REDS) if rng.random() < 0.15 else ink
    if rng.random() < 0.2:
        draw.rectangle((20, top, width - 20, min(top + 18, bottom)), fill=rng.choice(negatives.COLOURS))
    for level in range(top, bottom + 1, rng.randint(12, 40)):
        draw.line((20, level, width - 20, level), fill=colour)
    for place in range(20, width - 19, max((width - 40) // rng.randint(2, 8), 1)):
        draw.line((place, top, place, bottom), fill=colour)


def _photograph(image: Image.Image, rng: random.Random) -> None:
    """A patch of smooth colour noise, like a portrait or a journal cover."""
    noise = np.random.default_rng(rng.randrange(1 << 30)).integers(0, 256, (rng.randint(2, 9), rng.randint(2, 9), 3))
    size = (rng.randint(60, image.width), rng.randint(60, image.height))
    patch = Image.fromarray(noise.astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    image.paste(patch, (rng.randint(0, image.width - 30), rng.randint(0, image.height - 30)))


def _pressed(page: Picture, seal: DrawnSeal, rng: random.Random) -> tuple[Picture, NDArray[np.float64], str]:
    """A seal of any size pressed anywhere, one in six across the page's edge."""
    outline = np.array(seal.truth.points, np.float64)
    extent = float(np.ptp(outline, axis=0).max())
    wanted = math.exp(rng.uniform(math.log(22), math.log(130 if rng.random() < 0.85 else 330)))
    if seal.truth.shape in ("square", "rectangle"):
        wanted = min(wanted, 150)
    scale = wanted / extent
    size = (max(round(seal.rgba.shape[1] * scale), 8), max(round(seal.rgba.shape[0] * scale), 8))
    rgba = cv2.resize(seal.rgba, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        base = INKS[seal.truth.colour if seal.truth.colour in INKS else "red"]
        jitter = [min(max(value + rng.randint(-25, 25), 0), 255) for value in rng.choice(base)]
        rgba[..., :3] = np.array(jitter, np.uint8)
    height, width = page.shape[:2]
    x, y = rng.randint(size[0] // 2, max(width - size[0] // 2, size[0] // 2 + 1)), rng.randint(
        size[1] // 2, max(height - size[1] // 2, size[1] // 2 + 1))
    if rng.random() < 0.17:
        x = rng.choice((0, width)) + round(rng.uniform(-0.35, 0.35) * size[0])
    left, top = x - size[0] // 2, y - size[1] // 2
    moved = outline * (size[0] / seal.rgba.shape[1], size[1] / seal.rgba.shape[0]) + (left, top)
    moved = np.vstack([moved, [[0, 0], [width, 0], [width, height], [0, height]]])
    return multiplied(page, np.ascontiguousarray(rgba), left, top), moved, seal.truth.shape


def _photographed(
    page: Picture, outlines: list[tuple[str, NDArray[np.float64]]], rng: random.Random
) -> tuple[Picture, list[tuple[str, NDArray[np.float64]]]]:
    """Put the page on a square canvas, turned, scaled and seen at an angle."""
    height, width = page.shape[:2]
    angle = rng.choice((0.0, 0.0, rng.uniform(-3, 3), rng.uniform(-25, 25)))
    scale = rng.choice((1.0, 1.0, rng.uniform(0.6, 1.0), rng.uniform(1.0, 1.8)))
    matrix = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale), [0, 0, 1]])
    matrix[0, 2] += SIDE / 2 - width / 2
    matrix[1, 2] += SIDE / 2 - height / 2
    if scale > 1.1:
        matrix[0, 2] += rng.uniform(-0.4, 0.4) * (scale - 1) * width
        matrix[1, 2] += rng.uniform(-0.4, 0.4) * (scale - 1) * height
    if rng.random() < 0.3:
        corners = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float32)
        bent = corners + np.array([[rng.uniform(-50, 50) for _ in range(2)] for _ in range(4)], np.float32)
        matrix = cv2.getPerspectiveTransform(corners, bent) @ matrix
    desk = [rng.choice((255, 255, rng.randint(0, 255))) for _ in range(1)] * 3
    if rng.random() < 0.25:
        desk = [rng.randint(20, 230) for _ in range(3)]
    canvas = cv2.warpPerspective(page, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderValue=desk)
    return np.asarray(canvas, np.uint8), [
        (shape, cv2.perspectiveTransform(outline[None], matrix)[0]) for shape, outline in outlines
    ]


def _box(shape: str, outline: NDArray[np.float64]) -> tuple[float, float, float, float, float] | None:
    """Class and box of what is left on the picture of a seal; None where next to nothing is."""
    seal, sheet = outline[:-4].astype(np.float32), outline[-4:].astype(np.float32)
    frame = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float32)
    hull = cv2.convexHull(seal)
    _, on_sheet = cv2.intersectConvexConvex(hull, cv2.convexHull(sheet))
    if on_sheet is None or len(on_sheet) < 3:
        return None
    area, seen = cv2.intersectConvexConvex(cv2.convexHull(on_sheet), frame)
    share = area / max(cv2.contourArea(hull), 1.0)
    if seen is None or share < 0.12:
        return None
    points = seen.reshape(-1, 2)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    if min(right - left, bottom - top) < 5 or max(right - left, bottom - top) < 14:
        return None
    kind = CUT if share < CUT_BELOW else FRAME if shape in ("square", "rectangle") else RING
    return float(kind), float(left), float(top), float(right), float(bottom)


def _damaged(page: Picture, rng: random.Random) -> Picture:
    """Grey copies, uneven light, blur, noise, compression."""
    picture = page.astype(np.float32)
    if rng.random() < 0.3:
        grey = picture @ np.array([0.299, 0.587, 0.114], np.float32)
        if rng.random() < 0.5:
            grey = np.clip((grey - rng.uniform(0, 60)) * rng.uniform(1.0, 1.6), 0, 255)
        picture = np.repeat(grey[:, :, None], 3, 2)
        if rng.random() < 0.12:
            picture = np.where(picture > rng.uniform(120, 200), 255.0, 0.0).astype(np.float32)
    if rng.random() < 0.3:
        across = np.linspace(rng.uniform(0.6, 1.1), rng.uniform(0.6, 1.1), SIDE, dtype=np.float32)
        picture *= across[None, :, None] if rng.random() < 0.5 else across[:, None, None]
    if rng.random() < 0.3:
        picture *= np.array([rng.uniform(0.85, 1.05) for _ in range(3)], np.float32)
    if rng.random() < 0.4:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 1.4))
    noise = np.random.default_rng(rng.randrange(1 << 30))
    if rng.random() < 0.5:
        picture += noise.normal(0, rng.uniform(1, 10), (SIDE, SIDE, 1)).astype(np.float32)
    clipped = np.clip(picture, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        _, data = cv2.imencode(".jpg", clipped, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(30, 92)])
        clipped = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return clipped


__all__ = ["CUT", "FRAME", "RING", "SIDE", "Banks", "Sample", "SealSpec", "banks", "sample"]
