"""What an administrator does with accounts, each step audited; nobody shuts himself out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store import accounts, audit
from store.accounts import Role
from store.tables import CredentialRow, GrantRow, UserRow


def everybody(session: Session) -> list[UserRow]:
    """All accounts by role and name, those still in use first."""
    rows = session.scalars(select(UserRow).order_by(UserRow.role, UserRow.name))
    return sorted(rows, key=lambda row: row.disabled_at is not None)


def grants(session: Session) -> Mapping[str, list[GrantRow]]:
    """What was granted, by user."""
    found: dict[str, list[GrantRow]] = defaultdict(list)
    for row in session.scalars(select(GrantRow).order_by(GrantRow.plan, GrantRow.organisation)):
        found[row.user_id].append(row)
    return found


def add(session: Session, now: datetime, actor: UserRow, name: str, role: Role, password: str) -> UserRow:
    """Raises ``NameTakenError``."""
    row = accounts.create_user(session, now, name, role, password)
    _record(session, now, actor, "user.added", row, {"role": role.value})
    return row


def set_password(session: Session, now: datetime, actor: UserRow, user: UserRow, password: str) -> None:
    """Whoever was signed in under the old password is signed out; tokens stay."""
    user.password = accounts.hashed(password)
    _end_sessions(session, now, user)
    _record(session, now, actor, "user.password_reset", user, {})


def set_role(session: Session, now: datetime, actor: UserRow, user: UserRow, role: Role) -> None:
    before, user.role = user.role, role.value
    _end_sessions(session, now, user)
    _record(session, now, actor, "user.role_changed", user, {"from": before, "to": role.value})


def disable(session: Session, now: datetime, actor: UserRow, user: UserRow) -> None:
    accounts.disable(session, now, user)
    _record(session, now, actor, "user.disabled", user, {})


def enable(session: Session, now: datetime, actor: UserRow, user: UserRow) -> None:
    user.disabled_at = None
    _end_sessions(session, now, user)
    _record(session, now, actor, "user.enabled", user, {})


def grant(
    session: Session, now: datetime, actor: UserRow, user: UserRow, plan: str, organisation: str
) -> None:
    accounts.grant(session, user, plan, organisation)
    _record(session, now, actor, "user.granted", user, {"plan": plan, "organisation": organisation})


def withdraw(
    session: Session, now: datetime, actor: UserRow, user: UserRow, plan: str, organisation: str
) -> None:
    session.execute(
        delete(GrantRow).where(
            GrantRow.user_id == user.id, GrantRow.plan == plan, GrantRow.organisation == organisation
        )
    )
    details = {"plan": plan, "organisation": organisation}
    _record(session, now, actor, "user.grant_withdrawn", user, details)


def _end_sessions(session: Session, now: datetime, user: UserRow) -> None:
    session.execute(
        update(CredentialRow)
        .where(
            CredentialRow.user_id == user.id,
            CredentialRow.kind == "session",
            CredentialRow.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
    session.flush()


def _record(
    session: Session, now: datetime, actor: UserRow, action: str, user: UserRow, details: Mapping[str, Any]
) -> None:
    audit.record(session, now, actor.name, action, user.id, {"user": user.name, **details})
