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
        "notes_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", database.AudienceType(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", database.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name="fk_notes_note_author_id_member", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_notes_note"),
    )
    op.create_index("ix_notes_note_author_id", "notes_note", ["author_id"])


def downgrade() -> None:
    op.drop_table("notes_note")
