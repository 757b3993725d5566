"""Readings that were kept of some bytes, under whatever version of the reader."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables import ApplicationRow, BatchRow, FileRow, ReadingRow


@dataclass(frozen=True, slots=True)
class KeptReading:
    versions: str
    content: str
    """JSON, as the reader made it."""


def chosen(session: Session, sha256: str, wanted: str) -> KeptReading | None:
    """What was read off these bytes by the reader whose version begins with ``wanted``, else the newest."""
    known = list(
        session.execute(
            select(ReadingRow.versions)
            .where(ReadingRow.sha256 == sha256)
            .order_by(ReadingRow.read_at.desc(), ReadingRow.versions)
        ).scalars()
    )
    if not known:
        return None
    versions = next((one for one in known if one.startswith(wanted)), known[0])
    row = session.get_one(ReadingRow, (sha256, versions))
    return KeptReading(versions, zlib.decompress(row.content).decode())


def versions_of(session: Session, batch: str) -> list[str]:
    """The versions of the reader that read anything of a batch, sorted."""
    return sorted(
        session.scalars(
            select(ReadingRow.versions)
            .join(FileRow, FileRow.sha256 == ReadingRow.sha256)
            .join(ApplicationRow, ApplicationRow.id == FileRow.application_id)
            .where(ApplicationRow.batch_id == batch)
            .distinct()
        )
    )


def last_batch(session: Session) -> tuple[str, datetime] | None:
    """The newest batch of which anything was judged, and when it came."""
    row = session.execute(
        select(BatchRow.id, BatchRow.created_at)
        .where(
            select(ApplicationRow.id)
            .where(ApplicationRow.batch_id == BatchRow.id, ApplicationRow.verdict != "")
            .exists()
        )
        .order_by(BatchRow.created_at.desc(), BatchRow.id)
        .limit(1)
    ).first()
    return (row.id, row.created_at) if row is not None else None
