"""Instants and days as they stand in the database and on the wire: ``YYYY-MM-DDTHH:MM:SS.mmmZ`` and ``YYYY-MM-DD``, both sortable as text."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

#: what may be said: beyond these years, days before and after are not there in every time zone and calendar
FIRST_DAY, LAST_DAY = "1970-01-01", "2199-12-31"
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
        ValueError: neither a day nor an instant with a time zone, or one beyond 1970 to 2199.
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
        found = instant(moment)
    except OverflowError as e:
        raise ValueError(_outside()) from e
    return _within(found)


def day(text: str) -> str:
    """Input of a day, ``YYYY-MM-DD``.

    Raises:
        ValueError: not such a day, or one beyond 1970 to 2199.
    """
    if not is_day(text):
        raise ValueError(_("Write a day as in 2026-11-24."))
    try:
        found = date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(_("There is no such day in the calendar.")) from None
    return _within(found)


def is_within(text: str) -> bool:
    """Whether a day or an instant lies in the years that may be said."""
    return FIRST_DAY <= text[:10] <= LAST_DAY


def _within(text: str) -> str:
    if not is_within(text):
        raise ValueError(_outside())
    return text


def _outside() -> str:
    return str(_("Choose a day in the years 1970 to 2199."))


def day_of(moment: str, zone: str) -> date:
    """The day of a day or an instant in a time zone (IANA name)."""
    if is_day(moment):
        return date.fromisoformat(moment)
    try:
        return parse(moment).astimezone(ZoneInfo(zone)).date()
    except OverflowError:  # kept from a time when more years could be said
        return date.fromisoformat(moment[:10])


def end_of(moment: str, zone: str) -> str:
    """The instant at which ``moment`` is over: a bare day ends with that day in the school's time zone (IANA name)."""
    if not is_day(moment):
        return moment
    try:
        following = date.fromisoformat(moment) + timedelta(days=1)
    except OverflowError:  # as in day_of
        return f"{moment}T23:59:59.999Z"
    return instant(datetime.combine(following, time(), ZoneInfo(zone)))
