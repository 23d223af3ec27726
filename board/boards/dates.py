"""Start and due date of a card: nothing is due before it starts."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from board.core import times
from board.core.db import Tx
from board.core.errors import Invalid
from board.people.models import School

_schools = School.__table__
_DAY_S = 24 * 3600


def need_order(tx: Tx, school_id: int, given: dict[str, Any], row: Any = None) -> None:
    """Of a new card, or of one that is changed; what is not given stays as in ``row``.

    Raises:
        Invalid: the start comes after the due date.
    """
    if "start" not in given and "due" not in given:
        return
    start, due = given.get("start", row and row.start), given.get("due", row and row.due)
    if start and due and is_late(tx, school_id, start, due):
        field = "start" if "start" in given else "due"
        raise Invalid.field(field, _("The start is after the due date. Move one of them."))


def is_late(tx: Tx, school_id: int, start: str, due: str) -> bool:
    """Does it start after it is due?"""
    if times.is_day(start) == times.is_day(due):
        return start > due
    # A day and an instant: days are the school's.
    zone = tx.scalar(select(_schools.c.time_zone).where(_schools.c.id == school_id)) or "UTC"
    if times.is_day(due):
        return start > times.end_of(due, zone)
    try:
        return due < times.later(-_DAY_S, times.end_of(start, zone))
    except OverflowError:
        return False  # nothing is due before the first of all days
