"""The ledger: leases, fencing, jobs that kill their worker, clocks set back, real processes that die."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from store.database import Database
from store.errors import LeaseLostError
from store.jobs import LEASE, MOST_DEATHS, Lease, Ledger, put
from store.tables import JobRow
from tests.store.conftest import Clock


def queued(
    database: Database,
    clock: Callable[[], datetime],
    key: str = "a",
    queue: str = "uploads",
    priority: int = 0,
) -> str:
    with database.writing() as session:
        put(session, clock(), key, queue, "read", {"file": key}, priority)
        return session.scalars(select(JobRow.id).where(JobRow.key == key)).one()


def taken(ledger: Ledger, queue: str = "uploads") -> Lease:
    lease = ledger.take([queue], "worker")
    assert lease is not None
    return lease


def state(database: Database, job: str) -> str:
    with database.reading() as session:
        return session.scalars(select(JobRow.state).where(JobRow.id == job)).one()


def test_the_same_work_is_queued_once(database: Database, clock: Clock) -> None:
    assert queued(database, clock) == queued(database, clock)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(JobRow)) == 1


def test_a_job_taken_is_not_taken_again(database: Database, clock: Clock) -> None:
    job = queued(database, clock)
    ledger = Ledger(database, clock)
    lease = taken(ledger)
    assert (lease.job, lease.payload) == (job, {"file": "a"})
    assert ledger.take(["uploads"], "other") is None


def test_an_upload_is_never_behind_a_batch(database: Database, clock: Clock) -> None:
    for number in range(20):
        queued(database, clock, f"batch {number}", "batches")
    upload = queued(database, clock, "upload")
    assert taken(Ledger(database, clock)).job == upload


def test_smaller_priority_goes_first(database: Database, clock: Clock) -> None:
    queued(database, clock, "later", priority=5)
    clock.wait(1)
    first = queued(database, clock, "first", priority=0)
    assert taken(Ledger(database, clock)).job == first


def test_a_renewed_lease_is_kept_and_tells_progress(database: Database, clock: Clock) -> None:
    job = queued(database, clock)
    ledger = Ledger(database, clock)
    lease = taken(ledger)
    for page in range(5):
        clock.wait(LEASE.total_seconds() * 0.8)
        ledger.renew(lease, {"page": page, "pages": 5})
        assert ledger.sweep() == ([], [])
    with database.reading() as session:
        assert session.get_one(JobRow, job).progress == {"page": 4, "pages": 5}


def test_a_dead_workers_job_goes_on_and_its_late_result_is_refused(database: Database, clock: Clock) -> None:
    job = queued(database, clock)
    ledger = Ledger(database, clock)
    dead = taken(ledger)
    clock.wait(LEASE.total_seconds() + 1)
    assert ledger.sweep() == ([job], [])
    alive = taken(ledger)
    with pytest.raises(LeaseLostError), database.writing() as session:
        ledger.finish(session, dead)
    with pytest.raises(LeaseLostError):
        ledger.renew(dead, {})
    with database.writing() as session:
        ledger.finish(session, alive)
    assert state(database, job) == "done"
    with pytest.raises(LeaseLostError), database.writing() as session:
        ledger.finish(session, alive)


def test_a_file_that_kills_its_reader_fails_with_a_reason_and_the_rest_goes_on(
    database: Database, clock: Clock
) -> None:
    killer = queued(database, clock, "killer")
    ledger = Ledger(database, clock)
    for attempt in range(MOST_DEATHS):
        assert taken(ledger).job == killer
        clock.wait(LEASE.total_seconds() + 1)
        assert ledger.sweep() == (([killer], []) if attempt < MOST_DEATHS - 1 else ([], [killer]))
    assert ledger.take(["uploads"], "worker") is None
    with database.reading() as session:
        row = session.get_one(JobRow, killer)
    assert (row.state, row.failure_code) == ("failed", "file.unreadable")
    assert "重新上传" in row.failure_message
    other = queued(database, clock, "other")
    assert taken(ledger).job == other


def test_a_job_whose_workers_die_at_other_steps_is_not_blamed(database: Database, clock: Clock) -> None:
    ledger = Ledger(database, clock)
    queued(database, clock, "long")
    for page in range(MOST_DEATHS + 2):
        ledger.renew(taken(ledger), {"page": page})
        clock.wait(LEASE.total_seconds() + 1)
        returned, failed = ledger.sweep()
        assert (len(returned), failed) == (1, [])


def test_a_graceful_stop_is_no_attempt(database: Database, clock: Clock) -> None:
    queued(database, clock)
    ledger = Ledger(database, clock)
    for _ in range(MOST_DEATHS + 2):
        ledger.release(taken(ledger))
    assert taken(ledger).attempt == 1


def test_a_result_and_its_job_are_kept_together_or_not_at_all(database: Database, clock: Clock) -> None:
    job = queued(database, clock)
    ledger = Ledger(database, clock)
    lease = taken(ledger)

    def finish_and_break() -> None:
        with database.writing() as session:
            ledger.finish(session, lease)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        finish_and_break()
    assert state(database, job) == "leased"


def test_a_clock_set_back_stalls_nothing(database: Database, clock: Clock) -> None:
    held, waiting = queued(database, clock, "held"), queued(database, clock, "waiting", "batches")
    ledger = Ledger(database, clock)
    taken(ledger)
    clock.wait(-3600)
    assert taken(ledger, "batches").job == waiting
    returned, _ = ledger.sweep()
    assert returned == [held]
    assert taken(ledger).job == held


def test_many_takers_share_the_work_without_overlap(database: Database, clock: Clock) -> None:
    for number in range(40):
        queued(database, clock, str(number))
    ledger, seen = Ledger(database, clock), Counter[str]()

    def work() -> None:
        while (lease := ledger.take(["uploads"], threading.current_thread().name)) is not None:
            seen[lease.job] += 1
            with database.writing() as session:
                ledger.finish(session, lease)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 40
    assert set(seen.values()) == {1}


WORKER = """
import sys, time
from datetime import UTC, datetime
from store.database import Database
from store.jobs import Ledger
ledger = Ledger(Database(sys.argv[1]), lambda: datetime.now(UTC))
assert ledger.take(["uploads"], "victim") is not None
print("taken", flush=True)
time.sleep(60)
"""


def test_a_killed_process_loses_no_job(database: Database, url: str) -> None:
    job = queued(database, lambda: datetime.now(UTC))
    victim = subprocess.Popen([sys.executable, "-c", WORKER, url], stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert victim.stdout is not None
    assert victim.stdout.readline() == "taken\n"
    victim.kill()
    victim.wait()
    victim.stdout.close()
    ahead = Ledger(database, lambda: datetime.now(UTC) + LEASE + timedelta(seconds=1))
    started = time.monotonic()
    assert ahead.sweep() == ([job], [])
    assert taken(ahead).job == job
    assert time.monotonic() - started < 5
