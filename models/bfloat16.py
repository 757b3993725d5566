"""Networks in bfloat16, on processors with matrix tiles (Intel AMX): a third of the time, the same readings.

OpenVINO runs them, as a provider that plugs into ONNX Runtime. Elsewhere bfloat16 gains little or has to be
imitated, so every other processor stays with ONNX Runtime's own kernels. ``HEZHENG_BFLOAT16=0`` turns it off.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import onnxruntime

_PROCESSOR = Path("/proc/cpuinfo")
_TILES = "amx_bf16"
NETWORKS = frozenset({"line_recognition"})
"""Those for which bfloat16 was measured to read the same (docs/performance.md)."""


@cache
def devices() -> tuple[onnxruntime.OrtEpDevice, ...]:
    """The processor as OpenVINO's provider knows it; empty where bfloat16 gains nothing or cannot be had."""
    if os.environ.get("HEZHENG_BFLOAT16") == "0" or not _has_tiles():
        return ()
    return _registered()


@cache
def _registered() -> tuple[onnxruntime.OrtEpDevice, ...]:
    """The provider's library may be registered only once a process."""
    try:
        import onnxruntime
        import onnxruntime_ep_openvino as provider

        onnxruntime.register_execution_provider_library("openvino", provider.get_library_path())
        found = [
            device for device in onnxruntime.get_ep_devices() if device.ep_name == provider.get_ep_name()
        ]
    except Exception:  # noqa: BLE001 - a provider that cannot be had is no reason not to read
        return ()
    return tuple(one for one in found if one.device.type == onnxruntime.OrtHardwareDeviceType.CPU)[:1]


def add_provider(options: onnxruntime.SessionOptions, threads: int) -> None:
    """Have a session run in bfloat16. Threads are not pinned: workers would share one core."""
    wanted = {
        "INFERENCE_PRECISION_HINT": "bf16",
        "NUM_STREAMS": "1",
        "INFERENCE_NUM_THREADS": str(threads),
        "ENABLE_CPU_PINNING": "NO",
    }
    options.add_provider_for_devices(list(devices()), {"load_config": json.dumps({"CPU": wanted})})


def compiles_shapes(name: str) -> bool:
    """Whether this network is compiled anew for every shape of input, which takes 0.05-0.1 s and some 6 MB.

    Such a network is to be given few shapes.
    """
    return name in NETWORKS and bool(devices())


def _has_tiles() -> bool:
    try:
        return _TILES in _PROCESSOR.read_text(encoding="ascii", errors="ignore")
    except OSError:
        return False
