"""The seal finder: a small fully convolutional network that heats up at the centres of seals.

CenterNet's idea (Zhou, Wang, Krähenbühl, "Objects as Points", 2019) with a thin U-shaped backbone.
In: 1 x 3 x H x W, RGB 0-1, sides multiples of 32. Out: ``heat`` 1 x 3 x H/4 x W/4 (ring, frame, cut; 0-1)
and ``reach`` 1 x 4 x H/4 x W/4 (left, top, right, bottom of the box from the cell's centre, in pixels).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

WIDTHS = (16, 24, 40, 64, 96)
STRIDE = 4


class Block(nn.Module):
    """Two 3 x 3 convolutions with a short cut."""

    def __init__(self, inside: int, outside: int, stride: int) -> None:
        super().__init__()
        self.path = nn.Sequential(
            nn.Conv2d(inside, outside, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outside),
            nn.ReLU(inplace=True),
            nn.Conv2d(outside, outside, 3, 1, 1, bias=False),
            nn.BatchNorm2d(outside),
        )
        self.short = nn.Sequential(nn.Conv2d(inside, outside, 1, stride, bias=False), nn.BatchNorm2d(outside))

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.path(x) + self.short(x))


class SealFinder(nn.Module):
    """About 0.45 M parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, WIDTHS[0], 3, 2, 1, bias=False), nn.BatchNorm2d(WIDTHS[0]), nn.ReLU(inplace=True)
        )
        self.down = nn.ModuleList([Block(a, b, 2) for a, b in zip(WIDTHS, WIDTHS[1:], strict=False)])
        self.deep = Block(WIDTHS[-1], WIDTHS[-1], 2)
        self.side = nn.ModuleList([nn.Conv2d(width, 48, 1) for width in (*WIDTHS[1:], WIDTHS[-1])])
        self.up = nn.ModuleList(
            [
                nn.Sequential(nn.Conv2d(48, 48, 3, 1, 1, bias=False), nn.BatchNorm2d(48), nn.ReLU(inplace=True))
                for _ in WIDTHS[1:]
            ]
        )
        self.heat = nn.Sequential(nn.Conv2d(48, 32, 3, 1, 1), nn.ReLU(inplace=True), nn.Conv2d(32, 3, 1))
        self.reach = nn.Sequential(nn.Conv2d(48, 32, 3, 1, 1), nn.ReLU(inplace=True), nn.Conv2d(32, 4, 1))
        last = self.heat[-1]
        assert isinstance(last, nn.Conv2d) and last.bias is not None
        nn.init.constant_(last.bias, -4.0)

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
        return torch.sigmoid(self.heat(top)), torch.exp(torch.clamp(self.reach(top), -2, 4)) * 8
