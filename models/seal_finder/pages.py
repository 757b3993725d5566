"""Printed pages without seals to learn on: prose, tables, covers, certificates, photographs."""

from __future__ import annotations

import random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from fixtures.fonts import font
from models.seal_finder.faces import COMMON
from models.seal_finder.negatives import COLOURS, REDS

Picture = NDArray[np.uint8]
LONG = 960
"""Pixels of a page's long side; samples show it larger or smaller."""
Colour = tuple[int, int, int]


def page(rng: random.Random) -> Picture:
    """One page of paper of any tint, H x W x 3, RGB."""
    height, width = LONG, rng.choice((680, 680, 680, 720, 800))
    if rng.random() < 0.25:
        height, width = width, height
    tint = rng.randint(225, 255)
    base = [tint, tint - rng.randint(0, 8), tint - rng.randint(0, 22)]
    if rng.random() < 0.12:
        base = [rng.randint(140, 255) for _ in range(3)]
    image = Image.new("RGB", (width, height), tuple(base))
    draw = ImageDraw.Draw(image)
    dark = rng.choice((20, 40, 70, 100))
    ink = (dark, dark, dark + rng.randint(0, 10))
    if rng.random() < 0.25:
        _photographs(image, rng)
    if rng.random() < 0.2:
        _border(draw, rng, width, height)
    if rng.random() < 0.4:
        _heading(draw, rng, width, ink)
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        _table(draw, rng, width, height, ink)
    _prose(draw, rng, width, height, ink)
    return np.asarray(image, np.uint8).copy()


