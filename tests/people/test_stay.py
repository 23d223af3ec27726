"""A member's last day: on the day after, at the school's midnight, she is let go by herself."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from board.core import times
from board.people import job
from board.people.models import Member, Session, Token
from tests import laws
from tests.people.conftest import NEW_PASSWORD
from tests.school import PASSWORD

JON = {"email": "jon@example.org", "password": PASSWORD}


@pytest.fixture
def at(monkeypatch):
    def set_clock(text):
        moment = datetime.fromisoformat(f"{text}:00+00:00")
        monkeypatch.setattr(times, "clock", lambda: moment)

    set_clock("2026-12-01T09:00")
    return set_clock


@pytest.fixture
def works(app):
    def run():
        with app.app_context():
            job.end_stays({})

    return run


def test_the_day_after_nothing_is_left_that_she_signs_in_with(as_, browser_of, at, works, look, pushed):
    ana, jon = as_("Ana"), browser_of("Jon")
    ana.patch("/school", {"time_zone": "Pacific/Auckland"})
    assert ana.patch("/members/4", {"until": "2026-12-03"}).status == 200
    session = jon.get("/sessions").json["data"][0]["id"]
    at("2026-12-03T10:59")  # a minute before her midnight
    works()
    assert jon.get("/me").status == as_("Jon").get("/me").status == 200
    at("2026-12-03T11:01")
    assert browser_of().post("/session", JON).status == 401, "before the job has come by"
    with laws.kept(as_("Maya"), "school:1"):
        works()
    assert jon.get("/me").status == as_("Jon").get("/me").status == browser_of().post("/session", JON).status == 401
    with look() as tx:
        for table in (Session.__table__, Token.__table__):
            assert tx.scalar(select(func.count()).select_from(table).where(table.c.member_id == 4)) == 0
    assert session in pushed.ended_sessions
    assert pushed.ended_tokens and 4 in pushed.rechecked
    assert not ana.get("/members/4").json["data"]["active"]
    told = ana.get("/rooms/school:1/events", since=0).json["events"][-1]
    assert (told["type"], told["by"]) == ("member.departed", None)
    before = laws.read(as_("Maya"), "/rooms/school:1")
    works()
    assert laws.read(as_("Maya"), "/rooms/school:1") == before


def test_nobody_else_leaves_and_nobody_asks_for_her(as_, at, works):
    ana = as_("Ana")
    group = ana.post("/groups", {"title": "Choir"}).json["data"]["id"]
    board = ana.post("/boards", {"title": "Concert", "group_id": group}).json["data"]["id"]
    list_ = ana.post(f"/boards/{board}/lists", {"title": "Now"}).json["data"]["id"]
    card = ana.post(f"/lists/{list_}/cards", {"title": "Tune"}).json["data"]["id"]
    for id, until in ((3, "2026-12-04"), (4, "2026-12-03"), (5, "2026-12-02")):
        ana.patch(f"/members/{id}", {"until": until})
    at("2026-12-04T00:00")
    works()
    active = {m["id"] for m in ana.get("/members").json["data"] if m["active"]}
    assert active == {1, 2, 3, 6}
    assert ana.put(f"/cards/{card}/owners/4").status == 404


def test_other_ways_in_are_shut_too(as_, browser_of, at):
    ana = browser_of("Ana")
    card = ana.put("/members/4/card").json["data"]["token"]
    reset = ana.put("/members/5/reset").json["data"]["token"]
    for id in (4, 5):
        assert ana.patch(f"/members/{id}", {"until": "2026-11-30"}).status == 200
    assert browser_of().post("/session", {"card": card}).status == 401
    assert browser_of().post("/resets", {"token": reset, "password": NEW_PASSWORD}).status == 401


def test_the_last_admin_stays(as_, browser_of, at, works):
    as_("Ana").patch("/members/1", {"until": "2026-11-30"})
    works()
    assert browser_of("Ana").get("/me").json["data"]["active"]


def test_who_is_brought_back_has_no_last_day(as_, browser_of, at, works, look):
    ana = as_("Ana")
    ana.patch("/members/4", {"until": "2026-11-30"})
    works()
    with laws.kept(as_("Maya"), "school:1"):
        back = ana.put("/members/4/active").json["data"]
    assert (back["active"], back["until"]) == (True, None)
    works()
    assert browser_of("Jon").get("/me").status == 200
    with look() as tx:
        assert tx.scalar(select(Member.until).where(Member.id == 4)) is None
