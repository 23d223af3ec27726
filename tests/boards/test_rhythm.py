"""When a card comes again, in a school's days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.boards.rhythm import Rule, comes, dates, next_day
from board.people.school_days import between, is_school_day, make

D = date.fromisoformat
#: half-term: the week of 26 October
DAYS = make(closed=[(D("2026-10-26"), D("2026-10-30"))])
MONDAYS, DAILY = Rule("week", (1,)), Rule("school_days")


@pytest.mark.parametrize(
    ("rule", "since", "after", "found"),
    [
        (MONDAYS, "2026-10-12", "2026-10-12", "2026-10-19"),
        (MONDAYS, "2026-10-14", "2026-10-14", "2026-10-19"),
        # The Monday of half-term comes on the school day after it, together with the next one.
        (MONDAYS, "2026-10-12", "2026-10-19", "2026-11-02"),
        (MONDAYS, "2026-10-12", "2026-11-02", "2026-11-09"),
        (Rule("week", (1, 3)), "2026-10-12", "2026-10-12", "2026-10-14"),
        (Rule("week", (6,)), "2026-10-12", "2026-10-12", "2026-10-19"),
        (Rule("week", (1,), 2), "2026-10-14", "2026-10-14", "2026-11-02"),
        (Rule("week", (1,), 2), "2026-10-14", "2026-11-02", "2026-11-09"),
        (Rule("month", (15,)), "2026-10-14", "2026-10-14", "2026-10-15"),
        (Rule("month", (31,)), "2026-10-31", "2026-10-31", "2026-11-30"),
        (Rule("month", (1, 15), 2), "2026-10-14", "2026-10-15", "2026-12-01"),
        (DAILY, "2026-10-22", "2026-10-22", "2026-10-23"),
        (DAILY, "2026-10-22", "2026-10-23", "2026-11-02"),
        (Rule("school_days", (), 3), "2026-10-22", "2026-10-22", "2026-11-03"),
        (Rule("school_days", (), 3), "2026-10-22", "2026-11-03", "2026-11-06"),
    ],
)
def test_next_day(rule, since, after, found):
    assert next_day(rule, DAYS, D(since), D(after)) == D(found)


def test_an_end_and_a_school_without_days():
    assert next_day(MONDAYS, DAYS, D("2026-10-12"), D("2026-10-12"), D("2026-10-18")) is None
    assert next_day(MONDAYS, DAYS, D("2026-10-12"), D("2026-10-12"), D("2026-10-19")) == D("2026-10-19")
    assert next_day(DAILY, make(weekdays=()), D("2026-10-12"), D("2026-10-12")) is None
    assert next_day(MONDAYS, make(weekdays=()), D("2026-10-12"), D("2026-10-12")) is None


@given(
    st.one_of(
        st.builds(Rule, st.just("week"), st.lists(st.integers(1, 7), min_size=1).map(tuple), st.integers(1, 5)),
        st.builds(Rule, st.just("month"), st.lists(st.integers(1, 31), min_size=1).map(tuple), st.integers(1, 5)),
        st.builds(Rule, st.just("school_days"), st.just(()), st.integers(1, 10)),
    ),
    st.integers(0, 400),
    st.integers(0, 400),
)
def test_always_a_later_school_day_and_none_between_is_forgotten(rule, since, waited):
    start = D("2026-08-01") + timedelta(days=since)
    after = start + timedelta(days=waited)
    found = next_day(rule, DAYS, start, after)
    assert found is not None and found > after and is_school_day(DAYS, found)
    if after < found - timedelta(days=1):
        assert next_day(rule, DAYS, start, found - timedelta(days=1)) == found


def test_dates_go_along_in_school_days():
    since, day = D("2026-10-12"), D("2026-11-02")
    assert dates(DAYS, "Europe/Berlin", since, day, None, "2026-10-14") == {"start": None, "due": "2026-11-04"}
    # Thursday to Monday were two school days, however many holidays lie between.
    found = dates(DAYS, "Europe/Berlin", since, D("2026-10-22"), "2026-10-15", "2026-10-19")
    assert found == {"start": "2026-10-22", "due": "2026-11-02"}
    assert between(DAYS, D("2026-10-15"), D("2026-10-19")) == between(DAYS, D("2026-10-22"), D("2026-11-02")) == 2
    assert dates(DAYS, "Europe/Berlin", since, day, None, "2026-10-01")["due"] == "2026-11-02", "never before it comes"


def test_nine_on_the_wall_is_nine_after_the_clock_was_turned():
    # 25 October 2026 is the day on which summer time ends in Berlin.
    found = dates(DAYS, "Europe/Berlin", D("2026-10-12"), D("2026-11-02"), None, "2026-10-12T07:00:00.000Z")
    assert found["due"] == "2026-11-02T08:00:00.000Z"


def test_what_was_planned_comes_late_but_on_a_school_day():
    assert not comes(DAYS, D("2026-10-19"), "2026-10-20")
    assert comes(DAYS, D("2026-10-20"), "2026-10-20")
    assert not comes(DAYS, D("2026-10-27"), "2026-10-20"), "closed since"
    assert comes(DAYS, D("2026-11-02"), "2026-10-20")
    assert not comes(DAYS, D("2026-11-02"), None)
