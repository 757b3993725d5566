"""An applicant who uploads, and a worker's place with the recorded engine: what a file says becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from domain.settings import Settings
from pipeline.bell import Bell
from pipeline.tools import ReadingTools
from pipeline.work.workplace import Workplace
from store import accounts
from store.accounts import Role
from store.applications import add_file, open_application
from store.blobs import DiskBlobs
from store.database import Database
from store.jobs import Ledger
from store.tables import ApplicationRow, FileRow, FlagRow, JobRow, ReadingRow, ReviewRow, UserRow
from tests.pipeline import recorded


class SilentBell(Bell):
    """A bell that only remembers who was rung for."""

    def __init__(self) -> None:
        super().__init__("memory://", "test")
        self.rung: list[str] = []

    def ring(self, queue: str) -> None:
        self.rung.append(queue)


def workplace(
    database: Database,
    folder: Path,
    clock: Callable[[], datetime],
    reading_tools: Callable[[], ReadingTools] = recorded.reading_tools,
    **others: Any,
) -> Workplace:
    """A place whose engine is recorded and whose bell is silent."""
    parts: dict[str, Any] = {
        "settings": Settings(data=folder),
        "database": database,
        "blobs": DiskBlobs(folder / "blobs"),
        "ledger": Ledger(database, clock),
        "bell": SilentBell(),
        "reading_tools": reading_tools,
        "judging_tools": recorded.judging_tools,
        "clock": clock,
    }
    return Workplace(**(parts | others))


class Office:
    """Uploads and looks. Every call is a transaction of its own, as a request is."""

    def __init__(self, place: Workplace) -> None:
        self.place = place

    def apply(self, name: str, batch: str = "", path: str = "", **declared: Any) -> str:
        """The id of a new application of ``name``."""
        declaration = {"plan": recorded.PLAN.id, "applicant": {"name": name}} | declared
        with self.place.database.writing() as session:
            owner = self._owner(session, name)
            row = open_application(session, self.place.clock(), owner, declaration, batch=batch, path=path)
            return row.id

    def upload(
        self, application: str, content: str, name: str = "扫描件.pdf", replaces: str = "", **declared: Any
    ) -> str:
        """The id of a file that says ``content`` (``tests.pipeline.recorded``)."""
        blob = self.place.blobs.put([content.encode()], 1_000_000)
        with self.place.database.writing() as session:
            row = session.get_one(ApplicationRow, application)
            owner = session.get_one(UserRow, row.owner_id)
            old = session.get_one(FileRow, replaces) if replaces else None
            now = self.place.clock()
            return add_file(session, now, owner, row, blob, name, replaces=old, **declared).id

    def application(self, identifier: str) -> ApplicationRow:
        with self.place.database.reading() as session:
            return session.get_one(ApplicationRow, identifier)

    def file(self, identifier: str) -> FileRow:
        with self.place.database.reading() as session:
            return session.get_one(FileRow, identifier)

    def files(self) -> Mapping[str, FileRow]:
        with self.place.database.reading() as session:
            return {row.id: row for row in session.scalars(select(FileRow))}

    def flags(self, application: str) -> list[FlagRow]:
        mine = (FlagRow.application_id == application, FlagRow.gone_at.is_(None))
        with self.place.database.reading() as session:
            return list(session.scalars(select(FlagRow).where(*mine).order_by(FlagRow.code)))

    def reviews(self, application: str) -> list[ReviewRow]:
        with self.place.database.reading() as session:
            mine = select(ReviewRow).where(ReviewRow.application_id == application)
            return list(session.scalars(mine.order_by(ReviewRow.judged_at)))

    def readings(self) -> list[ReadingRow]:
        with self.place.database.reading() as session:
            return list(session.scalars(select(ReadingRow)))

    def jobs(self) -> list[JobRow]:
        with self.place.database.reading() as session:
            return list(session.scalars(select(JobRow)))

    def _owner(self, session: Any, name: str) -> UserRow:
        known: UserRow | None = session.scalars(select(UserRow).where(UserRow.name == name)).first()
        return known or accounts.create_user(session, self.place.clock(), name, Role.APPLICANT)
