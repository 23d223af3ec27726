"""What is due is told in the morning of a day on which the school is open and she works, once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from board.core import jobs, times
from board.core.db import writing
from board.notifications import job
from tests.boards.places import done, member

#: Tuesday, 24 November 2026, eight in the morning in UTC
MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)


def due(desk, day="2026-11-24"):
    done(desk.as_("Maya").patch(f"/cards/{desk.card}", {"due": day}))


def told(desk, person="Jon"):
    return [n for n in desk.told(person) if n["reason"] == "due"]


@pytest.fixture
def hers(desk):
    desk.own("Jon")
    due(desk)
    return desk


def test_once(hers, at, lawful):
    with lawful("Jon"):
        at(2026, 11, 24, 8)
    (notice,) = told(hers)
    assert (notice["event"], notice["detail"], notice["by"], notice["by_name"]) == ("due", "2026-11-24", None, None)
    at(2026, 11, 24, 9)
    at(2026, 11, 25, 8)
    at(2026, 12, 9, 8)
    assert told(hers) == [notice]


def test_again_for_another_date(hers, at):
    at(2026, 11, 24, 8)
    due(hers, "2026-11-26")
    at(2026, 11, 25, 8)
    assert len(told(hers)) == 1
    at(2026, 11, 26, 8)
    assert [n["detail"] for n in told(hers)] == ["2026-11-26", "2026-11-24"]


def test_not_before_it_is_due_nor_before_seven(hers, at):
    at(2026, 11, 23, 8)
    at(2026, 11, 24, 6, 59)
    assert told(hers) == []


@pytest.mark.parametrize("what", ["done", "archive"])
def test_not_what_is_settled(hers, at, what):
    done(hers.as_("Maya").put(f"/cards/{hers.card}/{what}"))
    at(2026, 11, 24, 8)
    assert told(hers) == []


def test_not_who_was_only_asked(desk, at):
    desk.give("Jon")
    due(desk)
    at(2026, 11, 24, 8)
    assert told(desk) == []


def test_on_a_free_day_nobody_is_told_and_then_on_the_next(hers, at):
    ana = hers.as_("Ana")
    done(ana.post("/closed-days", {"title": "Snow", "start": "2026-11-24", "end": "2026-11-25"}))
    at(2026, 11, 24, 8)
    at(2026, 11, 25, 8)
    assert told(hers) == []
    at(2026, 11, 26, 8)
    assert len(told(hers)) == 1


def test_on_her_own_days(hers, at):
    done(hers.as_("Jon").patch("/me", {"works_on": "15"}))
    for day in (24, 25, 26):
        at(2026, 11, day, 8)
    assert told(hers) == []
    at(2026, 11, 27, 8)
    assert len(told(hers)) == 1


def test_a_weekend_is_free(hers, at):
    due(hers, "2026-11-28")
    at(2026, 11, 28, 8)
    at(2026, 11, 29, 8)
    assert told(hers) == []
    at(2026, 11, 30, 8)
    assert len(told(hers)) == 1


def test_by_the_clock_of_the_school(hers, at):
    done(hers.as_("Ana").patch("/school", {"time_zone": "Pacific/Auckland"}))
    # 07:30 on the 24th there is the evening of the 23rd in UTC.
    at(2026, 11, 23, 18, 30)
    assert len(told(hers)) == 1


def test_an_instant_belongs_to_its_day_there(hers, at):
    done(hers.as_("Ana").patch("/school", {"time_zone": "America/Chicago"}))
    due(hers, "2026-11-25T04:30:00.000Z")  # 22:30 on the 24th
    at(2026, 11, 23, 14)
    assert told(hers) == []
    at(2026, 11, 24, 14)
    assert len(told(hers)) == 1


def test_who_switched_it_off(hers, at):
    done(hers.as_("Jon").put("/me/notice-settings", {"off": ["due"]}))
    at(2026, 11, 24, 8)
    assert told(hers) == []


def test_who_no_longer_sees_it(desk, at):
    done(desk.as_("Maya").put(f"/boards/{desk.board}/guests/{member('Sam')}", {"right": "edit"}))
    done(desk.as_("Sam").put(f"/cards/{desk.card}/owners/{member('Sam')}"))
    due(desk)
    done(desk.as_("Maya").delete(f"/boards/{desk.board}/guests/{member('Sam')}"))
    at(2026, 11, 24, 8)
    assert told(desk, "Sam") == []


def test_there_is_a_tomorrow_and_only_one(app, hers, at, look):
    at(2026, 11, 24, 8)
    at(2026, 11, 24, 9)
    t = jobs.Job.__table__
    with look() as tx:
        assert tx.scalars(select(t.c.run_at).where(t.c.kind == job.KIND)) == ["2026-11-25T07:00:00.000Z"]


def test_old_notices_go(app, hers, at, lawful):
    at(2026, 11, 24, 8)
    assert told(hers)
    with lawful("Jon"):
        at(2027, 3, 1, 8)
    assert hers.told("Jon") == []


def test_it_runs_by_itself(app, hers, monkeypatch):
    monkeypatch.setattr(times, "clock", lambda: MORNING)
    with app.app_context(), writing() as tx:
        jobs.enqueue(tx, job.KIND, {"school_id": 1}, school_id=1)
    assert jobs.work_once(app)
    assert len(told(hers)) == 1
