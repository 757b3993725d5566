"""What the machine gives this process."""

import os


def usable_cores() -> int:
    """Cores that this process may run on: its share of a container, not the whole machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
