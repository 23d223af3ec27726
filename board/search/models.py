"""What is looked through: one row a thing, kept true by ``feed`` and made anew by ``fill``."""

from sqlalchemy import BigInteger, Index, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from board.core.db import Model

#: SQLite keeps the words in a row, and an FTS5 table beside them; PostgreSQL keeps them as vectors.
_Words = Text().with_variant(TSVECTOR(), "postgresql")


class SearchDocument(Model):
    __tablename__ = "search_documents"
    #: made of the kind, when the thing was made, and its id, so that the order of ids is the order of what is found (see ``texts.number``)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    #: card, comment, board, list, group, initiative, person
    kind: Mapped[str] = mapped_column(Text)
    thing_id: Mapped[int]
    #: of cards, and of comments on them: which board that is, the card knows
    card_id: Mapped[int | None]
    #: of boards and lists
    board_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(_Words)
    #: all words, those of the title first
    words: Mapped[str] = mapped_column(_Words)
    #: of the texts: a thing whose texts are the same is not written again
    mark: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index("search_documents_by_thing", "kind", "thing_id", unique=True),
        Index("search_documents_by_card", "card_id"),
    )


documents = SearchDocument.__table__
#: what only one of the databases has: the table of words and its triggers on SQLite, two indexes on PostgreSQL
Model.metadata.info.setdefault("made_by_hand", []).append("search_words")
