"""Real servers for tests: PostgreSQL, Redis and RabbitMQ at their standard ports, or where a variable says.

A test that needs one is marked ``services`` and skipped by name where it does not answer. Every test has a
database, and queues at the broker, of its own; both are gone when it ends.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from kombu.connection import Connection
from psycopg import sql

POSTGRES = os.environ.get("HEZHENG_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("HEZHENG_TEST_REDIS", "redis://127.0.0.1:6379/9")
RABBITMQ = os.environ.get("HEZHENG_TEST_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672//")
QUEUES = ("uploads", "batches")


@contextmanager
def postgres_database() -> Iterator[str]:
    """The URL of an empty database."""
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        pytest.skip("PostgreSQL does not answer; HEZHENG_TEST_POSTGRES names it")
    name = f"hezheng_test_{uuid.uuid4().hex[:12]}"
    with server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield POSTGRES.rsplit("/", 1)[0] + "/" + name
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def broker(url: str) -> Iterator[str]:
    """The beginning of the names of queues that nobody else uses at the broker ``url``."""
    prefix = f"hezheng-test-{uuid.uuid4().hex[:12]}"
    try:
        with Connection(url, connect_timeout=2) as connection:  # type: ignore[no-untyped-call]
            connection.connect()
    except OSError:
        pytest.skip(f"no broker answers at {url.split('@')[-1]}; HEZHENG_TEST_REDIS or _RABBITMQ names it")
    yield prefix
    with Connection(url) as connection:  # type: ignore[no-untyped-call]
        for queue in QUEUES:
            connection.default_channel.queue_delete(f"{prefix}.{queue}")
