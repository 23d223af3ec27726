"""A school's calendar from an .ics file: closed days, staff days, terms and lettered weeks. One broken event costs itself, not the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any

from flask_babel import gettext as _

from board.core.errors import Invalid
from board.core.offload import offload

MOST_BYTES = 2_000_000
_MOST_EVENTS = 5_000
_MOST_REPEATS = 60
_LONGEST_DAYS = 400
#: a repeating holiday is written out for so many years around today
_YEARS = 3
#: so many are written out: a rule that never comes true costs a fifth of a second each
_MOST_RULES = 200
_STAFF_DAY = re.compile(
    r"\b(inset|staff (only )?(day|development|training)|professional (development|learning)|teacher (work ?)?day|teacher workday|pd day"
    r"|non[- ]?pupil|pupil[- ]free|student[- ]free|no students|schilf|p[äa]dagogischer tag|studientag)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\b(holidays?|vacation|break|recess|closed|no school|half[- ]?term|day off|days off|bank holiday|snow day|geschlossen|unterrichtsfrei"
    r"|schulfrei|feiertag|vacances|f[ée]ri[ée]s?|vacaciones|festivo|vakantie|helg|lov)\b|ferien\b",
    re.IGNORECASE,
)
_TERM = re.compile(r"\b(term|semester|trimester|quarter|halbjahr|trimestre)\b", re.IGNORECASE)
_WEEK = re.compile(r"\b(?:week|woche|semaine)[ -]?([AB])\b|\b([AB])[ -](?:week|woche)\b", re.IGNORECASE)
_EVENT = re.compile(r"^BEGIN:VEVENT[ \t]*$", re.IGNORECASE | re.MULTILINE)
_END = re.compile(r"^END:VEVENT[ \t]*$", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"^X-WR-CALNAME[^:\n]{0,200}:(.{0,200})$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Found:
    title: str
    start: str
    end: str
    staff_day: bool
    #: its mark in the file: unique id and day
    source_id: str


@dataclass
class School:
    """What a file says about the school's days."""

    events: int = 0
    rules: int = 0
    closed: list[Found] = field(default_factory=list)
    terms: list[Found] = field(default_factory=list)
    letters: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[dict[str, str]] = field(default_factory=list)


def read(content: bytes, *, everything: bool, today: date) -> School:
    """``everything``: each whole day in the file is a closed one, whatever it is called.

    Raises:
        Invalid: no calendar.
    """
    found: School = offload(_read, content, everything, today)
    for left in found.left_out:
        left["why"] = _WHY[left["why"]]() if left["why"] in _WHY else left["why"]
    if not found.events:
        raise Invalid.field("file", _("This file holds no calendar events. Export the school's calendar as .ics."))
    return found


#: Made outside the worker, where the reader's language is known.
_WHY = {
    "broken": lambda: _("This event cannot be read."),
    "no day": lambda: _("This event has no day that can be read."),
    "hours": lambda: _("It does not take whole days."),
    "long": lambda: _("It is longer than a year."),
    "unknown": lambda: _("Its name does not say that the school is closed."),
    "repeats": lambda: _("It repeats in a way that is not read here; only its first day was taken."),
    "never": lambda: _("It does not take place in these years."),
    "many": lambda: _("There are too many events in this file; the rest was not read."),
}


def _read(content: bytes, everything: bool, today: date) -> School:
    text = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    name = _NAME.search(text)
    holidays = everything or (name is not None and _CLOSED.search(name[1]) is not None)
    out = School()
    letters: dict[str, str] = {}
    for line, block in islice(_blocks(text), _MOST_EVENTS + 1):
        out.events += 1
        if out.events > _MOST_EVENTS:
            out.left_out.append({"what": f"line {line}", "why": "many"})
            break
        _take(out, letters, line, block, holidays, today)
    out.letters = sorted(letters.items())
    return out


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """(line, text) of each event; one that does not end stops where the next begins."""
    starts = [m.start() for m in islice(_EVENT.finditer(text), _MOST_EVENTS + 2)]
    line, at = 1, 0
    for start, following in pairwise([*starts, len(text)]):
        line, at = line + text.count("\n", at, start), start
        end = _END.search(text, start, following)
        yield line, text[start : end.end()] if end else f"{text[start:following].rstrip()}\nEND:VEVENT"


