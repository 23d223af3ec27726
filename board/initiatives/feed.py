"""A member who is renamed, changes role or leaves is told in each room that lists her."""

from typing import Any

from sqlalchemy import select

from board.core import command
from board.initiatives.models import group_members, initiative_members


@command.on("member.changed", "member.departed")
def tell_rooms(change: command.Change, event: dict[str, Any]) -> None:
    if not event["room"].startswith("school:"):
        return
    for person in event["put"].get("members", ()):
        tx = change.tx
        rooms = [
            f"group:{id}"
            for id in tx.scalars(select(group_members.c.group_id).where(group_members.c.member_id == person["id"]))
        ]
        rooms += [
            f"initiative:{id}"
            for id in tx.scalars(
                select(initiative_members.c.initiative_id).where(initiative_members.c.member_id == person["id"])
            )
        ]
        shown = {k: v for k, v in person.items() if k in ("id", "name", "role", "active")}
        change.record(event["type"], sorted(rooms), put={"members": [shown]}, subject=event["subject"])
