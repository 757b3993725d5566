"""What is old goes with all that hangs on it; what anybody still needs stays; the audit trail knows."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pipeline.work.workplace import Workplace
from store import accounts, audit, judgements, prints
from store.accounts import Role
from store.applications import add_file, open_application
from store.batches import open_batch
from store.blobs import Blob, DiskBlobs
from store.judgements import CONFIRM
from store.prints import HASH_DIGITS, PAGE, Print
from store.retention import Purged, clear_copies, purge
from store.tables import (
    ApplicationRow,
    BatchRow,
    BlobRow,
    DecisionRow,
    FileRow,
    FlagRow,
    JobRow,
    PrintKeyRow,
    PrintRow,
    ReadingRow,
    ReviewRow,
    UserRow,
)
from tests.store.conftest import Clock
from tests.store.test_applications import flag

YEAR = timedelta(days=365)


class Archive:
    """Applications that come and are judged at their time."""

    def __init__(self, place: Workplace, clock: Clock) -> None:
        self.place, self.clock = place, clock
        with place.database.writing() as session:
            self.clerk = accounts.create_user(session, clock(), "clerk", Role.CLERK).id

    def put(self, content: bytes) -> Blob:
        """Bytes as old as the clock says."""
        blob = self.place.blobs.put([content], 1000)
        moment = self.clock().timestamp()
        os.utime(self.place.blobs.path(blob.sha256), (moment, moment))
        return blob

    def application(self, *contents: bytes, batch: bytes = b"") -> str:
        blobs = [self.put(content) for content in contents]
        zipped = self.put(batch) if batch else None
        now = self.clock()
        with self.place.database.writing() as session:
            clerk = session.get_one(UserRow, self.clerk)
            opened = open_batch(session, now, clerk, zipped, "一批.zip").id if zipped else ""
            row = open_application(session, now, clerk, {"applicant": {"name": "某人"}}, batch=opened)
            for blob in blobs:
                add_file(session, now, clerk, row, blob, "a.png")
                judgements.keep_reading(session, now, blob.sha256, "v1", "{}")
                prints.keep(session, blob.sha256, [Print(PAGE, "0" * HASH_DIGITS)])
            judgements.keep_review(
                session, now, row, row.revision, "fail", [flag("", "seal.missing")], "{}", {}
            )
            return row.id

    def decide(self, application: str) -> None:
        with self.place.database.writing() as session:
            (raised,) = judgements.current_flags(session, application)
            clerk = session.get_one(UserRow, self.clerk)
            judgements.decide(session, self.clock(), clerk, raised, CONFIRM, "")

    def purge(self) -> Purged:
        return purge(self.place.database, self.place.blobs, self.clock(), YEAR, "test")

    def count(self, table: type) -> int:
        with self.place.database.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def archive(place: Workplace, clock: Clock) -> Archive:
    return Archive(place, clock)


def test_an_old_application_goes_with_all_that_hangs_on_it(archive: Archive) -> None:
    old = archive.application(b"one", b"two", batch=b"zip")
    archive.decide(old)
    archive.clock.wait(YEAR.total_seconds() + 60)
    assert archive.purge() == Purged(applications=1, files=2, batches=1, readings=2, blobs=3)
    for table in (
        ApplicationRow,
        FileRow,
        FlagRow,
        ReviewRow,
        DecisionRow,
        ReadingRow,
        PrintRow,
        PrintKeyRow,
        BlobRow,
        BatchRow,
        JobRow,
    ):
        assert archive.count(table) == 0, table
    assert isinstance(archive.place.blobs, DiskBlobs)
    assert list(archive.place.blobs.copies()) == []
    with archive.place.database.reading() as session:
        actions = [entry.action for entry in audit.of_subject(session, old)]
        assert actions[-1] == "application.purged"
        assert [entry.details["files"] for entry in audit.of_subject(session, "store")] == [2]
        assert audit.broken_at(session) is None
    assert archive.purge() == Purged(0, 0, 0, 0, 0)


def test_what_a_newer_application_needs_stays(archive: Archive) -> None:
    archive.application(b"shared", b"own")
    archive.clock.wait(YEAR.total_seconds() - 3600)
    newer = archive.application(b"shared")
    archive.clock.wait(2 * 3600)
    assert archive.purge() == Purged(applications=1, files=2, batches=0, readings=1, blobs=1)
    with archive.place.database.reading() as session:
        assert list(session.scalars(select(ApplicationRow.id))) == [newer]
        sha256 = session.scalars(select(FileRow.sha256)).one()
    assert archive.place.blobs.path(sha256).read_bytes() == b"shared"


def test_what_a_clerk_decided_lately_stays(archive: Archive) -> None:
    application = archive.application(b"one")
    archive.clock.wait(YEAR.total_seconds() - 3600)
    archive.decide(application)
    archive.clock.wait(2 * 3600)
    assert archive.purge().applications == 0


def test_bytes_that_no_row_knows_go_after_a_day(archive: Archive) -> None:
    archive.put(b"the API died between bytes and row")
    assert archive.purge().blobs == 0
    archive.clock.wait(24 * 3600 + 60)
    assert archive.purge().blobs == 1


def test_less_than_a_day_is_refused(archive: Archive) -> None:
    with pytest.raises(ValueError, match="0:00:01"):
        purge(archive.place.database, archive.place.blobs, archive.clock(), timedelta(seconds=1), "test")


def test_copies_that_nobody_used_lately_are_cleared(tmp_path: Path, clock: Clock) -> None:
    for name, age in (("old", 2), ("new", 0)):
        path = tmp_path / "pages" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
        moment = (clock() - timedelta(days=age)).timestamp()
        os.utime(path, (moment, moment))
    assert clear_copies((tmp_path / "pages", tmp_path / "absent"), clock()) == 1
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["new"]
