"""Go on from the committed ONNX file: its normalisations are folded away, so they are measured anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from models.seal_characters.network import CharacterEye

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
        _measure(network, norms, windows)
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


def _measure(network: nn.Module, norms: list[nn.Module], windows: Iterable[Tensor]) -> None:
    sums = {norm: [0, torch.zeros(norm.num_features), torch.zeros(norm.num_features)] for norm in norms}

    def note(norm: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        seen = inputs[0].float()
        over = tuple(axis for axis in range(seen.ndim) if axis != 1)
        kept = sums[norm]
        kept[0] += seen.numel() // seen.shape[1]
        kept[1] += seen.sum(over)
        kept[2] += (seen**2).sum(over)

    hooks = [norm.register_forward_pre_hook(note) for norm in norms]
    for batch in windows:
        network(batch)
    for hook in hooks:
        hook.remove()
    for norm in norms:
        count, total, squares = sums[norm]
        mean = total / count
        variance = squares / count - mean**2
        norm.weight.copy_(torch.sqrt(variance + norm.eps))
        norm.bias.add_(mean)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
