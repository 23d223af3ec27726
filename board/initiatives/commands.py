"""The verbs of initiatives and groups. A closed one is seen by its members only, whatever role somebody has in the school."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from board.core import journal, times
from board.core.access import need
from board.core.command import Change
from board.core.errors import Conflict, NotSeen, Stale
from board.initiatives import abilities, look_again, queries
from board.initiatives.abilities import need_open
from board.initiatives.models import (
    Group,
    GroupMember,
    Initiative,
    InitiativeMember,
    group_members,
    group_seen,
    groups,
    initiative_members,
    initiative_seen,
)
from board.initiatives.schemas import (
    ChangeGroup,
    ChangeInitiative,
    GroupRole,
    InitiativeRole,
    MakeGroup,
    MakeInitiative,
)
from board.people import listed_record
from board.people.models import Member

members = Member.__table__
_OF_NORMS = frozenset({"norms", "norms_look_again"})
_NORMS_SET = {"group": "group.norms_set", "initiative": "initiative.norms_set"}


def make_initiative(change: Change, body: MakeInitiative) -> dict[str, Any]:
    """Organizers open one; other staff propose one. Who makes it is its first owner."""
    actor, tx = change.actor, change.tx
    can = abilities.in_school(actor)
    need(can, "make_initiative")
    status = "open" if "open_initiative" in can else "proposed"
    values = {
        **body.model_dump(),
        "norms": "",
        "norms_look_again": None,
        "archived_at": None,
        "status": status,
        "school_id": actor.school_id,
        "version": 0,
    }
    id = tx.insert(Initiative, **values, created_at=times.now(), created_by=actor.member_id)
    journal.open_room(tx, f"initiative:{id}", actor.school_id)
    tx.insert(InitiativeMember, initiative_id=id, member_id=actor.member_id, school_id=actor.school_id, role="owner")
    row = SimpleNamespace(id=id, **values)
    record = queries.initiative_record(row)
    change.record(
        "initiative.added",
        f"initiative:{id}",
        put={"initiative": [queries.initiative_full(row)], **_joined(change, actor.member_id, "owner")},
        subject=("initiative", id),
    )
    if not body.closed:
        change.record(
            "initiative.added", f"school:{actor.school_id}", put={"initiatives": [record]}, subject=("initiative", id)
        )
    return queries.initiative_full(row)


def change_initiative(change: Change, id: int, body: ChangeInitiative, version: int | None = None) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    row = initiative_seen(tx, actor, id)
    can = abilities.on_initiative(actor, row)
    need(can, "change_initiative")
    need_open(row)
    _fresh(row, version, queries.initiative_full)
    given = _other(row, look_again.settled(tx, row, body.given()))
    if row.status == "proposed" and "status" in given:
        # Any other status would be a way around: paused first, then open.
        need(can, "open_initiative")
    if not given:
        return queries.initiative_full(row)
    if {"title", "purpose", "norms"} & given.keys():
        given["version"] = row.version + 1
    tx.update(Initiative, id, **given)
    now = SimpleNamespace(**{**row._mapping, **given})
    school = f"school:{row.school_id}"
    _tell_changed(
        change, "initiative", row, given, _rooms_of_lists("initiative", row) & _rooms_of_lists("initiative", now)
    )
    if "closed" in given:
        _show_or_hide(change, now, school, "initiative.closed" if now.closed else "initiative.opened")
    return queries.initiative_full(now)


def keep_initiative_norms(change: Change, id: int) -> dict[str, Any]:
    """They have looked at their norms and keep them: the day to look again moves on."""
    row = initiative_seen(change.tx, change.actor, id)
    need(abilities.on_initiative(change.actor, row), "keep_initiative_norms")
    need_open(row)
    until = look_again.kept_until(change.tx, row)
    return set_norms(change, "initiative", row, {"norms_look_again": until}, "initiative.norms_kept")


def set_initiative_member(change: Change, id: int, member_id: int, body: InitiativeRole) -> dict[str, Any]:
    row = initiative_seen(change.tx, change.actor, id)
    person = _person(change, member_id)
    need(abilities.on_initiative(change.actor, row), "set_initiative_member")
    need_open(row)
    return _set_place(change, "initiative", id, InitiativeMember, initiative_members, person, body.role, "owner")


def remove_initiative_member(change: Change, id: int, member_id: int) -> dict[str, Any]:
    row = initiative_seen(change.tx, change.actor, id)
    if member_id != change.actor.member_id:
        need(abilities.on_initiative(change.actor, row), "remove_initiative_member")
        need_open(row)
    return _remove_place(change, "initiative", id, initiative_members, member_id, "owner")


def make_group(change: Change, body: MakeGroup) -> dict[str, Any]:
    """Who makes it is its first lead."""
    actor, tx = change.actor, change.tx
    initiative_away = None
    if body.initiative_id is None:
        need(abilities.in_school(actor), "make_group")
    else:
        initiative = initiative_seen(tx, actor, body.initiative_id)
        need(abilities.on_initiative(actor, initiative), "make_group")
        need_open(initiative)
        initiative_away = initiative.closed
    blank = {"norms": "", "norms_look_again": None, "archived_at": None, "school_id": actor.school_id, "version": 0}
    values = {**body.model_dump(), **blank}
    id = tx.insert(Group, **values, created_at=times.now(), created_by=actor.member_id)
    journal.open_room(tx, f"group:{id}", actor.school_id)
    tx.insert(GroupMember, group_id=id, member_id=actor.member_id, school_id=actor.school_id, role="lead")
    row = SimpleNamespace(id=id, **values)
    record = queries.group_record(row)
    for room in queries.group_rooms(row, initiative_away):
        put = (
            {"group": [queries.group_full(row)], **_joined(change, actor.member_id, "lead")}
            if room.startswith("group:")
            else {"groups": [record]}
        )
        change.record("group.added", room, put=put, subject=("group", id))
    return queries.group_full(row)


def change_group(change: Change, id: int, body: ChangeGroup, version: int | None = None) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    row = group_seen(tx, actor, id)
    need(abilities.on_group(actor, row), "change_group")
    need_open(row)
    _fresh(row, version, queries.group_full)
    given = _other(row, look_again.settled(tx, row, body.given()))
    if not given:
        return queries.group_full(row)
    if {"title", "objective", "norms"} & given.keys():
        given["version"] = row.version + 1
    tx.update(Group, id, **given)
    now = SimpleNamespace(**{**row._mapping, **given})
    _tell_changed(change, "group", row, given, _rooms_of_lists("group", row) & _rooms_of_lists("group", now))
    _show_or_hide_group(change, row, now, "group.opened", "group.closed")
    if "closed" in given:
        _everybody_again(change)
    return queries.group_full(now)


def keep_group_norms(change: Change, id: int) -> dict[str, Any]:
    """They have looked at their norms and keep them: the day to look again moves on."""
    row = group_seen(change.tx, change.actor, id)
    need(abilities.on_group(change.actor, row), "keep_group_norms")
    need_open(row)
    until = look_again.kept_until(change.tx, row)
    return set_norms(change, "group", row, {"norms_look_again": until}, "group.norms_kept")


def archive_group(change: Change, id: int) -> dict[str, Any]:
    """Out of lists and navigation; it and its boards are still to be read, and not to be changed."""
    row = group_seen(change.tx, change.actor, id)
    need(abilities.on_group(change.actor, row), "archive_group")
    return queries.group_full(row) if row.archived_at else set_group_archived(change, row, change.at)


def restore_group(change: Change, id: int) -> dict[str, Any]:
    row = group_seen(change.tx, change.actor, id)
    need(abilities.on_group(change.actor, row), "restore_group")
    return set_group_archived(change, row, None) if row.archived_at else queries.group_full(row)


def set_group_archived(change: Change, row: Any, at: str | None) -> dict[str, Any]:
    change.tx.update(Group, row.id, archived_at=at)
    now = SimpleNamespace(**{**row._mapping, "archived_at": at})
    type = "group.archived" if at else "group.restored"
    was = {"group": [{"id": row.id, "archived": row.archived_at}]}
    put = {"group": [{"id": row.id, "archived": at}]}
    change.record(type, f"group:{row.id}", put=put, subject=("group", row.id), was=was)
    _show_or_hide_group(change, row, now, type, type)
    _everybody_again(change)
    return queries.group_full(now)


def archive_initiative(change: Change, id: int) -> dict[str, Any]:
    """Out of lists and navigation, with its groups and boards; still to be read, and not to be changed."""
    row = initiative_seen(change.tx, change.actor, id)
    need(abilities.on_initiative(change.actor, row), "archive_initiative")
    return queries.initiative_full(row) if row.archived_at else set_initiative_archived(change, row, change.at)


def restore_initiative(change: Change, id: int) -> dict[str, Any]:
    row = initiative_seen(change.tx, change.actor, id)
    need(abilities.on_initiative(change.actor, row), "restore_initiative")
    return set_initiative_archived(change, row, None) if row.archived_at else queries.initiative_full(row)


def set_initiative_archived(change: Change, row: Any, at: str | None) -> dict[str, Any]:
    change.tx.update(Initiative, row.id, archived_at=at)
    now = SimpleNamespace(**{**row._mapping, "archived_at": at})
    type = "initiative.archived" if at else "initiative.restored"
    was = {"initiative": [{"id": row.id, "archived": row.archived_at}]}
    put = {"initiative": [{"id": row.id, "archived": at}]}
    change.record(type, f"initiative:{row.id}", put=put, subject=("initiative", row.id), was=was)
    if row.closed:
        _everybody_again(change)
    else:
        _show_or_hide(change, now, f"school:{row.school_id}", type)
    return queries.initiative_full(now)


def set_norms(change: Change, kind: str, row: Any, new: dict[str, Any], type: str) -> dict[str, Any]:
    """The norms, the day to look at them again, or both."""
    given = _other(row, new)
    if "norms" in given:
        given["version"] = row.version + 1
    if given:
        change.tx.update(Group if kind == "group" else Initiative, row.id, **given)
        _tell_norms(change, kind, row, given, type)
        _tell_lists(change, kind, row, given, type, _rooms_of_lists(kind, row))
    full = queries.group_full if kind == "group" else queries.initiative_full
    return full(SimpleNamespace(**{**row._mapping, **given}))


def _tell_changed(change: Change, kind: str, row: Any, given: dict[str, Any], lists: Iterable[str]) -> None:
    """What is said of the norms is an event of its own: it can be taken back by its key, which what changes people's rights is not."""
    about = {name: value for name, value in given.items() if name not in _OF_NORMS}
    types = []
    if about.keys() - {"version"}:
        types.append(f"{kind}.changed")
        _tell(change, kind, row, about, types[-1])
    if _OF_NORMS & given.keys():
        types.append(_NORMS_SET[kind])
        _tell_norms(change, kind, row, given, types[-1])
    _tell_lists(change, kind, row, given, types[0], lists)


