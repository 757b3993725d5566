"""Changes that wait for the same commit: several callers' in one transaction, each whole or not at all.

SQLite has one writer and every commit waits for the disk. While one is on its way others come; they go
together with the next. Each has a savepoint of its own, so that one that fails takes none with it, and each
is answered only after the commit that holds it. Where the database itself fails, all of them are told so.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

Result = TypeVar("Result")

MOST = 32
"""Changes in one transaction: other processes wait for it."""
_Change = Callable[[Session], Any]


class Together:
    """``begun`` gives a connection in a writing transaction, which it commits at the end of the block."""

    def __init__(self, begun: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._begun = begun
        self._waiting: queue.SimpleQueue[tuple[_Change, Future[Any]]] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def change(self, change: Callable[[Session], Result]) -> Result:
        """What ``change`` returns, once it is committed; what it raises, with nothing of it kept."""
        self._start()
        answer: Future[Result] = Future()
        self._waiting.put((change, answer))
        return answer.result()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            changes = [self._waiting.get()]
            while len(changes) < MOST and not self._waiting.empty():
                changes.append(self._waiting.get())
            self._commit(changes)

    def _commit(self, changes: list[tuple[_Change, Future[Any]]]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        try:
            with self._begun() as connection:
                for change, answer in changes:
                    try:
                        done.append((answer, _one(connection, change)))
                    except BaseException as problem:
                        if _of_the_database(problem):
                            raise
                        answer.set_exception(problem)  # its caller's to handle
        except BaseException as problem:  # noqa: BLE001 - no commit: nobody is told that it is done
            for _, answer in changes:
                if not answer.done():
                    answer.set_exception(problem)
        else:
            for answer, result in done:
                answer.set_result(result)


def _of_the_database(problem: BaseException) -> bool:
    """A full or failing disk: SQLite may have taken back the whole transaction, savepoints and all."""
    return isinstance(problem, DBAPIError) and not isinstance(problem, IntegrityError)


def _one(connection: Connection, change: _Change) -> Any:
    own = Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
    with own as session, session.begin():
        return change(session)
