"""Counting in school days. The law: two closed weeks put anywhere into the calendar change no count, no hint and no week's letter."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.people import school_days
from board.people.school_days import add_school_days, between, for_person, is_school_day, make, week_letter

MONDAY = date(2026, 11, 2)
SPAN = st.tuples(st.integers(-60, 120), st.integers(0, 20)).map(lambda s: (day(s[0]), day(s[0] + s[1])))
SPANS = st.lists(SPAN, max_size=4)
WEEKDAYS = st.sets(st.integers(1, 7), min_size=1)
OFFSETS = st.integers(-80, 160)


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-11-06", "2026-11-09", 1),  # from Friday to Monday
        ("2026-11-06", "2026-11-06", 0),
        ("2026-11-06", "2026-11-08", 0),  # a weekend
        ("2026-11-02", "2026-11-09", 5),
        ("2026-11-09", "2026-11-06", -1),
    ],
)
def test_a_plain_week(start: str, end: str, count: int) -> None:
    assert between(make(), date.fromisoformat(start), date.fromisoformat(end)) == count


def test_closed_days_do_not_count_and_staff_days_do() -> None:
    days = make(closed=[(day(0), day(4))], staff_days=[(day(1), day(1)), (day(5), day(5))])
    assert [is_school_day(days, day(i)) for i in range(8)] == [False, True, False, False, False, True, False, True]


def test_between_years_and_outside_terms_the_school_is_closed() -> None:
    years = [(date(2025, 9, 1), date(2026, 7, 17)), (date(2026, 8, 31), date(2027, 7, 16))]
    terms = [(date(2026, 8, 31), date(2026, 12, 18)), (date(2027, 1, 4), date(2027, 7, 16))]
    days = make(years=years, terms=terms)
    assert between(days, date(2026, 7, 17), date(2026, 8, 31)) == 1
    assert not is_school_day(days, date(2026, 12, 22))
    assert is_school_day(days, date(2025, 12, 22))  # that year has no terms
    assert is_school_day(days, date(2027, 9, 1))  # of what comes after the last year nothing is known


def test_a_person_works_on_her_days_and_not_while_away() -> None:
    days = make(closed=[(day(7), day(7))])
    rose = for_person(days, "135", [(day(2), day(2))])
    assert [i for i in range(14) if is_school_day(rose, day(i))] == [0, 4, 9, 11]
    assert is_school_day(for_person(days, "6"), day(5))  # the Saturday club


def test_add_counts_to_the_very_day() -> None:
    days = make(closed=[(day(3), day(11))])
    assert add_school_days(days, day(2), 1) == day(14)
    assert add_school_days(days, day(14), -1) == day(2)
    assert add_school_days(days, day(4), 0) == day(14)
    assert add_school_days(days, day(2), 0) == day(2)


@pytest.mark.parametrize("far", [date.min, date.max])
def test_the_ends_of_the_calendar_are_an_error_and_no_crash(far: date) -> None:
    is_school_day(make(), far)
    assert between(make(), date.min, date.max) > 2_000_000
    with pytest.raises(ValueError, match="9999"):
        add_school_days(make(), far, 3 if far == date.max else -3)


@given(WEEKDAYS, SPANS, SPANS, OFFSETS, OFFSETS)
def test_between_is_counting_day_by_day(weekdays: set[int], closed: list, staff: list, a: int, b: int) -> None:
    days = make(weekdays, closed, staff)
    slowly = sum(is_school_day(days, day(i)) for i in range(min(a, b) + 1, max(a, b) + 1))
    assert between(days, day(a), day(b)) == (slowly if a <= b else -slowly)


@given(WEEKDAYS, SPANS, SPANS, OFFSETS, st.integers(-40, 40).filter(bool))
def test_add_and_between_agree(weekdays: set[int], closed: list, staff: list, a: int, count: int) -> None:
    days = make(weekdays, closed, staff)
    found = add_school_days(days, day(a), count)
    assert is_school_day(days, found)
    if count > 0:
        assert between(days, day(a), found) == count
    else:
        assert between(days, found - timedelta(days=1), day(a - 1)) == -count


# ── the law ──────────────────────────────────────────────────────────────────────────────────────


def moved(when: date, monday: date) -> date:
    return when + timedelta(days=14) if when >= monday else when


def stretched(spans: list, monday: date) -> list:
    """The spans in a calendar into which two weeks were put before ``monday``: one that goes across is cut there."""
    out = []
    for start, end in spans:
        if start < monday <= end:
            out += [(start, monday - timedelta(days=1)), (monday + timedelta(days=14), end + timedelta(days=14))]
        else:
            out.append((moved(start, monday), moved(end, monday)))
    return out


@given(
    WEEKDAYS, SPANS, SPANS, st.none() | st.sampled_from(["1", "135", "24", "12345", "67"]), SPANS, st.integers(-8, 16), OFFSETS, OFFSETS,
    st.integers(-30, 30),
)  # fmt: skip
def test_two_closed_weeks_change_no_hint(
    weekdays: set[int],
    closed: list,
    staff: list,
    works_on: str | None,
    away: list,
    week: int,
    a: int,
    b: int,
    count: int,
) -> None:
    monday = day(7 * week)
    before = for_person(make(weekdays, closed, staff), works_on, away)
    break_ = (monday, monday + timedelta(days=13))
    after = for_person(
        make(weekdays, [*stretched(closed, monday), break_], stretched(staff, monday)),
        works_on,
        stretched(away, monday),
    )
    assert between(before, day(a), day(b)) == between(after, moved(day(a), monday), moved(day(b), monday))
    assert moved(add_school_days(before, day(a), count), monday) == add_school_days(after, moved(day(a), monday), count)


@given(
    SPANS,
    st.integers(-2, 14),
    st.integers(0, 100),
    st.lists(st.tuples(st.integers(0, 14), st.sampled_from("AB")), max_size=3),
)
def test_two_closed_weeks_change_no_letter(closed: list, week: int, a: int, said: list) -> None:
    monday = day(7 * week)
    year = (day(0), day(110), True)
    marks = list(dict(said).items())
    before = week_letter(make(closed=closed), day(a), [year], [(day(7 * w), letter) for w, letter in marks])
    after = week_letter(
        make(closed=[*stretched(closed, monday), (monday, monday + timedelta(days=13))]),
        moved(day(a), monday),
        [(moved(year[0], monday), moved(year[1], monday), True)],
        [(moved(day(7 * w), monday), letter) for w, letter in marks],
    )
    assert before == after


def test_letters_take_turns_over_school_weeks() -> None:
    days = make(closed=[(day(7), day(11))])
    year = [(day(0), day(60), True)]
    assert [week_letter(days, day(7 * i), year) for i in range(5)] == ["A", None, "B", "A", "B"]
    assert week_letter(days, day(21), year, [(day(14), "A")]) == "B"
    assert week_letter(days, day(0), [(day(0), day(60), False)]) is None
    assert week_letter(days, day(0)) is None


def test_the_database_is_read_into_the_same_days(app, look) -> None:
    with look() as tx:
        assert school_days.of_school(tx, 1) == make()
        assert school_days.of_member(tx, 3) == make()
        assert school_days.letter_of(tx, 1, MONDAY) is None