def _tell_norms(change: Change, kind: str, row: Any, given: dict[str, Any], type: str) -> None:
    _tell(change, kind, row, {name: value for name, value in given.items() if name in {*_OF_NORMS, "version"}}, type)


def _tell(change: Change, kind: str, row: Any, given: dict[str, Any], type: str) -> None:
    was = {name: getattr(row, name) for name in given if name != "version"}
    put = {kind: [{"id": row.id, **given}]}
    change.record(type, f"{kind}:{row.id}", put=put, subject=(kind, row.id), was={kind: [was]})


def _tell_lists(change: Change, kind: str, row: Any, given: dict[str, Any], type: str, rooms: Iterable[str]) -> None:
    shown = queries.in_lists(given)
    if shown:
        change.record(type, sorted(rooms), put={f"{kind}s": [{"id": row.id, **shown}]}, subject=(kind, row.id))


def _other(row: Any, given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if getattr(row, name) != value}


def _rooms_of_lists(kind: str, row: Any) -> set[str]:
    """Where it is one of many; its own room is none of them."""
    if kind == "initiative":
        return set() if row.closed or row.archived_at else {f"school:{row.school_id}"}
    return set(queries.group_rooms(row, row.initiative_closed or row.initiative_archived_at)) - {f"group:{row.id}"}


