"""The demo batch in a running service: kept readings, judged by the real checks, behind a real server."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import uvicorn
from fastapi import FastAPI

from domain.settings import Settings
from fixtures.readings.record_demo import DEMO, demo_readings
from pipeline.bell import Bell
from pipeline.real_tools import judging_tools
from pipeline.tools import JudgingTools, ReadingTools
from pipeline.work.kept import reading_text
from pipeline.work.performing import work_until_idle
from pipeline.work.versions import reader_version
from pipeline.work.workplace import Workplace
from policies import ListKind, import_list, load_lists
from store import accounts, applications, judgements
from store.accounts import Role
from store.blobs import DiskBlobs
from store.database import Database
from store.jobs import Ledger
from store.migrating import migrate
from store.tables import UserRow
from web.app import create_app
from web.service import Service, utc_now

PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that live as long as a test
PATIENCE = 20.0


class SilentBell:
    def ring(self, queue: str) -> None: ...


class DemoHouse:
    """申报人, 周核 and 吴核 (clerks), 管理员, all with ``PASSWORD``; some of the demo's applications, judged.

    ``folders``: which of them, by the names of their folders.
    """

    def __init__(self, folder: Path, folders: Sequence[str]) -> None:
        self.settings = Settings(data=folder)
        self.database = Database(self.settings.database_url)
        migrate(self.database)
        self.blobs = DiskBlobs(folder / "blobs")
        self.service = Service(self.settings, self.database, self.blobs, SilentBell())
        self._now = utc_now() - timedelta(days=9)
        self.users = self._accounts()
        self.applications = {name: self._application(DEMO / name) for name in folders}
        self._judge()

    def _accounts(self) -> dict[str, UserRow]:
        roles = {
            "申报人": Role.APPLICANT,
            "周核": Role.CLERK,
            "吴核": Role.CLERK,
            "管理员": Role.ADMIN,
        }
        with self.database.writing() as session:
            users = {
                name: accounts.create_user(session, self._now, name, role, PASSWORD)
                for name, role in roles.items()
            }
            for user in users.values():
                if user.role == Role.CLERK:
                    accounts.grant(session, user)
        return users

    def _application(self, folder: Path) -> str:
        """Opened as its applicant would, some hours after the one before."""
        self._now += timedelta(hours=17)
        declaration = json.loads((folder / "declaration.json").read_text(encoding="utf-8"))
        declared = {one["file"]: one for one in declaration.get("evidence", ())}
        owner = self.users["申报人"]
        with self.database.writing() as session:
            row = applications.open_application(session, self._now, owner, declaration, path=folder.name)
            for path in sorted(folder.iterdir()):
                if path.suffix == ".json":
                    continue
                content = path.read_bytes()
                blob = self.blobs.put([content], len(content))
                told = declared.get(path.name, {})
                applications.add_file(
                    session,
                    self._now,
                    owner,
                    row,
                    blob,
                    path.name,
                    kind=told.get("kind") or "",
                    is_copy=bool(told.get("copy")),
                    about=told.get("about") or "",
                )
            return row.id

    def _judge(self) -> None:
        versions = reader_version(self.settings.limits)
        with self.database.writing() as session:
            for sha256, reading in demo_readings().items():
                judgements.keep_reading(session, self._now, sha256, versions, reading_text(reading))
        for kind in ListKind:
            import_list(DEMO / "journals" / f"{kind.value}.csv", kind, self.settings.lists)
        work_until_idle(
            Workplace(
                settings=self.settings,
                database=self.database,
                blobs=self.blobs,
                ledger=Ledger(self.database, self._clock),
                bell=cast(Bell, SilentBell()),
                reading_tools=_nothing_to_read,
                judging_tools=self._tools,
                clock=self._clock,
            )
        )

    def _tools(self) -> JudgingTools:
        return replace(judging_tools(), lists=load_lists(self.settings.lists))

    def _clock(self) -> datetime:
        return self._now

    @contextmanager
    def served(self) -> Iterator[str]:
        """The address of a server that runs until the block ends."""
        with serving(create_app(self.service)) as address:
            yield address


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    try:
        host, port = server.servers[0].sockets[0].getsockname()[:2]
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


def _nothing_to_read() -> ReadingTools:
    """Every byte of the demo was read before: a test that needs the networks is a wrong test."""
    return cast(ReadingTools, None)
