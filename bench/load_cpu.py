"""Processor time of a process and all it started, as Linux counts it, whoever else is busy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_USER, _SYSTEM = 11, 12
"""Places in ``/proc/PID/stat`` (proc(5)) after the name of the program."""


def cpu_seconds(process: int) -> float:
    """User and system seconds so far of ``process`` and of its children that run."""
    total = 0
    for one in _family(process):
        try:
            words = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:  # ended meanwhile
            continue
        total += int(words[_USER]) + int(words[_SYSTEM])
    return total / _TICKS


def _family(process: int) -> Iterator[int]:
    yield process
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        for child in tasks.read_text().split():
            yield from _family(int(child))
