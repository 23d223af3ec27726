"""items that became cards, fields on the card's front"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("items", sa.Column("became_id", sa.Integer(), nullable=True))
    op.create_index("items_by_owner", "items", ["owner_id"])

    op.add_column("fields", sa.Column("shown", sa.Boolean(), nullable=False, server_default=sa.false()))
