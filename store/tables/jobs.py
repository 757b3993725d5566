"""The job ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class JobRow(Base):
    """A piece of work. The row is the queue; a broker only rings that one is there.

    waiting ──take──► leased ──finish──► done
       ▲                │ └────fail, or a lease run out too often──► failed
       └──release, lease run out──┘
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("jobs_to_take", "state", "queue", "priority", "due_at"),
        Index("jobs_leased", "state", "leased_until"),
        Index("jobs_finished", "finished_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    """What the work is, by content and versions: the same work is never queued twice."""
    queue: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10))
    priority: Mapped[int] = mapped_column(Integer, default=0)
    """Smaller first."""
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_by: Mapped[str] = mapped_column(String(120), default="")
    leased_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How far this attempt is."""
    died_at: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The progress at which the last worker was lost, and how many were lost there one after another."""
    deaths: Mapped[int] = mapped_column(Integer, default=0)
    failure_code: Mapped[str] = mapped_column(String(60), default="")
    failure_message: Mapped[str] = mapped_column(Text, default="")
