"""Windows of a strip about one character, drawn by the batch: worn ink, neighbours, print, coarse scans.

What may befall a character between a stamp and the reader, as shares of a window that is one and a third
steps of the writing wide and one strip high.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from models.seal_characters.glyphs import Glyphs
from models.seal_characters.network import SIDE

Pen = Callable[[Tensor], Tensor]
STEPS = 4 / 3
"""Width of a window in steps from character to character."""


def drawn(glyphs: Glyphs, count: int, rng: random.Random) -> tuple[Tensor, Tensor]:
    """``count`` windows (RGB, -1..1) and the index of the character in the middle of each."""
    faces, characters = glyphs.chosen(count)
    ink = _worn(_written(glyphs, faces, characters, _pen(rng)), rng)
    paint = _picture(ink, _print(glyphs, count), rng)
    return _scanned(paint, rng) * 2 - 1, characters


def _cells(glyphs: Glyphs, faces: Tensor, characters: Tensor) -> Tensor:
    return glyphs.cells[faces, characters].float()[:, None] / 255


def _uniform(count: int, low: float, high: float) -> Tensor:
    return torch.rand(count) * (high - low) + low


def _placed(cells: Tensor, matrix: Tensor, bend: Tensor) -> Tensor:
    """Cells on windows: ``matrix`` N×2×3 takes a window's points (-1..1) to the cell's."""
    grid = functional.affine_grid(matrix, [len(cells), 1, SIDE, SIDE], align_corners=False)
    # An arc laid out straight is drawn together at its inner edge.
    rows = torch.linspace(-1, 1, SIDE)[None, :, None]
    grid = torch.stack([grid[..., 0] * (1 + bend[:, None, None] * rows), grid[..., 1]], dim=-1)
    return functional.grid_sample(cells, grid, mode="bilinear", align_corners=False)


def _written(glyphs: Glyphs, faces: Tensor, characters: Tensor, pen: Pen) -> Tensor:
    """The character and pieces of its neighbours, all in one face and by one pen; 0-1."""
    count = len(faces)
    high = _uniform(count, 0.5, 1.02)
    high = torch.where(torch.rand(count) < 0.75, _uniform(count, 0.76, 0.98), high)
    wide = _uniform(count, 0.42, 1.06)
    wide = torch.where(torch.rand(count) < 0.75, _uniform(count, 0.72, 1.06), wide) / STEPS
    aside = torch.randn(count) * 0.05
    down = torch.randn(count) * 0.05
    turned, slant = torch.randn(count) * 0.05, torch.randn(count) * 0.06
    bend = torch.randn(count) * 0.05 + 0.05
    cells = pen(_cells(glyphs, faces, characters))
    ink = _placed(cells, _matrix(high, wide, aside, down, turned, slant), bend)
    for side in (-1, 1):
        _, others = glyphs.chosen(count)
        step = side * (2 / STEPS) * _uniform(count, 0.94, 1.06)
        there = (torch.rand(count) < 0.93).float()[:, None, None, None]
        beside = _placed(
            pen(_cells(glyphs, faces, others)),
            _matrix(high, wide, aside + step, down + torch.randn(count) * 0.03, turned, slant),
            bend,
        )
        ink = torch.maximum(ink, beside * there)
    return ink


def _matrix(high: Tensor, wide: Tensor, aside: Tensor, down: Tensor, turned: Tensor, slant: Tensor) -> Tensor:
    """Inverse of: made ``wide`` and ``high``, slanted, turned, set aside. Glyphs fill 0.9 of a cell."""
    cos, sin = torch.cos(turned), torch.sin(turned)
    wide, high = wide / 0.9, high / 0.9
    row_x = torch.stack([cos / wide, (sin + slant) / wide, -(cos * aside + (sin + slant) * down) / wide], -1)
    row_y = torch.stack([-sin / high, cos / high, (sin * aside - cos * down) / high], -1)
    return torch.stack([row_x, row_y], 1)


def _pen(rng: random.Random) -> Pen:
    """What a batch's strokes are like: thicker or thinner than the face has them, or run with ink."""
    chance = rng.random()
    if chance < 0.25:
        kernel = rng.choice([(3, 1), (1, 3), (3, 3)])
        return lambda cells: functional.max_pool2d(cells, kernel, 1, (kernel[0] // 2, kernel[1] // 2))
    if chance < 0.33:
        kernel = rng.choice([(3, 1), (1, 3)])
        return lambda cells: -functional.max_pool2d(-cells, kernel, 1, (kernel[0] // 2, kernel[1] // 2))
    if chance < 0.7:
        return _running_ink(rng.uniform(0.8, 3.2), rng.uniform(0.12, 0.4), rng.uniform(4, 12))
    return lambda cells: cells


def _running_ink(spread: float, least: float, edge: float) -> Pen:
    """Much ink runs over narrow gaps and rounds corners: blurred, and all above ``least`` taken as ink."""
    places = torch.arange(-8, 9, dtype=torch.float32)
    bell = torch.exp(-((places / spread) ** 2) / 2)
    bell = bell / bell.sum()

    def run(cells: Tensor) -> Tensor:
        blurred = functional.conv2d(cells, bell[None, None, None, :], padding=(0, 8))
        blurred = functional.conv2d(blurred, bell[None, None, :, None], padding=(8, 0))
        return ((blurred - least) * edge + 0.5).clamp(0, 1)

    return run


def _clouds(count: int, size: int) -> Tensor:
    """Smooth noise, 0-1."""
    return functional.interpolate(
        torch.rand(count, 1, size, size), (SIDE, SIDE), mode="bilinear", align_corners=False
    )


def _worn(ink: Tensor, rng: random.Random) -> Tensor:
    """Ink that did not take everywhere, spread, or met the ring; 0-1."""
    count = len(ink)
    least = _uniform(count, 0.0, 0.55)[:, None, None, None]
    patchy = ((_clouds(count, rng.choice((5, 9, 14))) - least) * 6 + 0.6).clamp(0, 1)
    grain = ((_clouds(count, 24) - least * 0.8) * 5 + 0.8).clamp(0, 1)
    ink = ink * torch.where(torch.rand(count, 1, 1, 1) < 0.5, patchy * grain, 1.0)
    if rng.random() < 0.3:  # pressed twice
        shift = (rng.randint(-2, 2), rng.randint(-2, 2))
        ink = torch.maximum(ink, torch.roll(ink, shift, (2, 3)) * rng.uniform(0.3, 0.8))
    rows = torch.arange(SIDE)[None, None, :, None]
    ring = _uniform(count, -14, 7)[:, None, None, None]
    inner = _uniform(count, 41, 70)[:, None, None, None]
    return torch.maximum(ink, ((rows < ring) | (rows > inner)).float().expand_as(ink))


def _print(glyphs: Glyphs, count: int) -> Tensor:
    """Print across: pieces of two characters at any angle, or a rule; 0-1."""
    covered = torch.zeros(count, 1, SIDE, SIDE)
    for _ in range(2):
        there = torch.rand(count, 1, 1, 1) < 0.6
        covered = torch.maximum(covered, _strewn(glyphs, count, (0.5, 1.3)) * there)
    return torch.maximum(covered, _rule(count, (0.02, 0.07)) * (torch.rand(count, 1, 1, 1) < 0.3))


def _strewn(glyphs: Glyphs, count: int, sizes: tuple[float, float]) -> Tensor:
    """A character anywhere at any angle; 0-1."""
    faces, characters = glyphs.chosen(count)
    size, angle = _uniform(count, *sizes), _uniform(count, -math.pi, math.pi)
    cos, sin = torch.cos(angle), torch.sin(angle)
    x, y = _uniform(count, -1.3, 1.3), _uniform(count, -1.3, 1.3)
    matrix = torch.stack(
        [
            torch.stack([cos / size, sin / size, -(cos * x + sin * y) / size], -1),
            torch.stack([-sin / size, cos / size, (sin * x - cos * y) / size], -1),
        ],
        1,
    )
    return _placed(_cells(glyphs, faces, characters), matrix, torch.zeros(count))


def _rule(count: int, halves: tuple[float, float]) -> Tensor:
    """A straight line anywhere at any angle; 0-1."""
    angle, away = _uniform(count, 0, math.pi)[:, None, None], _uniform(count, -1, 1)[:, None, None]
    places = torch.linspace(-1, 1, SIDE)
    far = (places[None, None, :] * torch.cos(angle) + places[None, :, None] * torch.sin(angle) - away).abs()
    return (far < _uniform(count, *halves)[:, None, None]).float()[:, None]


def _colour(count: int, *ranges: tuple[float, float]) -> Tensor:
    return torch.stack([_uniform(count, low, high) for low, high in ranges], 1)


def _picture(ink: Tensor, covered: Tensor, rng: random.Random) -> Tensor:
    """In colour on paper, print over it or painted out; RGB 0-1."""
    count = len(ink)
    kind = torch.rand(count)[:, None, None, None]
    red = _colour(count, (0.62, 0.95), (0.05, 0.4), (0.05, 0.42))
    blue = _colour(count, (0.05, 0.4), (0.1, 0.5), (0.5, 0.85))
    grey = _uniform(count, 0.05, 0.6)[:, None].expand(count, 3)
    colour = torch.where(kind[:, :, 0, 0] < 0.5, red, torch.where(kind[:, :, 0, 0] < 0.62, blue, grey))
    depth = _uniform(count, 0.3, 1.0)[:, None, None, None]
    picture = 1 - ink * depth * (1 - colour[:, :, None, None])
    black = 1 - covered * _uniform(count, 0.5, 1.0)[:, None, None, None]
    way = torch.rand(count)[:, None, None, None]
    over = torch.where(way < 0.3, picture * black, picture)
    # Painted out: what print covered, and a little more, is filled from what is left about it.
    wider = functional.max_pool2d(covered, 3, 1, 1)
    left = 1 - (wider > 0.3).float()
    spread = functional.avg_pool2d(picture * left, 5, 1, 2) / (functional.avg_pool2d(left, 5, 1, 2) + 0.05)
    filled = picture * left + spread.clamp(0, 1) * (1 - left)
    over = torch.where((way >= 0.3) & (way < 0.6), filled, over)
    if rng.random() < 0.2:  # a copy without colour
        over = over.mean(1, keepdim=True).expand(count, 3, SIDE, SIDE)
    return over


def _scanned(picture: Tensor, rng: random.Random) -> Tensor:
    """As coarse as a scan or a photograph leaves it, saved with loss, brought back to the strip's height."""
    count = len(picture)
    high = round(math.exp(rng.uniform(math.log(10), math.log(60))))
    if high < SIDE:
        small = functional.interpolate(picture, (high, high), mode="bilinear", antialias=True)
    else:
        small = picture
    if rng.random() < 0.35:
        small = functional.avg_pool2d(functional.pad(small, (1, 1, 1, 1), mode="replicate"), 3, 1)
    # Colour is saved at half the size of brightness.
    if rng.random() < 0.7 and min(small.shape[2:]) >= 8:
        grey = small.mean(1, keepdim=True)
        coarse = functional.avg_pool2d(small - grey, 2, 2, ceil_mode=True)
        small = grey + functional.interpolate(coarse, small.shape[2:], mode="bilinear", align_corners=False)
    paper = _uniform(count, 0.86, 1.0)[:, None, None, None]
    small = small * paper + torch.randn_like(small) * rng.uniform(0, 0.07)
    if rng.random() < 0.12:  # bilevel
        small = (small.mean(1, keepdim=True) > rng.uniform(0.4, 0.75)).float().expand_as(small)
    back = functional.interpolate(small, (SIDE, SIDE), mode="bicubic", align_corners=False)
    return back.clamp(0, 1)
