"""Go on from the committed ONNX file, whose names tell the layers and whose matrices lie transposed."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

from models.seal_reader.network import SealReader


def restored(path: Path, characters: int) -> SealReader:
    """The network of ``path``, with ``characters`` outputs (the blank counted)."""
    network = SealReader(characters)
    known = dict(network.named_parameters())
    graph = onnx.load(str(path)).graph
    values = {
        tensor.name.removesuffix("_half"): torch.from_numpy(numpy_helper.to_array(tensor).copy()).float()
        for tensor in graph.initializer
    }
    matrices = iter(
        values[name]
        for name in sorted((one for one in values if one.startswith("val_")), key=lambda one: int(one[4:]))
        if values[name].ndim == 2
    )
    layers = {f"{name}.weight" for name, part in network.named_modules() if isinstance(part, nn.Linear)}
    with torch.no_grad():
        for name, parameter in known.items():
            parameter.copy_(next(matrices).T if name in layers else values[f"network.{name}"])
    return network
