"""When a card comes again: a rule names days, and what falls on a closed day comes on the next school day.

Pure: whoever has the school's days counts without the database.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from board.core import times
from board.people import school_days

#: so far a rule is looked along; a school that stays closed longer has no next day
_LONGEST = timedelta(days=366 * 6)
_LONGEST_HOLIDAYS = timedelta(days=430)


@dataclass(frozen=True)
class Rule:
    every: str
    on: tuple[int, ...] = ()
    interval: int = 1

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Rule":
        return cls(stored["every"], tuple(stored.get("on", ())), stored.get("interval", 1))

    def stored(self) -> dict[str, Any]:
        return {"every": self.every, "on": list(self.on), "interval": self.interval}


def next_day(rule: Rule, days: school_days.Days, since: date, after: date, until: date | None = None) -> date | None:
    """The first day later than ``after`` on which the card comes; None: never again.

    Args:
        since: the day on which the rule was made: every second week is counted from its week, every third school day from it.
    """
    if not days.weekdays and not days.on:
        return None
    if rule.every == "school_days":
        passed = school_days.between(days, since, after) if after > since else 0
        try:
            found: date | None = school_days.add_school_days(days, since, (passed // rule.interval + 1) * rule.interval)
        except ValueError:
            return None
    else:
        named = next(_named(rule, since, max(since, _last_worked(days, after))), None)
        found = None if named is None else _or_next(days, named)
    return None if found is None or (until is not None and found > until) else found


@dataclass(frozen=True)
class Plan:
    """A card that is to come, as it was planned by a calendar that has changed since."""

    rule: Rule
    since: date
    planned: date
    came_today: bool = False

    def anew(self, days: school_days.Days, today: date) -> date:
        """The day on which it comes by this calendar. A rhythm that ends does not end earlier because its last day became a holiday."""
        if not days.weekdays and not days.on:
            return self.planned
        if self.rule.every == "school_days":
            passed = today if self.came_today else today - timedelta(days=1)
            return next_day(self.rule, days, self.since, passed) or self.planned
        # It was planned for a day that the rule names, or for the next school day after one.
        named = self.planned
        for day in _named(self.rule, self.since, max(self.since, self.planned - _LONGEST_HOLIDAYS)):
            if day > self.planned:
                break
            named = day
        return _or_next(days, max(named, today)) or self.planned


def _named(rule: Rule, since: date, after: date) -> Iterator[date]:
    last = min(after + _LONGEST, date.max - timedelta(days=400)) if after.year < 9000 else after
    return (day for day in (_weeks if rule.every == "week" else _months)(rule, since, after, last))


def _weeks(rule: Rule, since: date, after: date, last: date) -> Iterator[date]:
    first = since - timedelta(days=since.weekday())
    monday = after - timedelta(days=after.weekday())
    weeks = (monday - first).days // 7
    monday -= timedelta(weeks=weeks % rule.interval)
    while monday <= last:
        yield from (d for d in (monday + timedelta(days=n - 1) for n in sorted(set(rule.on))) if d > after)
        monday += timedelta(weeks=rule.interval)


def _months(rule: Rule, since: date, after: date, last: date) -> Iterator[date]:
    months = (after.year - since.year) * 12 + after.month - since.month
    at = since.year * 12 + since.month - 1 + months - months % rule.interval
    while (year := at // 12) <= last.year:
        month = at % 12 + 1
        # A month that is shorter ends on its last day.
        longest = monthrange(year, month)[1]
        yield from (d for d in sorted({date(year, month, min(n, longest)) for n in rule.on}) if d > after)
        at += rule.interval


def _last_worked(days: school_days.Days, day: date) -> date:
    # What is named inside of holidays comes after them: on a day of the holidays it is still to come.
    try:
        return day if school_days.is_school_day(days, day) else school_days.add_school_days(days, day, -1)
    except ValueError:
        return day


def _or_next(days: school_days.Days, day: date) -> date | None:
    try:
        return school_days.add_school_days(days, day, 0)
    except ValueError:
        return None


def dates(
    days: school_days.Days, zone: str, since: date, day: date, start: str | None, due: str | None
) -> dict[str, str | None]:
    """Start and due date of the card that comes on ``day``: as many school days later as on the pattern, at the same time of the day.

    Counted from the pattern's start or, where it has none, from ``since``, the day on which the rhythm was set.
    """
    base = times.day_of(start, zone) if start else since
    return {
        "start": _on(start, zone, day) if start else None,
        "due": _on(due, zone, _later(days, day, school_days.between(days, base, times.day_of(due, zone))))
        if due
        else None,
    }


def _later(days: school_days.Days, day: date, count: int) -> date:
    try:
        return day if count <= 0 else school_days.add_school_days(days, day, count)
    except ValueError:
        return day


def _on(moment: str, zone: str, day: date) -> str:
    if times.is_day(moment):
        return day.isoformat()
    # The time of the day stays what it is on the wall, whatever the clock was turned by meanwhile.
    here = times.parse(moment).astimezone(ZoneInfo(zone))
    return times.instant(datetime.combine(day, here.time(), ZoneInfo(zone)))


def comes(days: school_days.Days, today: date, planned: str | None) -> bool:
    """Whether a card that was planned for that day comes today: then, or later when nobody was there to bring it, on a school day."""
    return planned is not None and planned <= today.isoformat() and school_days.is_school_day(days, today)
