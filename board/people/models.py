"""Schools, accounts, members, and what they sign in with."""

from sqlalchemy import Boolean, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from board.core.db import Model


class School(Model):
    __tablename__ = "schools"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    #: IANA name
    time_zone: Mapped[str] = mapped_column(Text, default="UTC")
    locale: Mapped[str] = mapped_column(Text, default="en")
    #: the newest card number; numbers are never used twice
    card_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[str] = mapped_column(Text)


class Account(Model):
    """Address and password of a person, who may be a member of two schools."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(Text, unique=True)
    password: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[str] = mapped_column(Text)


class Member(Model):
    """A person in a school."""

    __tablename__ = "members"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str] = mapped_column(Text)
    #: admin, organizer, staff, guest
    role: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    job_title: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("members_by_school", "school_id"), Index("members_by_account", "account_id"))


class Session(Model):
    __tablename__ = "sessions"
    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of the cookie's value
    hash: Mapped[str] = mapped_column(Text, unique=True)
    school_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    account_id: Mapped[int]
    shared: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[str] = mapped_column(Text)
    seen_at: Mapped[str] = mapped_column(Text)
    agent: Mapped[str] = mapped_column(Text, default="")


class Token(Model):
    __tablename__ = "tokens"
    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of the token
    hash: Mapped[str] = mapped_column(Text, unique=True)
    prefix: Mapped[str] = mapped_column(Text)
    school_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    scopes: Mapped[str] = mapped_column(Text)
    created_at: Mapped[str] = mapped_column(Text)
    used_at: Mapped[str | None] = mapped_column(Text)
