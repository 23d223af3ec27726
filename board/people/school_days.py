"""Which days count. Ages, hints, rhythms and reminders are counted in a school's days and, for a person, in her working days.

``Days`` is a value: whoever has it counts without the database. ``of_school`` and ``of_member`` read it.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from board.core import times
from board.core.db import Tx
from board.people.models import Away, ClosedDay, LetteredWeek, Member, School, SchoolYear, Term

#: a longer gap between two school years was forgotten, not free
_LONGEST_SUMMER = 120
Span = tuple[date, date]


@dataclass(frozen=True)
class Days:
    """Days on which something is done: some weekdays, but not ``off``, and ``on`` beside them (ordinals, ascending)."""

    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    off: tuple[int, ...] = ()
    on: tuple[int, ...] = ()
    #: every closed day, whatever its weekday: for people who come on other weekdays than the school
    shut: frozenset[int] = frozenset()


def make(
    weekdays: Iterable[int] = (1, 2, 3, 4, 5),
    closed: Iterable[Span] = (),
    staff_days: Iterable[Span] = (),
    years: Iterable[Span] = (),
    terms: Iterable[Span] = (),
) -> Days:
    """A school's days for its staff. Closed are: the closed days; between two school years; in a year that has terms, outside of them.
    A staff day is one to work on whatever else is said of it, at a weekend too."""
    wanted = frozenset(weekdays)
    staffed = _ordinals(staff_days)
    free = (_ordinals(closed) | _between_years(years) | _outside_terms(years, terms)) - staffed
    return Days(
        wanted,
        tuple(sorted(d for d in free if _weekday(d) in wanted)),
        tuple(sorted(d for d in staffed if _weekday(d) not in wanted)),
        frozenset(free),
    )


def for_person(days: Days, works_on: str | None = None, away: Iterable[Span] = ()) -> Days:
    """The school's days on which one person works: on her weekdays, but not while she is away."""
    hers = frozenset(map(int, works_on)) if works_on else days.weekdays
    # Who comes on days of her own only (a Saturday club) has these.
    weekdays = days.weekdays & hers or hers
    gone = _ordinals(away)
    off = {d for d in days.shut | gone if _weekday(d) in weekdays}
    on = {d for d in days.on if d not in gone and _weekday(d) not in weekdays and (not works_on or _weekday(d) in hers)}
    return Days(weekdays, tuple(sorted(off)), tuple(sorted(on)), days.shut | gone)


def is_school_day(days: Days, day: date) -> bool:
    return _count(days, day.toordinal() - 1, day.toordinal()) == 1


def between(days: Days, start: date, end: date) -> int:
    """How many of these days lie after ``start``, up to and with ``end``: from Friday to Monday it is one. Negative when ``end`` is earlier."""
    a, b = start.toordinal(), end.toordinal()
    return _count(days, a, b) if a <= b else -_count(days, b, a)


def add_school_days(days: Days, day: date, count: int) -> date:
    """The ``count``-th of these days after ``day`` (before it, when negative). 0: the day itself, or else the next one.

    Raises:
        ValueError: there is no such day in the calendar.
    """
    if count == 0:
        return day if is_school_day(days, day) else add_school_days(days, day, 1)
    start = day.toordinal()
    at, wanted = start, abs(count)
    # A day counts at most once, so that a leap over as many days as are missing never goes too far.
    if count > 0:
        while (missing := wanted - _count(days, start, at)) > 0:
            at = _in_calendar(at + missing)
    else:
        while (missing := wanted - _count(days, at - 1, start - 1)) > 0:
            at = _in_calendar(at - missing)
    return date.fromordinal(at)


def overdue_to(days: Days, today: date) -> date:
    """What was due on this day, or earlier, is overdue on ``today``: one of these days has passed since. What was due while nobody worked
    is due on the next of these days; and on a day on which nobody works nothing becomes overdue."""
    last = today if is_school_day(days, today) else add_school_days(days, today, -1)
    return add_school_days(days, last, -1)


