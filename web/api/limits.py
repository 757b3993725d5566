"""How often one may ask. Counted in memory, per process: with N processes up to N times as much gets through.

Kept so on purpose: a limit in the database would cost every poll a write. It holds off a runaway script and
the guessing of passwords; a flood is the reverse proxy's business.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable

from web.api import problems

_MINUTE = 60.0
_MOST_KNOWN = 50_000


class RateLimit:
    """A bucket for every name: ``per_minute`` at once, refilled evenly. ``clock`` in seconds."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self.per_minute, self.clock = per_minute, clock
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def count(self, name: str) -> None:
        """One more from ``name``. Raises the 429 problem that says how long to wait."""
        now = self.clock()
        with self._lock:
            left, then = self._buckets.get(name, (float(self.per_minute), now))
            left = min(self.per_minute, left + (now - then) * self.per_minute / _MINUTE)
            if left < 1:
                seconds = math.ceil((1 - left) * _MINUTE / self.per_minute)
                raise problems.too_many(seconds)
            self._buckets[name] = (left - 1, now)
            if len(self._buckets) > _MOST_KNOWN:
                self._forget_full(now)

    def _forget_full(self, now: float) -> None:
        """Names not heard of for a minute have their bucket full again."""
        self._buckets = {name: one for name, one in self._buckets.items() if now - one[1] < _MINUTE}
