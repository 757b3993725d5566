"""What waits for a clerk: judged applications, errors first, the longest waiting first among equals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from domain.kinds import Verdict
from store import access
from store.examinations import is_done, is_doubtful
from store.tables import ApplicationRow, ClaimRow, FlagRow, UserRow

OPEN, DOUBTFUL, DONE, EVERY = "open", "doubtful", "done", "every"
Place = tuple[int, datetime, str]
"""Where a page of the queue ended: rank of the verdict, time of the last change, id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the queue is narrowed to; empty = all. ``days``: unchanged for so long at least."""

    state: str = OPEN
    plan: str = ""
    verdict: str = ""
    organisation: str = ""
    days: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """``holder``: the other clerk who has it open, ``""`` if none. ``flags``: how many of each severity."""

    row: ApplicationRow
    rank: int
    state: str
    holder: str
    flags: dict[str, int]

    @property
    def place(self) -> Place:
        return self.rank, self.row.changed_at, self.row.id


def queued(
    session: Session, user: UserRow, now: datetime, wanted: Wanted, after: Place | None, most: int
) -> list[Queued]:
    query = _narrowed(user, now, wanted).add_columns(_state(), _holder(user, now))
    if after is not None:
        query = query.where(tuple_(_rank(), ApplicationRow.changed_at, ApplicationRow.id) > after)
    found = session.execute(query.order_by(*_order()).limit(most)).all()
    flags = _flags(session, [row.id for row, *_ in found])
    return [Queued(row, rank, state, holder or "", flags[row.id]) for row, rank, state, holder in found]


def following(
    session: Session, user: UserRow, now: datetime, wanted: Wanted, current: str
) -> ApplicationRow | None:
    """The first that is open and in nobody else's hands, other than ``current``."""
    query = _narrowed(user, now, wanted).where(
        ApplicationRow.id != current, ~is_done(), ~is_doubtful(), ~_held_by_another(user, now)
    )
    found = session.execute(query.order_by(*_order()).limit(1)).first()
    return found[0] if found is not None else None


def number(session: Session, user: UserRow, now: datetime, wanted: Wanted) -> int:
    counted = select(func.count()).select_from(_narrowed(user, now, wanted).subquery())
    return session.scalar(counted) or 0


def plans_and_organisations(session: Session, user: UserRow) -> tuple[list[str], list[str]]:
    """What there is to choose from, among what the clerk may see."""
    plans, organisations = (
        [
            value
            for value in session.scalars(
                select(column).distinct().where(access.visible(user)).order_by(column).limit(500)
            )
            if value
        ]
        for column in (ApplicationRow.plan, ApplicationRow.organisation)
    )
    return plans, organisations


def _narrowed(user: UserRow, now: datetime, wanted: Wanted) -> Select[ApplicationRow, int]:
    query = select(ApplicationRow, _rank()).where(access.visible(user), ApplicationRow.verdict != "")
    if wanted.state == OPEN:
        query = query.where(~is_done(), ~is_doubtful())
    elif wanted.state != EVERY:
        query = query.where(is_done() if wanted.state == DONE else is_doubtful())
    for column, value in (
        (ApplicationRow.plan, wanted.plan),
        (ApplicationRow.verdict, wanted.verdict),
        (ApplicationRow.organisation, wanted.organisation),
    ):
        if value:
            query = query.where(column == value)
    if wanted.days:
        query = query.where(ApplicationRow.changed_at <= now - timedelta(days=wanted.days))
    if wanted.words:
        found = (
            column.icontains(wanted.words, autoescape=True)
            for column in (ApplicationRow.applicant, ApplicationRow.organisation, ApplicationRow.path)
        )
        query = query.where(or_(*found))
    return query


def _rank() -> ColumnElement[int]:
    return case(
        (ApplicationRow.verdict == Verdict.FAIL.value, literal(0)),
        (ApplicationRow.verdict == Verdict.REVIEW.value, literal(1)),
        else_=literal(2),
    )


def _order() -> tuple[ColumnElement[Any], ...]:
    return _rank(), ApplicationRow.changed_at.expression, ApplicationRow.id.expression


def _state() -> ColumnElement[str]:
    return case((is_done(), literal(DONE)), (is_doubtful(), literal(DOUBTFUL)), else_=literal(OPEN))


def _held(user: UserRow, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ClaimRow.application_id == ApplicationRow.id,
        ClaimRow.user_id != user.id,
        ClaimRow.expires_at > now,
    )


def _held_by_another(user: UserRow, now: datetime) -> ColumnElement[bool]:
    return exists().where(*_held(user, now))


def _holder(user: UserRow, now: datetime) -> ColumnElement[str | None]:
    return (
        select(UserRow.name)
        .join(ClaimRow, ClaimRow.user_id == UserRow.id)
        .where(*_held(user, now))
        .correlate(ApplicationRow)
        .scalar_subquery()
    )


def _flags(session: Session, applications: Collection[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    rows = session.execute(
        select(FlagRow.application_id, FlagRow.severity, func.count())
        .where(FlagRow.application_id.in_(applications), FlagRow.gone_at.is_(None))
        .group_by(FlagRow.application_id, FlagRow.severity)
    )
    for application, severity, count in rows:
        found[application][severity] = count
    return found
