"""Several stations on one machine, each a process of its own; one that dies or ends is started anew.

Stations are forked off a server process that has loaded the code and done nothing else, so that one is there
at once and inherits nothing half-done. This process itself loads next to nothing. Whoever kills it with -9
stops the stations too: each looks whether it is still there.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import TYPE_CHECKING

from domain.settings import Settings

if TYPE_CHECKING:
    from pipeline.work.workplace import Workplace

MakeWorkplace = Callable[[Settings], "Workplace"]
"""A function at the top of a module: the process imports it by name."""
RESTART_SECONDS = 1.0
NOT_READY = 3
"""Exit status of a station: the reader is not fit for use, and starting anew would not help."""
SWEEP_SECONDS = 5.0
_LOADED = ["__main__", "pipeline.work.station", "pipeline.work.unpack", "pipeline.real_tools"]

log = logging.getLogger(__name__)


class Crew:
    """``concurrency`` stations. ``queues``: those they serve, in this order; empty: all of them."""

    def __init__(
        self,
        settings: Settings,
        queues: tuple[str, ...] = (),
        concurrency: int = 1,
        make_workplace: MakeWorkplace | None = None,
    ) -> None:
        self._work = (settings, queues, make_workplace)
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(_LOADED)
        self._concurrency = concurrency
        self._staff: list[BaseProcess] = []
        self._stopping = False

    def run(self) -> int:
        """Until SIGTERM or SIGINT, then until every station gave its job back. Returns the exit status.

        A station whose reader is not fit for use ends them all: the same would befall its successor.
        """
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._stop)
        status = 0
        while not self._stopping:
            self._hire()
            for gone in self._gone():
                log.warning("a station ended with status %s", gone.exitcode)
                if gone.exitcode == NOT_READY:
                    status = NOT_READY
                    self._stop()
            if not self._stopping:
                time.sleep(RESTART_SECONDS)
        while self._staff:
            self._gone()
        return status

    def _hire(self) -> None:
        while len(self._staff) < self._concurrency and not self._stopping:
            process = self._context.Process(target=_station, args=self._work)
            process.start()
            self._staff.append(process)
        if self._stopping:  # told to stop while one was being started
            self._stop()

    def _gone(self) -> list[BaseProcess]:
        """Waits until at least one station has ended, and takes it off the list."""
        ready = wait([process.sentinel for process in self._staff])
        gone = [process for process in self._staff if process.sentinel in ready]
        self._staff = [process for process in self._staff if process.sentinel not in ready]
        for process in gone:
            process.join()
        return gone

    def _stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        self._stopping = True
        for process in self._staff:
            if process.is_alive():
                process.terminate()


def _station(settings: Settings, queues: tuple[str, ...], make_workplace: MakeWorkplace | None) -> None:
    """A station's life, with the real reader unless told otherwise."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    # What loads weights, plans and lists asks the environment where they lie.
    os.environ["HEZHENG_DATA"] = str(settings.data)
    if settings.named_lists is not None:
        os.environ["HEZHENG_LISTS"] = str(settings.named_lists)
    from pipeline.logs import set_up_logs
    from pipeline.work.station import Station
    from pipeline.work.workplace import workplace_for

    set_up_logs()  # nothing of the parent's is inherited
    place = (make_workplace or workplace_for)(settings)
    if queues:
        place = replace(place, queues=queues)
    sys.exit(Station(place, pause=min(SWEEP_SECONDS, settings.lease_seconds / 3)).run())