def week_letter(
    days: Days, day: date, years: Iterable[tuple[date, date, bool]] = (), said: Iterable[tuple[date, str]] = ()
) -> str | None:
    """A or B: the week's letter where weeks take turns; None where they do not, and in a week without a school day.

    Args:
        years: start, end, and whether weeks take turns; the first school week of such a year is A.
        said: Monday and letter of weeks whose letter somebody set; the weeks after it go on from there.
    """
    monday = _monday(day)
    if not _is_school_week(days, monday):
        return None
    year = next(((start, turns) for start, end, turns in years if _monday(start) <= monday <= end), None)
    if year is not None and not year[1]:
        return None
    marks = [(m, letter) for m, letter in said if m <= monday and (year is None or m >= _monday(year[0]))]
    if year is not None and not any(m == _monday(year[0]) for m, _ in marks):
        marks.append((_monday(year[0]), "A"))
    if not marks:
        return None
    first, letter = max(marks, key=lambda mark: mark[0])
    turns = sum(_is_school_week(days, first + timedelta(weeks=i)) for i in range((monday - first).days // 7))
    return letter if turns % 2 == 0 else {"A": "B", "B": "A"}[letter]


# ── from the database ────────────────────────────────────────────────────────────────────────────


def of_school(tx: Tx, school_id: int) -> Days:
    def spans(model: Any, *conditions: Any) -> list[Span]:
        t = model.__table__
        rows = tx.all(select(t.c.start, t.c.end).where(t.c.school_id == school_id, *conditions))
        return [(date.fromisoformat(r.start), date.fromisoformat(r.end)) for r in rows]

    weekdays = tx.scalar(select(School.weekdays).where(School.id == school_id))
    return make(
        map(int, weekdays),
        spans(ClosedDay, ~ClosedDay.staff_day),
        spans(ClosedDay, ClosedDay.staff_day),
        spans(SchoolYear),
        spans(Term),
    )


def of_member(tx: Tx, member_id: int, school: Days | None = None) -> Days:
    """``school``: the days of her school, where they are at hand already."""
    row = tx.one(select(Member.school_id, Member.works_on).where(Member.id == member_id))
    away = tx.all(select(Away.start, Away.end).where(Away.member_id == member_id))
    gone = [(date.fromisoformat(r.start), date.fromisoformat(r.end)) for r in away]
    return for_person(school or of_school(tx, row.school_id), row.works_on, gone)


def today(tx: Tx, school_id: int) -> date:
    """The day that it is now at the school."""
    zone = tx.scalar(select(School.time_zone).where(School.id == school_id))
    return times.clock().astimezone(ZoneInfo(zone)).date()


def late_to(tx: Tx, school_id: int) -> str:
    """What was due on this day (YYYY-MM-DD), or earlier, is overdue now, as the school counts."""
    return overdue_to(of_school(tx, school_id), today(tx, school_id)).isoformat()


def letter_of(tx: Tx, school_id: int, day: date) -> str | None:
    """The letter of the week of ``day`` in a school."""
    y, w = SchoolYear.__table__, LetteredWeek.__table__
    years = tx.all(select(y.c.start, y.c.end, y.c.ab_weeks).where(y.c.school_id == school_id).order_by(y.c.start))
    said = tx.all(select(w.c.monday, w.c.letter).where(w.c.school_id == school_id))
    return week_letter(
        of_school(tx, school_id),
        day,
        [(date.fromisoformat(r.start), date.fromisoformat(r.end), r.ab_weeks) for r in years],
        [(date.fromisoformat(r.monday), r.letter) for r in said],
    )


# ── inside ───────────────────────────────────────────────────────────────────────────────────────


def _count(days: Days, after: int, to: int) -> int:
    weeks, rest = divmod(to - after, 7)
    found = weeks * len(days.weekdays) + sum(_weekday(to - i) in days.weekdays for i in range(rest))
    return found - _within(days.off, after, to) + _within(days.on, after, to)


def _in_calendar(ordinal: int) -> int:
    if not 1 <= ordinal <= date.max.toordinal():
        raise ValueError("no such day in the years 1 to 9999")
    return ordinal


def _within(ordinals: tuple[int, ...], after: int, to: int) -> int:
    return bisect_right(ordinals, to) - bisect_right(ordinals, after)


def _weekday(ordinal: int) -> int:
    """ISO: Monday is 1. Ordinal 1 was a Monday."""
    return (ordinal - 1) % 7 + 1


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _is_school_week(days: Days, monday: date) -> bool:
    return _count(days, monday.toordinal() - 1, monday.toordinal() + 6) > 0


def _ordinals(spans: Iterable[Span]) -> set[int]:
    return {d for start, end in spans for d in range(start.toordinal(), end.toordinal() + 1)}


def _between_years(years: Iterable[Span]) -> set[int]:
    free: set[int] = set()
    last: int | None = None
    for start, end in sorted(years):
        first = start.toordinal()
        if last is not None and last < first and first - last <= _LONGEST_SUMMER:
            free.update(range(last + 1, first))
        last = max(last or 0, end.toordinal())
    return free


def _outside_terms(years: Iterable[Span], terms: Iterable[Span]) -> set[int]:
    taught = _ordinals(terms)
    free: set[int] = set()
    for span in years:
        inside = _ordinals([span])
        if inside & taught:
            free |= inside - taught
    return free
