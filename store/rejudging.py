"""Applications judged anew because what they are judged by has changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import examinations, jobs
from store.applications import BATCHES, JUDGE, QUEUED, READING, files_in_force
from store.tables import ApplicationRow


def judge_unfinished_anew(session: Session, now: datetime) -> int:
    """Queue the judging of every application that no clerk is done with; returns how many.

    Each becomes a revision of its own, since a revision is judged once. Decisions stay with flags that come
    again. What is still being read is judged at its end anyway, by the new lists.
    """
    rows = list(session.scalars(select(ApplicationRow).where(~examinations.is_done()).with_for_update()))
    for row in rows:
        row.revision += 1
        row.verdict = ""
        if all(file.status not in (QUEUED, READING) for file in files_in_force(session, row.id)):
            key = f"{JUDGE}/{row.id}/{row.revision}"
            jobs.put(session, now, key, BATCHES, JUDGE, {"application": row.id})
    session.flush()
    return len(rows)
