"""Start and due date of a card: nothing is due before it starts."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from board.core import times
from board.core.db import Tx
from board.core.errors import Conflict, Invalid
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
    if late(tx, school_id, {0: (start, due)}):
        raise Invalid.field("start" if "start" in given else "due", _wrong_order())


def need_old_order(tx: Tx, row: Any, old: dict[str, Any], data: dict[str, Any]) -> None:
    """Of a card that gets old dates back, while its others may be new.

    Raises:
        Conflict: the start would come after the due date; with ``data``, what stands there.
    """
    try:
        need_order(tx, row.school_id, old, row)
    except Invalid:
        raise Conflict(_wrong_order(), data=data) from None


def need_old_orders(tx: Tx, school_id: int, rows: dict[int, Any], old: dict[int, dict[str, Any]]) -> None:
    """The same of many. At most one statement."""
    found = {
        id: (fields.get("start", rows[id].start), fields.get("due", rows[id].due))
        for id, fields in old.items()
        if "start" in fields or "due" in fields
    }
    wrong = late(tx, school_id, found)
    if wrong:
        raise Conflict(_wrong_order(), data={"card_ids": sorted(wrong)})


def late(tx: Tx, school_id: int, found: Mapping[int, tuple[str | None, str | None]]) -> set[int]:
    """Which of these, (start, due) by id, start after they are due. At most one statement."""
    both = {id: (start, due) for id, (start, due) in found.items() if start and due}
    zone = "UTC"
    if any(times.is_day(start) != times.is_day(due) for start, due in both.values()):
        # A day and an instant: days are the school's.
        zone = tx.scalar(select(_schools.c.time_zone).where(_schools.c.id == school_id)) or zone
    return {id for id, (start, due) in both.items() if _is_late(start, due, zone)}


def _is_late(start: str, due: str, zone: str) -> bool:
    if times.is_day(start) == times.is_day(due):
        return start > due
    if times.is_day(due):
        return start > times.end_of(due, zone)
    try:
        return due < times.later(-_DAY_S, times.end_of(start, zone))
    except OverflowError:
        return False  # nothing is due before the first of all days


def _wrong_order() -> str:
    return _("The start is after the due date. Move one of them.")
