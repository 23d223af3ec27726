"""A substitute's stay: on the day after her last one she signs in no more."""

from typing import Any

from sqlalchemy import select

from board.core.db import Tx
from board.people import school_days
from board.people.models import members


def is_over(tx: Tx, row: Any) -> bool:
    """Whether a member's last day has passed where the school is. Of the last admin it never has: somebody must be able to let others in."""
    if row.until is None or row.until >= school_days.today(tx, row.school_id).isoformat():
        return False
    return row.role != "admin" or _other_admin(tx, row)


def _other_admin(tx: Tx, row: Any) -> bool:
    there = (members.c.school_id == row.school_id, members.c.role == "admin", members.c.active, members.c.id != row.id)
    return tx.first(select(members.c.id).where(*there).limit(1)) is not None
