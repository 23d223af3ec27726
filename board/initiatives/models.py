"""Initiatives, task groups, who belongs to them, and the look-ups through what an actor may see."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, ForeignKey, Index, Select, Text, and_, bindparam, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from board.core.access import Actor
from board.core.db import Model
from board.core.hot import Hot


class Initiative(Model):
    __tablename__ = "initiatives"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text, default="")
    norms: Mapped[str] = mapped_column(Text, default="")
    #: the day on which people look at them again
    norms_look_again: Mapped[str | None] = mapped_column(Text)
    #: proposed, open, paused, finished
    status: Mapped[str] = mapped_column(Text, default="open")
    start: Mapped[str | None] = mapped_column(Text)
    horizon: Mapped[str | None] = mapped_column(Text)
    closed: Mapped[bool] = mapped_column(Boolean, default=False)
    archived_at: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[str] = mapped_column(Text)
    created_by: Mapped[int]


class InitiativeMember(Model):
    __tablename__ = "initiative_members"
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiatives.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    #: owner, member
    role: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("initiative_members_by_member", "member_id"),)


class Group(Model):
    __tablename__ = "groups"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiatives.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    objective: Mapped[str] = mapped_column(Text, default="")
    norms: Mapped[str] = mapped_column(Text, default="")
    #: the day on which people look at them again
    norms_look_again: Mapped[str | None] = mapped_column(Text)
    closed: Mapped[bool] = mapped_column(Boolean, default=False)
    archived_at: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[str] = mapped_column(Text)
    created_by: Mapped[int]


class GroupMember(Model):
    __tablename__ = "group_members"
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int]
    #: lead, member
    role: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("group_members_by_member", "member_id"),)


initiatives, groups = Initiative.__table__, Group.__table__
initiative_members, group_members = InitiativeMember.__table__, GroupMember.__table__

#: The actor's own rows; join them with ``mine`` on the outer side. Bound: ``me``.
my_initiative = initiative_members.alias("my_initiative")
my_group = group_members.alias("my_group")


def who(actor: Actor) -> dict[str, Any]:
    """The parameters that every look-up of this module needs beside its own."""
    return {"me": actor.member_id, "school": actor.school_id, "inside": not actor.is_guest}


_INSIDE = bindparam("inside", type_=Boolean)
_ME: Any = bindparam("me")
_INITIATIVE_SEEN: ColumnElement[bool] = or_(initiatives.c.closed == false(), my_initiative.c.role.isnot(None))
_GROUP_SEEN: ColumnElement[bool] = or_(
    my_group.c.role.isnot(None),
    and_(groups.c.closed == false(), or_(groups.c.initiative_id.is_(None), _INITIATIVE_SEEN)),
)


def container_seen() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """(initiative seen, group seen) as conditions over the joins below, for what lives in either. Guests see neither by themselves."""
    return and_(_INSIDE, _INITIATIVE_SEEN), and_(_INSIDE, _GROUP_SEEN)


def seen_by_staff() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The same for somebody of whom it is known that she is no guest."""
    return _INITIATIVE_SEEN, _GROUP_SEEN


def join_my_initiative(source: Any) -> Any:
    return source.outerjoin(
        my_initiative, and_(my_initiative.c.initiative_id == initiatives.c.id, my_initiative.c.member_id == _ME)
    )


def join_my_group(source: Any) -> Any:
    return source.outerjoin(my_group, and_(my_group.c.group_id == groups.c.id, my_group.c.member_id == _ME))


def initiatives_seen() -> Select[Any]:
    """Every initiative that the actor of ``who`` may see, with her ``my_role``."""
    source = join_my_initiative(initiatives)
    seen = and_(_INSIDE, _INITIATIVE_SEEN)
    return (
        select(initiatives, my_initiative.c.role.label("my_role"))
        .select_from(source)
        .where(initiatives.c.school_id == bindparam("school"), seen)
    )


def groups_seen() -> Select[Any]:
    """Every group that she may see, with ``my_role`` there and ``my_initiative_role`` in its initiative."""
    source = join_my_initiative(
        join_my_group(groups.outerjoin(initiatives, initiatives.c.id == groups.c.initiative_id))
    )
    seen = and_(_INSIDE, _GROUP_SEEN)
    columns = (
        groups,
        initiatives.c.closed.label("initiative_closed"),
        initiatives.c.archived_at.label("initiative_archived_at"),
        my_group.c.role.label("my_role"),
        my_initiative.c.role.label("my_initiative_role"),
    )
    return select(*columns).select_from(source).where(groups.c.school_id == bindparam("school"), seen)


_ONE_INITIATIVE = Hot(initiatives_seen().where(initiatives.c.id == bindparam("id")))
_ONE_GROUP = Hot(groups_seen().where(groups.c.id == bindparam("id")))


def initiative_seen(tx: Any, actor: Actor, id: int) -> Any:
    """Raises NotSeen: not there, or hidden from the actor."""
    return tx.one(_ONE_INITIATIVE, {**who(actor), "id": id})


def group_seen(tx: Any, actor: Actor, id: int) -> Any:
    """Raises NotSeen: not there, or hidden from the actor."""
    return tx.one(_ONE_GROUP, {**who(actor), "id": id})
