"""Moments are texts that sort; a day stays a day."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.core import times

moments = st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC))


@given(moments, moments)
def test_instants_sort_as_they_follow(a: datetime, b: datetime) -> None:
    first, second = times.instant(a), times.instant(b)
    assert len(first) == 24
    if abs((a - b).total_seconds()) >= 0.001:
        assert (first < second) == (a < b)


@pytest.mark.parametrize(
    "given, kept",
    [
        ("2026-11-24", "2026-11-24"),
        ("2026-11-24T08:00:00Z", "2026-11-24T08:00:00.000Z"),
        ("2026-11-24T09:00:00.1239+01:00", "2026-11-24T08:00:00.123Z"),
    ],
)
def test_input_is_brought_to_one_form(given: str, kept: str) -> None:
    assert times.when(given) == kept


@pytest.mark.parametrize("text", ["", "today", "2026-13-01", "2026-02-30", "2026-11-24T08:00:00", "24.11.2026", "2026-11-24T08:00:00Z" + " " * 40, "0001-01-01T00:00:00+14:00", "0001-01-01", "1969-12-31T23:59:59Z", "2200-01-01", "9999-12-31T23:30:00Z"])  # fmt: skip
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        times.when(text)


@pytest.mark.parametrize("text", ["2026-11-24T08:00:00Z", "2026-1-1", "20261124", "2026-W48-2", "２０２６-11-24", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        times.day(text)


@pytest.mark.parametrize(
    "day, zone, end",
    [
        ("2026-11-24", "UTC", "2026-11-25T00:00:00.000Z"),
        ("2026-11-24", "Europe/Amsterdam", "2026-11-24T23:00:00.000Z"),
        ("2026-03-29", "Europe/Amsterdam", "2026-03-29T22:00:00.000Z"),  # the day that has 23 hours
        ("2026-11-24", "Pacific/Auckland", "2026-11-24T11:00:00.000Z"),
    ],
)
def test_a_day_ends_where_the_school_is(day: str, zone: str, end: str) -> None:
    assert times.end_of(day, zone) == end


def test_an_instant_ends_at_itself() -> None:
    assert times.end_of("2026-11-24T08:00:00.000Z", "UTC") == "2026-11-24T08:00:00.000Z"


def test_a_moment_has_its_day_where_the_school_is() -> None:
    assert times.day_of("2026-11-24T23:30:00.000Z", "Europe/Berlin") == date(2026, 11, 25)
    assert times.day_of("2026-11-24", "Europe/Berlin") == date(2026, 11, 24)
    assert times.day_of("9999-12-31T23:30:00.000Z", "Europe/Berlin") == date(9999, 12, 31)
    assert times.day_of("0001-01-01T00:30:00.000Z", "America/New_York") == date(1, 1, 1)


def test_the_last_day_there_is_ends_too() -> None:
    assert times.end_of("9999-12-31", "Pacific/Auckland") <= "9999-12-31T23:59:59.999Z"