def _show_or_hide_group(change: Change, before: Any, now: Any, shown: str, hidden: str) -> None:
    subject, old, new = ("group", now.id), _rooms_of_lists("group", before), _rooms_of_lists("group", now)
    for room in sorted(new - old):
        change.record(shown, room, put={"groups": [queries.group_record(now)]}, subject=subject)
    for room in sorted(old - new):
        change.record(hidden, room, drop={"groups": [now.id]}, subject=subject)


def set_group_member(change: Change, id: int, member_id: int, body: GroupRole) -> dict[str, Any]:
    row, person = group_seen(change.tx, change.actor, id), _person(change, member_id)
    need(abilities.on_group(change.actor, row), "set_group_member")
    need_open(row)
    return _set_place(change, "group", id, GroupMember, group_members, person, body.role, "lead")


def remove_group_member(change: Change, id: int, member_id: int) -> dict[str, Any]:
    row = group_seen(change.tx, change.actor, id)
    if member_id != change.actor.member_id:
        need(abilities.on_group(change.actor, row), "remove_group_member")
        need_open(row)
    return _remove_place(change, "group", id, group_members, member_id, "lead")


def _person(change: Change, member_id: int) -> Any:
    """Who stands in the path: that nobody is there comes before whether one may."""
    mine = members.c.school_id == change.actor.school_id
    person = change.tx.first(select(members).where(members.c.id == member_id, mine))
    if person is None:
        raise NotSeen(_("There is no such member in this school."))
    return person


