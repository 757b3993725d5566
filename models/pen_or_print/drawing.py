"""Drawn crops to teach pen from print: names, labels and dates by hand and in type, scribbles, smudges.

Faces, hands and seeds are those for choosing; nothing of what ``bench.marks`` reports on is seen here.
"""

from __future__ import annotations

import random
from datetime import date
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import ImageFont

from fixtures.content import person_name
from fixtures.documents.dates import chinese, dotted, plain
from fixtures.hands import NEAT, hands, scribble, smudge, written
from fixtures.ink import Alpha, wear
from fixtures.mark_slip import set_in
from models.pen_or_print.crop import HEIGHT, WIDTH, framed_crop
from models.seal_reader.typefaces import FACES, Typeface, draws

PRINTED, PEN, NOTHING = 0, 1, 2
_WORDS = (
    "验证人", "核对人", "经办人", "审核人", "签名", "日期", "合格", "优秀", "称职", "考核结果",
    "备注", "单位", "核对无误", "原件", "公章", "绍兴市", "有限公司", "工程师", "姓名", "高级工程师",
    "建设集团", "证书编号",
)  # fmt: skip


def example(rng: random.Random) -> tuple[npt.NDArray[np.uint8], int]:
    """One crop as the network is shown it (HEIGHT × WIDTH, ink high) and its class."""
    size = rng.choice((18.0, 22.0, 28.0, 36.0, 50.0)) * rng.uniform(0.85, 1.2)
    kind = rng.choices((PRINTED, PEN, NOTHING), (0.42, 0.42, 0.16))[0]
    ink, box = {PRINTED: _print, PEN: _pen, NOTHING: _nothing}[kind](size, rng)
    sheet = _sheet(ink, size, rng)
    loose = [
        value + rng.uniform(-0.1, 0.16) * size * sign for value, sign in zip(box, (-1, -1, 1, 1), strict=True)
    ]
    return framed_crop(sheet, (loose[0], loose[1], loose[2], loose[3])), kind


_PRINT = tuple(name for name in FACES if name not in ("gb_kai", "kai", "big5_kai"))
"""Without the family of which ``bench.marks`` borrows a neat hand."""
Placed = tuple[Alpha, tuple[float, float, float, float]]


def _on_sheet(alpha: Alpha, size: float, rng: random.Random) -> Placed:
    """The ink in the middle of empty paper, with the place it takes."""
    margin = round(size * 1.2)
    ink = np.pad(alpha, margin)
    box = (margin, margin, margin + alpha.shape[1], margin + alpha.shape[0])
    return ink.astype(np.float32), (float(box[0]), float(box[1]), float(box[2]), float(box[3]))


def _some_day(rng: random.Random) -> str:
    day = date(rng.randint(2010, 2024), rng.randint(1, 12), rng.randint(1, 28))
    return rng.choice((plain, dotted, chinese))(day)


def _print(size: float, rng: random.Random) -> Placed:
    text = rng.choice(
        (person_name(rng), person_name(rng), rng.choice(_WORDS), rng.choice(_WORDS), _some_day(rng))
    )
    family = next((name for name in rng.sample(_PRINT, 8) if draws(name, text)), "song")
    face = _face(FACES[family], max(6, round(size)))
    alpha = set_in(face, (text,), size, rng.choice((0.0, 0.0, 0.0, 0.3)))
    ys, xs = np.nonzero(alpha > 0.2)
    alpha = alpha[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    if rng.random() < 0.3:
        alpha = wear(alpha, rng.uniform(0.02, 0.4), rng.uniform(0.7, 0.95), rng.randrange(1 << 30))
    return _on_sheet(alpha, size, rng)


@lru_cache(maxsize=512)
def _face(face: Typeface, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face.path, pixels, index=face.index, layout_engine=ImageFont.Layout.BASIC)


def _pen(size: float, rng: random.Random) -> Placed:
    if rng.random() < 0.4:
        return _on_sheet(scribble(size, rng), size, rng)
    text = person_name(rng) if rng.random() < 0.75 else rng.choice((_some_day(rng), rng.choice(_WORDS)))
    hand = rng.choice((*hands("choose"), "choose") if rng.random() < 0.5 else tuple(NEAT))
    return _on_sheet(written(text, hand, size, rng), size, rng)


def _nothing(size: float, rng: random.Random) -> Placed:
    kind = rng.choice(("empty", "smudge", "smudge", "corner"))
    if kind == "smudge":
        return _on_sheet(smudge(size * rng.uniform(0.5, 1.1), rng), size, rng)
    empty = np.zeros((round(size * 1.2), round(size * rng.uniform(1.2, 4))), np.float32)
    if kind == "corner":
        x, y = rng.randrange(empty.shape[1]), rng.randrange(empty.shape[0])
        thick = max(1, round(size * rng.uniform(0.03, 0.09)))
        empty[y : y + thick, x:] = 1
        empty[y:, x : x + thick] = 1
    return _on_sheet(empty, size, rng)


def _sheet(ink: Alpha, size: float, rng: random.Random) -> npt.NDArray[np.uint8]:
    """The ink on paper with what else may lie there, scanned. RGB."""
    height, width = ink.shape
    ink = ink * rng.uniform(0.7, 1.0)
    if rng.random() < 0.35:
        _rule(ink, size, rng)
    if rng.random() < 0.3:
        _ghost(ink, size, rng)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.gauss(0, 1.5), 1.0)
    ink = np.asarray(cv2.warpAffine(ink, turn, (width, height)), np.float32)
    paper = rng.uniform(200, 255)
    grey = paper - ink * (paper - rng.uniform(10, 110))
    grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.3, 0.04 * size)), np.float32)
    generator = np.random.default_rng(rng.randrange(1 << 30))
    grey = grey + generator.normal(0, rng.uniform(0, 5), grey.shape)
    coded = cv2.imencode(".jpg", np.clip(grey, 0, 255).astype(np.uint8), [1, rng.randint(40, 95)])[1]
    plain_grey = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    return np.ascontiguousarray(np.repeat(plain_grey[..., None], 3, axis=2).astype(np.uint8))


def _rule(ink: Alpha, size: float, rng: random.Random) -> None:
    """The line or the dots of a form, or a table's line, under or through the writing's foot."""
    height, width = ink.shape
    y = round(height / 2 + size * rng.uniform(0.35, 0.75))
    thick = max(1, round(size * rng.uniform(0.02, 0.06)))
    if rng.random() < 0.3:
        ink[y : y + thick, :: max(3, round(size * 0.15))] = 1
    else:
        ink[y : y + thick, round(rng.uniform(0, 0.3) * width) :] = 1


def _ghost(ink: Alpha, size: float, rng: random.Random) -> None:
    """Arcs and strokes that remain where a seal's ink was taken off."""
    plane = np.zeros_like(ink)
    for _ in range(rng.randint(1, 3)):
        centre = (rng.randrange(ink.shape[1]), round(ink.shape[0] / 2 + rng.uniform(-4, 4) * size))
        radius = round(size * rng.uniform(1.5, 4.5))
        cv2.circle(plane, centre, radius, (1.0,), max(1, round(size * rng.uniform(0.03, 0.15))), cv2.LINE_AA)
    np.maximum(ink, plane * rng.uniform(0.05, 0.35), out=ink)


__all__ = ["HEIGHT", "NOTHING", "PEN", "PRINTED", "WIDTH", "example"]
