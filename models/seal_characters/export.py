"""The taught eye as an ONNX file: probabilities out, weights stored in half precision."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from models.seal_characters.network import SIDE, CharacterEye
from models.seal_reader.export import halved


class _Probabilities(nn.Module):
    def __init__(self, network: CharacterEye) -> None:
        super().__init__()
        self.network = network

    def forward(self, windows: Tensor) -> Tensor:
        return torch.softmax(self.network(windows), 1)


def export(network: CharacterEye, path: Path) -> None:
    """Write ``network`` (float32) to ``path``: ``windows`` N×3×48×48 in, ``probabilities`` N×classes out."""
    model = _Probabilities(network).eval().to(memory_format=torch.contiguous_format)
    program = torch.onnx.export(
        model,
        (torch.zeros(2, 3, SIDE, SIDE),),
        input_names=["windows"],
        output_names=["probabilities"],
        dynamic_shapes={"windows": {0: torch.export.Dim("count", max=512)}},
        dynamo=True,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("PyTorch gave no program: its exporter wants dynamo=True")
    path.write_bytes(halved(program.model_proto).SerializeToString())
