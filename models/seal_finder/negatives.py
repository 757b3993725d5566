"""Things on a page that look like seals and are none: emblems, roundels, QR codes, rings of coffee."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]

REDS: tuple[Colour, ...] = ((200, 30, 30), (220, 40, 50), (170, 20, 30), (230, 60, 40))
COLOURS: tuple[Colour, ...] = (*REDS, (30, 70, 160), (20, 120, 60), (230, 160, 30), (40, 40, 40), (150, 90, 40))


def emblem(page: Picture, rng: random.Random) -> None:
    """A filled red disc with yellow stars, as on licences and certificates."""
    x, y, radius = _place(page, rng, 12, 60)
    cv2.circle(page, (x, y), radius, rng.choice(REDS), -1, cv2.LINE_AA)
    cv2.circle(page, (x, y), radius, (225, 180, 60), max(radius // 6, 1), cv2.LINE_AA)
    for _ in range(5):
        point = (x + rng.randint(-radius // 2, radius // 2), y + rng.randint(-radius // 2, radius // 4))
        _star(page, point, max(radius // 6, 2), (240, 210, 60))


def roundel(page: Picture, rng: random.Random) -> None:
    """A logo: a filled disc or band with letters in white, or a plain geometric figure."""
    x, y, radius = _place(page, rng, 10, 50)
    colour = rng.choice(COLOURS)
    cv2.circle(page, (x, y), radius, colour, -1, cv2.LINE_AA)
    style = rng.random()
    if style < 0.4:
        cv2.circle(page, (x, y), int(radius * 0.6), (255, 255, 255), -1, cv2.LINE_AA)
        cv2.circle(page, (x, y), int(radius * 0.45), colour, -1, cv2.LINE_AA)
    elif style < 0.7:
        points = [(x + int(radius * 0.7 * math.cos(a)), y + int(radius * 0.7 * math.sin(a)))
                  for a in np.linspace(0, 2 * math.pi, rng.randint(4, 8))]
        cv2.polylines(page, [np.array(points)], True, (255, 255, 255), max(radius // 8, 1), cv2.LINE_AA)
    else:
        letters = "".join(rng.choices("ABCDEFMSTU", k=rng.randint(1, 3)))
        cv2.putText(page, letters, (x - radius // 2, y + radius // 4), cv2.FONT_HERSHEY_SIMPLEX,
                    radius / 30, (255, 255, 255), max(radius // 12, 1), cv2.LINE_AA)


def quality_mark(page: Picture, rng: random.Random) -> None:
    """An oval or C-shaped accreditation mark with latin letters and a number beneath."""
    x, y, radius = _place(page, rng, 10, 36)
    colour = rng.choice(COLOURS)
    start = rng.randint(0, 90)
    cv2.ellipse(page, (x, y), (radius, int(radius * rng.uniform(0.5, 1))), 0, start, start + rng.randint(220, 360),
                colour, max(radius // 6, 1), cv2.LINE_AA)
    cv2.putText(page, rng.choice(("MA", "CAL", "CNAS", "ISO", "CE")), (x - radius // 2, y + radius // 5),
                cv2.FONT_HERSHEY_DUPLEX, radius / 36, colour, max(radius // 10, 1), cv2.LINE_AA)
    cv2.putText(page, str(rng.randint(10**8, 10**9)), (x - radius, y + radius + 10),
                cv2.FONT_HERSHEY_SIMPLEX, 0.3, colour, 1, cv2.LINE_AA)


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
    x, y, radius = _place(page, rng, 8, 70)
    flat = rng.uniform(0.4, 1.0)
    turn = rng.uniform(0, 6)
    points = []
    for step in np.linspace(turn, turn + 2 * math.pi * rng.uniform(0.9, 1.15), 60):
        wobble = radius * (1 + 0.08 * math.sin(3 * step + turn) + rng.gauss(0, 0.01))
        points.append((x + int(wobble * math.cos(step)), y + int(wobble * flat * math.sin(step))))
    cv2.polylines(page, [np.array(points)], False, rng.choice(COLOURS), rng.randint(1, 3), cv2.LINE_AA)


def coffee_ring(page: Picture, rng: random.Random) -> None:
    """A soft brown stain, darker at its rim."""
    x, y, radius = _place(page, rng, 25, 90)
    stain = np.zeros(page.shape[:2], np.float32)
    cv2.circle(stain, (x, y), radius, rng.uniform(0.2, 0.5), rng.randint(2, 7), cv2.LINE_AA)
    cv2.circle(stain, (x, y), radius, rng.uniform(0.02, 0.1), -1, cv2.LINE_AA)
    stain = cv2.GaussianBlur(stain, (0, 0), rng.uniform(1, 2.5))[:, :, None]
    page[:] = (page * (1 - stain) + np.array((130, 90, 50)) * stain).astype(np.uint8)


def medal(page: Picture, rng: random.Random) -> None:
    """A golden disc with a ribbon or rays."""
    x, y, radius = _place(page, rng, 12, 50)
    for side in (-1, 1):
        ribbon = np.array([(x, y), (x + side * radius, y + 2 * radius), (x + side * radius // 3, y + 2 * radius)])
        cv2.fillPoly(page, [ribbon], rng.choice(REDS), cv2.LINE_AA)
    for angle in np.linspace(0, 2 * math.pi, 24, endpoint=False):
        end = (x + int(radius * 1.12 * math.cos(angle)), y + int(radius * 1.12 * math.sin(angle)))
        cv2.line(page, (x, y), end, (210, 160, 40), 2, cv2.LINE_AA)
    cv2.circle(page, (x, y), radius, (225, 180, 60), -1, cv2.LINE_AA)
    cv2.circle(page, (x, y), int(radius * 0.8), (190, 140, 30), 1, cv2.LINE_AA)
    if rng.random() < 0.5:
        _star(page, (x, y), radius // 2, rng.choice(REDS))


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


def _star(page: Picture, centre: tuple[int, int], radius: int, colour: Colour) -> None:
    points = []
    for index in range(10):
        reach = radius if index % 2 == 0 else radius * 0.4
        angle = -math.pi / 2 + index * math.pi / 5
        points.append((centre[0] + int(reach * math.cos(angle)), centre[1] + int(reach * math.sin(angle))))
    cv2.fillPoly(page, [np.array(points)], colour, cv2.LINE_AA)


def _place(page: Picture, rng: random.Random, least: int, most: int) -> tuple[int, int, int]:
    height, width = page.shape[:2]
    return rng.randint(0, width - 1), rng.randint(0, height - 1), rng.randint(least, most)


ALL = (emblem, roundel, quality_mark, qr_code, drawn_circle, coffee_ring, medal, ornament)