def _set_place(
    change: Change, kind: str, id: int, model: Any, table: Any, person: Any, role: str, head: str
) -> dict[str, Any]:
    tx, of, member_id = change.tx, table.c[f"{kind}_id"], person.id
    if person.role == "guest":
        raise Conflict(_("A guest belongs to no group. Share a board with the guest instead."))
    if not person.active:
        raise Conflict(_("This member is not active any more."))
    record = {"id": member_id, "role": role}
    present = tx.first(select(table).where(of == id, table.c.member_id == member_id))
    if present is not None and present.role == role:
        return record
    if present is not None:
        if present.role == head:
            _not_the_last(tx, table, of, id, head)
        tx.execute(table.update().where(of == id, table.c.member_id == member_id).values(role=role))
    else:
        tx.insert(
            model, **{f"{kind}_id": id, "member_id": member_id, "school_id": change.actor.school_id, "role": role}
        )
    put = {"places": [record], **({"members": [listed_record(person)]} if present is None else {})}
    was = {"places": [{"id": member_id, "role": present.role}]} if present else None
    type = f"{kind}.joined" if present is None else f"{kind}.role_changed"
    change.record(type, f"{kind}:{id}", put=put, subject=(kind, id), was=was)
    change.access_changed([member_id])
    return record


def _remove_place(change: Change, kind: str, id: int, table: Any, member_id: int, head: str) -> dict[str, Any]:
    tx, of = change.tx, table.c[f"{kind}_id"]
    present = tx.first(select(table).where(of == id, table.c.member_id == member_id))
    record = {"id": member_id, "role": None}
    if present is None:
        return record
    if present.role == head:
        _not_the_last(tx, table, of, id, head)
    tx.execute(table.delete().where(of == id, table.c.member_id == member_id))
    drop = {"members": [member_id], "places": [member_id]}
    change.record(
        f"{kind}.left",
        f"{kind}:{id}",
        drop=drop,
        subject=(kind, id),
        was={"places": [{"id": member_id, "role": present.role}]},
    )
    change.access_changed([member_id])
    return record


def _not_the_last(tx: Any, table: Any, of: Any, id: int, head: str) -> None:
    source = table.join(members, members.c.id == table.c.member_id)
    count = tx.scalar(
        select(func.count()).select_from(source).where(of == id, table.c.role == head, members.c.active.is_(True))
    )
    if count <= 1:
        raise Conflict(_("This is the last %(head)s. Name another %(head)s first.", head=head))


def _joined(change: Change, member_id: int, role: str) -> dict[str, list[dict[str, Any]]]:
    person = change.tx.one(select(members).where(members.c.id == member_id))
    return {"members": [listed_record(person)], "places": [{"id": member_id, "role": role}]}


def _show_or_hide(change: Change, now: Any, school: str, type: str, was: dict[str, Any] | None = None) -> None:
    # Its open groups are shown in the school's room only while it is open itself.
    tx, subject = change.tx, ("initiative", now.id)
    at_work = (groups.c.closed.is_(False), groups.c.archived_at.is_(None))
    inside = tx.all(select(groups).where(groups.c.initiative_id == now.id, *at_work).order_by(groups.c.id))
    if now.closed or now.archived_at:
        drop = {"initiatives": [now.id], "groups": [g.id for g in inside]}
        change.record(type, school, drop=drop, subject=subject)
    else:
        put = {"initiatives": [queries.initiative_record(now)], "groups": [queries.group_record(g) for g in inside]}
        change.record(type, school, put=put, subject=subject)
    _everybody_again(change)


def _everybody_again(change: Change) -> None:
    change.access_changed(change.tx.scalars(select(members.c.id).where(members.c.school_id == change.actor.school_id)))


def _fresh(row: Any, version: int | None, record: Any) -> None:
    if version is not None and version != row.version:
        raise Stale(data=record(row))
