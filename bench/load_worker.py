"""A worker of ``bench.load``: the real ledger and jobs, the recorded engine in place of the networks."""

from __future__ import annotations

import signal
import time
from dataclasses import replace

from domain.settings import load_settings
from pipeline.work.performing import work_until_idle
from pipeline.work.workplace import workplace_for
from tests.pipeline import recorded

_LOOK_SECONDS = 0.2


def main() -> None:
    stopping = False

    def stop(number: int, frame: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    place = replace(
        workplace_for(load_settings()),
        reading_tools=recorded.reading_tools,
        judging_tools=recorded.judging_tools,
        stopping=lambda: stopping,
    )
    while not stopping:
        if not work_until_idle(place):
            time.sleep(_LOOK_SECONDS)


if __name__ == "__main__":
    main()
