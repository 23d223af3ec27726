"""Boards, lists, cards and their parts."""

from sqlalchemy import Boolean, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from board.core.db import CodeUnits, Model


class Board(Model):
    __tablename__ = "boards"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    #: of a group or of an initiative: exactly one is set
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiatives.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    #: while an import writes it, nobody sees it
    hidden: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[str] = mapped_column(Text)
    created_by: Mapped[int]


class BoardGuest(Model):
    """Somebody whom the board is shared with by name."""

    __tablename__ = "board_guests"
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    #: read, comment, edit
    right: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("board_guests_by_member", "member_id"),)


class BoardCommenter(Model):
    """Who commented on a board's cards is listed there for good, so that a comment always has a name."""

    __tablename__ = "board_commenters"
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]


class List(Model):
    __tablename__ = "lists"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    title: Mapped[str] = mapped_column(Text)
    position: Mapped[str] = mapped_column(CodeUnits)
    done: Mapped[bool] = mapped_column(Boolean, default=False)
    wip_limit: Mapped[int | None]
    archived_at: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (Index("lists_by_board", "board_id", "position"),)


class Card(Model):
    __tablename__ = "cards"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    list_id: Mapped[int] = mapped_column(ForeignKey("lists.id"))
    #: per school, never used twice
    number: Mapped[int]
    position: Mapped[str] = mapped_column(CodeUnits)
    title: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, default="")
    measure: Mapped[str] = mapped_column(Text, default="")
    start: Mapped[str | None] = mapped_column(Text)
    due: Mapped[str | None] = mapped_column(Text)
    done: Mapped[str | None] = mapped_column(Text)
    cover: Mapped[str | None] = mapped_column(Text)
    thread_id: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    item_count: Mapped[int] = mapped_column(default=0)
    item_done: Mapped[int] = mapped_column(default=0)
    attachment_count: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[str | None] = mapped_column(Text)
    #: in the bin since; 30 days later it may go
    binned_at: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[str] = mapped_column(Text)
    created_by: Mapped[int | None]
    __table_args__ = (
        Index("cards_by_board", "board_id"),
        Index("cards_by_list", "list_id", "position", "id"),
        UniqueConstraint("school_id", "number"),
    )


class CardOwner(Model):
    __tablename__ = "card_owners"
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    #: set by somebody else, and not answered yet
    asked: Mapped[bool] = mapped_column(Boolean, default=False)
    at: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("card_owners_by_member", "member_id"),)


class Label(Model):
    __tablename__ = "labels"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    colour: Mapped[str] = mapped_column(Text)
    deleted_at: Mapped[str | None] = mapped_column(Text)


class CardLabel(Model):
    __tablename__ = "card_labels"
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), primary_key=True, autoincrement=False)
    label_id: Mapped[int] = mapped_column(ForeignKey("labels.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    __table_args__ = (Index("card_labels_by_label", "label_id"),)


class Checklist(Model):
    __tablename__ = "checklists"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    position: Mapped[str] = mapped_column(CodeUnits)
    deleted_at: Mapped[str | None] = mapped_column(Text)


class Item(Model):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklists.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    position: Mapped[str] = mapped_column(CodeUnits)
    done: Mapped[str | None] = mapped_column(Text)
    deleted_at: Mapped[str | None] = mapped_column(Text)


class Attachment(Model):
    """A link; files come with the files slice."""

    __tablename__ = "attachments"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    by: Mapped[int | None]
    at: Mapped[str] = mapped_column(Text)
    deleted_at: Mapped[str | None] = mapped_column(Text)


boards, board_guests, board_commenters = Board.__table__, BoardGuest.__table__, BoardCommenter.__table__
lists, cards, labels = List.__table__, Card.__table__, Label.__table__
card_owners, card_labels = CardOwner.__table__, CardLabel.__table__
checklists, items, attachments = Checklist.__table__, Item.__table__, Attachment.__table__
