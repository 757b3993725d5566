"""Networks in bfloat16, on processors that have it: half the time and less, the same readings.

OpenVINO runs them: a third of ONNX Runtime's time with matrix tiles (Intel AMX), some three fifths with
AVX-512 alone (AMD since Zen 4). Elsewhere bfloat16 has to be imitated, so every other processor stays with
ONNX Runtime. ``HEZHENG_BFLOAT16=0`` turns it off.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_PROCESSOR = Path("/proc/cpuinfo")
_HAVING_IT = frozenset({"amx_bf16", "avx512_bf16"})
"""Flags of the processor that stand for bfloat16 in hardware."""
NETWORKS = frozenset({"line_recognition"})
"""Those for which bfloat16 was measured to read the same (docs/performance.md)."""


@cache
def to_be_had() -> bool:
    """Whether bfloat16 gains anything here."""
    if os.environ.get("HEZHENG_BFLOAT16") == "0" or find_spec("openvino") is None:
        return False
    try:
        told = _PROCESSOR.read_text(encoding="ascii", errors="ignore")
    except OSError:
        return False
    return not _HAVING_IT.isdisjoint(told.split())


def compiles_shapes(name: str) -> bool:
    """Whether this network is compiled anew for every shape of input, which takes 0.05-0.1 s and some 6 MB.

    Such a network is to be given few shapes.
    """
    return name in NETWORKS and to_be_had()


class HalvedSession:
    """A network in bfloat16 with the ways of an ONNX Runtime session; threads may share it.

    Shapes are compiled once for all of them.
    """

    def __init__(self, path: Path, threads: int) -> None:
        import openvino

        # Threads are not pinned: workers would share one core.
        wanted = {
            "INFERENCE_PRECISION_HINT": "bf16",
            "NUM_STREAMS": "1",
            "INFERENCE_NUM_THREADS": str(threads),
            "ENABLE_CPU_PINNING": "NO",
        }
        self._network = openvino.Core().compile_model(str(path), "CPU", wanted)
        self._own = threading.local()

    def run(
        self, output_names: None, feeds: Mapping[str, npt.NDArray[np.float32]]
    ) -> list[npt.NDArray[np.float32]]:
        """All outputs, in the network's order."""
        request = getattr(self._own, "request", None)
        if request is None:
            request = self._own.request = self._network.create_infer_request()
        found = request.infer(dict(feeds))
        return [np.array(found[place]) for place in range(len(self._network.outputs))]

    def get_inputs(self) -> list[Any]:
        """Each with its ``name``."""
        return [_Input(port.any_name) for port in self._network.inputs]


class _Input:
    def __init__(self, name: str) -> None:
        self.name = name
