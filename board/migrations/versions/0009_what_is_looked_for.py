"""what is looked for"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

_WORDS = sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "search_documents",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=True),
        sa.Column("board_id", sa.Integer(), nullable=True),
        sa.Column("title", _WORDS, nullable=False),
        sa.Column("words", _WORDS, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("search_documents_by_thing", "search_documents", ["kind", "thing_id"], unique=True)
    op.create_index("search_documents_by_card", "search_documents", ["card_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("search_words_of_titles", "search_documents", ["title"], postgresql_using="gin")
        op.create_index("search_words_of_all", "search_documents", ["words"], postgresql_using="gin")
        return
    # The words come folded and parted by spaces, so that both databases find the same; "_" stands between two texts. The table of words holds no
    # texts of its own, and follows the documents by these three.
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(title, words, content='search_documents', content_rowid='id', "
        "prefix='2 3', tokenize=\"ascii tokenchars '_'\")"
    )
    op.execute(
        "CREATE TRIGGER search_words_added AFTER INSERT ON search_documents BEGIN "
        "INSERT INTO search_words(rowid, title, words) VALUES (new.id, new.title, new.words); END"
    )
    op.execute(
        "CREATE TRIGGER search_words_gone AFTER DELETE ON search_documents BEGIN "
        "INSERT INTO search_words(search_words, rowid, title, words) VALUES ('delete', old.id, old.title, old.words); END"
    )
    op.execute(
        "CREATE TRIGGER search_words_changed AFTER UPDATE OF title, words ON search_documents BEGIN "
        "INSERT INTO search_words(search_words, rowid, title, words) VALUES ('delete', old.id, old.title, old.words); "
        "INSERT INTO search_words(rowid, title, words) VALUES (new.id, new.title, new.words); END"
    )
