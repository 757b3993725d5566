"""Applications, their files, what was read and what was judged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Float, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class BlobRow(Base):
    """An upload's bytes, named by their SHA-256; the bytes themselves lie in the blob store."""

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    stored_at: Mapped[datetime]


class ApplicationRow(Base):
    """One person's application under one plan. ``verdict`` is empty until all its files are judged."""

    __tablename__ = "applications"
    __table_args__ = (
        Index("applications_listed", "changed_at", "id"),
        Index("applications_opened", "created_at", "id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    batch_id: Mapped[str] = mapped_column(String(36), default="", index=True)
    path: Mapped[str] = mapped_column(String(400), default="")
    """The folder's name within its batch."""
    plan: Mapped[str] = mapped_column(String(80), index=True)
    organisation: Mapped[str] = mapped_column(String(200), index=True)
    applicant: Mapped[str] = mapped_column(String(80))
    declaration: Mapped[dict[str, Any]]
    verdict: Mapped[str] = mapped_column(String(10), default="")
    revision: Mapped[int] = mapped_column(Integer, default=1)
    """Goes up with every change of declaration or files: a review of an older one is out of date."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class FileRow(Base):
    """One upload. A file that was replaced stays, with ``replaced_at``, and is judged no more."""

    __tablename__ = "files"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), index=True)
    name: Mapped[str] = mapped_column(String(400))
    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"), index=True)
    kind: Mapped[str] = mapped_column(String(40), default="")
    is_copy: Mapped[bool] = mapped_column(Boolean, default=False)
    about: Mapped[str] = mapped_column(String(80), default="")
    status: Mapped[str] = mapped_column(String(10))
    """queued, reading, checking, done or failed (contract)."""
    page: Mapped[int] = mapped_column(Integer, default=0)
    pages: Mapped[int] = mapped_column(Integer, default=0)
    failure_code: Mapped[str] = mapped_column(String(60), default="")
    failure_message: Mapped[str] = mapped_column(Text, default="")
    received_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]


class ReadingRow(Base):
    """What the reader made of some bytes: the same bytes under the same weights are never read twice."""

    __tablename__ = "readings"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    versions: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Digest of the reader's code and weights."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """The ``Reading`` as zlib-packed JSON."""
    read_at: Mapped[datetime]
    printed: Mapped[bool] = mapped_column(Boolean, default=False, index=True)
    """Its prints are kept beside it (``store.prints``)."""


class ReviewRow(Base):
    """One judgement of one revision of an application, with the versions of all that made it."""

    __tablename__ = "reviews"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), index=True)
    revision: Mapped[int] = mapped_column(Integer)
    verdict: Mapped[str] = mapped_column(String(10))
    versions: Mapped[dict[str, Any]]
    """``reader``, ``rules``, ``plan``, ``lists``: digests."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """The review's results as zlib-packed JSON."""
    judged_at: Mapped[datetime]


class FlagRow(Base):
    """A flag of the newest review. It keeps its id as long as it says the same of the same file."""

    __tablename__ = "flags"
    __table_args__ = (Index("flags_of_application", "application_id", "gone_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    file_id: Mapped[str] = mapped_column(String(36), default="")
    identity: Mapped[str] = mapped_column(String(64), index=True)
    """Digest of what makes it the same flag: file, code, requirement, expected and found."""
    code: Mapped[str] = mapped_column(String(60), index=True)
    severity: Mapped[str] = mapped_column(String(10))
    confidence: Mapped[float] = mapped_column(Float)
    content: Mapped[dict[str, Any]]
    raised_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    """A later review no longer raised it."""


class DecisionRow(Base):
    """A clerk's decision on a flag. Never overwritten: the last one counts."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    flag_id: Mapped[str] = mapped_column(ForeignKey("flags.id"), index=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    decision: Mapped[str] = mapped_column(String(10))
    """confirm or dismiss (contract)."""
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime]
