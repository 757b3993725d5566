"""Jobs, the audit trail and blobs."""

import sqlalchemy as sa
from alembic import op

from store.tables import Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("key", sa.String(200), nullable=False, unique=True),
        sa.Column("queue", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("leased_by", sa.String(120), nullable=False),
        sa.Column("leased_at", Moment),
        sa.Column("leased_until", Moment),
        sa.Column("finished_at", Moment),
        sa.Column("progress", sa.JSON, nullable=False),
        sa.Column("failure_code", sa.String(60), nullable=False),
        sa.Column("failure_message", sa.Text, nullable=False),
    )
    op.create_index("jobs_to_take", "jobs", ["state", "queue", "priority", "due_at"])
    op.create_index("jobs_leased", "jobs", ["state", "leased_until"])
    op.create_table(
        "audit",
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    op.create_index("audit_of_subject", "audit", ["subject", "sequence"])
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("stored_at", Moment, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("a store is never taken back to an older form: restore the backup")
