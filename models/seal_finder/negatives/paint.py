"""Colours, and what several look-alikes are made of."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]

REDS: tuple[Colour, ...] = ((200, 30, 30), (220, 40, 50), (170, 20, 30), (230, 60, 40))
COLOURS: tuple[Colour, ...] = (
    *REDS,
    (30, 70, 160),
    (20, 120, 60),
    (230, 160, 30),
    (40, 40, 40),
    (150, 90, 40),
)


def painted(page: Picture, cover: Picture, x: int, y: int, colour: Colour, solid: bool) -> None:
    """Opaque paint through ``cover`` (0-255) about (x, y); ``solid``: on a white disc."""
    height, width = page.shape[:2]
    top, left = y - cover.shape[0] // 2, x - cover.shape[1] // 2
    y0, x0, y1, x1 = (
        max(top, 0),
        max(left, 0),
        min(top + cover.shape[0], height),
        min(left + cover.shape[1], width),
    )
    if y0 >= y1 or x0 >= x1:
        return
    if solid:
        cv2.circle(page, (x, y), cover.shape[0] // 2, (255, 255, 255), -1, cv2.LINE_AA)
    share = cover[y0 - top : y1 - top, x0 - left : x1 - left, None].astype(np.float32) / 255
    page[y0:y1, x0:x1] = (page[y0:y1, x0:x1] * (1 - share) + np.array(colour, np.float32) * share).astype(
        np.uint8
    )


def star(page: Picture, centre: tuple[int, int], radius: int, colour: Colour) -> None:
    points = []
    for index in range(10):
        reach = radius if index % 2 == 0 else radius * 0.4
        angle = -math.pi / 2 + index * math.pi / 5
        points.append((centre[0] + int(reach * math.cos(angle)), centre[1] + int(reach * math.sin(angle))))
    cv2.fillPoly(page, [np.array(points)], colour, cv2.LINE_AA)


def place(page: Picture, rng: random.Random, least: int, most: int) -> tuple[int, int, int]:
    height, width = page.shape[:2]
    return rng.randint(0, width - 1), rng.randint(0, height - 1), rng.randint(least, most)
