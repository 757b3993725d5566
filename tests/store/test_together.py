"""Changes that share a commit: each whole or not at all, answered only after the commit that holds it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from store import audit, jobs
from store.database import Database
from store.tables import AuditRow, JobRow
from tests.store.conftest import Clock


class RefusedError(Exception):
    pass


def test_one_that_fails_takes_no_other_with_it(database: Database, clock: Clock) -> None:
    """Twenty at once, every fifth of which fails after it has written."""

    def changed(number: int) -> bool:
        def change(session: Session) -> None:
            jobs.put(session, clock(), str(number), "uploads", "read", {})
            audit.record(session, clock(), "someone", "file.received", str(number), {})
            if number % 5 == 0:
                raise RefusedError

        try:
            database.change(change)
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(20) as people:
        kept = list(people.map(changed, range(20)))
    with database.reading() as session:
        keys = set(session.scalars(select(JobRow.key)))
        assert keys == {str(number) for number in range(20) if number % 5}
        assert kept == [bool(number % 5) for number in range(20)]
        assert session.scalar(select(func.count()).select_from(AuditRow)) == 16
        assert audit.broken_at(session) is None


def test_nobody_is_answered_when_the_commit_fails(database: Database, clock: Clock) -> None:
    """A full disk at the commit: whoever shared it is told, and the next one goes through."""

    def put(session: Session) -> str:
        jobs.put(session, clock(), "a", "uploads", "read", {})
        return "kept"

    def full(connection: object) -> None:
        raise RefusedError

    event.listen(database.engine, "commit", full)
    with pytest.raises(RefusedError):
        database.change(put)
    event.remove(database.engine, "commit", full)
    assert database.change(put) == "kept"
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(JobRow)) == 1


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("hidden", [False, True], ids=["told", "hidden"])
def test_nobody_is_told_of_success_when_sqlite_rolls_back_by_itself(
    database: Database, clock: Clock, hidden: bool
) -> None:
    """As with a full disk or a failing one; ``hidden``: the change does not let its own error out."""

    def put(key: str) -> Callable[[Session], None]:
        return lambda session: jobs.put(session, clock(), key, "uploads", "read", {})

    def rolled_back(session: Session) -> None:
        try:
            session.connection().exec_driver_sql("ROLLBACK")
            session.execute(text("SELECT * FROM nowhere"))
        except DBAPIError:
            if not hidden:
                raise

    outcomes = changed_together(database, [put("before"), rolled_back, put("after")])
    assert [type(one) for one in outcomes] == [OperationalError] * 3
    with database.reading() as session:
        assert list(session.scalars(select(JobRow.key))) == []
    database.change(put("later"))


def changed_together(
    database: Database, changes: Sequence[Callable[[Session], None]]
) -> list[BaseException | None]:
    """What ``changes`` raise, all of them in one transaction."""
    in_hand, go_on = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        in_hand.set()
        go_on.wait(5)

    with ThreadPoolExecutor(len(changes) + 1) as people:
        first = people.submit(database.change, slow)
        assert in_hand.wait(5)
        waiting = []
        for change in changes:
            waiting.append(people.submit(database.change, change))
            while database._together._waiting.qsize() < len(waiting):
                time.sleep(0.01)
        go_on.set()
        first.result(5)
        return [one.exception(30) for one in waiting]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # PostgreSQL's own commits go together
def test_what_waits_at_the_same_time_goes_with_one_commit(database: Database, clock: Clock) -> None:
    commits = 0

    def counted(connection: object) -> None:
        nonlocal commits
        commits += 1

    event.listen(database.engine, "commit", counted)
    put = [
        lambda session, key=key: jobs.put(session, clock(), key, "uploads", "read", {}) for key in "abcdefgh"
    ]
    assert changed_together(database, put) == [None] * len(put)
    assert commits == 2
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(JobRow)) == 8


def test_what_people_typed_is_in_no_error_of_the_database(database: Database) -> None:
    with database.reading() as session, pytest.raises(DBAPIError) as raised:
        session.execute(text("SELECT :typed FROM nowhere"), {"typed": "330602199001011234"})
    assert "330602199001011234" not in str(raised.value)
