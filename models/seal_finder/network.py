"""The seal finder: a small fully convolutional network that heats up at the centres of seals.

CenterNet's idea (Zhou, Wang, Krähenbühl, "Objects as Points", 2019) with a thin U-shaped backbone.
In: N x 3 x H x W, RGB 0-1, sides multiples of 64. Out: ``heat`` N x 3 x H/4 x W/4 (ring, frame, cut; 0-1)
and ``reach`` N x 4 x H/4 x W/4 (left, top, right, bottom of the box from the cell's centre, in pixels).
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

WIDTHS = (16, 32, 64, 96, 128)
NECK = 48
FINEST = 32
STRIDE = 4


def joined(inside: int, outside: int, size: int = 3, stride: int = 1) -> nn.Sequential:
    """Convolution, normalisation, rectifier."""
    return nn.Sequential(
        nn.Conv2d(inside, outside, size, stride, size // 2, bias=False),
        nn.BatchNorm2d(outside),
        nn.ReLU(inplace=True),
    )


class Block(nn.Module):
    """Two 3 x 3 convolutions with a short cut."""

    def __init__(self, inside: int, outside: int, stride: int) -> None:
        super().__init__()
        self.path = nn.Sequential(
            joined(inside, outside, 3, stride),
            nn.Conv2d(outside, outside, 3, 1, 1, bias=False),
            nn.BatchNorm2d(outside),
        )
        self.short = nn.Sequential(nn.Conv2d(inside, outside, 1, stride, bias=False), nn.BatchNorm2d(outside))

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.path(x) + self.short(x))


class SealFinder(nn.Module):
    """About 1.0 M parameters, most of them where the picture is small and they cost little."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = joined(3, WIDTHS[0], 3, 2)
        self.down = nn.ModuleList([Block(a, b, 2) for a, b in pairwise(WIDTHS)])
        self.deep = Block(WIDTHS[-1], WIDTHS[-1], 2)
        self.side = nn.ModuleList([nn.Conv2d(width, NECK, 1) for width in (*WIDTHS[1:], WIDTHS[-1])])
        self.up = nn.ModuleList(
            [joined(NECK, FINEST if level == 0 else NECK) for level in range(len(WIDTHS) - 1)]
        )
        self.last = joined(FINEST, NECK)
        self.heat = nn.Conv2d(NECK, 3, 1)
        self.reach = nn.Conv2d(NECK, 4, 1)
        self.heat.bias.data.fill_(-4.0)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        x = self.stem(x)
        levels = []
        for block in self.down:
            x = block(x)
            levels.append(x)
        top = self.side[-1](self.deep(x))
        for index in reversed(range(len(levels))):
            grown = nn.functional.interpolate(top, scale_factor=2.0, mode="nearest")
            top = self.up[index](grown + self.side[index](levels[index]))
        top = self.last(top)
        return torch.sigmoid(self.heat(top).float()), torch.exp(
            torch.clamp(self.reach(top).float(), -3, 4.5)
        ) * 8
