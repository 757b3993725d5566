"""Answers kept for callers who ask twice (``Idempotency-Key``): the work is done once.

Key, work and answer are one transaction: there is no half-answered key that a crash could leave behind. Of
two requests at once the second waits for the first one's commit and gets its answer; where the first failed,
the second does the work.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.tables import AnswerRow

KEPT = timedelta(days=2)


class OtherRequestError(Exception):
    """The key was used for another request."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    content: Mapping[str, Any]


def digest_of(*parts: str) -> str:
    """What a request asks for, as one digest."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def canonical(content: Mapping[str, Any]) -> str:
    """The same text for the same content, in whatever order its keys came."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def earlier(session: Session, now: datetime, user: str, key: str, request: str) -> Answer | None:
    """The answer that ``key`` brought before; ``None`` reserves the key for this transaction.

    ``request``: ``digest_of`` what is asked. Raises ``OtherRequestError``.
    """
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
    reserved = session.scalars(
        insert(AnswerRow)
        .values(user_id=user, key=key, request=request, status=0, content={}, created_at=now)
        .on_conflict_do_nothing()
        .returning(AnswerRow.key)
    ).first()
    if reserved is not None:
        return None
    row = session.get_one(AnswerRow, (user, key), populate_existing=True)
    if row.request != request:
        raise OtherRequestError
    return Answer(row.status, row.content)


def keep(session: Session, user: str, key: str, answer: Answer) -> None:
    row = session.get_one(AnswerRow, (user, key))
    row.status, row.content = answer.status, dict(answer.content)


def forget_old(session: Session, now: datetime) -> None:
    """A caller who asks again does so soon; keys are free again after ``KEPT``."""
    session.execute(delete(AnswerRow).where(AnswerRow.created_at < now - KEPT))
