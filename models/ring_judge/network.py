"""Seal or none: a few residual blocks, mean and maximum over what they see.

In: N x 3 x 96 x 96, RGB 0-1. Out: N logits; above 0 a seal.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.seal_finder.network import Block, joined

WIDTHS = (24, 40, 64, 96)


class RingJudge(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = [joined(3, 16, 3, 2)]
        before = 16
        for width in WIDTHS:
            layers.append(Block(before, width, 2 if before > 16 else 1))
            before = width
        self.body = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.Dropout(0.2), nn.Linear(2 * before, 1))

    def forward(self, picture: Tensor) -> Tensor:
        seen = self.body(picture)
        logit: Tensor = self.head(torch.cat([seen.mean(dim=(2, 3)), seen.amax(dim=(2, 3))], dim=1))
        return logit[:, 0]
