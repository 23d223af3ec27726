"""Every five minutes: whose last day is over leaves the school."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from board.core import command, jobs, times
from board.core.access import Actor
from board.core.db import reading
from board.core.errors import NotSignedIn
from board.people import stay
from board.people.commands.members import end_stay
from board.people.models import members

EVERY_S = 300
#: the day begins nowhere earlier than so many hours before it does in UTC
_FURTHEST_EAST = timedelta(hours=14)


@jobs.handler("end_stays", every_s=EVERY_S)
def end_stays(arguments: dict[str, Any]) -> None:
    latest = (times.clock() + _FURTHEST_EAST).date().isoformat()
    with reading() as tx:
        rows = tx.all(select(members).where(members.c.active, members.c.until < latest).order_by(members.c.id))
        over = [row for row in rows if stay.is_over(tx, row)]
    for row in over:
        try:
            command.perform(Actor(row.id, row.school_id, row.role, row.name), end_stay, alone=True)
        except NotSignedIn:
            # An admin let her go a moment ago.
            continue
