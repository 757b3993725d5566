"""Numbers for ``/metrics``, counted from the ledger each time: every process tells the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.applications import READ
from store.jobs import DONE, FAILED, LEASED, WAITING
from store.tables import FileRow, JobRow

_LATELY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Measures:
    """``waiting`` and ``running``: jobs by queue. ``failures``: files by the code that they failed with."""

    waiting: Mapping[str, int]
    running: Mapping[str, int]
    oldest_seconds: float
    """How long the oldest waiting job has waited; 0 where none waits."""
    pages_a_second: float
    """Pages of the files read through within the last minute."""
    failures: Mapping[str, int]


def measured(session: Session, now: datetime) -> Measures:
    by_state: dict[str, dict[str, int]] = {WAITING: {}, LEASED: {}}
    counted = (
        select(JobRow.state, JobRow.queue, func.count())
        .where(JobRow.state.in_(by_state))
        .group_by(JobRow.state, JobRow.queue)
    )
    for state, queue, number in session.execute(counted):
        by_state[state][queue] = number
    oldest = session.scalar(select(func.min(JobRow.created_at)).where(JobRow.state == WAITING))
    return Measures(
        waiting=by_state[WAITING],
        running=by_state[LEASED],
        oldest_seconds=max((now - oldest).total_seconds(), 0.0) if oldest else 0.0,
        pages_a_second=_pages(session, now) / _LATELY.total_seconds(),
        failures=_failures(session),
    )


def _pages(session: Session, now: datetime) -> int:
    """A finished reading's last progress tells its pages; what was known already was not read."""
    lately = (JobRow.kind == READ, JobRow.state.in_((DONE, FAILED)), JobRow.finished_at > now - _LATELY)
    return sum(
        int(progress.get("page", 0)) for progress in session.scalars(select(JobRow.progress).where(*lately))
    )


def _failures(session: Session) -> Mapping[str, int]:
    counted = (
        select(FileRow.failure_code, func.count().label("number"))
        .where(FileRow.failure_code != "")
        .group_by(FileRow.failure_code)
    )
    return {row.failure_code: row.number for row in session.execute(counted)}
