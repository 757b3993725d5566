"""Who may see what: the one place where it is decided.

An applicant sees the applications that he opened, a clerk those of the plans and organisations granted to
her, an administrator all. Anti-forgery signals are for clerks and administrators alone.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, SQLColumnExpression, case, exists, false, not_, or_, select, true
from sqlalchemy.orm import Session

from domain.kinds import Severity, Verdict
from store.accounts import EVERYTHING, Role
from store.tables import ApplicationRow, BatchRow, FileRow, FlagRow, GrantRow, UserRow

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


def file(session: Session, user: UserRow, identifier: str) -> FileRow | None:
    """The file, if ``user`` may see its application."""
    return session.scalars(
        select(FileRow)
        .join(ApplicationRow, ApplicationRow.id == FileRow.application_id)
        .where(FileRow.id == identifier, visible(user))
    ).first()


def flag(session: Session, user: UserRow, identifier: str) -> FlagRow | None:
    """The flag, if ``user`` may see its application and flags of its code."""
    row = session.scalars(
        select(FlagRow)
        .join(ApplicationRow, ApplicationRow.id == FlagRow.application_id)
        .where(FlagRow.id == identifier, visible(user))
    ).first()
    return row if row is not None and shown(user, row.code) else None


def batch(session: Session, user: UserRow, identifier: str) -> BatchRow | None:
    """The batch, for whoever brought it and for administrators."""
    own = true() if user.role == Role.ADMIN else BatchRow.owner_id == user.id
    return session.scalars(select(BatchRow).where(BatchRow.id == identifier, own)).first()


def may_change(user: UserRow, row: ApplicationRow) -> bool:
    """Declaration and files are the owner's to change, or an administrator's."""
    return user.role == Role.ADMIN or row.owner_id == user.id


def may_decide(user: UserRow) -> bool:
    """Flags are decided by clerks and administrators, never by whom they are about."""
    return user.role in (Role.CLERK, Role.ADMIN)


def may_bring_batches(user: UserRow) -> bool:
    """An applicant opens his own application; whole batches are a clerk's work."""
    return user.role in (Role.CLERK, Role.ADMIN)


def may_see_id_numbers(user: UserRow) -> bool:
    """Whole identity-card numbers, on demand."""
    return user.role in (Role.CLERK, Role.ADMIN)


def sees_whole_trail(user: UserRow) -> bool:
    """Who judged and decided what, hidden flags included."""
    return user.role in (Role.CLERK, Role.ADMIN)


def sees_notes(user: UserRow) -> bool:
    """Clerks' notes among themselves, beside their decisions."""
    return user.role in (Role.CLERK, Role.ADMIN)


def shown(user: UserRow, code: str) -> bool:
    """Whether a flag of this code is shown to ``user``."""
    return user.role != Role.APPLICANT or not code.startswith(ANTI_FORGERY)


def verdict_shown(user: UserRow) -> SQLColumnExpression[str]:
    """The verdict by the flags that ``user`` is shown: hidden ones must not speak through it."""
    if user.role != Role.APPLICANT:
        return ApplicationRow.verdict
    hidden = or_(*(FlagRow.code.startswith(code) for code in ANTI_FORGERY))
    return case(
        (or_(ApplicationRow.verdict == "", not_(_flagged(hidden))), ApplicationRow.verdict),
        (_flagged(not_(hidden), FlagRow.severity == Severity.ERROR), Verdict.FAIL.value),
        (_flagged(not_(hidden), FlagRow.severity == Severity.WARNING), Verdict.REVIEW.value),
        else_=Verdict.PASS.value,
    )


def _flagged(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the application has a flag in force that fits."""
    return exists().where(FlagRow.application_id == ApplicationRow.id, FlagRow.gone_at.is_(None), *conditions)
