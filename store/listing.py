"""What documents and lists are made of: applications, files, flags, decisions, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from store import access
from store.judgements import FINAL
from store.tables import ApplicationRow, DecisionRow, FileRow, FlagRow, ReadingRow, ReviewRow, UserRow

Place = tuple[datetime, str]
"""Where a page of the list ended: when the last one was opened, and its id."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A clerk's decision with the clerk's name."""

    row: DecisionRow
    by: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An application as ``user`` sees it. ``verdict``: by the flags shown, ``""`` while it is not judged."""

    row: ApplicationRow
    verdict: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty = all. ``words``: of applicant, organisation or folder, or the
    application's number, which a flag on a proof used twice tells."""

    plan: str = ""
    verdict: str = ""
    words: str = ""
    batch: str = ""


def applications(
    session: Session, user: UserRow, wanted: Wanted, after: Place | None, most: int
) -> list[Listed]:
    """Newest first. The order never changes, so a page neither repeats nor skips when others come in."""
    verdict = access.verdict_shown(user)
    query = select(ApplicationRow, verdict).where(access.visible(user))
    if wanted.plan:
        query = query.where(ApplicationRow.plan == wanted.plan)
    if wanted.verdict:
        query = query.where(verdict == wanted.verdict)
    if wanted.batch:
        query = query.where(ApplicationRow.batch_id == wanted.batch)
    if wanted.words:
        found = (
            column.icontains(wanted.words, autoescape=True)
            for column in (ApplicationRow.applicant, ApplicationRow.organisation, ApplicationRow.path)
        )
        query = query.where(or_(ApplicationRow.id == wanted.words, *found))
    place = tuple_(ApplicationRow.created_at, ApplicationRow.id)
    if after is not None:
        query = query.where(place < after)
    rows = session.execute(
        query.order_by(ApplicationRow.created_at.desc(), ApplicationRow.id.desc()).limit(most)
    )
    return [Listed(row, verdict) for row, verdict in rows]


def verdict_of(session: Session, user: UserRow, application: ApplicationRow) -> str:
    """The verdict that ``user`` is shown."""
    shown = session.scalar(select(access.verdict_shown(user)).where(ApplicationRow.id == application.id))
    return str(shown or "")


def files(session: Session, applications: Collection[str]) -> dict[str, list[FileRow]]:
    """The files in force of every application, in the order they came."""
    found: dict[str, list[FileRow]] = defaultdict(list)
    rows = session.scalars(
        select(FileRow)
        .where(FileRow.application_id.in_(applications), FileRow.replaced_at.is_(None))
        .order_by(FileRow.received_at, FileRow.id)
    )
    for row in rows:
        found[row.application_id].append(row)
    return found


def flags(session: Session, user: UserRow, applications: Collection[str]) -> dict[str, list[FlagRow]]:
    """The flags in force of every application that ``user`` is shown."""
    found: dict[str, list[FlagRow]] = defaultdict(list)
    rows = session.scalars(
        select(FlagRow)
        .where(FlagRow.application_id.in_(applications), FlagRow.gone_at.is_(None))
        .order_by(FlagRow.raised_at, FlagRow.id)
    )
    for row in rows:
        if access.shown(user, row.code):
            found[row.application_id].append(row)
    return found


def decisions(session: Session, user: UserRow, flags: Collection[str]) -> dict[str, list[Decision]]:
    """All decisions on every flag that ``user`` is shown, oldest first."""
    found: dict[str, list[Decision]] = defaultdict(list)
    if not flags:
        return found
    rows = session.execute(
        select(DecisionRow, UserRow.name)
        .join(UserRow, UserRow.id == DecisionRow.user_id)
        .where(DecisionRow.flag_id.in_(flags))
        .order_by(DecisionRow.id)
    )
    for row, name in rows:
        if row.decision in FINAL or access.sees_notes(user):
            found[row.flag_id].append(Decision(row, name))
    return found


def newest_review(session: Session, application: str) -> ReviewRow | None:
    """The last review that was made, perhaps of an earlier revision."""
    return session.scalars(
        select(ReviewRow)
        .where(ReviewRow.application_id == application)
        .order_by(ReviewRow.revision.desc(), ReviewRow.judged_at.desc())
        .limit(1)
    ).first()


def newest_reading(session: Session, sha256: str) -> ReadingRow | None:
    """What was last read off these bytes, under whatever versions."""
    return session.scalars(
        select(ReadingRow).where(ReadingRow.sha256 == sha256).order_by(ReadingRow.read_at.desc()).limit(1)
    ).first()
