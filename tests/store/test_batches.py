"""How far a batch is: counted from its rows, whatever became of its applications and files."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store import accounts, audit, jobs, judgements
from store.accounts import Role
from store.applications import add_file, open_application, queue_judging
from store.batch_counts import FailedFile, SlowFile
from store.batches import Progress, applications_of, open_batch, progress
from store.blobs import Blob
from store.database import Database
from store.tables import ApplicationRow, BatchRow, FileRow, JobRow
from tests.store.conftest import Clock
from tests.store.test_applications import BLOB, flag

DECLARED: dict[str, Any] = {"plan": "general", "applicant": {"name": "某人"}}


class Hall:
    """One batch within an open transaction."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session, self.clock = session, clock
        self.clerk = accounts.create_user(session, clock(), "clerk", Role.CLERK)
        self.batch: BatchRow = open_batch(session, clock(), self.clerk, BLOB, "2020年.zip")

    def application(self, path: str) -> ApplicationRow:
        return open_application(
            self.session, self.clock(), self.clerk, DECLARED, batch=self.batch.id, path=path
        )

    def file(self, application: ApplicationRow, name: str, status: str, page: int, pages: int) -> FileRow:
        blob = Blob("cd" * 32, 10)
        row = add_file(self.session, self.clock(), self.clerk, application, blob, name)
        row.status, row.page, row.pages = status, page, pages
        self.session.flush()
        return row

    def judged(self, application: ApplicationRow, verdict: str, *codes: str) -> None:
        raised = [flag("", code) for code in codes]
        judgements.keep_review(
            self.session, self.clock(), application, application.revision, verdict, raised, "{}", {}
        )

    def job(self, key: str) -> JobRow:
        return self.session.scalars(select(JobRow).where(JobRow.key == key)).one()

    def progress(self) -> Progress:
        self.session.flush()
        return progress(self.session, self.batch)


@pytest.fixture
def hall(database: Database, clock: Clock) -> Any:
    with database.writing() as session:
        yield Hall(session, clock)


def test_a_batch_queues_its_unpacking_before_other_batches_files(hall: Hall) -> None:
    job = hall.job(f"unpack/{hall.batch.id}")
    assert (job.queue, job.kind, job.payload) == ("batches", "unpack", {"batch": hall.batch.id})
    file = hall.file(hall.application("甲"), "a.jpg", "queued", 0, 0)
    assert job.priority < hall.job(f"read/{file.id}").priority
    assert hall.progress().status == "queued"
    entries = list(audit.of_subject(hall.session, hall.batch.id))
    assert [entry.action for entry in entries] == ["batch.received"]


def test_files_pages_verdicts_and_codes_are_counted(hall: Hall) -> None:
    hall.batch.status = "reading"
    first, second, third = (hall.application(path) for path in ("乙", "甲", "丙"))
    hall.file(first, "a.jpg", "done", 2, 2)
    hall.file(first, "b.jpg", "checking", 3, 3)
    hall.file(second, "c.jpg", "reading", 1, 4)
    hall.file(second, "d.jpg", "failed", 0, 0)
    hall.judged(first, "fail", "hours.total-short", "seal.missing")
    hall.judged(third, "fail", "seal.missing")
    now = hall.progress()
    assert (now.status, now.applications, now.judged) == ("reading", 3, 2)
    assert (now.files.files, now.files.done, now.files.failed) == (4, 2, 1)
    assert (now.files.pages, now.files.pages_done) == (9, 6)
    assert now.verdicts == {"fail": 2}
    assert list(now.codes.items()) == [("seal.missing", 2), ("hours.total-short", 1)]
    assert [row.path for row in applications_of(hall.session, hall.batch.id)] == ["丙", "乙", "甲"]
    hall.judged(second, "pass")
    assert hall.progress().status == "done"


def test_slowest_and_failed_files_are_named(hall: Hall) -> None:
    application = hall.application("甲")
    slow, quick = (hall.file(application, name, "done", 1, 1) for name in ("slow.pdf", "quick.pdf"))
    bad = hall.file(application, "bad.pdf", "failed", 0, 0)
    bad.failure_code, bad.failure_message = "file.encrypted", "文件已加密。"
    hall.job(f"read/{slow.id}").progress = {"page": 1, "pages": 1, "seconds": 9.5}
    hall.job(f"read/{quick.id}").progress = {"page": 1, "pages": 1, "seconds": 0.5}
    now = hall.progress()
    assert list(now.slowest) == [
        SlowFile(slow.id, "甲", "slow.pdf", 1, 9.5),
        SlowFile(quick.id, "甲", "quick.pdf", 1, 0.5),
    ]
    assert list(now.failed) == [FailedFile(bad.id, "甲", "bad.pdf", "file.encrypted", "文件已加密。")]


def test_unpacking_that_kills_its_worker_each_time_is_a_failed_batch(hall: Hall) -> None:
    job = hall.job(f"unpack/{hall.batch.id}")
    job.state = jobs.FAILED
    hall.batch.status = "unpacking"
    now = hall.progress()
    assert now.status == "failed"
    assert "重新上传" in now.failure_message


def test_an_application_that_cannot_be_judged_does_not_keep_the_batch_open(hall: Hall) -> None:
    hall.batch.status = "reading"
    application = hall.application("甲")
    queue_judging(hall.session, hall.clock(), application)
    assert (hall.progress().status, hall.progress().unjudged) == ("reading", 0)
    hall.job(f"judge/{application.id}/{application.revision}").state = jobs.FAILED
    assert (hall.progress().status, hall.progress().unjudged) == ("done", 1)


def test_a_batch_is_finished_when_its_last_application_was_judged(hall: Hall, clock: Clock) -> None:
    """It was told of failed batches alone."""
    hall.batch.status = "reading"
    for name in ("甲", "乙"):
        application = hall.application(name)
        queue_judging(hall.session, clock(), application)
        assert hall.progress().finished_at is None
        clock.wait(5)
        hall.judged(application, "pass")
        job = hall.job(f"judge/{application.id}/{application.revision}")
        job.state, job.finished_at = jobs.DONE, clock()
    assert hall.progress().finished_at == clock()
