"""A job in hand: its lease is kept, how far it is is told, and a page that hangs ends the process.

The lease is renewed with every page, and beside it by the clock, since a page may outlast a lease. What hangs
cannot be interrupted from Python: a watchdog outside the interpreter ends the whole process, the lease runs
out, and another worker takes the job.
"""

from __future__ import annotations

import faulthandler
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from pipeline.work.workplace import Workplace
from store.errors import LeaseLostError
from store.jobs import Lease

BEATS = 3
"""Renewals within one lease."""

log = logging.getLogger(__name__)


class LetGo(BaseException):
    """The job is not to be gone on with here: the worker stops, or another one holds the job now."""


class Hold:
    """A lease being kept. ``step`` is called at every page."""

    def __init__(self, workplace: Workplace, lease: Lease) -> None:
        self._workplace = workplace
        self._lease = lease
        self._progress: Mapping[str, Any] = {}
        self._lost = False
        self._ended = threading.Event()

    def step(
        self, progress: Mapping[str, Any], telling: Callable[[Session], None] = lambda session: None
    ) -> None:
        """So far it is; ``telling`` writes it where those who watch look.

        Raises ``LetGo`` where the job is to be let go.
        """
        self._progress = progress
        self._watch()
        if self._workplace.stopping():
            raise LetGo
        self._renew(telling)
        if self._lost:
            raise LetGo
        self._let_others_go_first()

    def keep(self) -> None:
        """Renew until the job ends; runs in a thread of its own."""
        pause = self._workplace.ledger.lease.total_seconds() / BEATS
        while not self._ended.wait(pause) and not self._lost:
            self._renew()

    def end(self) -> None:
        self._ended.set()
        faulthandler.cancel_dump_traceback_later()

    def _watch(self) -> None:
        faulthandler.dump_traceback_later(self._workplace.page_seconds, exit=True)

    def _let_others_go_first(self) -> None:
        try:
            others = self._workplace.between_pages()
        except SQLAlchemyError as problem:
            log.warning("not looked for others: %s", type(problem).__name__)
            others = 1
        if others:
            self._watch()

    def _renew(self, telling: Callable[[Session], None] = lambda session: None) -> None:
        """A database that is away for a while is no reason to throw pages away: the next beat tries again."""
        try:
            self._workplace.ledger.renew(self._lease, self._progress, telling)
        except LeaseLostError:
            self._lost = True
        except SQLAlchemyError as problem:
            log.warning("lease not renewed: %s", type(problem).__name__)


@contextmanager
def held(workplace: Workplace, lease: Lease) -> Iterator[Hold]:
    """The lease is kept as long as the block runs. Raises ``LetGo`` out of ``Hold.step``."""
    hold = Hold(workplace, lease)
    heart = threading.Thread(target=hold.keep, name="heartbeat", daemon=True)
    hold._watch()
    heart.start()
    try:
        yield hold
    finally:
        hold.end()
        heart.join()
