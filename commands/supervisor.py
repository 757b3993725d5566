"""Several processes kept running as one: started, started again when they die, ended together."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

_LOOK_SECONDS = 0.5
_RESTART_SECONDS = 1.0
_PATIENCE_SECONDS = 60.0
"""How long a process may take to give its work back; then it is killed."""
WORKER_NICENESS = 5
"""Whoever waits before a screen goes first; a page takes seconds anyway."""
_PARENT_DEATH = 1
"""PR_SET_PDEATHSIG of Linux: the kernel's signal to children whose parent was killed."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Part:
    """One process. ``command``: its arguments after the interpreter's; ``niceness``: added to ours."""

    name: str
    command: Sequence[str]
    niceness: int = 0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = field(default=0.0)

    def start(self, environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, *self.command],
            env=dict(environment),
            preexec_fn=self._prepared,
        )
        self.started_at = time.monotonic()

    def _prepared(self) -> None:
        """Runs in the child."""
        os.nice(self.niceness)
        if sys.platform == "linux":
            _die_with_parent()

    @property
    def status(self) -> int | None:
        """The exit status, ``None`` while it runs."""
        return self.process.poll() if self.process is not None else 0


class Supervisor:
    """``is_ready`` is asked until it says yes; then ``on_ready`` is called once."""

    def __init__(
        self, parts: Sequence[Part], is_ready: Callable[[], bool], on_ready: Callable[[], None]
    ) -> None:
        self._parts, self._is_ready, self._on_ready = parts, is_ready, on_ready
        self._ready = False
        self._stop = threading.Event()

    def run(self) -> int:
        """Until SIGTERM or SIGINT, then until all have ended. Returns the exit status.

        A part that dies before everything was ready ends all: starting it anew would not help.
        """
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._told_to_stop)
        for part in self._parts:
            part.start(os.environ)
        status = 0
        while not self._stop.wait(_LOOK_SECONDS):
            dead = [part for part in self._parts if part.status is not None]
            if dead and not self._ready:
                status = 1
                break
            for part in dead:
                log.warning("%s ended with status %s and is started anew", part.name, part.status)
                time.sleep(max(0.0, part.started_at + _RESTART_SECONDS - time.monotonic()))
                part.start(os.environ)
            if not self._ready and self._is_ready():
                self._ready = True
                self._on_ready()
        self._end()
        return status

    def _told_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self._stop.set()

    def _end(self) -> None:
        """A keyboard's interrupt has reached them already; a second word does no harm."""
        running = [part.process for part in self._parts if part.process and part.status is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + _PATIENCE_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _die_with_parent() -> None:
    """No process is left holding the port when the supervisor is killed."""
    ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGTERM)
