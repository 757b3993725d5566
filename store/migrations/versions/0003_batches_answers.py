"""Batches, and answers kept for callers who ask twice."""

import sqlalchemy as sa
from alembic import op

from store.tables import Moment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("owner_id", sa.String(36), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column("plan", sa.String(80), nullable=False),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("blobs.sha256"), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("problems", sa.JSON, nullable=False),
        sa.Column("failure_message", sa.Text, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("finished_at", Moment),
    )
    op.create_index("ix_batches_owner_id", "batches", ["owner_id"])
    op.create_table(
        "answers",
        sa.Column("user_id", sa.String(36), sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("a store is never taken back to an older form: restore the backup")
