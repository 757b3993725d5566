"""From upload to decision: nothing queued is forgotten, nothing decided lost, nothing old speaks for new."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store import accounts, audit, judgements
from store.accounts import Role
from store.applications import (
    add_file,
    files_in_force,
    open_application,
    queue_judging,
    replace_declaration,
)
from store.blobs import Blob
from store.database import Database
from store.judgements import CONFIRM, DISMISS, RaisedFlag
from store.tables import ApplicationRow, BlobRow, FileRow, JobRow, UserRow
from tests.store.conftest import Clock

DECLARED: dict[str, Any] = {"plan": "general", "applicant": {"name": "某人", "employer": "某某有限公司"}}
BLOB = Blob("ab" * 32, 1234)


def flag(file: str, code: str, found: str | None = None) -> RaisedFlag:
    content = {
        "code": code,
        "severity": "error",
        "requirement": {"id": "C-CE-2"},
        "expected": None,
        "found": found,
        "confidence": 0.9,
    }
    return RaisedFlag(file, content)


class Office:
    """One applicant's application within an open transaction."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session, self.clock = session, clock
        self.owner = accounts.create_user(session, clock(), "applicant", Role.APPLICANT)
        self.clerk = accounts.create_user(session, clock(), "clerk", Role.CLERK)
        self.application = open_application(session, clock(), self.owner, DECLARED)

    def upload(self, blob: Blob = BLOB, replaces: FileRow | None = None) -> FileRow:
        self.clock.wait(1)
        row = add_file(
            self.session, self.clock(), self.owner, self.application, blob, "扫描件.jpg", replaces=replaces
        )
        row.status = "queued"
        return row

    def judged(self, *flags: RaisedFlag) -> list[str]:
        """The ids of the flags in force after a review that raised ``flags``."""
        self.clock.wait(1)
        revision = self.application.revision
        kept = judgements.keep_review(
            self.session, self.clock(), self.application, revision, "fail", flags, "{}", {"rules": "1"}
        )
        assert kept is not None
        return [row.id for row in judgements.current_flags(self.session, self.application.id)]

    def jobs(self, kind: str) -> list[JobRow]:
        return list(self.session.scalars(select(JobRow).where(JobRow.kind == kind)))


def test_an_upload_queues_its_reading_with_it(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        office = Office(session, clock)
        row = office.upload()
        assert [job.payload for job in office.jobs("read")] == [{"file": row.id}]
        assert office.jobs("read")[0].queue == "uploads"


def test_files_of_a_batch_wait_in_their_own_queue(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        office = Office(session, clock)
        office.application = open_application(session, clock(), office.clerk, DECLARED, batch="b", path="一")
        office.upload()
        assert office.jobs("read")[0].queue == "batches"


def test_the_same_bytes_twice_are_one_blob_and_two_files(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        office = Office(session, clock)
        office.upload()
        office.upload()
        assert len(list(session.scalars(select(BlobRow)))) == 1
        assert len(files_in_force(session, office.application.id)) == 2


def test_a_replaced_file_is_judged_no_more(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        office = Office(session, clock)
        bad = office.upload()
        good = office.upload(Blob("cd" * 32, 5), replaces=bad)
        assert files_in_force(session, office.application.id) == [good]


def test_judging_waits_for_all_files_and_is_queued_once(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        office = Office(session, clock)
        first, second = office.upload(), office.upload()
        first.status = "done"
        queue_judging(session, clock(), office.application)
        assert office.jobs("judge") == []
        second.status = "failed"
        queue_judging(session, clock(), office.application)
        queue_judging(session, clock(), office.application)
        assert len(office.jobs("judge")) == 1


def test_another_declaration_is_judged_again(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        office = Office(session, clock)
        office.judged()
        assert office.application.verdict == "fail"
        other = {**DECLARED, "applicant": {"name": "某人", "employer": "另一有限公司"}}
        replace_declaration(session, clock(), office.owner, office.application, other)
        assert (office.application.verdict, office.application.organisation) == ("", "另一有限公司")
        assert len(office.jobs("judge")) == 1


def test_a_review_of_an_older_revision_is_not_kept(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        office = Office(session, clock)
        old = office.application.revision
        office.upload()
        kept = judgements.keep_review(
            session, clock(), office.application, old, "pass", (), "{}", {"rules": "1"}
        )
        assert kept is None
        assert office.application.verdict == ""


def test_a_flag_raised_again_keeps_its_decisions(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        office = Office(session, clock)
        stays, goes = flag("f", "seal.missing"), flag("f", "hours.total-short", "81")
        office.judged(stays, goes)
        row = next(
            one
            for one in judgements.current_flags(session, office.application.id)
            if one.code == "seal.missing"
        )
        judgements.decide(session, clock(), office.clerk, row, CONFIRM, "")
        clock.wait(1)
        judgements.decide(session, clock(), office.clerk, row, DISMISS, "已补盖公章")
        before = set(office.judged(stays, goes))
        after = set(office.judged(stays, flag("f", "hours.total-short", "85")))
        assert before & after == {row.id}
        made = judgements.decisions(session, row.id)
        assert [(one.decision, one.reason) for one in made] == [("confirm", ""), ("dismiss", "已补盖公章")]
        with pytest.raises(ValueError, match="maybe"):
            judgements.decide(session, clock(), office.clerk, row, "maybe", "")


def test_a_reading_is_kept_once_by_content_and_versions(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        judgements.keep_reading(
            session, clock(), BLOB.sha256, "v1", json.dumps({"页": 1}, ensure_ascii=False)
        )
        judgements.keep_reading(session, clock(), BLOB.sha256, "v1", "other")
        assert judgements.kept_reading(session, BLOB.sha256, "v1") == '{"页": 1}'
        assert judgements.kept_reading(session, BLOB.sha256, "v2") is None


def test_everything_is_on_record(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        office = Office(session, clock)
        office.upload()
        office.judged(flag("", "evidence.missing"))
        row = judgements.current_flags(session, office.application.id)[0]
        judgements.decide(session, clock(), office.clerk, row, CONFIRM, "")
        actions = [entry.action for entry in audit.of_subject(session, office.application.id)]
        assert actions == ["application.opened", "file.received", "application.judged", "flag.decided"]
        assert audit.broken_at(session) is None


def test_a_transaction_that_fails_leaves_neither_file_nor_job(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        office = Office(session, clock)
        identifier, owner = office.application.id, office.owner.id

    def upload_and_break() -> None:
        with database.writing() as session:
            application, user = session.get_one(ApplicationRow, identifier), session.get_one(UserRow, owner)
            add_file(session, clock(), user, application, BLOB, "a.jpg")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        upload_and_break()
    with database.reading() as session:
        assert files_in_force(session, identifier) == []
        assert list(session.scalars(select(JobRow))) == []


def test_two_uploads_at_once_make_two_revisions(database: Database, clock: Clock) -> None:
    """PostgreSQL lets both read the same number first: the later one was judged no more."""
    with database.writing() as session:
        office = Office(session, clock)
        identifier, owner = office.application.id, office.owner.id
    both = threading.Barrier(1 if database.is_sqlite else 2)

    def upload(name: str) -> None:
        with database.writing() as session:
            application, user = session.get_one(ApplicationRow, identifier), session.get_one(UserRow, owner)
            both.wait(5)
            add_file(session, clock(), user, application, BLOB, name)

    with ThreadPoolExecutor(2) as people:
        list(people.map(upload, ("a.jpg", "b.jpg")))
    with database.reading() as session:
        assert session.get_one(ApplicationRow, identifier).revision == 3
