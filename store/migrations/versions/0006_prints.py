"""Prints of pages, seals and signatures by the pieces of their hashes; which readings they were taken from.

Readings from before have none yet: workers take them while they are idle (``pipeline.work.printing``).
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("readings", sa.Column("printed", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_readings_printed", "readings", ["printed"])
    op.create_table(
        "prints",
        sa.Column("id", _BIG, primary_key=True, autoincrement=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("hash", sa.String(96), nullable=False),
        sa.Column("picture", sa.Text, nullable=False),
    )
    op.create_index("ix_prints_sha256", "prints", ["sha256"])
    op.create_table(
        "print_keys",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column(
            "print_id",
            _BIG,
            sa.ForeignKey("prints.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_print_keys_print_id", "print_keys", ["print_id"])


def downgrade() -> None:
    raise NotImplementedError("a store is never taken back to an older form: restore the backup")
