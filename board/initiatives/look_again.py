"""When people look at their norms again: about a term after they agreed on them, or kept them, on a day on which their school is open."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from board.core.db import Tx
from board.core.errors import Conflict
from board.people import school_days

_A_TERM = timedelta(days=90)


def day_for_school(tx: Tx, school_id: int) -> str:
    """A term from today. Seven statements."""
    return _a_term_on(school_days.of_school(tx, school_id), school_days.today(tx, school_id))


def settled(tx: Tx, row: Any, given: dict[str, Any]) -> dict[str, Any]:
    """What a change of this initiative or group comes to: who writes norms and names no day gets one, unless another is still to come.

    Raises:
        Conflict: a day is named, and there are no norms.
    """
    if not {"norms", "norms_look_again"} & given.keys():
        return given
    if not given.get("norms", row.norms).strip():
        if "norms" not in given and given["norms_look_again"] is not None:
            raise Conflict(_("There are no norms yet. Write them first, then say when to look at them again."))
        return {**given, "norms_look_again": None}
    if given.get("norms", row.norms) == row.norms or "norms_look_again" in given:
        return given
    today = school_days.today(tx, row.school_id).isoformat()
    if row.norms_look_again is not None and row.norms_look_again > today:
        return given
    return {**given, "norms_look_again": day_for_school(tx, row.school_id)}


def kept_until(tx: Tx, row: Any) -> str:
    """Who has looked and keeps them looks again a term from today, or later where that was agreed on.

    Raises:
        Conflict: there are no norms.
    """
    if not row.norms.strip():
        raise Conflict(_("There are no norms yet."))
    return max(day_for_school(tx, row.school_id), row.norms_look_again or "")


def on_page(tx: Tx, row: Any) -> dict[str, Any]:
    """Whether the day has come, and which one would be next. On a free day of the school nobody is asked to look."""
    days, today = school_days.of_school(tx, row.school_id), school_days.today(tx, row.school_id)
    came = row.norms_look_again is not None and row.norms_look_again <= today.isoformat()
    return {"due": came and school_days.is_school_day(days, today), "next": _a_term_on(days, today)}


def _a_term_on(days: school_days.Days, today: date) -> str:
    return school_days.add_school_days(days, today + _A_TERM, 0).isoformat()
