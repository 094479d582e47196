"""First version."""

import sqlalchemy as sa
from alembic import op
from portal.sdk import database

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sampleid_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", database.AudienceType(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", database.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name="fk_sampleid_entry_author_id_member", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_sampleid_entry"),
    )
    op.create_index("ix_sampleid_entry_author_id", "sampleid_entry", ["author_id"])
    op.create_index("ix_sampleid_entry_changed_at", "sampleid_entry", ["changed_at"])


def downgrade() -> None:
    op.drop_table("sampleid_entry")
