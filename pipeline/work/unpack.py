"""The job ``unpack``: a batch's zip into applications and their files.

Each application is kept whole in one transaction, or not at all, and known by its folder in the batch: who
takes the job up after a worker that died goes on where that one stopped. What is wrong with one folder is
told as a problem of the batch, and the rest goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.declaration import Declaration
from domain.errors import InputError
from intake.applications import Application
from intake.archives import ArchiveLimits
from intake.zipped_batches import opened_batch
from pipeline.work.holding import held
from pipeline.work.settling import settle
from pipeline.work.workplace import Workplace
from store import audit
from store.applications import (
    BATCHES,
    FAILED,
    QUEUED,
    READING,
    add_file,
    keep_blob,
    open_application,
    queue_judging,
)
from store.batches import UNPACKING
from store.blobs import Blob
from store.declared import fault
from store.jobs import Lease
from store.tables import ApplicationRow, BatchRow, UserRow

_CHUNK = 1024 * 1024
_TOLD_EVERY = 2.0
"""Seconds between two words on how far it is."""
_PROBLEMS_KEPT = 1000
_NOTHING = "压缩包里没有申报：每个申报文件夹里应有 declaration.json，或在最外层放一个 declarations.xlsx。"

_UNKEPT = "form.value-format"

Problem = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Batch:
    identifier: str
    name: str
    plan: str
    sha256: str


class _Teller:
    """Says how far it is, not at every step but often enough to keep the job. ``done``: applications."""

    def __init__(self, step: Callable[[Problem], None]) -> None:
        self._step, self._told = step, float("-inf")
        self.done = 0

    def __call__(self) -> None:
        if time.monotonic() - self._told > _TOLD_EVERY:
            self._step({"applications": self.done})
            self._told = time.monotonic()


def unpack(workplace: Workplace, lease: Lease, limits: ArchiveLimits | None = None) -> None:
    """Unpack the batch of ``lease``. Raises ``LetGo`` where another holds the job, or the worker stops."""
    batch = settle(workplace.database, lambda session: _begun(session, str(lease.payload["batch"])))
    if batch is None:
        settle(workplace.database, lambda session: workplace.ledger.finish(session, lease))
        return
    problems: list[Problem] = []
    message = ""
    with held(workplace, lease) as hold:
        try:
            problems = _unpacked(workplace, batch, limits or ArchiveLimits(), _Teller(hold.step))
        except InputError as error:
            message = error.message
        settle(
            workplace.database,
            lambda session: _finish(session, workplace, lease, batch.identifier, problems, message),
        )


def _begun(session: Session, identifier: str) -> _Batch | None:
    row = session.get(BatchRow, identifier)
    if row is None:
        return None
    if row.status == QUEUED:
        row.status = UNPACKING
    return _Batch(row.id, row.name, row.plan, row.sha256)


def _unpacked(workplace: Workplace, batch: _Batch, limits: ArchiveLimits, tell: _Teller) -> list[Problem]:
    """Keep every application; gives what is wrong. Raises ``InputError`` where the zip is of no use."""
    tell()
    settings = workplace.settings
    source = workplace.blobs.path(batch.sha256)
    problems: list[Problem] = []
    with opened_batch(
        source, batch.name, settings.data / "unpacking", settings.limits, limits, tell
    ) as opened:
        problems += [_problem(error.name, error) for error in opened.problems]
        there = settle(workplace.database, lambda session: _paths(session, batch.identifier))
        for path, application in opened.applications.items():
            tell.done += 1
            tell()
            if application.declaration is None:
                problems += [_problem(path, error) for error in application.problems]
            elif message := fault(_declared(batch, application.declaration)):
                problems.append({"path": path, "code": _UNKEPT, "message": message})
            elif path not in there:
                _keep(workplace, batch, application, path, tell)
    return problems


def _keep(workplace: Workplace, batch: _Batch, application: Application, path: str, tell: _Teller) -> None:
    """Store the bytes, then the application with its files, unless it is there already."""
    most = workplace.settings.limits.file_bytes
    blobs = [workplace.blobs.put(_chunks(entry.path, tell), most) for entry in application.to_read]
    settle(workplace.database, lambda session: _open(session, workplace, batch, application, path, blobs))
    workplace.bell.ring(BATCHES)
    for entry in application.to_read:
        entry.path.unlink()  # stored by now: the batch need not lie on the disk twice


def _open(
    session: Session,
    workplace: Workplace,
    batch: _Batch,
    application: Application,
    path: str,
    blobs: Sequence[Blob],
) -> None:
    """Two workers at the same folder wait for each other here, and the second finds it done."""
    row = session.get(BatchRow, batch.identifier, with_for_update=True)
    if row is None or application.declaration is None or path in _paths(session, batch.identifier, path):
        return
    declared = _declared(batch, application.declaration)
    owner = session.get_one(UserRow, row.owner_id)
    now = workplace.clock()
    for blob in sorted(blobs, key=lambda one: one.sha256):
        # Before the audit trail's lock and in one order: an upload of the same bytes takes them so too.
        keep_blob(session, now, blob)
    opened = open_application(session, now, owner, declared, batch=row.id, path=path)
    for number, (entry, blob) in enumerate(zip(application.to_read, blobs, strict=True)):
        add_file(
            session,
            now + timedelta(microseconds=number),  # files are shown in the order of their names
            owner,
            opened,
            blob,
            entry.name,
            kind=(entry.declared.kind or "") if entry.declared else "",
            is_copy=entry.declared.copy_ if entry.declared else False,
            about=(entry.declared.about or "") if entry.declared else "",
        )
    if not blobs:
        queue_judging(session, now, opened)


def _declared(batch: _Batch, declaration: Declaration) -> dict[str, Any]:
    """As the store keeps it; the batch's plan stands for all."""
    declared = declaration.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return declared | ({"plan": batch.plan} if batch.plan else {})


def _finish(
    session: Session, workplace: Workplace, lease: Lease, batch: str, problems: list[Problem], message: str
) -> None:
    workplace.ledger.finish(session, lease)
    row = session.get(BatchRow, batch)
    if row is None:
        return
    now, applications = workplace.clock(), len(_paths(session, batch))
    row.failure_message = message or ("" if applications else _NOTHING)
    row.status = FAILED if row.failure_message else READING
    row.finished_at = now if row.failure_message else None
    row.problems = {"items": problems[:_PROBLEMS_KEPT], "more": max(len(problems) - _PROBLEMS_KEPT, 0)}
    details = {"applications": applications, "problems": len(problems), "status": row.status}
    audit.record(session, now, "hezheng", "batch.unpacked", batch, details)


def _paths(session: Session, batch: str, path: str | None = None) -> set[str]:
    wanted = [ApplicationRow.batch_id == batch, *([ApplicationRow.path == path] if path is not None else [])]
    return set(session.scalars(select(ApplicationRow.path).where(*wanted)))


def _chunks(path: Path, tell: _Teller) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            tell()
            yield chunk


def _problem(path: str, error: InputError) -> Problem:
    return {"path": path, "code": error.code, "message": error.message}
