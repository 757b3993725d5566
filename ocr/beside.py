"""Independent stages of a page at the same time, where the machine has a core to spare.

Who waits for a lone page waits a tenth to a third less. On a busy machine a second thread only costs (4 to
5 % of CPU with a worker on every core), so all is then done in turn, as ``make --load-average`` has it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from domain.machine import usable_cores

T = TypeVar("T")

_FREE = 0.75
"""Load a core, mean of the last minute, below which there is room."""


def begun(call: Callable[[], T]) -> Callable[[], T]:
    """What gives the result of ``call``: already under way, or made when it is asked for.

    What ``call`` raises is raised where the result is asked for.
    """
    return _thread().submit(call).result if _room() else call


def _room() -> bool:
    cores = usable_cores()
    return cores > 1 and os.getloadavg()[0] < _FREE * cores


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="beside")
