"""Who may see what: the one place where it is decided.

An applicant sees the applications that he opened, a clerk those of the plans and organisations granted to
her, an administrator all. Anti-forgery signals are for clerks and administrators alone.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, false, or_, select, true
from sqlalchemy.orm import Session

from store.accounts import EVERYTHING, Role
from store.tables import ApplicationRow, GrantRow, UserRow

ANTI_FORGERY = ("tamper.", "duplicate.across-applications")
"""Codes that tell a forger what gave him away."""


def visible(user: UserRow) -> ColumnElement[bool]:
    """The condition on applications that ``user`` may see, for every query that lists or opens them."""
    match Role(user.role):
        case Role.ADMIN:
            return true()
        case Role.APPLICANT:
            return ApplicationRow.owner_id == user.id
        case Role.CLERK:
            return exists().where(
                GrantRow.user_id == user.id,
                or_(GrantRow.plan == ApplicationRow.plan, GrantRow.plan == EVERYTHING),
                or_(
                    GrantRow.organisation == ApplicationRow.organisation,
                    GrantRow.organisation == EVERYTHING,
                ),
            )
    return false()


def application(session: Session, user: UserRow, identifier: str) -> ApplicationRow | None:
    """The application, ``None`` where there is none or ``user`` may not see it: which, is not told."""
    return session.scalars(
        select(ApplicationRow).where(ApplicationRow.id == identifier, visible(user))
    ).first()


def may_change(user: UserRow, row: ApplicationRow) -> bool:
    """Declaration and files are the owner's to change, or an administrator's."""
    return user.role == Role.ADMIN or row.owner_id == user.id


def may_decide(user: UserRow) -> bool:
    """Flags are decided by clerks and administrators, never by whom they are about."""
    return user.role in (Role.CLERK, Role.ADMIN)


def shown(user: UserRow, code: str) -> bool:
    """Whether a flag of this code is shown to ``user``."""
    return user.role != Role.APPLICANT or not code.startswith(ANTI_FORGERY)
