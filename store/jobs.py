"""The job ledger: our own database is the queue, so that no broker can lose or double a piece of work.

A worker holds a job by a lease that it renews page by page. A lease that runs out goes back to the queue; a
job whose leases ran out ``MOST_DEATHS`` times at the same step has killed its worker each time and is failed
with a reason; one that got further each time met workers that died of something else.
A worker that lost its lease cannot finish: ``attempts`` is the fencing token.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.database import Database
from store.errors import LeaseLostError
from store.tables import JobRow

WAITING, LEASED, DONE, FAILED = "waiting", "leased", "done", "failed"
MOST_DEATHS = 3
MOST_ATTEMPTS = 12
"""Wherever the workers died: a job that never ends must not be tried for ever."""
LEASE = timedelta(seconds=60)
_CLOCK_STEP = timedelta(seconds=5)
"""A lease that began later than now by more than this was given before the clock was set back."""
_KILLED = "file.unreadable"
_KILLED_MESSAGE = "该文件连续多次使读取程序中断，已停止读取；请核对文件是否完好，或另存为PDF、JPG后重新上传。"


_TABLE = cast(Table, JobRow.__table__)
_PUT_SQLITE = sqlite.insert(_TABLE).on_conflict_do_nothing(index_elements=["key"])
_PUT_POSTGRESQL = postgresql.insert(_TABLE).on_conflict_do_nothing(index_elements=["key"])
_HELD = (
    _TABLE.update()
    .where(
        _TABLE.c.id == bindparam("held_job"),
        _TABLE.c.state == LEASED,
        _TABLE.c.attempts == bindparam("held_attempt"),
    )
    .returning(_TABLE.c.id)
)
"""A change of a job by the one worker that holds it."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A job in one worker's hands."""

    job: str
    kind: str
    payload: Mapping[str, Any]
    attempt: int


def put(
    session: Session,
    now: datetime,
    key: str,
    queue: str,
    kind: str,
    payload: Mapping[str, Any],
    priority: int = 0,
) -> None:
    """Queue a job in the caller's transaction. The same ``key`` is the same job: it is queued once."""
    session.flush()
    insert = _PUT_POSTGRESQL if session.get_bind().dialect.name == "postgresql" else _PUT_SQLITE
    row = {
        "id": str(uuid.uuid4()),
        "key": key,
        "queue": queue,
        "kind": kind,
        "payload": dict(payload),
        "state": WAITING,
        "priority": priority,
        "created_at": now,
        "due_at": now,
    }
    session.execute(insert, row)


class Ledger:
    """What workers and the sweeper call. ``clock`` gives the time in UTC."""

    def __init__(self, database: Database, clock: Callable[[], datetime], lease: timedelta = LEASE) -> None:
        self.database = database
        self.clock = clock
        self.lease = lease

    def take(self, queues: Collection[str], worker: str) -> Lease | None:
        """The next job of ``queues`` as a lease, ``None`` where nothing waits."""
        now = self.clock()
        with self.database.noting() as session:
            row = session.scalars(
                select(JobRow)
                .where(JobRow.state == WAITING, JobRow.queue.in_(queues), _due(now))
                .order_by(JobRow.priority, JobRow.due_at, JobRow.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            ).first()
            if row is None:
                return None
            row.state, row.attempts, row.leased_by = LEASED, row.attempts + 1, worker
            row.leased_at, row.leased_until, row.progress = now, now + self.lease, {}
            return Lease(row.id, row.kind, row.payload, row.attempts)

    def renew(
        self,
        lease: Lease,
        progress: Mapping[str, Any],
        telling: Callable[[Session], None] = lambda session: None,
    ) -> None:
        """Keep the lease and say how far the work is. Raises ``LeaseLostError``.

        ``telling`` writes along with it what those who watch are to see.
        """
        now = self.clock()
        with self.database.noting() as session:
            self._change(
                session, lease, leased_at=now, leased_until=now + self.lease, progress=dict(progress)
            )
            telling(session)

    def finish(self, session: Session, lease: Lease) -> None:
        """In the transaction that stores the result: both are kept, or neither. Raises ``LeaseLostError``."""
        self._change(session, lease, state=DONE, finished_at=self.clock(), leased_until=None)

    def fail(self, session: Session, lease: Lease, code: str, message: str) -> None:
        """For good: trying again would not help. Raises ``LeaseLostError``."""
        self._change(
            session,
            lease,
            state=FAILED,
            finished_at=self.clock(),
            leased_until=None,
            failure_code=code,
            failure_message=message,
        )

    def release(self, lease: Lease) -> None:
        """Give an unfinished job back unblamed, when a worker stops gracefully. Raises ``LeaseLostError``."""
        with self.database.writing() as session:
            self._change(
                session,
                lease,
                state=WAITING,
                leased_until=None,
                attempts=lease.attempt - 1,
                due_at=self.clock(),
            )

    def sweep(
        self, given_up: Callable[[Session, JobRow], None] = lambda session, job: None
    ) -> tuple[list[str], list[str]]:
        """Jobs whose worker is gone: (back in the queue, failed because they kill their worker each time).

        ``given_up`` is called with each of the latter, in the transaction that fails it.
        """
        now = self.clock()
        returned: list[str] = []
        failed: list[str] = []
        with self.database.writing() as session:
            gone = session.scalars(
                select(JobRow)
                .where(
                    JobRow.state == LEASED,
                    or_(JobRow.leased_until < now, JobRow.leased_at > now + _CLOCK_STEP),
                )
                .with_for_update(skip_locked=True)
            )
            for row in gone:
                row.leased_until = None
                row.deaths = row.deaths + 1 if row.deaths and row.died_at == row.progress else 1
                row.died_at = row.progress
                if row.deaths < MOST_DEATHS and row.attempts < MOST_ATTEMPTS:
                    row.state, row.due_at = WAITING, now
                    returned.append(row.id)
                else:
                    row.state, row.finished_at = FAILED, now
                    row.failure_code, row.failure_message = _KILLED, _KILLED_MESSAGE
                    failed.append(row.id)
                    given_up(session, row)
        return returned, failed

    def _change(self, session: Session, lease: Lease, **values: Any) -> None:
        held = {"held_job": lease.job, "held_attempt": lease.attempt}
        if session.execute(_HELD, {**held, **values}).first() is None:
            raise LeaseLostError(lease.job)


def _due(now: datetime) -> Any:
    """Due, or due at a time that only a clock set back explains: nothing is queued for later than now."""
    return or_(JobRow.due_at <= now, JobRow.due_at > now + _CLOCK_STEP)
