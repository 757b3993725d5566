"""The API over a store of its own, on SQLite and PostgreSQL, with people of each role to knock at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from domain.settings import Settings
from store.blobs import DiskBlobs
from store.database import Database
from tests.store.conftest import Clock, clock, database, url
from tests.web.house import House, Rings
from web.app import create_app
from web.service import Service

__all__ = ["clock", "database", "url"]


@pytest.fixture
def settings(tmp_path: Path, url: str) -> Settings:
    return Settings(data=tmp_path / "data", database=url, upload_bytes=64 * 1024, requests_per_minute=100_000)


@pytest.fixture
def house(settings: Settings, database: Database, clock: Clock) -> Iterator[House]:
    service = Service(settings, database, DiskBlobs(settings.data / "blobs"), Rings(), clock)
    with TestClient(create_app(service), base_url="https://testserver") as client:
        yield House(service, client)
