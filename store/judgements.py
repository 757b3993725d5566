"""What was read and what was judged: readings by content and version, reviews by revision, flags that last.

A flag that a new review raises again keeps its id and with it the clerk's decisions.
"""

from __future__ import annotations

import hashlib
import json
import uuid
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import audit
from store.tables import ApplicationRow, DecisionRow, FlagRow, ReadingRow, ReviewRow, UserRow

CONFIRM, DISMISS = "confirm", "dismiss"
FINAL = (CONFIRM, DISMISS)
DOUBT, WITHDRAW = "doubt", "withdraw"
"""Notes beside the two decisions: the flag stays open, or is open again."""


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A flag of a review. ``content`` as the contract writes it; ``file``: the file's id, ``""`` if none."""

    file: str
    content: Mapping[str, Any]


def keep_reading(session: Session, now: datetime, sha256: str, versions: str, reading: str) -> None:
    """``reading``: JSON of what the reader made of the bytes. A second one changes nothing."""
    if session.get(ReadingRow, (sha256, versions)) is None:
        session.add(ReadingRow(sha256=sha256, versions=versions, content=_packed(reading), read_at=now))
        session.flush()


def kept_reading(session: Session, sha256: str, versions: str) -> str | None:
    row = session.get(ReadingRow, (sha256, versions))
    return zlib.decompress(row.content).decode() if row is not None else None


def not_printed(session: Session, most: int) -> dict[tuple[str, str], str]:
    """Some readings whose prints were never taken, by bytes and version."""
    rows = session.scalars(select(ReadingRow).where(ReadingRow.printed.is_(False)).limit(most))
    return {(row.sha256, row.versions): zlib.decompress(row.content).decode() for row in rows}


def mark_printed(session: Session, sha256: str, versions: str) -> None:
    row = session.get(ReadingRow, (sha256, versions))
    if row is not None:
        row.printed = True


def keep_review(
    session: Session,
    now: datetime,
    application: ApplicationRow,
    revision: int,
    verdict: str,
    flags: Sequence[RaisedFlag],
    review: str,
    versions: Mapping[str, str],
) -> ReviewRow | None:
    """Store a review and its flags. ``None`` where the application changed meanwhile: it is out of date."""
    if application.revision != revision:
        return None
    row = ReviewRow(
        id=str(uuid.uuid4()),
        application_id=application.id,
        revision=revision,
        verdict=verdict,
        versions=dict(versions),
        content=_packed(review),
        judged_at=now,
    )
    session.add(row)
    _settle_flags(session, now, application.id, flags)
    application.verdict = verdict
    details = {"review": row.id, "verdict": verdict, "flags": len(flags), "versions": dict(versions)}
    audit.record(session, now, "hezheng", "application.judged", application.id, details)
    return row


def current_flags(session: Session, application: str) -> list[FlagRow]:
    return list(
        session.scalars(
            select(FlagRow)
            .where(FlagRow.application_id == application, FlagRow.gone_at.is_(None))
            .order_by(FlagRow.raised_at, FlagRow.id)
        )
    )


def decide(
    session: Session, now: datetime, clerk: UserRow, flag: FlagRow, decision: str, reason: str
) -> DecisionRow:
    """Add a clerk's decision; earlier ones stay."""
    if decision not in (*FINAL, DOUBT, WITHDRAW):
        raise ValueError(decision)
    row = DecisionRow(flag_id=flag.id, user_id=clerk.id, decision=decision, reason=reason, decided_at=now)
    session.add(row)
    session.flush()
    details = {"flag": flag.id, "code": flag.code, "decision": decision, "reason": reason}
    audit.record(session, now, clerk.name, "flag.decided", flag.application_id, details)
    return row


def decisions(session: Session, flag: str) -> list[DecisionRow]:
    """All decisions on a flag, oldest first: the last one counts."""
    return list(
        session.scalars(select(DecisionRow).where(DecisionRow.flag_id == flag).order_by(DecisionRow.id))
    )


def identity(flag: RaisedFlag) -> str:
    """What makes two flags the same: not their place on the page nor their wording, which may be bettered."""
    content = flag.content
    told = [flag.file, content["code"], content["requirement"]["id"], content["expected"], content["found"]]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _settle_flags(session: Session, now: datetime, application: str, flags: Sequence[RaisedFlag]) -> None:
    """Flags raised again stay, others are gone, new ones come. The same twice is told apart by its order."""
    free: dict[str, list[FlagRow]] = {}
    for row in current_flags(session, application):
        free.setdefault(row.identity, []).append(row)
    for flag in flags:
        same = free.get(identity(flag))
        if same:
            row = same.pop(0)
        else:
            row = FlagRow(
                id=str(uuid.uuid4()),
                application_id=application,
                file_id=flag.file,
                identity=identity(flag),
                code=flag.content["code"],
                raised_at=now,
            )
            session.add(row)
        row.severity = flag.content["severity"]
        row.confidence = flag.content["confidence"]
        row.content = dict(flag.content)
    for rows in free.values():
        for row in rows:
            row.gone_at = now
    session.flush()


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode())
