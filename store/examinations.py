"""How far clerks came with each application: open, doubtful, or done with all that was found."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from domain.kinds import Severity
from store import audit, judgements
from store.judgements import DOUBT, FINAL
from store.tables import ApplicationRow, DecisionRow, ExaminationRow, FlagRow, UserRow

OPEN, DOUBTFUL, DONE = "open", "doubtful", "done"
TO_DECIDE = (Severity.ERROR.value, Severity.WARNING.value)
"""Severities that ask for a decision; the others are told for information."""


def is_done() -> ColumnElement[bool]:
    """The condition on applications that nothing is left to decide: no newer revision, no newer flag."""
    newer = exists().where(
        FlagRow.application_id == ApplicationRow.id,
        FlagRow.gone_at.is_(None),
        FlagRow.severity.in_(TO_DECIDE),
        FlagRow.raised_at > ExaminationRow.at,
    )
    return exists().where(_of_this_revision(), ExaminationRow.state == DONE, ~newer)


def is_doubtful() -> ColumnElement[bool]:
    return exists().where(_of_this_revision(), ExaminationRow.state == DOUBTFUL)


def decide(
    session: Session, now: datetime, clerk: UserRow, flag: FlagRow, decision: str, reason: str
) -> DecisionRow:
    """Add a clerk's decision, and note how far the application is with it."""
    row = judgements.decide(session, now, clerk, flag, decision, reason)
    settle(session, now, clerk, session.get_one(ApplicationRow, flag.application_id))
    return row


def settle(session: Session, now: datetime, user: UserRow, application: ApplicationRow) -> str:
    """The state after a decision: done once every flag is decided, doubtful where only doubts are left."""
    left, doubtful = session.execute(_left(application.id)).one()
    state = OPEN if left > doubtful else DOUBTFUL if doubtful else DONE
    _keep(session, now, user, application, state)
    return state


def finish(session: Session, now: datetime, user: UserRow, application: ApplicationRow) -> bool:
    """A clerk is done with an application that has nothing to decide. False where something is left."""
    left, _ = session.execute(_left(application.id)).one()
    if left:
        return False
    _keep(session, now, user, application, DONE)
    return True


def state_of(session: Session, application: ApplicationRow) -> str:
    found = session.execute(
        select(is_done(), is_doubtful())
        .select_from(ApplicationRow)
        .where(ApplicationRow.id == application.id)
    ).one()
    return DONE if found[0] else DOUBTFUL if found[1] else OPEN


def _left(application: str) -> Select[int, int]:
    """How many flags are not decided, and how many of those were put in doubt."""
    last = (
        select(func.max(DecisionRow.id))
        .where(DecisionRow.flag_id == FlagRow.id)
        .correlate(FlagRow)
        .scalar_subquery()
    )
    decided = exists().where(DecisionRow.id == last, DecisionRow.decision.in_(FINAL))
    doubted = exists().where(DecisionRow.id == last, DecisionRow.decision == DOUBT)
    return select(
        func.count().filter(~decided),
        func.count().filter(doubted),
    ).where(
        FlagRow.application_id == application,
        FlagRow.gone_at.is_(None),
        FlagRow.severity.in_(TO_DECIDE),
    )


def _of_this_revision() -> ColumnElement[bool]:
    return and_(
        ExaminationRow.application_id == ApplicationRow.id,
        ExaminationRow.revision == ApplicationRow.revision,
    )


def _keep(session: Session, now: datetime, user: UserRow, application: ApplicationRow, state: str) -> None:
    row = session.get(ExaminationRow, application.id)
    if row is None:
        row = ExaminationRow(application_id=application.id)
        session.add(row)
    before = (row.state, row.revision)
    row.revision, row.state, row.user_id, row.at = application.revision, state, user.id, now
    session.flush()
    if state == DONE and before != (DONE, application.revision):
        details = {"revision": application.revision}
        audit.record(session, now, user.name, "application.examined", application.id, details)