def _take(out: School, letters: dict[str, str], line: int, block: str, holidays: bool, today: date) -> None:
    what = f"line {line}"
    try:
        # Here and not above: it takes a while to import, and only who imports a calendar needs it.
        from icalendar import Event

        event = Event.from_ical(block)
        title = " ".join(str(event.get("SUMMARY", "")).split())[:200]
        what = title or what
        days = _whole_days(event)
    except Exception:
        # Whatever the parser falls over is the file's fault, and costs this one event.
        out.left_out.append({"what": what, "why": "broken"})
        return
    if isinstance(days, str):
        out.left_out.append({"what": what, "why": days})
        return
    start, end = days
    week = _WEEK.search(title)
    if week:
        letters[(start - timedelta(days=start.weekday())).isoformat()] = (week[1] or week[2]).upper()
    elif _TERM.search(title) and not _CLOSED.search(title) and (end - start).days >= 20:
        out.terms.append(_found(event, title, start, end, False))
    elif _STAFF_DAY.search(title) or holidays or _CLOSED.search(title):
        staff_day = _STAFF_DAY.search(title) is not None
        for first in _repeats(out, event, title, start, today):
            out.closed.append(_found(event, title, first, first + (end - start), staff_day))
    else:
        out.left_out.append({"what": what, "why": "unknown"})


def _whole_days(event: Any) -> tuple[date, date] | str:
    """First and last day; or why there are none."""
    start, end = (getattr(event.get(name), "dt", None) for name in ("DTSTART", "DTEND"))
    if start is None or (event.errors and any(name in ("DTSTART", "DTEND") for name, _why in event.errors)):
        return "no day"
    if isinstance(start, datetime):
        if not (
            isinstance(end, datetime)
            and (start.hour, start.minute, end.hour, end.minute) == (0, 0, 0, 0)
            and end.date() > start.date()
        ):
            return "hours"
        start, end = start.date(), end.date()
    if end is None and "DURATION" in event:
        end = start + event["DURATION"].dt
    last = end - timedelta(days=1) if isinstance(end, date) and not isinstance(end, datetime) and end > start else start
    if not 1970 <= start.year <= last.year <= 2199:
        return "no day"
    return "long" if (last - start).days >= _LONGEST_DAYS else (start, last)


def _repeats(out: School, event: Any, title: str, start: date, today: date) -> list[date]:
    """The days on which a repeating event begins, around today; its one day when it does not repeat."""
    rule = event.get("RRULE")
    if rule is None or rule == {}:
        return [start]
    out.rules += 1
    if out.rules > _MOST_RULES or not _is_plain_yearly(rule):
        out.left_out.append({"what": title, "why": "repeats"})
        return [start]
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    text = re.sub(r"UNTIL=(\d{8})T?\w*", r"UNTIL=\1T000000", rule.to_ical().decode())
    first, last = datetime(today.year - 1, 1, 1), datetime(today.year + _YEARS, 12, 31)
    try:
        times = rrulestr(text, dtstart=datetime(start.year, start.month, start.day)).xafter(first, inc=True)
        days = [t.date() for t in islice(times, _MOST_REPEATS) if t <= last]
    except (ValueError, TypeError, OverflowError):
        days = []
    if not days:
        out.left_out.append({"what": title, "why": "never"})
    return days


def _is_plain_yearly(rule: Any) -> bool:
    """Once in one or more years; an interval of nothing would never end."""
    if not isinstance(rule, dict):
        return False  # what the parser could not read
    frequency, interval = rule.get("FREQ") or [], rule.get("INTERVAL") or [1]
    return [str(f).upper() for f in frequency] == ["YEARLY"] and isinstance(interval[0], int) and interval[0] > 0


def _found(event: Any, title: str, start: date, end: date, staff_day: bool) -> Found:
    uid = str(event.get("UID", "")) or title
    return Found(
        title or start.isoformat(), start.isoformat(), end.isoformat(), staff_day, f"{uid[:300]} {start.isoformat()}"
    )
