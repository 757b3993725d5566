"""A small classifier of single characters, after VGG (Simonyan and Zisserman, 2015). It knows no language."""

from __future__ import annotations

from torch import Tensor, nn

SIDE = 48
"""Pixels: the height of a strip of a seal's arc, and the width that a character's window is brought to."""
_WIDTHS = (32, 64, 128, 224)


def _convolution(before: int, after: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU())


class CharacterEye(nn.Module):
    """N×3×48×48 (RGB, -1..1) → N×classes, scores before the softmax."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        first, second, third, fourth = _WIDTHS
        self.look = nn.Sequential(
            _convolution(3, first, 2),
            _convolution(first, first),
            _convolution(first, second, 2),
            _convolution(second, second),
            _convolution(second, third, 2),
            _convolution(third, fourth),
        )
        self.name = nn.Sequential(
            nn.Flatten(),
            nn.Dropout(0.1),
            nn.Linear(fourth * (SIDE // 8) ** 2, 256, bias=False),
            nn.BatchNorm1d(256),
            nn.Linear(256, classes),
        )

    def forward(self, windows: Tensor) -> Tensor:
        scores: Tensor = self.name(self.look(windows))
        return scores
