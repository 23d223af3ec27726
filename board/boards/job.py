"""Every quarter of an hour: cards that come again, in the morning of each school, on its school days."""

from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from board.boards import rhythm
from board.boards.commands.recurrences import bring
from board.boards.models import recurrences
from board.core import command, jobs, times
from board.core.access import Actor
from board.core.db import Tx, reading
from board.core.errors import Conflict, NotSignedIn
from board.people import school_days
from board.people.models import Member, School

members, schools = Member.__table__, School.__table__
EVERY_S = 900
MORNING = time(4)
#: the day begins nowhere earlier than so many hours before it does in UTC
_FURTHEST_EAST = timedelta(hours=14)


@jobs.handler("come_again", every_s=EVERY_S)
def come_again(arguments: dict[str, Any]) -> None:
    now = times.clock()
    latest = (now + _FURTHEST_EAST).date().isoformat()
    with reading() as tx:
        source = recurrences.join(schools, schools.c.id == recurrences.c.school_id)
        rows = tx.all(
            select(
                recurrences.c.id, recurrences.c.school_id, recurrences.c.by, recurrences.c.next_day, schools.c.time_zone
            )
            .select_from(source)
            .where(recurrences.c.deleted_at.is_(None), recurrences.c.next_day <= latest)
            .order_by(recurrences.c.id)
        )
        days = {id: school_days.of_school(tx, id) for id in {row.school_id for row in rows}}
    for row in rows:
        here = now.astimezone(ZoneInfo(row.time_zone))
        if here.time() < MORNING or not rhythm.comes(days[row.school_id], here.date(), row.next_day):
            continue
        with reading() as tx:
            actor = _on_behalf(tx, row)
        if actor is None:
            continue
        try:
            command.perform(actor, bring, row.id, here.date())
        except (Conflict, NotSignedIn):
            # The list is full, or she left a moment ago: it is tried again in a while.
            continue


def _on_behalf(tx: Tx, row: Any) -> Actor | None:
    """Of who set the rhythm; once she has left the school, of its admin: what a board does goes on without her."""
    there = (members.c.school_id == row.school_id, members.c.active)
    query = select(members.c.id, members.c.role, members.c.name).where(*there)
    found = tx.first(query.where(members.c.id == row.by)) or tx.first(
        query.where(members.c.role == "admin").order_by(members.c.id).limit(1)
    )
    return None if found is None else Actor(found.id, row.school_id, found.role, found.name)
