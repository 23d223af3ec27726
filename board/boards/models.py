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
    #: a name of the palette, else plain
    background: Mapped[str | None] = mapped_column(Text)
    #: offered as a start for new boards
    template: Mapped[bool] = mapped_column(Boolean, default=False)
    archived_at: Mapped[str | None] = mapped_column(Text)
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
    #: a full list refuses cards, instead of only saying that it is full
    wip_hard: Mapped[bool] = mapped_column(Boolean, default=False)
    colour: Mapped[str | None] = mapped_column(Text)
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
    #: how many open cards block it
    blocked_count: Mapped[int] = mapped_column(default=0)
    #: help is wanted, for about so many minutes
    help_minutes: Mapped[int | None]
    #: it was made by this rhythm
    recurrence_id: Mapped[int | None]
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


class CardProposal(Model):
    """Who is asked to own a card would say yes, if it were due on another day."""

    __tablename__ = "card_proposals"
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    due: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[str] = mapped_column(Text)


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
    owner_id: Mapped[int | None]
    due: Mapped[str | None] = mapped_column(Text)
    #: the card that was made of it
    became_id: Mapped[int | None]
    deleted_at: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (Index("items_by_owner", "owner_id"),)


class CardLink(Model):
    """One card says something of another: blocks, relates to, duplicates."""

    __tablename__ = "card_links"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    by: Mapped[int | None]
    at: Mapped[str] = mapped_column(Text)
    deleted_at: Mapped[str | None] = mapped_column(Text)


class Field(Model):
    """A field that a board adds to its cards."""

    __tablename__ = "fields"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    #: text, number, date, tick, choice
    kind: Mapped[str] = mapped_column(Text)
    #: JSON: of a choice what can be chosen, [{"id": 1, "title": "…", "colour": "…"}]
    options: Mapped[str] = mapped_column(Text, default="[]")
    #: on the front of the card too, not only on its page
    shown: Mapped[bool] = mapped_column(Boolean, default=False)
    position: Mapped[str] = mapped_column(CodeUnits)
    deleted_at: Mapped[str | None] = mapped_column(Text)


class CardField(Model):
    __tablename__ = "card_fields"
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), primary_key=True, autoincrement=False)
    field_id: Mapped[int] = mapped_column(ForeignKey("fields.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    #: JSON of the value, of the field's kind
    value: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("card_fields_by_field", "field_id"),)


class Recurrence(Model):
    """A card that comes again on school days."""

    __tablename__ = "recurrences"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("lists.id"))
    #: what is copied each time
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    #: JSON: how often
    rule: Mapped[str] = mapped_column(Text)
    #: the day (YYYY-MM-DD) on which the next card comes; none: it has ended
    next_day: Mapped[str | None] = mapped_column(Text, index=True)
    until: Mapped[str | None] = mapped_column(Text)
    by: Mapped[int]
    at: Mapped[str] = mapped_column(Text)
    deleted_at: Mapped[str | None] = mapped_column(Text)


class BoardStar(Model):
    """Somebody keeps this board at hand."""

    __tablename__ = "board_stars"
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    at: Mapped[str] = mapped_column(Text)


class BoardView(Model):
    """How somebody left a board: her filter, the view, what she collapsed."""

    __tablename__ = "board_views"
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    #: JSON
    view: Mapped[str] = mapped_column(Text)


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
card_proposals = CardProposal.__table__
checklists, items, attachments = Checklist.__table__, Item.__table__, Attachment.__table__
card_links, fields, card_fields = CardLink.__table__, Field.__table__, CardField.__table__
recurrences, board_stars, board_views = Recurrence.__table__, BoardStar.__table__, BoardView.__table__
