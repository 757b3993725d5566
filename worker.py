"""The worker: wiring only. ``python -m worker`` is what ``hezheng worker`` runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from domain.machine import usable_cores
from domain.settings import Settings, load_settings
from pipeline.logs import set_up_logs
from pipeline.work.crew import Crew


def run(settings: Settings, queues: Sequence[str] = (), concurrency: int = 0) -> int:
    """Work until told to stop (SIGTERM, SIGINT); the job in hand is given back. Returns the exit status.

    ``queues``: those to serve, in this order; none named: all. ``concurrency``: processes;
    0: one a core.
    """
    return Crew(settings, tuple(queues), concurrency or usable_cores()).run()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="worker", description="读取、核对队列中的材料。")
    parser.add_argument("--queues", default="", help="处理哪些队列，用逗号分开，先后即次序；默认全部")
    parser.add_argument("--concurrency", type=int, default=0, help="进程数，默认与处理器核数相同")
    given = parser.parse_args(arguments)
    queues = tuple(queue for queue in given.queues.split(",") if queue)
    unknown = [queue for queue in queues if queue not in _known_queues()]
    if unknown:
        parser.error(f"没有队列“{'、'.join(unknown)}”，可用的有：{'、'.join(_known_queues())}。")
    set_up_logs()
    return run(load_settings(), queues, given.concurrency)


def _known_queues() -> tuple[str, ...]:
    from pipeline.bell import QUEUES  # Celery: slow to load, and only the stations need it

    return QUEUES


if __name__ == "__main__":
    sys.exit(main())
