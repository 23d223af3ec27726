"""What stands on somebody's page: her own actions by when they are due, and what others did where she works."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from board.core import times
from board.home.models import HomeVisit
from tests.boards.places import done, made
from tests.callers import Caller
from tests.home.places import card, column_of

As = Callable[[str], Caller]
SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def column(as_: As) -> int:
    return column_of(as_)


def test_actions_stand_under_when_they_are_due(as_: As, sign_in: SignIn, column: int) -> None:
    maya, today = as_("Maya"), times.clock().date()
    card(maya, column, title="Old one", owner_ids=[3], due=str(today - timedelta(days=3)))
    card(maya, column, title="Of today", owner_ids=[3], due=str(today))
    card(maya, column, title="Far away", owner_ids=[3], due=str(today + timedelta(days=40)))
    card(maya, column, title="Some day", owner_ids=[3])
    card(as_("Jon"), column, title="Would you", owner_ids=[3])
    page = sign_in("Maya").get("/").text
    order = ["You are asked", "Would you", ">Late", "Old one", ">Today", "Of today", ">Later", "Far away", ">Without a date", "Some day"]  # fmt: skip
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_what_is_done_archived_or_anothers_is_not_mine(as_: As, sign_in: SignIn, column: int) -> None:
    maya = as_("Maya")
    done, shut, away = (
        card(maya, column, title=t, owner_ids=[3]) for t in ("Done thing", "Shut thing", "Binned thing")
    )
    maya.put(f"/cards/{done}/done")
    maya.put(f"/cards/{shut}/archive")
    maya.delete(f"/cards/{away}")
    card(maya, column, title="Of Jon", owner_ids=[4])
    page = sign_in("Maya").get("/").text
    assert not [t for t in ("Done thing", "Shut thing", "Binned thing", "Of Jon") if t in page]


def test_others_doings_are_told_and_own_ones_are_not(as_: As, sign_in: SignIn, column: int) -> None:
    card(as_("Jon"), column, title="Print the songs")
    card(as_("Maya"), column, title="Tune the piano")
    page = sign_in("Maya").get("/").text
    assert "Jon added" in page
    assert "Print the songs" in page
    assert "Tune the piano" not in page


def test_news_end_with_the_card_and_with_the_right_to_see_it(as_: As, sign_in: SignIn, column: int) -> None:
    jon = as_("Jon")
    gone = card(jon, column, title="A secret plan")
    assert "A secret plan" in sign_in("Maya").get("/").text
    assert (
        "A secret plan" not in sign_in("Rose").get("/").text
    )  # in the school, not in the group: it is not near to her
    assert "A secret plan" not in sign_in("Sam").get("/").text
    assert "A secret plan" not in sign_in("Olga").get("/").text
    jon.delete(f"/cards/{gone}")
    assert "A secret plan" not in sign_in("Maya").get("/").text


def test_hostile_titles_stay_text(as_: As, sign_in: SignIn, column: int) -> None:
    card(as_("Jon"), column, title="</script><img src=x onerror=alert(1)>", owner_ids=[3])
    page = sign_in("Maya").get("/").text
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_what_happens_in_a_closed_group_changes_no_figure_of_others(as_: As, sign_in: SignIn, column: int) -> None:
    """Maya owns the open initiative and is in a group of it; another group of it is closed to her."""
    thomas, day = as_("Thomas"), str(times.clock().date() + timedelta(days=1))
    initiative = made(thomas.post("/initiatives", {"title": "Music"}))
    done(thomas.put(f"/initiatives/{initiative}/members/3", {"role": "owner"}))
    done(thomas.put(f"/initiatives/{initiative}/members/4", {"role": "member"}))
    groups, lists = {}, {}
    for title, closed in (("Band", False), ("Budget", True)):
        groups[title] = made(thomas.post("/groups", {"title": title, "initiative_id": initiative, "closed": closed}))
        board = made(thomas.post("/boards", {"title": f"{title} board", "group_id": groups[title]}))
        lists[title] = made(thomas.post(f"/boards/{board}/lists", {"title": "To do"}))
    card(thomas, lists["Band"], title="Book the hall", due=day)
    pages = ("/", "/work?whose=groups", "/boards", "/initiatives", f"/initiatives/{initiative}", f"/groups/{groups['Band']}",
             f"/cards?initiative={initiative}", f"/cards?initiative={initiative}&state=moved", "/people")  # fmt: skip
    watchers = {name: sign_in(name) for name in ("Maya", "Jon", "Rose", "Ana")}

    def seen() -> dict[tuple[str, str], str]:
        return {(name, page): _still(client.get(page).text) for name, client in watchers.items() for page in pages}

    before = seen()
    assert before["Maya", "/"].count("Book the hall") == 1
    done(thomas.post(f"/lists/{lists['Budget']}/batch", {"titles": ["One", "Two"]}))
    for n in range(3):
        secret = card(thomas, lists["Budget"], title=f"Secret {n}", due=day)
        done(thomas.put(f"/cards/{secret}/done"))
        thread = thomas.get(f"/cards/{secret}").json["data"]["thread_id"]
        done(thomas.post(f"/threads/{thread}/comments", {"body": "Hush"}))
    card(thomas, lists["Budget"], title="Late secret", due="2020-01-06")
    assert {at: words for at, words in seen().items() if words != before[at]} == {}


def _still(page: str) -> str:
    """Without what is another one at each request."""
    return re.sub(r'nonce="[^"]*"|nonce-[\w+/=-]*', "", page)


# ── school time ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """``at("2026-11-27")``: it is noon of that day."""

    def set_to(day: str) -> None:
        noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        monkeypatch.setattr(times, "clock", lambda: noon)

    return set_to


def late(page: str) -> bool:
    return "action--late" in page


def test_what_was_due_on_friday_is_late_on_monday_and_not_on_saturday(
    as_: As, sign_in: SignIn, column: int, at: Callable[[str], None]
) -> None:
    at("2026-11-26")
    card(as_("Maya"), column, title="Copies", owner_ids=[3], due="2026-11-27")
    seen = {}
    for day in ("2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30"):
        at(day)
        seen[day] = late(sign_in("Maya").get("/").text)
    assert seen == {"2026-11-27": False, "2026-11-28": False, "2026-11-29": False, "2026-11-30": True}
    assert "On your next working day" in page_on(sign_in, at, "2026-11-28")


def page_on(sign_in: SignIn, at: Callable[[str], None], day: str) -> str:
    at(day)
    return sign_in("Maya").get("/").text


def test_two_closed_weeks_make_nothing_late(as_: As, sign_in: SignIn, column: int, at: Callable[[str], None]) -> None:
    at("2026-11-26")
    card(as_("Maya"), column, title="Copies", owner_ids=[3], due="2026-12-01")
    closed = {"title": "Closed", "start": "2026-11-30", "end": "2026-12-11"}
    assert as_("Ana").post("/closed-days", closed).status == 201
    assert not late(page_on(sign_in, at, "2026-12-10"))
    assert not late(page_on(sign_in, at, "2026-12-14"))  # the first day on which it can be done
    assert late(page_on(sign_in, at, "2026-12-15"))


def test_ones_own_days_count(as_: As, sign_in: SignIn, column: int, at: Callable[[str], None]) -> None:
    at("2026-11-20")
    maya = as_("Maya")
    assert maya.patch("/me", {"works_on": "15"}).status == 200  # Mondays and Fridays
    card(maya, column, title="Copies", owner_ids=[3], due="2026-11-23")
    assert not late(page_on(sign_in, at, "2026-11-26"))
    assert late(page_on(sign_in, at, "2026-11-27"))


# ── since she was here ───────────────────────────────────────────────────────────────────────────


def test_what_is_new_stays_new_for_the_whole_visit(
    as_: As, sign_in: SignIn, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = times.clock()

    def minutes(n: int) -> None:
        monkeypatch.setattr(times, "clock", lambda: start + timedelta(minutes=n))

    maya, client = as_("Maya"), sign_in("Maya")
    card(as_("Jon"), column, title="Print the songs")
    minutes(1)
    assert maya.put("/home/visit").status == 200
    minutes(10)
    assert maya.put("/home/visit").status == 200
    assert "Print the songs" in client.get("/").text  # she looks again within the same visit
    minutes(60)
    assert "Print the songs" not in client.get("/").text  # she was here, and came back
    card(as_("Jon"), column, title="Book the hall")
    minutes(61)
    assert maya.put("/home/visit").status == 200
    assert "Book the hall" in client.get("/").text
    assert "Print the songs" not in client.get("/").text


def test_that_somebody_was_here_is_for_nobody_else(as_: As, pushed: Any) -> None:
    assert as_("Maya").put("/home/visit").json["events"] == []
    assert pushed.events == []
    assert as_(None).put("/home/visit").status == 401


def test_looking_changes_nothing(sign_in: SignIn, look: Any, column: int) -> None:
    client = sign_in("Maya")
    client.get("/")
    with look() as tx:
        assert tx.all(select(HomeVisit.__table__)) == []


def test_news_tell_where_it_went_and_nothing_of_archived_lists(as_: As, sign_in: SignIn, column: int) -> None:
    jon = as_("Jon")
    id = card(jon, column, title="Print the songs")
    board = jon.get(f"/cards/{id}").json["data"]["board_id"]
    other = jon.post(f"/boards/{board}/lists", {"title": "On its way"}).json["data"]["id"]
    assert jon.put(f"/cards/{id}/position", {"list_id": other}).status == 200
    page = sign_in("Maya").get("/").text
    assert "Jon moved" in page
    assert "On its way" in page
    assert jon.put(f"/lists/{other}/archive").status == 200
    assert "Print the songs" not in sign_in("Maya").get("/").text


# ── the first time ───────────────────────────────────────────────────────────────────────────────


def test_everybody_is_offered_a_next_step(as_: As, sign_in: SignIn) -> None:
    assert "Nothing is shared with you yet" in sign_in("Sam").get("/").text
    assert "Propose an initiative" in sign_in("Rose").get("/").text
    assert "Start an initiative" in sign_in("Thomas").get("/").text
    column_of(as_)
    assert "See the initiatives" in sign_in("Rose").get("/").text
    assert "You are in no group yet" not in sign_in("Maya").get("/").text


def test_who_may_not_finish_it_is_offered_no_tick(as_: As, sign_in: SignIn, column: int) -> None:
    thomas = as_("Thomas")
    id = card(thomas, column, title="Bring the drum")
    board = thomas.get(f"/cards/{id}").json["data"]["board_id"]
    assert thomas.put(f"/boards/{board}/guests/6", {"right": "comment"}).status == 200
    assert thomas.put(f"/cards/{id}/owners/6").status == 200
    assert as_("Sam").put(f"/cards/{id}/owners/6").status == 200
    page = sign_in("Sam").get("/").text
    assert "Bring the drum" in page
    assert "data-tick" not in page
