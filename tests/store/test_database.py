"""The ways into the database: what each keeps through a power cut, and who waits for whom."""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import Any

import pytest
from sqlalchemy import func, select, text

from store import jobs
from store.database import Database, _turn_came
from store.tables import JobRow
from tests.store.conftest import Clock

NORMAL, FULL = 1, 2
"""As SQLite tells ``PRAGMA synchronous``: synced at checkpoints, synced with every commit."""


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_only_what_is_noted_may_go_with_a_power_cut(database: Database) -> None:
    """Whichever way the connection was used before."""
    for way, wanted in (
        (database.noting, NORMAL),
        (database.writing, FULL),
        (database.noting, NORMAL),
    ):
        with way() as session:
            assert session.scalar(text("PRAGMA synchronous")) == wanted
    assert database.change(lambda session: session.scalar(text("PRAGMA synchronous"))) == FULL


def test_what_is_noted_is_there_for_everybody_at_once(database: Database, url: str, clock: Clock) -> None:
    with database.noting() as session:
        jobs.put(session, clock(), "a", "uploads", "read", {})
    other = Database(url)
    with other.reading() as session:
        assert session.scalar(select(func.count()).select_from(JobRow)) == 1
    other.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_writer_waits_for_another_process(database: Database, url: str, clock: Clock) -> None:
    """Another ``Database`` stands for another process: they share no lock but the file's."""
    other, in_hand = Database(url), threading.Event()

    def hold() -> None:
        with other.writing():
            in_hand.set()
            time.sleep(0.3)

    holder = threading.Thread(target=hold)
    holder.start()
    assert in_hand.wait(5)
    with database.writing() as session:
        jobs.put(session, clock(), "a", "uploads", "read", {})
    holder.join()
    other.close()


class Recovering:
    """A connection whose database another process is just recovering, after a ``kill -9``."""

    def __init__(self) -> None:
        self.tries = 0

    def execute(self, words: str) -> None:
        self.tries += 1
        if self.tries < 3:
            problem: Any = sqlite3.OperationalError("database is locked")
            problem.sqlite_errorcode = sqlite3.SQLITE_BUSY_RECOVERY
            raise problem


def test_a_writer_waits_for_a_recovery() -> None:
    connection: Any = Recovering()
    assert _turn_came(connection)
    assert connection.tries == 3
