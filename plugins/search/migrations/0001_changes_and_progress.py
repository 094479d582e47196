"""changes and progress

Revision ID: search_0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from portal.sdk import database

revision = "search_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("thing_id", sa.String(length=60), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.Column("noted_at", database.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_change")),
    )
    op.create_table(
        "search_progress",
        sa.Column("plugin_id", sa.String(length=24), nullable=False),
        sa.Column("read_until", database.UtcDateTime(), nullable=False),
        sa.Column("compared_at", database.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("plugin_id", name=op.f("pk_search_progress")),
    )


def downgrade() -> None:
    op.drop_table("search_progress")
    op.drop_table("search_change")
