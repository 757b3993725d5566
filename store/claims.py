"""Who has an application open: two clerks never work on the same one without knowing it.

A claim lapses ``LIFE`` after the last sign of its holder. Another may take it over before, which is audited.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store import audit
from store.tables import ApplicationRow, ClaimRow, UserRow

LIFE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Claim:
    """Who holds an application, until when. ``own``: whoever asked."""

    holder: str
    expires_at: datetime
    own: bool


def claim(session: Session, now: datetime, user: UserRow, application: str) -> Claim:
    """Take the application, or hold it for longer; where another holds it, say who and leave it."""
    row = _locked(session, application)
    if row is not None and row.user_id != user.id and row.expires_at > now:
        return Claim(session.get_one(UserRow, row.user_id).name, row.expires_at, own=False)
    return _take(session, now, user, application, row)


def take_over(session: Session, now: datetime, user: UserRow, application: str) -> Claim:
    """Take the application from whoever holds it."""
    row = _locked(session, application)
    if row is not None and row.user_id != user.id and row.expires_at > now:
        before = session.get_one(UserRow, row.user_id).name
        audit.record(session, now, user.name, "claim.taken_over", application, {"from": before})
    return _take(session, now, user, application, row)


def release(session: Session, user: UserRow, application: str) -> None:
    """Give up one's own claim; another's stays."""
    session.execute(
        delete(ClaimRow).where(ClaimRow.application_id == application, ClaimRow.user_id == user.id)
    )


def _locked(session: Session, application: str) -> ClaimRow | None:
    """The claim, with the application locked: of two who come at once, the second sees the first's."""
    session.execute(select(ApplicationRow.id).where(ApplicationRow.id == application).with_for_update())
    return session.get(ClaimRow, application, populate_existing=True)


def _take(session: Session, now: datetime, user: UserRow, application: str, row: ClaimRow | None) -> Claim:
    expires_at = now + LIFE
    if row is None:
        row = ClaimRow(application_id=application, user_id=user.id, claimed_at=now, expires_at=expires_at)
        session.add(row)
    elif row.user_id != user.id or row.expires_at <= now:
        row.user_id, row.claimed_at = user.id, now
    row.expires_at = expires_at
    session.flush()
    return Claim(user.name, expires_at, own=True)
