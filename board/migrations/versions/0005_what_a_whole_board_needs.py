"""what a whole board needs"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "board_stars",
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("board_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"]),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"]),
        sa.PrimaryKeyConstraint("member_id", "board_id"),
    )
    op.create_table(
        "board_views",
        sa.Column("member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("board_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"]),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"]),
        sa.PrimaryKeyConstraint("member_id", "board_id"),
    )
    op.create_table(
        "fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("position", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_fields_board_id", "fields", ["board_id"])

    op.create_table(
        "card_fields",
        sa.Column("card_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"]),
        sa.ForeignKeyConstraint(["field_id"], ["fields.id"]),
        sa.PrimaryKeyConstraint("card_id", "field_id"),
    )
    op.create_index("card_fields_by_field", "card_fields", ["field_id"])

    op.create_table(
        "card_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"]),
        sa.ForeignKeyConstraint(["other_id"], ["cards.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_card_links_card_id", "card_links", ["card_id"])
    op.create_index("ix_card_links_other_id", "card_links", ["other_id"])

    op.create_table(
        "recurrences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("next_day", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"]),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"]),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_recurrences_board_id", "recurrences", ["board_id"])
    op.create_index("ix_recurrences_card_id", "recurrences", ["card_id"])
    op.create_index("ix_recurrences_next_day", "recurrences", ["next_day"])

    op.add_column("boards", sa.Column("background", sa.Text(), nullable=True))
    op.add_column("boards", sa.Column("template", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("boards", sa.Column("archived_at", sa.Text(), nullable=True))

    op.add_column("cards", sa.Column("blocked_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("cards", sa.Column("help_minutes", sa.Integer(), nullable=True))
    op.add_column("cards", sa.Column("recurrence_id", sa.Integer(), nullable=True))

    op.add_column("groups", sa.Column("norms", sa.Text(), nullable=False, server_default=""))
    op.add_column("groups", sa.Column("archived_at", sa.Text(), nullable=True))

    op.add_column("initiatives", sa.Column("norms", sa.Text(), nullable=False, server_default=""))
    op.add_column("initiatives", sa.Column("archived_at", sa.Text(), nullable=True))

    op.add_column("items", sa.Column("owner_id", sa.Integer(), nullable=True))
    op.add_column("items", sa.Column("due", sa.Text(), nullable=True))

    op.add_column("lists", sa.Column("wip_hard", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("lists", sa.Column("colour", sa.Text(), nullable=True))
