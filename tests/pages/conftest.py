"""A service with pages, on SQLite in a folder of the test's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright

from domain.settings import Settings
from store import accounts
from store.accounts import Role
from store.blobs import DiskBlobs
from store.database import Database
from store.migrating import migrate
from store.tables import UserRow
from tests.pages.browsing import CHROMIUM
from web.app import create_app
from web.service import Service

PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that live as long as a test


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2020, 8, 5, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **passed: float) -> None:
        self.now += timedelta(**passed)


class SilentBell:
    def ring(self, queue: str) -> None: ...


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(tmp_path: Path, clock: Clock) -> Iterator[Service]:
    settings = Settings(data=tmp_path)
    database = Database(settings.database_url)
    migrate(database)
    yield Service(settings, database, DiskBlobs(tmp_path / "blobs"), SilentBell(), clock)
    database.close()


@pytest.fixture
def app(service: Service) -> FastAPI:
    return create_app(service)


@pytest.fixture
def account(service: Service) -> Callable[..., UserRow]:
    """``account("名", Role.CLERK)``: an account with ``PASSWORD``; a clerk is granted everything."""

    def make(name: str, role: Role, *, grants: tuple[tuple[str, str], ...] = (("*", "*"),)) -> UserRow:
        with service.database.writing() as session:
            user = accounts.create_user(session, service.clock(), name, role, PASSWORD)
            for plan, organisation in grants if role is Role.CLERK else ():
                accounts.grant(session, user, plan, organisation)
        return user

    return make


@pytest.fixture
def browser(app: FastAPI) -> Iterator[Callable[[str], TestClient]]:
    """``browser("名")``: a client signed in under that name; ``browser("")``: nobody."""
    opened: list[TestClient] = []

    def open_as(name: str) -> TestClient:
        client = TestClient(app, base_url="https://hezheng.test", follow_redirects=False)
        opened.append(client)
        if name:
            answer = client.post("/sign-in", data={"name": name, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        return client

    yield open_as
    for client in opened:
        client.close()


def csrf_of(html: str) -> str:
    """The CSRF token that a page's forms carry."""
    found = re.search(r'name="csrf" value="([^"]+)"', html)
    assert found is not None
    return found[1]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process: Playwright allows no second one beside it."""
    if not CHROMIUM.is_file():
        pytest.skip(f"needs Chromium at {CHROMIUM}; HEZHENG_CHROMIUM names it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu"],
        )
        yield browser
        browser.close()
