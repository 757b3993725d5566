"""Every test of the store runs on SQLite and, where one answers at its standard port, on PostgreSQL."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from store.database import Database
from store.migrating import migrate

POSTGRES = os.environ.get("HEZHENG_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2020, 8, 5, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        pytest.skip(f"{request.node.nodeid} needs PostgreSQL; HEZHENG_TEST_POSTGRES names it")
    name = f"hezheng_test_{uuid.uuid4().hex[:12]}"
    with server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield POSTGRES.rsplit("/", 1)[0] + "/" + name
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    found = Database(url)
    migrate(found)
    yield found
    found.close()
