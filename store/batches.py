"""The life of a batch: opened with its zip, unpacked into applications, read, judged.

How far it is, is counted from its applications and files each time: there is no second truth to keep in step.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import audit, batch_counts, jobs
from store.applications import BATCHES, DONE, FAILED, QUEUED, READING, keep_blob
from store.batch_counts import FailedFile, FileCounts, SlowFile
from store.blobs import Blob
from store.tables import ApplicationRow, BatchRow, JobRow, UserRow

UNPACK = "unpack"
UNPACKING = "unpacking"
_BEFORE_READING = -1
"""A batch is unpacked before files of others are read on, so that what is wrong with it is known soon."""

_INTERRUPTED = "解压这个压缩包时程序多次中断，已停止；请核对压缩包是否完好、磁盘是否已满，再重新上传。"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is. ``verdicts`` and ``codes``: how many applications, and flags in force, of each."""

    status: str
    """queued, unpacking, reading, done or failed."""
    failure_message: str
    finished_at: datetime | None
    """When it failed, or when the last of its applications was judged; ``None`` while there is more to do."""
    applications: int
    judged: int
    unjudged: int
    """Applications whose judging failed for good: a person must look at them."""
    files: FileCounts
    verdicts: Mapping[str, int]
    codes: Mapping[str, int]
    slowest: Sequence[SlowFile]
    failed: Sequence[FailedFile]
    problems: Sequence[Mapping[str, Any]]
    """What could not be unpacked: path, code, message."""


def open_batch(
    session: Session, now: datetime, owner: UserRow, blob: Blob, name: str, plan: str = ""
) -> BatchRow:
    """A new batch whose zip is stored already; queues its unpacking. ``plan``: see ``BatchRow.plan``."""
    keep_blob(session, now, blob)
    row = BatchRow(
        id=str(uuid.uuid4()),
        owner_id=owner.id,
        name=name,
        plan=plan,
        sha256=blob.sha256,
        status=QUEUED,
        problems={"items": []},
        created_at=now,
    )
    session.add(row)
    session.flush()
    jobs.put(session, now, _key(row), BATCHES, UNPACK, {"batch": row.id}, priority=_BEFORE_READING)
    details = {"sha256": blob.sha256, "bytes": blob.size, "plan": plan}
    audit.record(session, now, owner.name, "batch.received", row.id, details)
    return row


def progress(session: Session, batch: BatchRow) -> Progress:
    """How far ``batch`` is, from its rows."""
    verdicts = dict(batch_counts.verdicts(session, batch.id))
    applications, waiting = sum(verdicts.values()), verdicts.pop("", 0)
    unjudged = batch_counts.unjudged(session, batch.id) if waiting else 0
    status, message = _status(session, batch, finished=waiting == unjudged)
    return Progress(
        status=status,
        failure_message=message,
        finished_at=batch_counts.judged_at(session, batch.id) if status == DONE else batch.finished_at,
        applications=applications,
        judged=applications - waiting,
        unjudged=unjudged,
        files=batch_counts.files(session, batch.id),
        verdicts=verdicts,
        codes=batch_counts.codes(session, batch.id),
        slowest=batch_counts.slowest(session, batch.id),
        failed=batch_counts.failed(session, batch.id),
        problems=batch.problems.get("items", []),
    )


def applications_of(session: Session, batch: str) -> list[ApplicationRow]:
    """The applications of a batch in the order of their folders."""
    return list(
        session.scalars(
            select(ApplicationRow)
            .where(ApplicationRow.batch_id == batch)
            .order_by(ApplicationRow.path, ApplicationRow.id)
        )
    )


def _key(batch: BatchRow) -> str:
    return f"{UNPACK}/{batch.id}"


def _status(session: Session, batch: BatchRow, *, finished: bool) -> tuple[str, str]:
    """What the row says, unless unpacking killed its worker each time, or everything is judged."""
    if batch.status in (QUEUED, UNPACKING):
        job = session.scalars(select(JobRow).where(JobRow.key == _key(batch))).first()
        if job is not None and job.state == jobs.FAILED:
            return FAILED, _INTERRUPTED
    if batch.status == READING and finished:
        return DONE, ""
    return batch.status, batch.failure_message
