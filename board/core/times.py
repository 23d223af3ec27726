"""Instants and days as they stand in the database and on the wire: ``YYYY-MM-DDTHH:MM:SS.mmmZ`` and ``YYYY-MM-DD``, both sortable as text."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

#: no day follows it
LAST_DAY = "9999-12-31"
_LONGEST = 40
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def _system_clock() -> datetime:
    return datetime.now(UTC)


clock: Callable[[], datetime] = _system_clock


def now() -> str:
    return instant(clock())


def instant(moment: datetime) -> str:
    """A timezone-aware datetime as text, in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def parse(text: str) -> datetime:
    """The datetime of an instant as stored."""
    return datetime.fromisoformat(text)


def later(seconds: float, start: str | None = None) -> str:
    """The instant so many seconds after ``start`` (an instant; now, when not given)."""
    return instant((parse(start) if start else clock()) + timedelta(seconds=seconds))


def is_day(text: str) -> bool:
    return bool(_DAY.match(text))


def when(text: str) -> str:
    """Input of a moment: a bare day is kept as given, an instant is brought to UTC.

    Raises:
        ValueError: neither a day nor an instant with a time zone.
    """
    if is_day(text):
        return day(text)
    try:
        if len(text) > _LONGEST:
            raise ValueError
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(_("Write a day as in 2026-11-24, or a moment as in 2026-11-24T09:14:00Z.")) from None
    if moment.tzinfo is None:
        raise ValueError(_("A moment needs its time zone: end it with Z, as in 2026-11-24T09:14:00Z."))
    try:
        return instant(moment)
    except OverflowError as e:
        raise ValueError(_("Choose a moment in the years 1 to 9999.")) from e


def day(text: str) -> str:
    """Input of a day, ``YYYY-MM-DD``.

    Raises:
        ValueError: not such a day.
    """
    if not is_day(text):
        raise ValueError(_("Write a day as in 2026-11-24."))
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(_("There is no such day in the calendar.")) from None


def end_of(moment: str, zone: str) -> str:
    """The instant at which ``moment`` is over: a bare day ends with that day in the school's time zone (IANA name)."""
    if not is_day(moment):
        return moment
    if moment == LAST_DAY:
        return f"{LAST_DAY}T23:59:59.999Z"
    following = date.fromisoformat(moment) + timedelta(days=1)
    return instant(datetime.combine(following, time(), ZoneInfo(zone)))
