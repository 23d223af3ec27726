"""when norms are looked at again"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    for table in ("groups", "initiatives"):
        op.add_column(table, sa.Column("norms_look_again", sa.Text(), nullable=True))
