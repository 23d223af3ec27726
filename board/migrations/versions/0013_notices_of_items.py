"""what is told to who is named at an item of a checklist"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("notices", sa.Column("item_id", sa.Integer(), nullable=True))
    op.create_index("notices_by_item", "notices", ["item_id"])
    op.create_table(
        "item_due_told",
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"]),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"]),
        sa.PrimaryKeyConstraint("item_id", "member_id"),
    )
