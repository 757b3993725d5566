"""The audit trail: append-only, each entry bound to the one before by its digest.

Changing, removing or inserting an entry breaks the chain from there on. Cutting off its end does not, so the
last digest belongs into the backup's log (``head``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, func, select, text
from sqlalchemy.orm import Session

from store.tables import AuditRow

GENESIS = "0" * 64
_ONE_AT_A_TIME = 727_001
"""PostgreSQL's advisory lock of this chain; SQLite has one writer anyway."""
_TABLE = cast(Table, AuditRow.__table__)
_LAST = select(_TABLE.c.sequence, _TABLE.c.digest).order_by(_TABLE.c.sequence.desc()).limit(1)
_ADD = _TABLE.insert()
"""Plain rows: every change writes one, and whoever writes next waits for it."""


def record(
    session: Session, at: datetime, actor: str, action: str, subject: str, details: Mapping[str, Any]
) -> None:
    """Add an entry in the caller's transaction: what happened and its trace are both kept, or neither."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_AT_A_TIME})
    session.flush()
    last = session.execute(_LAST).first()
    row = AuditRow(
        sequence=(last.sequence if last else 0) + 1,
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        details=dict(details),
        previous=last.digest if last else GENESIS,
    )
    row.digest = digest_of(row)
    session.execute(_ADD, {column.key: getattr(row, column.key) for column in _TABLE.columns})


def digest_of(row: AuditRow) -> str:
    """SHA-256 over the digest before and the entry in canonical JSON."""
    content = {
        "sequence": row.sequence,
        "at": row.at.isoformat(),
        "actor": row.actor,
        "action": row.action,
        "subject": row.subject,
        "details": row.details,
        "previous": row.previous,
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def broken_at(session: Session) -> int | None:
    """The first sequence number at which the chain does not hold, ``None`` where all of it holds."""
    previous, expected = GENESIS, 1
    rows = select(AuditRow).order_by(AuditRow.sequence).execution_options(yield_per=500)
    with closing(session.scalars(rows)) as chain:
        for row in chain:
            if row.sequence != expected or row.previous != previous or row.digest != digest_of(row):
                return expected
            previous, expected = row.digest, expected + 1
    return None


def head(session: Session) -> tuple[int, str]:
    """How many entries there are and the last one's digest."""
    count = session.scalar(select(func.count()).select_from(AuditRow)) or 0
    digest = session.scalar(select(AuditRow.digest).order_by(AuditRow.sequence.desc()).limit(1))
    return count, digest or GENESIS


def of_subject(session: Session, subject: str) -> Iterator[AuditRow]:
    """Everything that happened to ``subject``, in order."""
    yield from session.scalars(
        select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.sequence)
    )
