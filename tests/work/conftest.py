"""The databases and the clock of the store's tests, and a place to work in."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.work.workplace import Workplace
from store.database import Database
from tests.store.conftest import Clock, clock, database, url
from tests.work.office import Office, workplace

__all__ = ["clock", "database", "url"]


@pytest.fixture
def place(database: Database, tmp_path: Path, clock: Clock) -> Workplace:
    return workplace(database, tmp_path, clock)


@pytest.fixture
def office(place: Workplace) -> Office:
    return Office(place)
