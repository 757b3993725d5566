"""The life of an application: opened, declared, given files, read, judged, decided. Every step is audited.

Nothing here reads or judges: a change queues a job in the same transaction, so that it cannot be forgotten.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from store import audit, jobs
from store.blobs import Blob
from store.tables import ApplicationRow, BlobRow, FileRow, UserRow

UPLOADS, BATCHES = "uploads", "batches"
"""Queues: whoever waits before the screen never waits behind a batch."""
READ, JUDGE = "read", "judge"
QUEUED, READING, CHECKING, DONE, FAILED = "queued", "reading", "checking", "done", "failed"

_APPLICATIONS, _BLOBS = cast(Table, ApplicationRow.__table__), cast(Table, BlobRow.__table__)
_TOUCH = (
    _APPLICATIONS.update()
    .where(_APPLICATIONS.c.id == bindparam("touched"))
    .values(
        revision=_APPLICATIONS.c.revision + 1,
        changed_at=bindparam("changed_at"),
        verdict=bindparam("verdict"),
    )
    .returning(_APPLICATIONS.c.revision)
)
_KEEP_POSTGRESQL, _KEEP_SQLITE = (
    insert.on_conflict_do_update(index_elements=["sha256"], set_={"stored_at": insert.excluded.stored_at})
    for insert in (postgresql.insert(_BLOBS), sqlite.insert(_BLOBS))
)


def open_application(
    session: Session,
    now: datetime,
    owner: UserRow,
    declaration: Mapping[str, Any],
    *,
    batch: str = "",
    path: str = "",
) -> ApplicationRow:
    """A new application with what was declared (a valid ``declaration.json`` of the contract)."""
    row = ApplicationRow(
        id=str(uuid.uuid4()),
        owner_id=owner.id,
        batch_id=batch,
        path=path,
        declaration=dict(declaration),
        created_at=now,
        changed_at=now,
        **_listed(declaration),
    )
    session.add(row)
    session.flush()
    audit.record(session, now, owner.name, "application.opened", row.id, {"plan": row.plan, "batch": batch})
    return row


def replace_declaration(
    session: Session, now: datetime, actor: UserRow, row: ApplicationRow, declaration: Mapping[str, Any]
) -> None:
    """Other declared values; the checks run again."""
    row.declaration = dict(declaration)
    for name, value in _listed(declaration).items():
        setattr(row, name, value)
    _changed(session, now, row)
    audit.record(session, now, actor.name, "declaration.replaced", row.id, {"revision": row.revision})


def add_file(
    session: Session,
    now: datetime,
    actor: UserRow,
    application: ApplicationRow,
    blob: Blob,
    name: str,
    *,
    kind: str = "",
    is_copy: bool = False,
    about: str = "",
    replaces: FileRow | None = None,
) -> FileRow:
    """An upload whose bytes are stored already; queues its reading. ``replaces`` is judged no more."""
    keep_blob(session, now, blob)
    row = FileRow(
        id=str(uuid.uuid4()),
        application_id=application.id,
        name=name,
        sha256=blob.sha256,
        kind=kind,
        is_copy=is_copy,
        about=about,
        status=QUEUED,
        received_at=now,
    )
    session.add(row)
    details = {"file": row.id, "sha256": blob.sha256, "bytes": blob.size}
    if replaces is not None:
        replaces.replaced_at = now
        details["replaces"] = replaces.id
    session.flush()
    jobs.put(session, now, f"{READ}/{row.id}", queue_of(application), READ, {"file": row.id})
    _touch(session, now, application)
    audit.record(session, now, actor.name, "file.received", application.id, details)
    return row


def keep_blob(session: Session, now: datetime, blob: Blob) -> None:
    """The row of bytes that are stored already; the same bytes have one, however many bring them at once.

    ``stored_at`` moves on, so that a purge at the same time does not take them for forgotten.
    """
    keep = _KEEP_POSTGRESQL if session.get_bind().dialect.name == "postgresql" else _KEEP_SQLITE
    session.execute(keep, {"sha256": blob.sha256, "size": blob.size, "stored_at": now})


def files_in_force(session: Session, application: str) -> list[FileRow]:
    """The files that are judged, in the order they came."""
    return list(
        session.scalars(
            select(FileRow)
            .where(FileRow.application_id == application, FileRow.replaced_at.is_(None))
            .order_by(FileRow.received_at, FileRow.id)
        )
    )


def queue_of(application: ApplicationRow) -> str:
    return BATCHES if application.batch_id else UPLOADS


def queue_judging(session: Session, now: datetime, application: ApplicationRow) -> None:
    """Judge this revision, once all its files are read or failed."""
    if any(row.status in (QUEUED, READING) for row in files_in_force(session, application.id)):
        return
    key = f"{JUDGE}/{application.id}/{application.revision}"
    jobs.put(session, now, key, queue_of(application), JUDGE, {"application": application.id})


def _changed(session: Session, now: datetime, application: ApplicationRow) -> None:
    session.flush()
    _touch(session, now, application)
    queue_judging(session, now, application)


def _touch(session: Session, now: datetime, application: ApplicationRow) -> None:
    """A review of an earlier revision no longer speaks for this one.

    The database counts: of two uploads at once each makes a revision, or the later one was never judged.
    """
    new = {"changed_at": now, "verdict": ""}
    revision = session.execute(_TOUCH, {"touched": application.id, **new}).scalar_one()
    for name, value in {**new, "revision": revision}.items():
        set_committed_value(application, name, value)


def _listed(declaration: Mapping[str, Any]) -> dict[str, str]:
    """What lists are searched by, out of the declaration."""
    applicant = declaration.get("applicant") or {}
    return {
        "plan": str(declaration.get("plan") or ""),
        "organisation": str(applicant.get("employer") or "").strip(),
        "applicant": str(applicant.get("name") or "").strip(),
    }
