"""Samples to learn from: a window of print with a seal over it, and the same print without the seal.

Everything is drawn from seeds; no real scan is used, so the real ones stay unseen for measuring.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from fixtures.content import person_name
from fixtures.fonts import FACES, HANDWRITING, Face, font
from fixtures.ink import clouds
from fixtures.seal_variety import BOTTOMS, unit_name
from fixtures.seals import DrawnSeal, draw_seal, random_spec

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]
SHEET = 384
"""Side of a drawn sheet; windows of ``SIDE`` are cut from it."""
SIDE = 160
FACES.setdefault("gbsn", Face("truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0, "fonts-arphic-gbsn00lp"))
FACES.setdefault("gkai", Face("truetype/arphic-gkai00mp/gkai00mp.ttf", 0, "fonts-arphic-gkai00mp"))
FACES.setdefault("zenhei", Face("truetype/wqy/wqy-zenhei.ttc", 0, "fonts-wqy-zenhei"))
PRINT = (
    "song",
    "song",
    "song_bold",
    "hei",
    "hei_bold",
    "kai",
    "wenkai",
    "fangsong",
    "gbsn",
    "gkai",
    "zenhei",
)
WORDS = (
    "姓名性别出生年月工作单位专业技术职务任职资格继续教育学时合格优秀称职考核结果签发机关盖章日期编号证书发证聘任期限"
    "同意情况属实经办人负责人审核意见合计总计公需科目专业科目身份证号码职称评审高级工程师"
)
LEAST, MOST = 0.02, 0.98


class Sample(NamedTuple):
    """``picture``: SIDE x SIDE x 3, 0-1, RGB. ``wanted``: SIDE x SIDE, darkness of the print alone.

    ``inked``: SIDE x SIDE, how much of the seal lies there, 0-1.
    """

    picture: Plane
    wanted: Plane
    inked: Plane


def seal(rng: random.Random) -> DrawnSeal:
    """A seal in any colour that stands for itself: the colour is put on when it is pressed."""
    spec = random_spec(rng, unit_name(rng), rng.choice(BOTTOMS) if rng.random() < 0.4 else "", "red")
    shape = rng.choices(("round", "oval", "square", "rectangle"), (0.72, 0.16, 0.06, 0.06))[0]
    spec = replace(
        spec,
        shape=shape,
        family=rng.choice(PRINT),
        tilt=rng.uniform(-60, 60) if shape in ("round", "oval") else rng.gauss(0, 5),
        wear=rng.uniform(0, 0.5),
        pressure=rng.uniform(0.55, 1.0),
    )
    if shape == "oval":
        spec = replace(spec, height=spec.width * rng.uniform(0.6, 0.8), star=0.0)
    elif shape == "square":
        side = rng.uniform(20, 40)
        spec = replace(spec, text=spec.text[:9], width=side, height=side)
    elif shape == "rectangle":
        spec = replace(spec, text=spec.text[:8] + "\n核对无误", width=44, height=16)
    return draw_seal(spec, rng.choice((75, 90, 110, 130, 150, 180, 210)))


def sheet(rng: random.Random) -> Picture:
    """Lines of print, some by hand, some in a ruled table; SHEET x SHEET x 3."""
    light = rng.randint(228, 255)
    image = Image.new("RGB", (SHEET, SHEET), (light, light - rng.randint(0, 8), light - rng.randint(0, 20)))
    draw = ImageDraw.Draw(image)
    shade = rng.choice((15, 25, 30, 45, 70))
    ink = (shade, shade, shade + rng.randint(0, 6))
    size = rng.choice((rng.randint(11, 20), rng.randint(15, 38)))
    family = rng.choice(PRINT)
    y = rng.uniform(0, size)
    step = size * rng.uniform(1.25, 2.6)
    ruled = rng.random() < 0.25
    while y < SHEET:
        by_hand = rng.random() < 0.12
        face = rng.choice(HANDWRITING) if by_hand else family
        colour = rng.choice(((30, 40, 120), (25, 25, 30), (20, 30, 80))) if by_hand else ink
        larger = round(size * 1.3) if by_hand else size
        draw.text((rng.uniform(-60, 120), y), _words(rng), fill=colour, font=font(face, larger))
        if ruled:
            draw.line((0, y - step * 0.15, SHEET, y - step * 0.15), fill=ink, width=rng.choice((1, 2)))
        y += step
    if ruled:
        for _ in range(2):
            x = rng.uniform(0, SHEET)
            draw.line((x, 0, x, SHEET), fill=ink, width=rng.choice((1, 2)))
    return np.asarray(image, np.uint8)


def _words(rng: random.Random) -> str:
    kind = rng.random()
    year, month, day = rng.randint(1990, 2029), rng.randint(1, 12), rng.randint(1, 31)
    if kind < 0.2:
        return rng.choice(("", "日期：")) + f"{year}年{month}月{day}日" + rng.choice(("", "　至今"))
    if kind < 0.32:
        mark = rng.choice(".-/")
        return f"{year}{mark}{month:02}{mark}{day:02}  {rng.randint(1, 999)}"
    if kind < 0.4:
        return "".join("〇一二三四五六七八九"[int(figure)] for figure in str(year)) + "年十二月二十三日"
    if kind < 0.65:
        return rng.choice(("", "单位：")) + unit_name(rng)
    if kind < 0.78:
        return rng.choice(("姓名：", "经办人：", "")) + person_name(rng) + "　" + person_name(rng)
    return "".join(rng.choices(WORDS, k=rng.randint(4, 20)))


def samples(rng: random.Random, seals: list[DrawnSeal], count: int) -> list[Sample]:
    """``count`` windows about one seal pressed over one sheet."""
    printed = sheet(rng).astype(np.float32)
    alpha = _alpha(rng, rng.choice(seals))
    colour = _colour(rng)
    through = printed * (1 - alpha[..., None] * (1 - colour / 255))
    over = printed * (1 - alpha[..., None]) + colour * alpha[..., None]
    hidden = rng.choice((0.0, 0.0, rng.uniform(0.1, 0.6)))
    dark = printed.min(axis=2, keepdims=True) < 190
    sealed = np.where(dark, hidden * over + (1 - hidden) * through, through)
    pictures = _damaged(rng, printed, sealed)
    inked = alpha > 0.08
    rows, columns = np.nonzero(inked) if inked.any() else (np.array([SHEET // 2]),) * 2
    found = []
    for _ in range(count):
        place = rng.randrange(len(rows))
        top = min(max(int(rows[place]) - rng.randrange(SIDE), 0), SHEET - SIDE)
        left = min(max(int(columns[place]) - rng.randrange(SIDE), 0), SHEET - SIDE)
        window = (slice(top, top + SIDE), slice(left, left + SIDE))
        found.append(Sample(pictures[0][window], pictures[1][window], alpha[window]))
    return found


def _alpha(rng: random.Random, drawn: DrawnSeal) -> Plane:
    """The seal somewhere on a sheet, larger or smaller, turned a little; 0-1."""
    face = drawn.rgba[..., 3].astype(np.float32) / 255
    height, width = face.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-180, 180), rng.uniform(0.8, 1.25))
    matrix[0, 2] += rng.uniform(0.3, 0.7) * SHEET - width / 2
    matrix[1, 2] += rng.uniform(0.3, 0.7) * SHEET - height / 2
    laid = cv2.warpAffine(face, matrix, (SHEET, SHEET), flags=cv2.INTER_LINEAR)
    return np.asarray(np.clip(laid * rng.uniform(0.75, 1.1), 0, 1), np.float32)


def _colour(rng: random.Random) -> Plane:
    kind = rng.random()
    if kind < 0.72:
        strong = rng.randint(95, 250)
        return np.array(
            [strong, rng.randint(5, 110) * strong / 250, rng.randint(5, 110) * strong / 250], np.float32
        )
    if kind < 0.92:
        return np.array([rng.randint(20, 90), rng.randint(40, 110), rng.randint(110, 200)], np.float32)
    return np.array([rng.randint(20, 110)] * 3, np.float32)


def _damaged(rng: random.Random, printed: Plane, sealed: Plane) -> tuple[Plane, Plane]:
    """What the way to the upload makes of both; the wanted one without noise and coding."""
    generator = np.random.default_rng(rng.randrange(1 << 30))
    light = 1 - rng.uniform(0, 0.12) * clouds(generator, (SHEET, SHEET), 3)[..., None]
    blur = rng.choice((0.0, 0.4, 0.6, 0.9, 1.3))
    printed, sealed = (_blurred(one * light, blur) for one in (printed, sealed))
    if rng.random() < 0.3:
        coarse = rng.uniform(0.45, 0.9)
        printed, sealed = (_coarsened(one, coarse) for one in (printed, sealed))
    grey = rng.random()
    if grey < 0.42:
        weights = np.array(rng.choice(((0.3, 0.59, 0.11), (0.32, 0.52, 0.16), (0.2, 0.7, 0.1))), np.float32)
        contrast, shift = rng.uniform(0.9, 1.5), rng.uniform(-5, 20)
        printed, sealed = (
            np.repeat((((one @ weights) - 128) * contrast + 128 + shift)[..., None], 3, axis=2)
            for one in (printed, sealed)
        )
    noise = generator.normal(0, rng.uniform(0, 4), (SHEET, SHEET, 1)).astype(np.float32)
    sealed = sealed + noise
    if grey < 0.12:
        level = rng.uniform(120, 190)
        sealed = np.where(sealed > level, 255.0, 0.0).astype(np.float32)
        printed = np.where(printed + noise > level, 255.0, 0.0).astype(np.float32)
    elif rng.random() < 0.85:
        sealed = _coded(sealed, rng.randint(45, 96))
    paper = np.maximum(np.percentile(printed.reshape(-1, 3), 92, axis=0), 120).astype(np.float32)
    paper *= rng.uniform(0.96, 1.03)
    darkness = 1 - np.clip((printed / paper) @ np.array([0.4, 0.4, 0.2], np.float32), 0, 1)
    return np.clip(sealed / paper, 0, 1).astype(np.float32), _cleaned(darkness)


def _blurred(picture: Plane, sigma: float) -> Plane:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.float32) if sigma else picture


def _coarsened(picture: Plane, share: float) -> Plane:
    """Scanned at a lower resolution and enlarged again."""
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, picture.shape[1::-1], interpolation=cv2.INTER_CUBIC), np.float32)


def _coded(picture: Plane, quality: int) -> Plane:
    pixels = np.clip(picture, 0, 255).astype(np.uint8)
    coded = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1], np.float32)


def _cleaned(darkness: NDArray[np.floating]) -> Plane:
    """Paper's own shade is no print."""
    return np.clip((darkness - 0.08) / 0.84, LEAST, MOST).astype(np.float32)


__all__ = ["SIDE", "Sample", "samples", "seal", "sheet"]
