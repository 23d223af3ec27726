"""What somebody is told, which kinds of it she wishes, and of which due actions she was told already."""

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from board.core.db import Model

#: why somebody is told, in the order in which the settings show it
REASONS = ("asked", "named", "answered", "mentioned", "replied", "commented", "reacted", "due", "moved", "joined")


class Notice(Model):
    """One thing that one member is told. It goes when what it is about is no longer hers to see."""

    __tablename__ = "notices"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    #: one of REASONS
    reason: Mapped[str] = mapped_column(Text)
    #: the type of the newest event that it tells of
    event: Mapped[str] = mapped_column(Text)
    #: what the card, board, group or initiative was called then
    title: Mapped[str] = mapped_column(Text)
    board_id: Mapped[int | None]
    group_id: Mapped[int | None]
    initiative_id: Mapped[int | None]
    card_id: Mapped[int | None]
    thread_id: Mapped[int | None]
    comment_id: Mapped[int | None]
    #: an item of a checklist on the card
    item_id: Mapped[int | None]
    #: who did it last, and as what she was known then
    by: Mapped[int | None]
    by_name: Mapped[str | None] = mapped_column(Text)
    #: ids of all who did it, where several changes became one notice
    people: Mapped[str] = mapped_column(Text, default="")
    count: Mapped[int] = mapped_column(default=1)
    #: the list that a card was moved to, the day it is due
    detail: Mapped[str | None] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
    read_at: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index("notices_by_member", "member_id", "id"),
        Index("notices_by_card", "card_id"),
        Index("notices_by_board", "board_id"),
        Index("notices_by_item", "item_id"),
    )


class NoticeSettings(Model):
    """Which reasons a member has switched off; no row: none."""

    __tablename__ = "notice_settings"
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    off: Mapped[str] = mapped_column(Text)


class DueTold(Model):
    """That a member was told of a card with this due date: once, however long it stays open."""

    __tablename__ = "due_told"
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    due: Mapped[str] = mapped_column(Text)


class ItemDueTold(Model):
    """The same for an item of a checklist."""

    __tablename__ = "item_due_told"
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    due: Mapped[str] = mapped_column(Text)


notices, settings = Notice.__table__, NoticeSettings.__table__
due_told, item_due_told = DueTold.__table__, ItemDueTold.__table__
