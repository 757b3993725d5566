"""What clerks hold and what they are done with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class ClaimRow(Base):
    """A clerk has the application open. It lapses by itself, so that nobody holds it by going home."""

    __tablename__ = "claims"

    application_id: Mapped[str] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    claimed_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ExaminationRow(Base):
    """How far a clerk came with a revision of an application. A later revision is to be examined anew."""

    __tablename__ = "examinations"

    application_id: Mapped[str] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(10))
    """open, doubtful or done."""
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
