"""Records of initiatives and groups, and what stands in their rooms."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import and_, not_, or_, select

from board.core.access import Actor
from board.core.db import Tx
from board.core.errors import NotSeen
from board.initiatives import abilities
from board.initiatives.models import (
    group_members,
    group_seen,
    groups,
    groups_seen,
    initiative_members,
    initiative_seen,
    initiatives,
    initiatives_seen,
    who,
)
from board.people import listed_record
from board.people.models import Member

members = Member.__table__
#: collections that later slices add to a room: name → (tx, id) → records
_more_in_group: dict[str, Callable[[Tx, int], list[dict[str, Any]]]] = {}
_more_in_initiative: dict[str, Callable[[Tx, int], list[dict[str, Any]]]] = {}


def add_collection(
    name: str,
    *,
    in_group: Callable[[Tx, int], list[dict[str, Any]]],
    in_initiative: Callable[[Tx, int], list[dict[str, Any]]],
) -> None:
    """A later slice shows its records in the rooms of groups and initiatives."""
    _more_in_group[name], _more_in_initiative[name] = in_group, in_initiative


#: what a later slice lists on the pages of a group or an initiative, as the actor may see it
_on_page: list[Callable[[Tx, Actor, str, int], list[Any]]] = []


def list_on_pages(read: Callable[[Tx, Actor, str, int], list[Any]]) -> None:
    """``read(tx, actor, "group" or "initiative", id)`` gives the boards there that the actor may see."""
    if read not in _on_page:
        _on_page.append(read)


def boards_on_page(tx: Tx, actor: Actor, kind: str, id: int) -> list[Any]:
    return [row for read in _on_page for row in read(tx, actor, kind, id)]


#: what a later slice offers as a start for a new board
_starts: list[Callable[[Tx, Actor], dict[str, list[Any]]]] = []


def offer_starts(read: Callable[[Tx, Actor], dict[str, list[Any]]]) -> None:
    """``read`` gives ``box`` (key, title, text) and ``templates``, boards that the actor may see."""
    if read not in _starts:
        _starts.append(read)


def starts(tx: Tx, actor: Actor) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {"box": [], "templates": []}
    for read in _starts:
        for name, rows in read(tx, actor).items():
            found[name] += rows
    return found


#: what a later slice counts for them: tx, actor → ("group" or "initiative", id) → name of a figure → number
_figures: list[Callable[[Tx, Actor], dict[tuple[str, int], dict[str, Any]]]] = []


def count_on_pages(read: Callable[[Tx, Actor], dict[tuple[str, int], dict[str, Any]]]) -> None:
    """``read`` counts, for every group and initiative, only what the actor may see."""
    if read not in _figures:
        _figures.append(read)


def figures(tx: Tx, actor: Actor) -> dict[tuple[str, int], dict[str, Any]]:
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for read in _figures:
        for place, counted in read(tx, actor).items():
            found.setdefault(place, {}).update(counted)
    return found


#: what a later slice tells of the work that comes next there
_coming: list[Callable[[Tx, Actor, str, int], list[dict[str, Any]]]] = []


def show_coming(read: Callable[[Tx, Actor, str, int], list[dict[str, Any]]]) -> None:
    """``read(tx, actor, "group" or "initiative", id)`` gives the next cards there that the actor may see."""
    if read not in _coming:
        _coming.append(read)


def coming(tx: Tx, actor: Actor, kind: str, id: int) -> list[dict[str, Any]]:
    return [card for read in _coming for card in read(tx, actor, kind, id)]


def initiative_record(row: Any) -> dict[str, Any]:
    return {
        "id": row.id, "title": row.title, "purpose": row.purpose, "status": row.status, "start": row.start, "horizon": row.horizon,
        "closed": row.closed, "archived": row.archived_at, "version": row.version,
    }  # fmt: skip


def initiative_full(row: Any) -> dict[str, Any]:
    """With what only its own room and page show."""
    return {**initiative_record(row), "norms": row.norms, "norms_look_again": row.norms_look_again}


def in_lists(fields: dict[str, Any]) -> dict[str, Any]:
    """Changed fields as they are told where it is one of many."""
    return {name: value for name, value in fields.items() if name not in ("norms", "norms_look_again")}


def group_record(row: Any) -> dict[str, Any]:
    return {
        "id": row.id, "title": row.title, "objective": row.objective, "initiative_id": row.initiative_id, "closed": row.closed,
        "archived": row.archived_at, "version": row.version,
    }  # fmt: skip


def group_full(row: Any) -> dict[str, Any]:
    return {**group_record(row), "norms": row.norms, "norms_look_again": row.norms_look_again}


def list_initiatives(
    tx: Tx, actor: Actor, after: int = 0, limit: int | None = None, *, archived: bool = False
) -> list[Any]:
    """Those at work, or the archived ones. ``limit`` None: all of them."""
    away = initiatives.c.archived_at
    query = initiatives_seen().where(initiatives.c.id > after, away.isnot(None) if archived else away.is_(None))
    query = query.order_by(initiatives.c.id).limit(limit)
    return list(tx.all(query, who(actor)))


def list_groups(tx: Tx, actor: Actor, after: int = 0, limit: int | None = None, *, archived: bool = False) -> list[Any]:
    """Those at work, or those that are archived by themselves or with their initiative. ``limit`` None: all of them."""
    away = or_(groups.c.archived_at.isnot(None), initiatives.c.archived_at.isnot(None))
    query = groups_seen().where(groups.c.id > after, away if archived else not_(away))
    query = query.order_by(groups.c.id).limit(limit)
    return list(tx.all(query, who(actor)))


def group_people(tx: Tx, id: int) -> list[Any]:
    """Rows of the members of a group with ``group_role``, by name."""
    source = group_members.join(members, members.c.id == group_members.c.member_id)
    columns = (members.c.id, members.c.name, members.c.role, members.c.active, group_members.c.role.label("place"))
    return list(
        tx.all(select(*columns).select_from(source).where(group_members.c.group_id == id).order_by(members.c.id))
    )


def initiative_people(tx: Tx, id: int) -> list[Any]:
    source = initiative_members.join(members, members.c.id == initiative_members.c.member_id)
    columns = (members.c.id, members.c.name, members.c.role, members.c.active, initiative_members.c.role.label("place"))
    return list(
        tx.all(
            select(*columns).select_from(source).where(initiative_members.c.initiative_id == id).order_by(members.c.id)
        )
    )


def places_of_people(tx: Tx, actor: Actor, member_id: int | None) -> dict[int, list[dict[str, Any]]]:
    """Member (all, or one) → the groups and initiatives at work that she belongs to, of those that the actor may see. Two statements."""
    found: dict[int, list[dict[str, Any]]] = {}
    for kind, seen, table, head in (
        ("initiative", initiatives_seen().where(initiatives.c.archived_at.is_(None)), initiative_members, "owner"),
        ("group", groups_seen().where(groups.c.archived_at.is_(None), initiatives.c.archived_at.is_(None)), group_members, "lead"),
    ):  # fmt: skip
        place = seen.subquery("place")
        query = select(table.c.member_id, table.c.role, place.c.id, place.c.title)
        query = query.select_from(table.join(place, place.c.id == table.c[f"{kind}_id"])).order_by(place.c.id)
        if member_id is not None:
            query = query.where(table.c.member_id == member_id)
        for row in tx.all(query, who(actor)):
            record = {"kind": kind, "id": row.id, "title": row.title, "leads": row.role == head}
            found.setdefault(row.member_id, []).append(record)
    return found


def group_snapshot(tx: Tx, id: int) -> dict[str, Any]:
    row = tx.one(select(groups).where(groups.c.id == id))
    people = group_people(tx, id)
    return {
        "group": group_full(row),
        "members": [listed_record(p) for p in people],
        "places": [{"id": p.id, "role": p.place} for p in people],
        **{name: read(tx, id) for name, read in _more_in_group.items()},
    }


def initiative_snapshot(tx: Tx, id: int) -> dict[str, Any]:
    row = tx.one(select(initiatives).where(initiatives.c.id == id))
    people = initiative_people(tx, id)
    open_groups = tx.all(
        select(groups)
        .where(groups.c.initiative_id == id, groups.c.closed.is_(False), groups.c.archived_at.is_(None))
        .order_by(groups.c.id)
    )
    return {
        "initiative": initiative_full(row),
        "members": [listed_record(p) for p in people],
        "places": [{"id": p.id, "role": p.place} for p in people],
        "groups": [group_record(g) for g in open_groups],
        **{name: read(tx, id) for name, read in _more_in_initiative.items()},
    }


def may_watch_group(tx: Tx, actor: Actor, id: int) -> bool:
    try:
        return group_seen(tx, actor, id) is not None
    except NotSeen:
        return False


def may_watch_initiative(tx: Tx, actor: Actor, id: int) -> bool:
    try:
        return initiative_seen(tx, actor, id) is not None
    except NotSeen:
        return False


def group_can(tx: Tx, actor: Actor, id: int) -> dict[str, Any]:
    row = group_seen(tx, actor, id)
    return {"group": sorted(abilities.now(abilities.on_group(actor, row), row))}


def initiative_can(tx: Tx, actor: Actor, id: int) -> dict[str, Any]:
    row = initiative_seen(tx, actor, id)
    return {"initiative": sorted(abilities.now(abilities.on_initiative(actor, row), row))}


def school_initiatives(tx: Tx, school_id: int) -> list[dict[str, Any]]:
    """What the school's room shows: the open ones."""
    rows = tx.all(
        select(initiatives)
        .where(
            initiatives.c.school_id == school_id, initiatives.c.closed.is_(False), initiatives.c.archived_at.is_(None)
        )
        .order_by(initiatives.c.id)
    )
    return [initiative_record(r) for r in rows]


def school_groups(tx: Tx, school_id: int) -> list[dict[str, Any]]:
    source = groups.outerjoin(initiatives, initiatives.c.id == groups.c.initiative_id)
    at_work = (groups.c.archived_at.is_(None), initiatives.c.archived_at.is_(None))
    shown = and_(
        groups.c.school_id == school_id, groups.c.closed.is_(False), initiatives.c.closed.isnot(True), *at_work
    )
    return [group_record(r) for r in tx.all(select(groups).select_from(source).where(shown).order_by(groups.c.id))]


def group_rooms(group: Any, initiative_away: Any) -> list[str]:
    """Where a group's own record is shown: its room; and, unless it is closed or archived, its initiative's and the school's (this one only while
    the initiative is neither closed nor archived, ``initiative_away``)."""
    rooms = [f"group:{group.id}"]
    if group.closed or group.archived_at:
        return rooms
    if group.initiative_id is not None:
        rooms.append(f"initiative:{group.initiative_id}")
    if not initiative_away:
        rooms.append(f"school:{group.school_id}")
    return rooms
