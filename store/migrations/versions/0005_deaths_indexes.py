"""Where a job's workers were lost; indexes for lists by opening and for what was finished lately."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("jobs", sa.Column("died_at", sa.JSON, nullable=False, server_default="{}"))
    op.add_column("jobs", sa.Column("deaths", sa.Integer, nullable=False, server_default="0"))
    op.create_index("applications_opened", "applications", ["created_at", "id"])
    op.create_index("jobs_finished", "jobs", ["finished_at"])


def downgrade() -> None:
    raise NotImplementedError("a store is never taken back to an older form: restore the backup")
