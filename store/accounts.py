"""Users, their passwords, tokens and sessions.

Passwords are hashed with argon2 (RFC 9106); tokens are 256 random bits, of which only the SHA-256 is kept.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from pwdlib import PasswordHash
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from store.errors import NameTakenError
from store.tables import CredentialRow, GrantRow, UserRow

TOKEN_LIFE = timedelta(days=365)
SESSION_LIFE = timedelta(hours=12)
EVERYTHING = "*"
_BY_CREDENTIAL = (
    select(UserRow, CredentialRow.csrf)
    .join(CredentialRow, CredentialRow.user_id == UserRow.id)
    .where(
        CredentialRow.digest == bindparam("digest"),
        CredentialRow.kind == bindparam("kind"),
        CredentialRow.expires_at > bindparam("now"),
        CredentialRow.revoked_at.is_(None),
        UserRow.disabled_at.is_(None),
    )
)
"""Made once: every request asks it, and making it costs more than asking."""


class Role(StrEnum):
    APPLICANT = "applicant"
    CLERK = "clerk"
    ADMIN = "admin"


def create_user(session: Session, now: datetime, name: str, role: Role, password: str = "") -> UserRow:
    """A new account. Without a password it can only come in by a token. Raises ``NameTakenError``."""
    if session.scalars(select(UserRow).where(UserRow.name == name)).first() is not None:
        raise NameTakenError(name)
    row = UserRow(id=str(uuid.uuid4()), name=name, role=role.value, password=hashed(password), created_at=now)
    session.add(row)
    session.flush()
    return row


def hashed(password: str) -> str:
    """As it is kept; no password, which nobody can give, stays empty."""
    return _hasher().hash(password) if password else ""


def by_password(session: Session, name: str, password: str) -> UserRow | None:
    """The user, ``None`` where name or password is wrong: which of the two is not told, not even by time."""
    row = session.scalars(select(UserRow).where(UserRow.name == name)).first()
    known = row is not None and row.password != ""
    right = _hasher().verify(password, row.password if row is not None and known else _nobodys_hash())
    return row if row is not None and known and right and row.disabled_at is None else None


def create_token(session: Session, now: datetime, user: UserRow) -> str:
    """An API token, told only now."""
    return _credential(session, now, user, "token", TOKEN_LIFE)[0]


def open_session(session: Session, now: datetime, user: UserRow) -> tuple[str, str]:
    """A web session: the cookie's value and the CSRF token that its forms must carry."""
    return _credential(session, now, user, "session", SESSION_LIFE)


def by_credential(session: Session, now: datetime, secret: str, kind: str) -> tuple[UserRow, str] | None:
    """Who holds ``secret``, and its CSRF token; ``None`` where it is unknown, expired or revoked."""
    asked = {"digest": _digest(secret), "kind": kind, "now": now}
    found = session.execute(_BY_CREDENTIAL, asked).first()
    return (found[0], found[1]) if found is not None else None


def revoke(session: Session, now: datetime, secret: str) -> None:
    session.execute(
        update(CredentialRow).where(CredentialRow.digest == _digest(secret)).values(revoked_at=now)
    )


def disable(session: Session, now: datetime, user: UserRow) -> None:
    """The account stays for the audit's sake; nobody comes in by it any more."""
    user.disabled_at = now
    session.flush()


def grant(session: Session, user: UserRow, plan: str = EVERYTHING, organisation: str = EVERYTHING) -> None:
    """Let a clerk see applications of ``plan`` and ``organisation``."""
    session.merge(GrantRow(user_id=user.id, plan=plan, organisation=organisation))
    session.flush()


def _credential(
    session: Session, now: datetime, user: UserRow, kind: str, life: timedelta
) -> tuple[str, str]:
    secret, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    row = CredentialRow(
        digest=_digest(secret), user_id=user.id, kind=kind, csrf=csrf, created_at=now, expires_at=now + life
    )
    session.add(row)
    session.flush()
    return secret, csrf


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
