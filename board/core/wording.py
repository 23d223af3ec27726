"""Days, moments and names as people write them, for templates and texts."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton, format_time, get_day_names
from flask import Flask
from flask_babel import get_locale, gettext

from board.core import times


def initials(name: str) -> str:
    """First letters of the first and the last word, as on the board."""
    words = name.split()
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper() or "?"


def day(text: str, year: bool = False) -> str:
    """A day (YYYY-MM-DD) as the reader's language writes it, short: Tue 24 Nov, or 24 Nov 2026."""
    return str(format_skeleton("yMMMd" if year else "MMMEd", date.fromisoformat(text), locale=_dates()))


def moment(text: str, zone: str) -> str:
    """An instant in a time zone (IANA name), short: today, 09:14; 24 Nov, 09:14."""
    there = times.parse(text).astimezone(ZoneInfo(zone))
    today = times.clock().astimezone(ZoneInfo(zone)).date()
    clock = format_time(there.time(), "short", locale=_dates())
    if there.date() == today:
        return gettext("today, %(time)s", time=clock)
    if there.date() == today - timedelta(days=1):
        return gettext("yesterday, %(time)s", time=clock)
    skeleton = "MMMd" if there.year == today.year else "yMMMd"
    return f"{format_skeleton(skeleton, there.date(), locale=_dates())}, {clock}"


def glance(text: str, zone: str) -> str:
    """An instant in a time zone (IANA name), for the margin: 09:14 of today, else 24 Nov."""
    there = times.parse(text).astimezone(ZoneInfo(zone))
    if there.date() == times.clock().astimezone(ZoneInfo(zone)).date():
        return str(format_time(there.time(), "short", locale=_dates()))
    return str(format_skeleton("MMMd", there.date(), locale=_dates()))


def weekday(number: int) -> str:
    """Monday is 1."""
    return str(get_day_names("abbreviated", locale=_dates())[number - 1])


def _dates() -> Locale:
    """English without a country writes days as the boards do: 24 Nov."""
    locale = get_locale() or Locale("en")
    return Locale("en", "GB") if str(locale) == "en" else locale


def init_app(app: Flask) -> None:
    app.add_template_filter(initials)
    app.add_template_filter(day)
    app.add_template_filter(moment)
    app.add_template_filter(glance)
    app.add_template_global(weekday)
