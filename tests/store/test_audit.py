"""The audit trail notices every change."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from store import audit
from store.database import Database
from store.migrating import is_current, migrate
from tests.store.conftest import Clock


def written(database: Database, clock: Clock, count: int = 5) -> None:
    for number in range(count):
        with database.writing() as session:
            audit.record(
                session, clock(), "clerk", "flag.dismissed", f"application {number % 2}", {"原因": number}
            )


def test_an_untouched_chain_holds(database: Database, clock: Clock) -> None:
    written(database, clock)
    with database.reading() as session:
        assert audit.broken_at(session) is None
        count, digest = audit.head(session)
        assert count == 5
        assert digest != audit.GENESIS
        assert [row.sequence for row in audit.of_subject(session, "application 1")] == [2, 4]


def test_an_empty_chain_holds(database: Database) -> None:
    with database.reading() as session:
        assert audit.broken_at(session) is None
        assert audit.head(session) == (0, audit.GENESIS)


@pytest.mark.parametrize(
    ("tampering", "first"),
    [
        ("UPDATE audit SET actor = 'nobody' WHERE sequence = 3", 3),
        ("UPDATE audit SET details = '{}' WHERE sequence = 2", 2),
        ("DELETE FROM audit WHERE sequence = 1", 1),
        ("DELETE FROM audit WHERE sequence = 4", 4),
        ("UPDATE audit SET sequence = 9 WHERE sequence = 5", 5),
    ],
)
def test_tampering_is_found_where_it_was_done(
    database: Database, clock: Clock, tampering: str, first: int
) -> None:
    written(database, clock)
    with database.engine.begin() as connection:
        connection.execute(text(tampering))
    with database.reading() as session:
        assert audit.broken_at(session) == first


def test_entries_written_at_once_make_one_chain(database: Database, clock: Clock) -> None:
    threads = [threading.Thread(target=written, args=(database, clock, 10)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert audit.broken_at(session) is None
        assert audit.head(session)[0] == 40


def test_migrating_twice_changes_nothing(database: Database) -> None:
    assert is_current(database)
    migrate(database)
    assert is_current(database)


def test_the_migrations_make_what_the_schema_says(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from store.tables import Base

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
