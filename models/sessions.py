"""ONNX Runtime sessions over the weights: one thread a process, no spinning, no growing arena but one.

Two workers of two threads on two cores cost half as much CPU again (measured), hence one thread by default.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import SetupError
from domain.settings import load_settings
from models import bfloat16
from models.manifest import OwnWeight, weight

if TYPE_CHECKING:
    import onnxruntime


_KEEPS_ITS_MEMORY = frozenset({"line_detection"})
"""It takes 84 MB some times a page: given back each time, that costs a fifth of its time again. Laid out anew
at every run, for the plan of one size would be kept beside that of another."""


def weight_path(name: str) -> Path:
    """Where a weight lies; SetupError, in Chinese, where it was never fetched."""
    wanted = weight(name)
    if isinstance(wanted, OwnWeight):
        if not wanted.path.is_file():
            raise SetupError(f"缺少随程序提供的模型文件“{wanted.path}”。请重新安装本程序。")
        return wanted.path
    path = load_settings().models / wanted.file
    if not path.is_file():
        raise SetupError(f"缺少模型文件“{path}”。请运行 hezheng models fetch。")
    return path


@cache
def session(name: str) -> onnxruntime.InferenceSession:
    """The session of one network (or, in bfloat16, what runs like one), made once a process.

    ``HEZHENG_THREADS`` sets its threads (1).
    """
    threads = int(os.environ.get("HEZHENG_THREADS", "1"))
    if bfloat16.compiles_shapes(name):
        return bfloat16.HalvedSession(weight_path(name), threads)
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = name in _KEEPS_ITS_MEMORY
    options.enable_mem_pattern = name not in _KEEPS_ITS_MEMORY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(weight_path(name)), sess_options=options, providers=["CPUExecutionProvider"]
    )
