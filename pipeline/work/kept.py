"""Readings and reviews, to and from what the store keeps of them."""

from __future__ import annotations

import zlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.reading import Reading
from domain.review import ApplicationReview
from pipeline.reading import renamed
from store import judgements
from store.tables import ReviewRow


def reading_text(reading: Reading) -> str:
    return reading.model_dump_json()


def kept_reading(session: Session, sha256: str, versions: str, name: str) -> Reading | None:
    """What was read off these bytes before, under ``name``; ``None`` where they are to be read."""
    text = judgements.kept_reading(session, sha256, versions)
    return renamed(Reading.model_validate_json(text), name) if text is not None else None


def review_text(review: ApplicationReview) -> str:
    return review.model_dump_json(by_alias=True)


def review_of(row: ReviewRow) -> ApplicationReview:
    """The review as it was judged."""
    return ApplicationReview.model_validate_json(zlib.decompress(row.content))


def newest_review(session: Session, application: str) -> ApplicationReview | None:
    """The last review of an application, be it of this revision or of an earlier one."""
    row = session.scalars(
        select(ReviewRow)
        .where(ReviewRow.application_id == application)
        .order_by(ReviewRow.revision.desc(), ReviewRow.judged_at.desc(), ReviewRow.id)
        .limit(1)
    ).first()
    return review_of(row) if row is not None else None
