"""in which order a command told its events: what it did in several rooms is taken back in the reverse one"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("journal", sa.Column("step", sa.Integer(), nullable=True))
