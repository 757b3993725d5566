"""Who may see what: the one place where it is decided.

An applicant sees the applications that he opened, a clerk those of the plans and organisations granted to
her, an administrator all. Anti-forgery signals are for clerks and administrators alone.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    SQLColumnExpression,
    bindparam,
    case,
    exists,
    false,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from domain.kinds import Severity, Verdict
from store.accounts import EVERYTHING, Role
from store.tables import ApplicationRow, BatchRow, FileRow, FlagRow, GrantRow, UserRow

ANTI_FORGERY = ("tamper.", "duplicate.across-applications")
"""Codes that tell a forger what gave him away."""


def visible(user: UserRow) -> ColumnElement[bool]:
    """The condition on applications that ``user`` may see, for every query that lists or opens them."""
    return _visible(user.role, user.id)


def _visible(role: str, viewer: str | BindParameter[str]) -> ColumnElement[bool]:
    match Role(role):
        case Role.ADMIN:
            return true()
        case Role.APPLICANT:
            return ApplicationRow.owner_id == viewer
        case Role.CLERK:
            return exists().where(
                GrantRow.user_id == viewer,
                or_(GrantRow.plan == ApplicationRow.plan, GrantRow.plan == EVERYTHING),
                or_(
                    GrantRow.organisation == ApplicationRow.organisation,
                    GrantRow.organisation == EVERYTHING,
                ),
            )
    return false()


def application(session: Session, user: UserRow, identifier: str) -> ApplicationRow | None:
    """The application, ``None`` where there is none or ``user`` may not see it: which, is not told."""
    return session.scalars(_application(user.role), _asked(user, identifier)).first()


def file(session: Session, user: UserRow, identifier: str) -> FileRow | None:
    """The file, if ``user`` may see its application."""
    return session.scalars(_file(user.role), _asked(user, identifier)).first()


@cache
def _application(role: str) -> Select[ApplicationRow]:
    """Made once for each role: every request asks it, and making it costs more than asking."""
    wanted = (ApplicationRow.id == bindparam("identifier"), _visible(role, bindparam("viewer")))
    return select(ApplicationRow).where(*wanted)


@cache
def _file(role: str) -> Select[FileRow]:
    return (
        select(FileRow)
        .join(ApplicationRow, ApplicationRow.id == FileRow.application_id)
        .where(FileRow.id == bindparam("identifier"), _visible(role, bindparam("viewer")))
    )


def _asked(user: UserRow, identifier: str) -> dict[str, str]:
    return {"viewer": user.id, "identifier": identifier}


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
