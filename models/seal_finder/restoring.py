"""Go on from the committed ONNX file: its normalisations are folded away, so they are measured anew.

A folded convolution followed by a normalisation that does nothing computes the same; but what "nothing" is
depends on the mean and spread of what comes in, so a few drawn batches are sent through first.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from models.seal_finder.network import SealFinder


def restored(path: Path, pictures: Iterable[Tensor]) -> SealFinder:
    """The network of ``path`` ready to be taught further; ``pictures`` are batches of N x 3 x H x W, 0-1."""
    network = SealFinder().eval()
    graph = onnx.load(str(path)).graph
    values = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in graph.initializer}
    folded = iter(
        (values[node.input[1]], values[node.input[2]])
        for node in graph.node
        if node.op_type == "Conv" and node.input[1].startswith("onnx::")
    )
    pairs = _normalised(network)
    norms = [norm for _, norm in pairs]
    with torch.no_grad():
        for convolution, norm in pairs:
            weight, bias = next(folded)
            convolution.weight.copy_(weight)
            norm.weight.fill_((1 + norm.eps) ** 0.5)
            norm.bias.copy_(bias)
        for name, parameter in network.named_parameters():
            if name in values:
                parameter.copy_(values[name])
        measured_anew(network, norms, pictures)
    return network


def _normalised(network: SealFinder) -> list[tuple[nn.Conv2d, nn.BatchNorm2d]]:
    """Convolutions and their normalisations in the order in which a picture passes them."""
    parts: list[nn.Module] = [network.stem]
    for block in (*network.down, network.deep):
        parts += [block.path[0], block.path[1:], block.short]
    parts += [network.up[level] for level in reversed(range(len(network.up)))]
    parts.append(network.last)
    return [(part[0], part[1]) for part in parts]


def measured_anew(network: nn.Module, norms: Iterable[nn.Module], batches: Iterable[Tensor]) -> None:
    """Give folded normalisations, of one or two dimensions, mean and spread of what the batches bring."""
    sums = {norm: [0, torch.zeros(norm.num_features), torch.zeros(norm.num_features)] for norm in norms}

    def note(norm: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        seen = inputs[0].float()
        over = tuple(axis for axis in range(seen.ndim) if axis != 1)
        kept = sums[norm]
        kept[0] += seen.numel() // seen.shape[1]
        kept[1] += seen.sum(over)
        kept[2] += (seen**2).sum(over)

    hooks = [norm.register_forward_pre_hook(note) for norm in sums]
    for batch in batches:
        network(batch)
    for hook in hooks:
        hook.remove()
    for norm, (count, total, squares) in sums.items():
        mean = total / count
        variance = squares / count - mean**2
        norm.weight.copy_(torch.sqrt(variance + norm.eps))
        norm.bias.add_(mean)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
