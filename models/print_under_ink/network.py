"""The network: a thin U that gives, for every pixel, how dark the print is that lies there.

In: N x 3 x H x W, RGB 0-1 on white paper, sides multiples of 16. Out: N x 1 x H x W, 0 = paper, 1 = black
print; the seal's ink is paper. Half of the work is done at a quarter of the size, where arcs and letters of a
seal can be told from upright print.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

WIDTHS = (12, 24, 40, 56, 72)


def joined(inside: int, outside: int, stride: int = 1) -> nn.Sequential:
    """Convolution, normalisation, rectifier."""
    return nn.Sequential(
        nn.Conv2d(inside, outside, 3, stride, 1, bias=False),
        nn.BatchNorm2d(outside),
        nn.ReLU(inplace=True),
    )


class PrintUnderInk(nn.Module):
    """0.28 M parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.first = joined(3, WIDTHS[0])
        self.down = nn.ModuleList(
            nn.Sequential(joined(inside, outside, 2), joined(outside, outside))
            for inside, outside in pairwise(WIDTHS)
        )
        self.up = nn.ModuleList(
            joined(below + beside, beside)
            for below, beside in zip(WIDTHS[:0:-1], WIDTHS[-2::-1], strict=True)
        )
        self.last = nn.Conv2d(WIDTHS[0] + 3, 1, 3, 1, 1)

    def forward(self, picture: Tensor) -> Tensor:
        """Logits of darkness; ``Finished`` gives them as 0-1."""
        levels = [self.first(picture)]
        for down in self.down:
            levels.append(down(levels[-1]))
        x = levels.pop()
        for up in self.up:
            beside = levels.pop()
            x = nn.functional.interpolate(x, scale_factor=2.0, mode="nearest")
            x = up(torch.cat([x, beside], dim=1))
        return self.last(torch.cat([x, picture], dim=1))


class Finished(nn.Module):
    """The network as it is used."""

    def __init__(self, network: PrintUnderInk) -> None:
        super().__init__()
        self.network = network

    def forward(self, picture: Tensor) -> Tensor:
        return torch.sigmoid(self.network(picture))
