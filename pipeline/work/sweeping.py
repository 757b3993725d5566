"""What every worker does beside its work: take jobs back from dead workers, ring where nobody was heard."""

from __future__ import annotations

import logging

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.work.judging import keep_unjudged
from pipeline.work.reading import mark_failed
from pipeline.work.settling import locked
from pipeline.work.workplace import Workplace
from store.applications import JUDGE, READ, queue_judging
from store.jobs import WAITING
from store.tables import FileRow, JobRow

JUDGE_FAILED = "核对这份申报时程序多次中断，已停止自动核对，请人工核对；申报人无需改动。"

log = logging.getLogger(__name__)


def sweep(workplace: Workplace) -> None:
    """Take jobs back from workers that are gone; a job that was failed for good tells its file why."""
    returned, failed = workplace.ledger.sweep(lambda session, job: _given_up(session, workplace, job))
    if returned or failed:
        log.warning("%d jobs taken back from workers that are gone, %d given up", len(returned), len(failed))


def ring_if_waiting(workplace: Workplace) -> None:
    """For an idle worker: a job waits, so a ring was lost. One ring wakes one worker until nothing waits."""
    with workplace.database.reading() as session:
        for queue in workplace.queues:
            waits = select(JobRow.id).where(JobRow.state == WAITING, JobRow.queue == queue).limit(1)
            if session.scalars(waits).first() is not None:
                workplace.bell.ring(queue)
                return


def _given_up(session: Session, workplace: Workplace, job: JobRow) -> None:
    """In the sweeper's transaction: nobody waits for a file or a review that will never come."""
    if job.kind == READ:
        file = session.get(FileRow, job.payload["file"])
        application = locked(session, file.application_id) if file is not None else None
        if file is not None and application is not None:
            mark_failed(session, file, job.failure_code, job.failure_message)
            queue_judging(session, workplace.clock(), application)
    elif job.kind == JUDGE:
        keep_unjudged(session, workplace, job.payload["application"], JUDGE_FAILED)
