"""Transactions that must not be lost to a database that is away for a moment."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from store.database import Database
from store.tables import ApplicationRow

PATIENCE_SECONDS = 60.0
"""How long a finished result waits for the database. Its lease has run out by then, and another redoes it."""
PAUSE_SECONDS = 1.0

Result = TypeVar("Result")
log = logging.getLogger(__name__)


def settle(database: Database, change: Callable[[Session], Result], *, lasting: bool = True) -> Result:
    """``change`` in one transaction, tried again while the database is away, full or busy.

    ``lasting``: it must survive a power cut; what is not is done again then (``Database.noting``).
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with database.writing() if lasting else database.noting() as session:
                return change(session)
        except DBAPIError as problem:
            if time.monotonic() > until:
                raise
            log.warning("the database did not take a result: %s", type(problem).__name__)
        time.sleep(PAUSE_SECONDS)


def locked(session: Session, application: str) -> ApplicationRow | None:
    """The application, for this transaction alone: two files that are read through at once see each other."""
    return session.get(ApplicationRow, application, with_for_update=True, populate_existing=True)
