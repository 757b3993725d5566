"""Batches of applications, and answers kept for callers who ask twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class BatchRow(Base):
    """A zip of application folders that somebody uploaded to be screened."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(400))
    plan: Mapped[str] = mapped_column(String(80), default="")
    """Judge all by this plan; empty: each by the plan that it declares."""
    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"))
    status: Mapped[str] = mapped_column(String(10))
    """queued, unpacking, reading, done or failed."""
    problems: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """``items``: what could not be unpacked, as path, code and message."""
    failure_message: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class AnswerRow(Base):
    """The answer to a request with an ``Idempotency-Key``: the same key brings the same answer, once done."""

    __tablename__ = "answers"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))
    """Digest of method, path and body: the key must not be used for another request."""
    status: Mapped[int] = mapped_column(Integer, default=0)
    """0 while the first request is still being answered."""
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
