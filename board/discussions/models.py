"""Threads on anything, their comments, reactions, and how far each person has read."""

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from board.core.db import Model


class Thread(Model):
    __tablename__ = "threads"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    #: what it hangs on, by the name it is registered under in core.subjects
    subject_type: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[int]
    resolved_at: Mapped[str | None] = mapped_column(Text)
    resolved_by: Mapped[int | None]
    __table_args__ = (Index("threads_by_subject", "subject_type", "subject_id"),)


class Comment(Model):
    __tablename__ = "comments"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    #: one level: a reply to a reply stands under the same parent
    reply_to: Mapped[int | None]
    body: Mapped[str] = mapped_column(Text)
    by: Mapped[int | None]
    #: who wrote it, where that person is not here (imports)
    by_name: Mapped[str | None] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
    edited_at: Mapped[str | None] = mapped_column(Text)
    #: the mark that stays; the text is kept for undo, and never shown
    deleted_at: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=0)
    __table_args__ = (Index("comments_by_thread", "thread_id", "id"),)


class Reaction(Model):
    __tablename__ = "reactions"
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    emoji: Mapped[str] = mapped_column(Text, primary_key=True)
    school_id: Mapped[int]


class ReadMark(Model):
    __tablename__ = "read_marks"
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    #: the id of the last comment read
    up_to: Mapped[int]


threads, comments, reactions = Thread.__table__, Comment.__table__, Reaction.__table__
read_marks = ReadMark.__table__
