"""Go on from the committed ONNX file: its normalisations are folded away, so they are measured anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from models.seal_characters.network import CharacterEye
from models.seal_finder.restoring import measured_anew

_ONNX = "network."


def restored(path: Path, classes: int, windows: Iterable[Tensor]) -> CharacterEye:
    """The eye of ``path`` ready to be taught further; ``windows``: batches as it is shown them."""
    network = CharacterEye(classes).eval()
    values = {
        one.name.removesuffix("_half").removeprefix(_ONNX): torch.from_numpy(
            numpy_helper.to_array(one).copy()
        )
        for one in onnx.load(str(path)).graph.initializer
    }
    norms = []
    with torch.no_grad():
        for name, folded, norm in _layers(network):
            folded.weight.copy_(values[f"{name}.weight"].float())
            if norm is None:
                folded.bias.copy_(values[f"{name}.bias"].float())
                continue
            norm.weight.fill_((1 + norm.eps) ** 0.5)
            norm.bias.copy_(values[f"{name}.weight_bias"].float())
            norms.append(norm)
        measured_anew(network, norms, windows)
    return network


def _layers(network: nn.Module) -> list[tuple[str, nn.Module, nn.Module | None]]:
    """Every layer with weights under its name, and the normalisation behind it, if there is one."""
    parts = [(name, part) for name, part in network.named_modules() if not list(part.children())]
    kept = [(name, part) for name, part in parts if hasattr(part, "weight")]
    norms = (nn.BatchNorm1d, nn.BatchNorm2d)
    return [
        (name, part, next((one for _, one in kept[place + 1 : place + 2] if isinstance(one, norms)), None))
        for place, (name, part) in enumerate(kept)
        if not isinstance(part, norms)
    ]
