"""One database by URL, with transactions that behave alike on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from store.together import Together

Result = TypeVar("Result")

BUSY_SECONDS = 20
_LOOK_SECONDS = 0.002
"""SQLite's own wait for another process grows to 100 ms a look, in which many others go before."""
_PRIMARY = 0xFF
"""The part of an error's code that says what it is; the rest says why (busy as another process recovers)."""
_CONNECT_SECONDS = 10
_KEPT_OPEN = 20
"""Connections of a process. Of SQLAlchemy's five, further ones are made and closed with every request."""
_WAY = "hezheng_way"
_READING, _WRITING, _NOTING = "reading", "writing", "noting"


class Database:
    """``writing()`` commits as a whole or not at all; ``reading()`` sees one state and never blocks a writer.

    ``noting()`` writes what a power cut may take back: whatever dies of that cut and is then done again.

    ``url``: ``sqlite:///FILE`` or ``postgresql://…`` (psycopg is put in).
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._ways = {
            way: self.engine.execution_options(**{_WAY: way}) for way in (_READING, _WRITING, _NOTING)
        }
        self._together = Together(self._begun)
        self._turn = threading.Lock() if self.is_sqlite else nullcontext()

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Session]:
        # SQLite has one writer, and those who wait for it in other processes only look now and then:
        # within a process they queue here, so that the next one starts at once.
        with self._turn, self._session(_WRITING) as session, session.begin():
            yield session

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """As ``writing``, for leases and progress: kept whichever process dies. A power cut takes SQLite's
        last ones, and with them the workers, which are on the same machine; PostgreSQL keeps them all."""
        with self._turn, self._session(_NOTING) as session, session.begin():
            yield session

    def change(self, change: Callable[[Session], Result]) -> Result:
        """``change`` as in ``writing``. On SQLite those that wait at the same time share a commit."""
        if self.is_sqlite:
            return self._together.change(change)
        with self.writing() as session:
            return change(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._session(_READING) as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        with self._turn, self._ways[_WRITING].begin() as connection:
            yield connection

    def _session(self, way: str) -> Session:
        return Session(self._ways[way], expire_on_commit=False)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(
            parsed,
            pool_size=_KEPT_OPEN,
            pool_pre_ping=True,
            hide_parameters=True,  # they hold what people typed, and an error's text may be shown or logged
            connect_args={"connect_timeout": _CONNECT_SECONDS},
        )
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    pool = {} if parsed.database == ":memory:" else {"pool_size": _KEPT_OPEN}
    engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS}, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "commit", _still_begun)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
    """Write-ahead log: readers never wait, and what was committed stays whole."""
    connection.isolation_level = None  # SQLAlchemy begins transactions itself, see below
    for pragma in ("journal_mode=WAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: two that read first and write later would fail, not wait."""
    way = connection.get_execution_options().get(_WAY, _WRITING)
    if way == _READING:
        connection.exec_driver_sql("BEGIN DEFERRED")
        return
    driver = cast(sqlite3.Connection, connection.connection.driver_connection)
    # With FULL a commit survives a power cut.
    driver.execute(f"PRAGMA synchronous={'NORMAL' if way == _NOTING else 'FULL'}")
    driver.execute("PRAGMA busy_timeout=0")
    try:
        if not _turn_came(driver):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # once more, to fail as SQLAlchemy fails
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def _still_begun(connection: Connection) -> None:
    """SQLite may roll back by itself on a full disk; its driver then commits nothing, and says nothing."""
    driver = cast(sqlite3.Connection, connection.connection.driver_connection)
    if not driver.in_transaction:
        raise OperationalError("COMMIT", None, sqlite3.OperationalError("the transaction was rolled back"))


def _turn_came(driver: sqlite3.Connection) -> bool:
    """Begin as soon as no other process writes; ``False`` where none came in time, or something is amiss."""
    until = time.monotonic() + BUSY_SECONDS
    while time.monotonic() < until:
        try:
            driver.execute("BEGIN IMMEDIATE")
            return True
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY:
                return False
        time.sleep(_LOOK_SECONDS)
    return False
