"""One worker process: waits for the bell, works until nothing waits, sweeps beside it.

Celery runs in its *solo* pool: a job runs in this very process and thread, so that nothing is ever forked
beside the sweeper's thread, and a stop is seen at the next page. Several processes are a ``crew``.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import threading
from dataclasses import replace

from celery.worker import state

from domain.errors import SetupError
from pipeline.bell import TASK
from pipeline.work.crew import NOT_READY
from pipeline.work.performing import work_until_idle
from pipeline.work.printing import take_missing
from pipeline.work.sweeping import ring_if_waiting, sweep
from pipeline.work.workplace import Workplace

TIDY_EVERY = 60
"""Sweeps between two tidyings of the bell."""
MOST_MEMORY_KB = 3 * 1024 * 1024
"""A process that ever held more ends when it is idle, and another takes its place."""

log = logging.getLogger(__name__)


class Station:
    """A workplace with a bell to listen for. ``pause``: seconds between sweeps."""

    def __init__(self, place: Workplace, pause: float) -> None:
        self.place = replace(place, stopping=lambda: state.should_stop is not None)
        self.pause = pause
        self._busy = threading.Event()
        self._ended = threading.Event()

    def run(self) -> int:
        """Work until told to stop (SIGTERM, SIGINT). Returns the exit status."""
        bell = self.place.bell
        bell.app.task(self._heard, name=TASK)
        celery = bell.app.Worker(
            pool="solo",
            concurrency=1,
            queues=[bell.name_of(queue) for queue in self.place.queues],
            hostname=f"{bell.prefix}@{self.place.name}",
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
            quiet=True,
        )
        threading.Thread(target=self._sweep, name="sweeper", daemon=True).start()
        threading.Thread(target=self._warm, name="warming", daemon=True).start()
        try:
            celery.start()
        finally:
            self._ended.set()
        return int(celery.exitcode or 0)

    def _warm(self) -> None:
        """The first page of a process costs seconds more, and somebody waits for it before a screen."""
        try:
            self.place.reading_tools().warm()
        except Exception as problem:  # noqa: BLE001 - the first page will say what is amiss
            log.warning("not warmed up: %s", type(problem).__name__)

    def _heard(self) -> None:
        """The bell rang: all that waits is done now, so that later rings for it find nothing."""
        self._busy.set()
        try:
            work_until_idle(self.place)
        except SetupError as problem:
            log.error("%s", problem)
            state.should_stop = NOT_READY
        except Exception as problem:  # noqa: BLE001 - the database may be away; the sweeper rings again
            log.error("work stopped: %s", type(problem).__name__)
        finally:
            self._busy.clear()
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MOST_MEMORY_KB:
            state.should_stop = state.should_stop or os.EX_OK

    def _sweep(self) -> None:
        """Runs in a thread of its own until the process ends."""
        boss = multiprocessing.parent_process()
        sweeps = 0
        while not self._ended.is_set():
            if boss is not None and not boss.is_alive():
                log.warning("the process that started this one is gone")
                os.kill(os.getpid(), signal.SIGTERM)
                return
            try:
                self._sweep_once(tidy=sweeps % TIDY_EVERY == 0)
            except Exception as problem:  # noqa: BLE001 - the database may be away; the next round tries again
                log.warning("sweeping failed: %s", type(problem).__name__)
            sweeps += 1
            self._ended.wait(self.pause)

    def _sweep_once(self, *, tidy: bool) -> None:
        sweep(self.place)
        if not self._busy.is_set():
            ring_if_waiting(self.place)
            take_missing(self.place)
        if tidy:
            self.place.bell.tidy()
