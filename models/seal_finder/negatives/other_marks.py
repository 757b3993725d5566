"""Rings and boxes of every other sort: codes, pen, coffee, ornaments, charts, coloured headings."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from fixtures.fonts import font
from models.seal_finder.negatives.paint import COLOURS, Picture, place

FAMILIES = ("song", "song_bold", "hei", "hei_bold", "kai")
WORDS = (
    "目录重要提示基本信息学习经历工作业绩成果登录查询打印下载年度第一二三四章节号编辑部主管办公开放论文摘要"
)


def qr_code(page: Picture, rng: random.Random) -> None:
    """A grid of black and white modules with its three corner squares."""
    cells = rng.choice((21, 25, 29, 33))
    module = rng.randint(1, 4)
    modules = np.random.default_rng(rng.randrange(1 << 30)).integers(0, 2, (cells, cells)).astype(np.uint8)
    for row, column in ((0, 0), (0, cells - 7), (cells - 7, 0)):
        modules[row : row + 7, column : column + 7] = 0
        modules[row + 1 : row + 6, column + 1 : column + 6] = 1
        modules[row + 2 : row + 5, column + 2 : column + 5] = 0
    picture = np.repeat(np.repeat(modules * 255, module, 0), module, 1)
    side = picture.shape[0]
    height, width = page.shape[:2]
    if side >= min(height, width):
        return
    top, left = rng.randint(0, height - side - 1), rng.randint(0, width - side - 1)
    page[top : top + side, left : left + side] = picture[:, :, None]


def drawn_circle(page: Picture, rng: random.Random) -> None:
    """A pen's circle round a word: open, uneven, with nothing along it."""
    x, y, radius = place(page, rng, 8, 70)
    flat = rng.uniform(0.4, 1.0)
    turn = rng.uniform(0, 6)
    points = []
    for step in np.linspace(turn, turn + 2 * math.pi * rng.uniform(0.9, 1.15), 60):
        wobble = radius * (1 + 0.08 * math.sin(3 * step + turn) + rng.gauss(0, 0.01))
        points.append((x + int(wobble * math.cos(step)), y + int(wobble * flat * math.sin(step))))
    cv2.polylines(page, [np.array(points)], False, rng.choice(COLOURS), rng.randint(1, 3), cv2.LINE_AA)


def coffee_ring(page: Picture, rng: random.Random) -> None:
    """A soft brown stain, darker at its rim."""
    x, y, radius = place(page, rng, 25, 90)
    stain: NDArray[np.float32] = np.zeros(page.shape[:2], np.float32)
    cv2.circle(stain, (x, y), radius, (rng.uniform(0.2, 0.5),), rng.randint(2, 7), cv2.LINE_AA)
    cv2.circle(stain, (x, y), radius, (rng.uniform(0.02, 0.1),), -1, cv2.LINE_AA)
    soft = np.asarray(cv2.GaussianBlur(stain, (0, 0), rng.uniform(1, 2.5)), np.float32)[:, :, None]
    page[:] = (page * (1 - soft) + np.array((130, 90, 50)) * soft).astype(np.uint8)


def ornament(page: Picture, rng: random.Random) -> None:
    """A certificate's border: rows of small coloured figures."""
    height, width = page.shape[:2]
    colour = rng.choice(COLOURS)
    step, radius, inset = rng.randint(8, 22), rng.randint(3, 9), rng.randint(6, 24)
    for x in range(inset, width - inset, step):
        for y in (inset, height - inset):
            cv2.circle(page, (x, y), radius, colour, 1, cv2.LINE_AA)
    for y in range(inset, height - inset, step):
        for x in (inset, width - inset):
            cv2.circle(page, (x, y), radius, colour, 1, cv2.LINE_AA)


def handwriting(page: Picture, rng: random.Random) -> None:
    """A pen's loops, ticks and underlines, most of them red or blue."""
    x, y, size = place(page, rng, 8, 40)
    colour = rng.choice(COLOURS)
    points = []
    for _ in range(rng.randint(4, 18)):
        x, y = x + rng.randint(-size // 2, size), y + rng.randint(-size // 2, size // 2)
        points.append((x, y))
    smooth = cv2.GaussianBlur(np.array(points, np.float32)[:, None, :], (1, 3), 0).astype(np.int32)
    cv2.polylines(page, [smooth], False, colour, rng.randint(1, 3), cv2.LINE_AA)


def chart(page: Picture, rng: random.Random) -> None:
    """A pie, a ring or a clock face."""
    x, y, radius = place(page, rng, 12, 80)
    start = 0
    while start < 360:
        end = start + rng.randint(20, 140)
        cv2.ellipse(
            page, (x, y), (radius, radius), 0, start, min(end, 360), rng.choice(COLOURS), -1, cv2.LINE_AA
        )
        start = end
    if rng.random() < 0.5:
        cv2.circle(page, (x, y), int(radius * rng.uniform(0.4, 0.85)), (255, 255, 255), -1, cv2.LINE_AA)


def coloured_box(page: Picture, rng: random.Random) -> None:
    """A button, a highlighted cell or an empty frame: corners as stamps have, and nothing of theirs."""
    x, y, size = place(page, rng, 8, 50)
    far = (x + int(size * rng.uniform(0.8, 5)), y + size)
    colour = rng.choice(COLOURS)
    style = rng.random()
    cv2.rectangle(page, (x, y), far, colour, -1 if style < 0.45 else rng.randint(1, 2))
    if style > 0.8:
        cv2.rectangle(page, (x + 3, y + 3), (far[0] - 3, far[1] - 3), colour, 1)
    if style < 0.3:
        cv2.putText(
            page,
            "".join(rng.choices("ABCDEFGR0123456789", k=rng.randint(2, 6))),
            (x + 4, y + int(size * 0.7)),
            cv2.FONT_HERSHEY_SIMPLEX,
            size / 40,
            (255, 255, 255),
            1,
            cv2.LINE_AA,
        )


def boxed_words(page: Picture, rng: random.Random) -> None:
    """Chinese words in a printed box: a heading, a label, a button, a note. Upright, even and crisp."""
    x, y, size = place(page, rng, 8, 26)
    words = "".join(rng.choices(WORDS, k=rng.randint(2, 9)))
    colour = rng.choice(COLOURS)
    rows = rng.choice((1, 1, 1, 2))
    far = (x + int(size * (len(words) + rng.uniform(0.3, 3))), y + int(size * rows * rng.uniform(1.2, 1.9)))
    filled = rng.random() < 0.5
    layer = Image.fromarray(page)
    draw = ImageDraw.Draw(layer)
    corner = rng.choice((0, 0, size // 3))
    draw.rounded_rectangle((x, y, *far), corner, fill=colour if filled else None, outline=colour,
                           width=rng.choice((1, 1, 2)))  # fmt: skip
    said = (255, 255, 255) if filled else rng.choice((colour, (30, 30, 30)))
    for row in range(rows):
        level = y + (far[1] - y) * (2 * row + 1) / (2 * rows)
        draw.text(
            ((x + far[0]) / 2, level), words, fill=said, font=font(rng.choice(FAMILIES), size), anchor="mm"
        )
    page[:] = np.asarray(layer, np.uint8)


def barcode(page: Picture, rng: random.Random) -> None:
    """Upright bars, with figures under them."""
    x, y, size = place(page, rng, 14, 50)
    for _ in range(rng.randint(20, 60)):
        cv2.rectangle(page, (x, y), (x + rng.randint(0, 2), y + size), (20, 20, 20), -1)
        x += rng.randint(2, 5)
