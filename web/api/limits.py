"""How often one may ask. Counted for all processes of a machine together, in a file mapped into each.

A limit in the database would cost every poll a write. It holds off a runaway script and the guessing of
passwords; a flood is the reverse proxy's business. Several machines count each for itself.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import math
import mmap
import os
import struct
import tempfile
import threading
import weakref
from collections.abc import Callable
from pathlib import Path

from web.api import problems

_MINUTE = 60.0
_ENTRY = struct.Struct("=Qdd")
"""Whose bucket it is, what is left in it, and when it was last told."""
_PLACES = 1 << 16
_NEAR = 8
"""Places where a bucket may lie."""

log = logging.getLogger(__name__)


class RateLimit:
    """A bucket for every name: ``per_minute`` at once, refilled evenly.

    ``clock``: seconds, the same for all processes (``time.monotonic`` is on one machine). ``file``: what they
    share; ``None``: this process counts for itself.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float], file: Path | None = None) -> None:
        self.per_minute, self.clock = per_minute, clock
        self._lock = threading.Lock()
        self._file = _opened(file)
        weakref.finalize(self, os.close, self._file)
        self._buckets = mmap.mmap(self._file, _PLACES * _ENTRY.size)

    def count(self, name: str) -> None:
        """One more from ``name``. Raises the 429 problem that says how long to wait."""
        now = self.clock()
        whose = int.from_bytes(hashlib.blake2b(name.encode(errors="replace"), digest_size=8).digest()) or 1
        with self._lock:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                self._count(whose, now)
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)

    def _count(self, whose: int, now: float) -> None:
        place, left, then = self._bucket(whose, now)
        left = min(self.per_minute, left + (now - then) * self.per_minute / _MINUTE)
        if left < 1:
            raise problems.too_many(math.ceil((1 - left) * _MINUTE / self.per_minute))
        _ENTRY.pack_into(self._buckets, place, whose, left - 1, now)

    def _bucket(self, whose: int, now: float) -> tuple[int, float, float]:
        """Where it lies, what was left, and when. One from before a restart of the machine is full."""
        oldest = (math.inf, 0)
        for step in range(_NEAR):
            place = (whose + step) % _PLACES * _ENTRY.size
            owner, left, then = _ENTRY.unpack_from(self._buckets, place)
            if owner == whose and then <= now:
                return place, left, then
            # Not heard of for a minute, or of another time: full again, and another's to have.
            idle = owner in (0, whose) or not now - _MINUTE < then <= now
            oldest = min(oldest, (-math.inf if idle else then, place))
        return oldest[1], float(self.per_minute), now


def _opened(file: Path | None) -> int:
    """A file with room for all: one that grew later could not when the disk is full, and end the process."""
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
            os.posix_fallocate(handle, 0, _PLACES * _ENTRY.size)
            return handle
        except OSError as problem:
            log.warning("each process counts requests for itself: %s", problem.strerror)
    handle, name = tempfile.mkstemp()
    os.unlink(name)
    os.posix_fallocate(handle, 0, _PLACES * _ENTRY.size)
    return handle
