"""history by time"""

from alembic import op
from sqlalchemy import text

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    # What came from elsewhere stands in a history where it happened there, not where it was brought.
    op.create_index("journal_by_time", "journal", ["room", text("coalesce(source_at, at)"), "seq"])
