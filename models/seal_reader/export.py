"""The taught network as an ONNX file: probabilities out, weights stored in half precision."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from models.seal_reader.network import SealReader

_WORTH_HALVING = 256
"""Smaller tensors stay as they are."""


class _Probabilities(nn.Module):
    def __init__(self, network: SealReader) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> Tensor:
        return self.network(x).softmax(2)


def export(network: SealReader, path: Path) -> None:
    """Write ``network`` (float32) to ``path``: ``x`` N×3×48×W in, ``probabilities`` N×W/8×characters out."""
    model = _Probabilities(network).eval().to(memory_format=torch.contiguous_format)
    sample = torch.zeros(2, 3, 48, 320)
    strips, steps = torch.export.Dim("strips", max=64), torch.export.Dim("steps", min=8, max=400)
    program = torch.onnx.export(
        model,
        (sample,),
        input_names=["x"],
        output_names=["probabilities"],
        dynamic_shapes={"x": {0: strips, 3: 8 * steps}},
        dynamo=True,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("PyTorch gave no program: its exporter wants dynamo=True")
    path.write_bytes(halved(program.model_proto).SerializeToString())


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """Weights as float16 with a cast behind each, which ONNX Runtime folds away when it loads the model."""
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < _WORTH_HALVING:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model