def _words(rng: random.Random, count: int) -> str:
    if rng.random() < 0.12:
        return " ".join(
            "".join(rng.choices("abcdefghilmnoprstuvwy", k=rng.randint(2, 9))) for _ in range(count // 3 + 1)
        )
    return "".join(rng.choices(COMMON + "0123456789，。：", k=count))


def _prose(draw: ImageDraw.ImageDraw, rng: random.Random, width: int, height: int, ink: Colour) -> None:
    level, size = rng.randint(30, 300), rng.choice((9, 10, 11, 12, 13, 14, 16, 20))
    family = rng.choice(("song", "hei", "kai", "wenkai", "song", "fangsong"))
    while level < height - 40 and rng.random() < 0.985:
        left = rng.choice((40, 40, 70, width // 2))
        colour = ink if rng.random() < 0.97 else rng.choice(COLOURS)
        count = rng.randint(2, max((width - left - 30) // size, 3))
        draw.text((left, level), _words(rng, count), fill=colour, font=font(family, size))
        if rng.random() < 0.03:
            size = rng.choice((9, 11, 13, 16, 24))
        level += int(size * rng.choice((1.3, 1.5, 1.6, 2.2, 3)))


def _heading(draw: ImageDraw.ImageDraw, rng: random.Random, width: int, ink: Colour) -> None:
    """A letterhead or masthead, most of them red, with its rule and sometimes a star."""
    colour = rng.choice(REDS) if rng.random() < 0.65 else rng.choice((ink, *COLOURS))
    size = rng.randint(26, 90)
    top = rng.randint(14, 90)
    count = max((width - 40) // size - rng.randint(0, 3), 2)
    if rng.random() < 0.25:
        draw.rectangle((0, top - 10, width, top + size + 20), fill=colour)
        colour = (255, 255, 255)
    draw.text((rng.randint(20, 60), top), "".join(rng.choices(COMMON, k=count)), fill=colour,
              font=font(rng.choice(("song_bold", "hei_bold", "kai")), size))  # fmt: skip
    level = top + int(size * 1.35)
    for _ in range(rng.choice((0, 1, 1, 2))):
        draw.line((30, level, width - 30, level), fill=colour, width=rng.randint(1, 5))
        level += rng.randint(4, 9)


def _table(draw: ImageDraw.ImageDraw, rng: random.Random, width: int, height: int, ink: Colour) -> None:
    top, bottom = sorted((rng.randint(40, height - 40), rng.randint(40, height - 40)))
    colour = rng.choice(REDS) if rng.random() < 0.15 else rng.choice(COLOURS) if rng.random() < 0.1 else ink
    rows = list(range(top, bottom + 1, rng.randint(18, 60)))
    columns = list(range(30, width - 29, max((width - 60) // rng.randint(2, 9), 1)))
    if rng.random() < 0.35 and len(rows) > 1:
        fill = rng.choice(COLOURS) if rng.random() < 0.6 else tuple(rng.randint(150, 250) for _ in range(3))
        draw.rectangle((30, rows[0], columns[-1], rows[1]), fill=fill)
    for level in rows:
        draw.line((30, level, columns[-1], level), fill=colour, width=rng.choice((1, 1, 2)))
    for place in columns:
        draw.line((place, rows[0], place, rows[-1]), fill=colour)
    size = rng.choice((8, 10, 12, 14))
    cell = columns[1] - columns[0] if len(columns) > 1 else 100
    for level in rows[:-1]:
        for place in columns[:-1]:
            if rng.random() < 0.7:
                said = ink if rng.random() < 0.93 else rng.choice(COLOURS)
                count = rng.randint(1, max(cell // size - 1, 1))
                draw.text((place + 3, level + 3), _words(rng, count), fill=said, font=font("song", size))


def _border(draw: ImageDraw.ImageDraw, rng: random.Random, width: int, height: int) -> None:
    """A certificate's frame: lines, waves or a row of small figures."""
    colour = rng.choice(COLOURS)
    inset, depth = rng.randint(10, 50), rng.randint(6, 26)
    style = rng.random()
    for shift in (0, depth):
        edge = inset + shift
        draw.rectangle((edge, edge, width - edge, height - edge), outline=colour, width=rng.randint(1, 3))
    if style < 0.4:
        return
    step = rng.randint(6, 24)
    places = [(x, y) for x in range(inset, width - inset, step) for y in (inset, height - inset - depth)]
    places += [(x, y) for y in range(inset, height - inset, step) for x in (inset, width - inset - depth)]
    for x, y in places:
        box = (x, y, x + depth, y + depth)
        if style < 0.7:
            draw.ellipse(box, outline=colour)
        elif style < 0.85:
            draw.arc(box, 0, 200, fill=colour, width=2)
        else:
            draw.rectangle(box, outline=colour)


def _photographs(image: Image.Image, rng: random.Random) -> None:
    """Patches of smooth colour, with shapes in them: portraits, pictures of works, covers."""
    for _ in range(rng.choice((1, 1, 2, 4))):
        seed = np.random.default_rng(rng.randrange(1 << 30))
        coarse = seed.integers(0, 256, (rng.randint(2, 9), rng.randint(2, 9), 3)).astype(np.uint8)
        size = (
            rng.randint(60, image.width),
            rng.randint(60, int(image.height * rng.choice((0.3, 0.6, 1.0)))),
        )
        patch = cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
        if rng.random() < 0.5:
            fine = seed.integers(0, 256, (size[1] // 6 + 1, size[0] // 6 + 1, 1)).astype(np.uint8)
            smooth = cv2.resize(fine, size, interpolation=cv2.INTER_LINEAR)
            patch = cv2.addWeighted(patch, 0.75, cv2.cvtColor(smooth, cv2.COLOR_GRAY2RGB), 0.25, 0)
        if rng.random() < 0.4:
            patch[:] = rng.choice(((190, 30, 40), (60, 110, 190), (240, 240, 240)))
            middle = (size[0] // 2, size[1] // 3)
            cv2.circle(patch, middle, max(min(size) // 5, 3), (215, 180, 155), -1, cv2.LINE_AA)
            cv2.ellipse(
                patch, (size[0] // 2, size[1]), (size[0] // 3, size[1] // 2), 0, 0, 360, (40, 40, 60), -1
            )
        image.paste(
            Image.fromarray(patch),
            (rng.randint(0, max(image.width - 60, 1)), rng.randint(0, max(image.height - 60, 1))),
        )
