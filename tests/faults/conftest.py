"""Installations to be broken: SQLite and the SQL transport, PostgreSQL and Redis, PostgreSQL and RabbitMQ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import services
from tests.faults.house import House

SCALED = [
    pytest.param(services.REDIS, id="postgresql-redis", marks=pytest.mark.services),
    pytest.param(services.RABBITMQ, id="postgresql-rabbitmq", marks=pytest.mark.services),
]


@pytest.fixture(params=[pytest.param("", id="sqlite-sql"), *SCALED])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """Each installation in turn."""
    if not request.param:
        yield from _opened(House(tmp_path))
        return
    with services.postgres_database() as database, services.broker(request.param) as bell:
        yield from _opened(House(tmp_path, database=database, broker=request.param, bell=bell))


@pytest.fixture
def small_house(tmp_path: Path) -> Iterator[House]:
    """SQLite with the SQL transport."""
    yield from _opened(House(tmp_path))


def _opened(house: House) -> Iterator[House]:
    try:
        yield house
    finally:
        house.close()
