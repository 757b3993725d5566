"""What is kept no longer: applications that nothing happened to for long, and what only they needed.

The audit trail stays, and in it that something was removed, when and how much. Bytes go last and only those
that nobody refers to: a purge cut off in the middle leaves too much behind, never too little.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from store import answers, audit
from store.applications import JUDGE, READ
from store.batches import UNPACK
from store.blobs import Blobs
from store.database import Database
from store.tables import (
    ApplicationRow,
    BatchRow,
    BlobRow,
    DecisionRow,
    FileRow,
    FlagRow,
    JobRow,
    PrintRow,
    ReadingRow,
    ReviewRow,
)

GRACE = timedelta(days=1)
"""Bytes that came within it stay: their row may just be on its way."""
_AT_ONCE = 100
"""Applications removed in one transaction, so that nobody waits long for the database."""


@dataclass(frozen=True, slots=True)
class Purged:
    applications: int
    files: int
    batches: int
    readings: int
    blobs: int


def purge(database: Database, blobs: Blobs, now: datetime, older_than: timedelta, actor: str) -> Purged:
    """Remove what was last changed before ``now - older_than``. Raises ``ValueError`` below a day."""
    if older_than < GRACE:
        raise ValueError(older_than)
    before = now - older_than
    applications = files = 0
    while True:
        with database.writing() as session:
            gone = _old_applications(session, before)
            files += _remove(session, now, actor, gone)
        applications += len(gone)
        if len(gone) < _AT_ONCE:
            break
    with database.writing() as session:
        batches = _remove_batches(session, before)
        readings = _remove_readings(session, before)
        _remove_blob_rows(session, now)
        answers.forget_old(session, now)
    removed = _remove_bytes(database, blobs, now)
    purged = Purged(applications, files, batches, readings, removed)
    with database.writing() as session:
        details = {"before": before.isoformat(), **asdict(purged)}
        audit.record(session, now, actor, "store.purged", "store", details)
    return purged


def clear_copies(folders: Iterable[Path], now: datetime) -> int:
    """Remove this machine's own copies (page pictures, bytes fetched) that nobody used lately."""
    removed = 0
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and path.stat().st_mtime < (now - GRACE).timestamp():
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _old_applications(session: Session, before: datetime) -> list[str]:
    """Applications that neither applicant nor clerk touched since ``before``."""
    decided = exists().where(
        FlagRow.application_id == ApplicationRow.id,
        DecisionRow.flag_id == FlagRow.id,
        DecisionRow.decided_at >= before,
    )
    wanted = select(ApplicationRow.id).where(ApplicationRow.changed_at < before, ~decided)
    return list(session.scalars(wanted.order_by(ApplicationRow.id).limit(_AT_ONCE)))


def _remove(session: Session, now: datetime, actor: str, applications: list[str]) -> int:
    """Remove them with all that hangs on them; claims and examinations go by the database's own rule."""
    files = list(session.scalars(select(FileRow.id).where(FileRow.application_id.in_(applications))))
    flags = select(FlagRow.id).where(FlagRow.application_id.in_(applications))
    session.execute(delete(DecisionRow).where(DecisionRow.flag_id.in_(flags)))
    for table in (FlagRow, ReviewRow, FileRow):
        session.execute(delete(table).where(table.application_id.in_(applications)))
    session.execute(delete(JobRow).where(JobRow.key.in_([f"{READ}/{file}" for file in files])))
    for application in applications:
        session.execute(delete(JobRow).where(JobRow.key.startswith(f"{JUDGE}/{application}/")))
        audit.record(session, now, actor, "application.purged", application, {})
    session.execute(delete(ApplicationRow).where(ApplicationRow.id.in_(applications)))
    return len(files)


def _remove_batches(session: Session, before: datetime) -> int:
    """Batches of which no application is left."""
    left = exists().where(ApplicationRow.batch_id == BatchRow.id)
    gone = list(session.scalars(select(BatchRow.id).where(BatchRow.created_at < before, ~left)))
    session.execute(delete(JobRow).where(JobRow.key.in_([f"{UNPACK}/{batch}" for batch in gone])))
    session.execute(delete(BatchRow).where(BatchRow.id.in_(gone)))
    return len(gone)


def _remove_readings(session: Session, before: datetime) -> int:
    """Readings of bytes that no file has any more, and with them what their pages are known again by."""
    needed = exists().where(FileRow.sha256 == ReadingRow.sha256)
    gone = delete(ReadingRow).where(ReadingRow.read_at < before, ~needed).returning(ReadingRow.sha256)
    removed = list(session.scalars(gone))
    session.execute(delete(PrintRow).where(~exists().where(ReadingRow.sha256 == PrintRow.sha256)))
    return len(removed)


def _remove_blob_rows(session: Session, now: datetime) -> None:
    needed = exists().where(FileRow.sha256 == BlobRow.sha256) | exists().where(
        BatchRow.sha256 == BlobRow.sha256
    )
    session.execute(delete(BlobRow).where(BlobRow.stored_at < now - GRACE, ~needed))


def _remove_bytes(database: Database, blobs: Blobs, now: datetime) -> int:
    """Bytes without a row: those of rows just removed, and those of uploads that were never finished."""
    removed = 0
    for sha256 in list(blobs.stored_before(now - GRACE)):
        with database.reading() as session:
            known = session.get(BlobRow, sha256) is not None
        if not known:
            blobs.delete(sha256)
            removed += 1
    return removed
