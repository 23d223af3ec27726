"""What happens to people in the school, told in the rooms of their groups and initiatives; and who leads there when the last lead goes."""

from typing import Any

from sqlalchemy import select

from board.core import command
from board.core.command import Change
from board.initiatives.models import group_members, initiative_members
from board.people.models import Member

members = Member.__table__


@command.on("member.changed", "member.departed", "member.returned")
def tell_rooms(change: Change, event: dict[str, Any]) -> None:
    if not event["room"].startswith("school:"):
        return
    for person in event["put"].get("members", ()):
        shown = {k: v for k, v in person.items() if k in ("id", "name", "role", "active")}
        rooms = [f"{kind}:{id}" for kind, table, _ in _KINDS for id in _places(change, kind, table, person["id"])]
        if len(shown) > 1:
            change.record(event["type"], sorted(rooms), put={"members": [shown]}, subject=event["subject"])


@command.on("member.changed", "member.departed")
def hand_over(change: Change, event: dict[str, Any]) -> None:
    """Nothing may be left without anybody who can open its door: where she was the last lead, the member longest in the school follows."""
    if not event["room"].startswith("school:"):
        return
    for person in event["put"].get("members", ()):
        if person.get("active") is False or person.get("role") == "guest":
            for kind, table, head in _KINDS:
                for id in _places(change, kind, table, person["id"], table.c.role == head):
                    _follow(change, kind, table, head, id)


_KINDS = (("group", group_members, "lead"), ("initiative", initiative_members, "owner"))


def _places(change: Change, kind: str, table: Any, member_id: int, *more: Any) -> list[int]:
    of = table.c[f"{kind}_id"]
    return change.tx.scalars(select(of).where(table.c.member_id == member_id, *more).order_by(of))


def _follow(change: Change, kind: str, table: Any, head: str, id: int) -> None:
    of = table.c[f"{kind}_id"]
    here = table.join(members, members.c.id == table.c.member_id)
    able = (of == id, members.c.active.is_(True), members.c.role != "guest")
    people = change.tx.all(select(members.c.id, table.c.role).select_from(here).where(*able).order_by(members.c.id))
    if not people or any(p.role == head for p in people):
        return
    change.tx.execute(table.update().where(of == id, table.c.member_id == people[0].id).values(role=head))
    put = {"places": [{"id": people[0].id, "role": head}]}
    change.record(f"{kind}.role_changed", f"{kind}:{id}", put=put, subject=(kind, id))
    change.access_changed([people[0].id])
