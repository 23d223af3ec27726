"""Imports, and what each thing that came by one was called where it came from."""

from typing import Any

from sqlalchemy import Boolean, Float, ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from board.core.access import Actor
from board.core.db import Model, Tx

#: reading → (waiting →) writing → done; failed from any of them
STATES = ("reading", "waiting", "writing", "done", "failed")


class Import(Model):
    __tablename__ = "imports"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    #: trello
    kind: Mapped[str] = mapped_column(Text)
    #: one of STATES
    state: Mapped[str] = mapped_column(Text)
    progress: Mapped[float] = mapped_column(Float, default=0)
    #: what the file was called, for people
    file_name: Mapped[str] = mapped_column(Text)
    #: its random name in our data directory
    stored: Mapped[str] = mapped_column(Text)
    group_id: Mapped[int | None]
    initiative_id: Mapped[int | None]
    hold: Mapped[bool] = mapped_column(Boolean, default=False)
    #: JSON: person in the file → member or null
    mapping: Mapped[str] = mapped_column(Text, default="{}")
    #: JSON, once read: the people in the file, the board's name, what was found
    header: Mapped[str | None] = mapped_column(Text)
    source_board: Mapped[str | None] = mapped_column(Text)
    board_id: Mapped[int | None]
    #: the board was there before: this import brings it up to date
    again: Mapped[bool] = mapped_column(Boolean, default=False)
    #: JSON
    report: Mapped[str | None] = mapped_column(Text)
    #: JSON: why it failed, and where
    broken: Mapped[str | None] = mapped_column(Text)
    job_id: Mapped[int | None]
    created_at: Mapped[str] = mapped_column(Text)
    finished_at: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (Index("imports_by_source", "school_id", "source_board"),)


class ImportSource(Model):
    """One imported thing: its id there and here, and what it said when it was last read, so that another import sees what changed since."""

    __tablename__ = "import_sources"
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True, autoincrement=False)
    #: board, list, label, card, checklist, item, comment, attachment
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    source_id: Mapped[str] = mapped_column(Text, primary_key=True)
    our_id: Mapped[int]
    #: JSON: field → a short hash of it (short lists as they were)
    seen: Mapped[str] = mapped_column(Text, default="{}")
    __table_args__ = (Index("import_sources_by_source", "kind", "source_id"),)


imports, import_sources = Import.__table__, ImportSource.__table__


def import_seen(tx: Tx, actor: Actor, id: int) -> Any:
    """An import is seen by who started it.

    Raises:
        NotSeen: not there, or somebody else's.
    """
    mine = (imports.c.school_id == actor.school_id, imports.c.member_id == actor.member_id)
    return tx.one(select(imports).where(imports.c.id == id, *mine))
