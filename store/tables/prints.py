"""What pages, seals and signatures are known again by, among all that was ever read."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base

_BIG = BigInteger().with_variant(Integer, "sqlite")


class PrintRow(Base):
    """A print of what lies on a page of some bytes. It goes when nothing that was read of them is left."""

    __tablename__ = "prints"

    id: Mapped[int] = mapped_column(_BIG, primary_key=True, autoincrement=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    """page, seal, signature or contents."""
    hash: Mapped[str] = mapped_column(String(96))
    """Empty for contents pages, which are known by their lines."""
    picture: Mapped[str] = mapped_column(Text)


class PrintKeyRow(Base):
    """A piece of a print's hash: prints that share one may be alike (multi-index hashing)."""

    __tablename__ = "print_keys"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read by SQLAlchemy, never written

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    print_id: Mapped[int] = mapped_column(
        ForeignKey("prints.id", ondelete="CASCADE"), primary_key=True, index=True
    )
