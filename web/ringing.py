"""The bell, rung in a thread of its own: nobody who uploads waits for the broker.

Rings that come while one is under way become one: a worker that hears it takes all that waits.
"""

from __future__ import annotations

import threading
import time

from web.service import Bell

PAUSE_SECONDS = 0.1
"""After a ring; a hundred uploads a second ring ten times."""


class PatientBell:
    """``ring`` returns at once. What is not rung at a stop is found by the workers themselves."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._wanted: set[str] = set()
        self._woken = threading.Condition()
        self._thread: threading.Thread | None = None

    def ring(self, queue: str) -> None:
        with self._woken:
            self._wanted.add(queue)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="bell", daemon=True)
                self._thread.start()
            self._woken.notify()

    def _run(self) -> None:
        while True:
            with self._woken:
                self._woken.wait_for(lambda: bool(self._wanted))
                queue = self._wanted.pop()
            self._bell.ring(queue)
            time.sleep(PAUSE_SECONDS)
