"""Schools, accounts, members, what they sign in with, and the school's year."""

from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from board.core.access import Actor
from board.core.db import Model, Tx

ROLES = ("guest", "staff", "organizer", "admin")


class School(Model):
    __tablename__ = "schools"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    #: IANA name
    time_zone: Mapped[str] = mapped_column(Text, default="UTC")
    locale: Mapped[str] = mapped_column(Text, default="en")
    #: ISO days of the week on which the school is open, Monday first: "12345"
    weekdays: Mapped[str] = mapped_column(Text, default="12345")
    #: the newest card number; numbers are never used twice
    card_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[str] = mapped_column(Text)


class Account(Model):
    """What a person signs in with; she may be a member of two schools."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(Text, unique=True)
    #: for who has no mail address: the name on her sign-in card, as in "rose-4821"
    handle: Mapped[str | None] = mapped_column(Text)
    password: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("accounts_by_handle", "handle", unique=True),)


class Member(Model):
    """A person in a school."""

    __tablename__ = "members"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    #: none until she accepts her invitation: an address that somebody typed proves nothing
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: the address that her invitation is for
    invited_email: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    #: one of ROLES
    role: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    job_title: Mapped[str | None] = mapped_column(Text)
    #: ISO days of the week, as in "135"; none: every day of the school
    works_on: Mapped[str | None] = mapped_column(Text)
    #: a substitute's last day
    until: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index("members_by_school", "school_id"),
        Index("members_by_account", "account_id"),
        Index("members_once_a_school", "school_id", "account_id", unique=True),
        Index("members_invited_once", "school_id", "invited_email", unique=True),
    )


class Session(Model):
    __tablename__ = "sessions"
    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of the cookie's value
    hash: Mapped[str] = mapped_column(Text, unique=True)
    school_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    account_id: Mapped[int] = mapped_column(index=True)
    #: on a shared computer: short, and gone with the browser
    shared: Mapped[bool] = mapped_column(Boolean, default=False)
    #: signed in by a card: she may set a password without knowing the old one
    by_card: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[str] = mapped_column(Text)
    #: to the minute or so
    seen_at: Mapped[str] = mapped_column(Text)
    #: when she last gave her password
    confirmed_at: Mapped[str] = mapped_column(Text, default="")
    agent: Mapped[str] = mapped_column(Text, default="")


class Token(Model):
    """A key for other programs, which acts as its member."""

    __tablename__ = "tokens"
    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of the token
    hash: Mapped[str] = mapped_column(Text, unique=True)
    prefix: Mapped[str] = mapped_column(Text)
    school_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    #: "read" or "read write"
    scopes: Mapped[str] = mapped_column(Text)
    created_at: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[str | None] = mapped_column(Text)
    used_at: Mapped[str | None] = mapped_column(Text)


class Link(Model):
    """A secret that an admin hands to somebody: an invitation, a new password, a sign-in card, a way to join. Only its hash is kept."""

    __tablename__ = "links"
    id: Mapped[int] = mapped_column(primary_key=True)
    #: invitation, reset, card, join
    kind: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text, unique=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    #: whom it is for; a join link is for whoever has it
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    #: what who joins becomes
    role: Mapped[str | None] = mapped_column(Text)
    #: mark of the address and password that it was made for: it ends when they change
    bound: Mapped[str] = mapped_column(Text, default="")
    uses_left: Mapped[int] = mapped_column(default=1)
    made_by: Mapped[int]
    created_at: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[str] = mapped_column(Text)


class Away(Model):
    """Days on which a member is not there. There is no field for the reason."""

    __tablename__ = "away"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    start: Mapped[str] = mapped_column(Text)
    end: Mapped[str] = mapped_column(Text)


class SchoolYear(Model):
    __tablename__ = "school_years"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    start: Mapped[str] = mapped_column(Text)
    end: Mapped[str] = mapped_column(Text)
    #: weeks take turns as A and B, from the first one on
    ab_weeks: Mapped[bool] = mapped_column(Boolean, default=False)


class Term(Model):
    __tablename__ = "terms"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    school_year_id: Mapped[int] = mapped_column(ForeignKey("school_years.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    start: Mapped[str] = mapped_column(Text)
    end: Mapped[str] = mapped_column(Text)


class ClosedDay(Model):
    """Days from ``start`` to ``end`` on which the school is closed; on staff days it is open for staff only, also at a weekend."""

    __tablename__ = "closed_days"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    start: Mapped[str] = mapped_column(Text)
    end: Mapped[str] = mapped_column(Text)
    staff_day: Mapped[bool] = mapped_column(Boolean, default=False)
    #: for what came from a calendar file: its mark there, so that the same file changes nothing
    source_id: Mapped[str | None] = mapped_column(Text)


class LetteredWeek(Model):
    """A week whose letter was said by somebody; the weeks after it take turns from there."""

    __tablename__ = "lettered_weeks"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    monday: Mapped[str] = mapped_column(Text)
    #: A or B
    letter: Mapped[str] = mapped_column(Text)
    __table_args__ = (UniqueConstraint("school_id", "monday", name="lettered_once"),)


class Draft(Model):
    """What a member has typed and not sent, so that it need not stay on a shared computer. Hers alone: no room hears of it."""

    __tablename__ = "drafts"
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    #: where it was typed, as the page names it
    place: Mapped[str] = mapped_column(Text, primary_key=True)
    school_id: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    #: the saved text that it changes, and that one's version
    base: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int | None]
    #: the page on which she typed it
    path: Mapped[str | None] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("drafts_by_age", "at"),)


members = Member.__table__


def members_seen(actor: Actor) -> Any:
    """Every member that the actor may see: her school's; a guest sees herself."""
    query = select(members).where(members.c.school_id == actor.school_id)
    return query.where(members.c.id == actor.member_id) if actor.is_guest else query


def member_seen(tx: Tx, actor: Actor, id: int, *, lock: bool = False) -> Any:
    """Raises NotSeen: not there, or hidden from the actor."""
    query = members_seen(actor).where(members.c.id == id)
    return tx.one(query.with_for_update() if lock else query)
