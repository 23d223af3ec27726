"""What stands on somebody's page: her own actions by when they are due, and what others did where she works."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from board.core import times
from tests.callers import Caller

As = Callable[[str], Caller]
SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def column(as_: As) -> int:
    """A list of a board of Jon's group, in which Maya is."""
    thomas = as_("Thomas")
    group = thomas.post("/groups", {"title": "Choir"}).json["data"]["id"]
    for member in (3, 4):
        assert thomas.put(f"/groups/{group}/members/{member}", {"role": "member"}).status == 200
    board = thomas.post("/boards", {"title": "Concert", "group_id": group}).json["data"]["id"]
    made = thomas.post(f"/boards/{board}/lists", {"title": "To do"})
    return int(made.json["data"]["id"])


def card(who: Caller, column: int, **fields: Any) -> int:
    made = who.post(f"/lists/{column}/cards", fields)
    assert made.status == 201, made.json
    return int(made.json["data"]["id"])


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
