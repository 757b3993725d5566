"""What is counted of a batch, each by one query over its applications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select
from sqlalchemy.orm import Session

from store import jobs
from store.applications import CHECKING, DONE, FAILED, JUDGE, READ
from store.tables import ApplicationRow, FileRow, FlagRow, JobRow

_SHOWN = 20
_JUDGING = literal(f"{JUDGE}/") + ApplicationRow.id + "/" + cast(ApplicationRow.revision, String)
"""Key of the job that judges the revision in force."""


@dataclass(frozen=True, slots=True)
class SlowFile:
    """A file that took long. ``application``: its folder in the batch; ``seconds``: of reading."""

    file: str
    application: str
    name: str
    pages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be read. ``code`` is of the contract, ``message`` says why."""

    file: str
    application: str
    name: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class FileCounts:
    """``pages``: of the files that were opened so far; it grows while the batch is read."""

    files: int
    done: int
    failed: int
    pages: int
    pages_done: int


def verdicts(session: Session, batch: str) -> Mapping[str, int]:
    """How many applications of each verdict; ``""``: those not judged yet."""
    found = session.execute(
        select(ApplicationRow.verdict, func.count().label("number"))
        .where(ApplicationRow.batch_id == batch)
        .group_by(ApplicationRow.verdict)
    )
    return {row.verdict: row.number for row in found}


def codes(session: Session, batch: str) -> Mapping[str, int]:
    """How many flags in force of each code, the most frequent first."""
    number = func.count().label("number")
    found = session.execute(
        select(FlagRow.code, number)
        .join(ApplicationRow, ApplicationRow.id == FlagRow.application_id)
        .where(ApplicationRow.batch_id == batch, FlagRow.gone_at.is_(None))
        .group_by(FlagRow.code)
        .order_by(number.desc(), FlagRow.code)
    )
    return {row.code: row.number for row in found}


def files(session: Session, batch: str) -> FileCounts:
    read = FileRow.status.in_((CHECKING, DONE))
    found = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(case((read, 1), else_=0)), 0),
            func.coalesce(func.sum(case((FileRow.status == FAILED, 1), else_=0)), 0),
            func.coalesce(func.sum(FileRow.pages), 0),
            func.coalesce(func.sum(FileRow.page), 0),
        )
        .join(ApplicationRow, ApplicationRow.id == FileRow.application_id)
        .where(_in_force(batch))
    ).one()
    return FileCounts(*found)


def unjudged(session: Session, batch: str) -> int:
    """Applications in which the judging of the revision in force failed for good: a person must look."""
    found = (
        select(func.count())
        .select_from(ApplicationRow)
        .join(JobRow, JobRow.key == _JUDGING)
        .where(ApplicationRow.batch_id == batch, ApplicationRow.verdict == "", JobRow.state == jobs.FAILED)
    )
    return session.scalar(found) or 0


def judged_at(session: Session, batch: str) -> datetime | None:
    """When the last judging of a revision in force ended, well or for good."""
    found = (
        select(func.max(JobRow.finished_at))
        .join(ApplicationRow, JobRow.key == _JUDGING)
        .where(ApplicationRow.batch_id == batch)
    )
    return session.scalar(found)


def slowest(session: Session, batch: str) -> Sequence[SlowFile]:
    """The files that took the longest to read, as far as their worker told."""
    seconds = JobRow.progress["seconds"].as_float()
    found = session.execute(
        select(FileRow.id, ApplicationRow.path, FileRow.name, FileRow.pages, seconds)
        .join(ApplicationRow, ApplicationRow.id == FileRow.application_id)
        .join(JobRow, JobRow.key == literal(f"{READ}/") + FileRow.id)
        .where(_in_force(batch), seconds.is_not(None))
        .order_by(seconds.desc(), FileRow.id)
        .limit(_SHOWN)
    )
    return [SlowFile(*row) for row in found]


def failed(session: Session, batch: str) -> Sequence[FailedFile]:
    """The files that could not be read, in the order of their folders."""
    found = session.execute(
        select(FileRow.id, ApplicationRow.path, FileRow.name, FileRow.failure_code, FileRow.failure_message)
        .join(ApplicationRow, ApplicationRow.id == FileRow.application_id)
        .where(_in_force(batch), FileRow.status == FAILED)
        .order_by(ApplicationRow.path, FileRow.name, FileRow.id)
        .limit(_SHOWN)
    )
    return [FailedFile(*row) for row in found]


def _in_force(batch: str) -> ColumnElement[bool]:
    return (ApplicationRow.batch_id == batch) & FileRow.replaced_at.is_(None)
