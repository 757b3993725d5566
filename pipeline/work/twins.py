"""The same proof in another person's application under the same plan, found by its bytes.

``pipeline.across`` says what is a twin; here the applications to compare are looked up, so that no more than
those that share a file are loaded. The other side is judged again, since it was judged before this one came.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import InputError
from domain.review import ApplicationReview, FileReview, Flag
from pipeline.across import CODE, with_duplicates_across
from pipeline.tools import JudgingTools
from pipeline.work.kept import newest_review
from store import jobs
from store.applications import JUDGE, queue_of
from store.database import Database
from store.tables import ApplicationRow, FileRow

MOST = 20
"""Applications that share a file with this one and are compared: a template in all of them is no proof."""


def compared(
    database: Database, application: ApplicationRow, review: ApplicationReview, tools: JudgingTools
) -> ApplicationReview:
    """``review``, with a flag on every proof that another person's application holds too."""
    with database.reading() as session:
        others = [
            other.model_copy(update={"path": row.id})
            for row in _sharing(session, application)
            if (other := newest_review(session, row.id))
        ]
    if not others:
        return review
    try:
        found = with_duplicates_across((review, *others), tools.load_plan)[0]
    except InputError:
        return review  # a plan that is no longer there
    return found.model_copy(update={"files": tuple(map(_unnamed, found.files))})


def tell(session: Session, now: datetime, application: ApplicationRow, review: ApplicationReview) -> None:
    """Have those judged again that hold the same proof and do not know of it yet."""
    if not _knows(review):
        return
    for row in _sharing(session, application):
        other = newest_review(session, row.id)
        if other is not None and not _knows(other):
            key = f"{JUDGE}/{row.id}/{row.revision}/{application.id}"
            jobs.put(session, now, key, queue_of(row), JUDGE, {"application": row.id})


def _unnamed(file: FileReview) -> FileReview:
    """Names of folders and files are often people's, and who reads this may have no grant for the other
    application: its number is told, by which those find it who may."""
    return file.model_copy(update={"flags": tuple(map(_by_number, file.flags))})


def _by_number(flag: Flag) -> Flag:
    if flag.code != CODE or flag.found is None:
        return flag
    number = flag.found.partition("/")[0]
    message = f"该材料第{flag.page}页与另一份申报（编号{number}）中的材料相同，请核对是谁的材料。"
    return flag.model_copy(update={"message": message, "found": number})


def _knows(review: ApplicationReview) -> bool:
    return any(flag.code == CODE for flag in review.all_flags)


def _sharing(session: Session, application: ApplicationRow) -> list[ApplicationRow]:
    """Judged applications of other people under the same plan with a file of the same bytes."""
    own = select(FileRow.sha256).where(
        FileRow.application_id == application.id, FileRow.replaced_at.is_(None)
    )
    with_same = select(FileRow.application_id).where(
        FileRow.sha256.in_(own), FileRow.replaced_at.is_(None), FileRow.application_id != application.id
    )
    return list(
        session.scalars(
            select(ApplicationRow)
            .where(
                ApplicationRow.id.in_(with_same),
                ApplicationRow.plan == application.plan,
                ApplicationRow.applicant != application.applicant,
            )
            .order_by(ApplicationRow.created_at, ApplicationRow.id)
            .limit(MOST)
        )
    )
