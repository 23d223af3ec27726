"""My work: what is mine, or my groups', as a list and as a month."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from board.boards.models import Card
from board.core import times
from board.core.db import writing
from board.home import work
from board.people.models import Member, School
from tests.callers import Caller
from tests.home.places import card, column_of

As = Callable[[str], Caller]
SignIn = Callable[[str], FlaskClient]
Queries = Callable[[int], AbstractContextManager[list[str]]]


@pytest.fixture
def column(as_: As) -> int:
    return column_of(as_)


def test_mine_alone_is_shown_first(as_: As, sign_in: SignIn, column: int) -> None:
    card(as_("Maya"), column, title="Tune the piano", owner_ids=[3])
    card(as_("Jon"), column, title="Print the songs", owner_ids=[4])
    page = sign_in("Maya").get("/work").text
    assert "Tune the piano" in page
    assert "Print the songs" not in page


def test_all_of_ones_groups_on_demand_and_no_more(as_: As, sign_in: SignIn, column: int) -> None:
    card(as_("Jon"), column, title="Print the songs", owner_ids=[4])
    assert "Print the songs" in sign_in("Maya").get("/work?whose=groups").text
    for other in ("Rose", "Sam", "Olga"):
        assert "Print the songs" not in sign_in(other).get("/work?whose=groups").text, other


def test_one_board_alone_and_in_another_order(as_: As, sign_in: SignIn, column: int) -> None:
    maya = as_("Maya")
    card(maya, column, title="Zebra", owner_ids=[3], due=str(times.clock().date()))
    card(maya, column, title="Ant", owner_ids=[3])
    client = sign_in("Maya")
    by_date = client.get("/work").text
    assert by_date.index("Zebra") < by_date.index("Ant")
    by_title = client.get("/work?sort=title").text
    assert by_title.index("Ant") < by_title.index("Zebra")
    board = re.search(r'value="(board:\d+)"', by_date)
    assert board
    assert "Zebra" in client.get(f"/work?in={board[1]}").text
    assert "Zebra" not in client.get("/work?in=board:999999").text


def test_a_month_shows_each_on_its_day(as_: As, sign_in: SignIn, column: int) -> None:
    due = times.clock().date().replace(day=15)
    card(as_("Maya"), column, title="Rehearsal", owner_ids=[3], due=str(due))
    page = sign_in("Maya").get(f"/work?view=month&month={due:%Y-%m}").text
    cell = page[page.index(f'data-day="{due}"') :]
    assert "Rehearsal" in cell[: cell.index("</td>")]
    assert (
        "Rehearsal"
        not in sign_in("Maya").get("/work?view=month&month=2031-02").text.split("<tbody>")[1].split("</tbody>")[0]
    )


@pytest.mark.parametrize(
    ("browser", "first"), [("en-US,en", "Sun"), ("en-GB,en", "Mon"), ("en-EG", "Sat"), ("en", "Mon")]
)
def test_its_weeks_begin_as_in_the_reader_s_country(sign_in: SignIn, browser: str, first: str) -> None:
    page = sign_in("Maya").get("/work?view=month&month=2026-11", headers={"Accept-Language": browser}).text
    assert re.findall(r'<th scope="col">(\w+)', page)[0] == first
    days = re.findall(r'data-day="(\d{4}-\d\d-\d\d)"', page)
    assert f"{date.fromisoformat(days[0]):%a}" == first and len(days) % 7 == 0
    assert len([d for d in days if d.startswith("2026-11")]) == 30


@pytest.mark.parametrize("asked", ["whose=x&sort=y&view=z", "month=0000-00&view=month", "month=9999-12&view=month", "in=board:", "in=board:x", "in=card:1", "month=<script>&view=month", "in=board:99999999999999"])  # fmt: skip
def test_whatever_the_address_says_it_is_a_page(sign_in: SignIn, asked: str) -> None:
    answer = sign_in("Maya").get(f"/work?{asked}")
    assert answer.status_code == 200
    assert "<script>&" not in answer.text


def test_nobody_who_is_not_signed_in_sees_it(client: FlaskClient) -> None:
    assert client.get("/work").headers["Location"] == "/sign-in?next=/work"


@pytest.mark.parametrize("address", ["/", "/work", "/work?whose=groups", "/work?view=month"])
def test_as_many_statements_for_many_cards_as_for_few(as_: As, sign_in: SignIn, column: int, queries: Queries, address: str) -> None:  # fmt: skip
    client = sign_in("Maya")
    card(as_("Jon"), column, title="One", owner_ids=[3])
    with queries(99) as few:
        client.get(address)
    before = len(few)
    for n in range(8):
        due: Any = str(times.clock().date() + timedelta(days=n - 3))
        card(as_("Jon"), column, title=f"Card {n}", owner_ids=[3] if n % 2 else [4], due=due)
    with queries(before):
        client.get(address)


def test_items_of_checklists_that_are_mine(as_: As, sign_in: SignIn, column: int) -> None:
    jon, today = as_("Jon"), times.clock().date()
    id = card(jon, column, title="The concert")
    checklist = jon.post(f"/cards/{id}/checklists", {"title": "Steps"}).json["data"]["id"]
    item = jon.post(f"/checklists/{checklist}/items", {"title": "Order the chairs"}).json["data"]["id"]
    assert "Order the chairs" not in sign_in("Maya").get("/work").text
    assert jon.patch(f"/items/{item}", {"owner_id": 3, "due": str(today)}).status == 200
    for path in ("/work", "/"):
        page = sign_in("Maya").get(path).text
        assert f'data-path="/items/{item}"' in page, path
        assert "The concert · Concert" in page
    assert "Order the chairs" not in sign_in("Jon").get("/work").text
    assert as_("Maya").put(f"/items/{item}/done").status == 200
    assert "Order the chairs" not in sign_in("Maya").get("/work").text


@pytest.mark.parametrize("due", ["9999-12-31T23:30:00.000Z", "0001-01-01T00:30:00.000Z", "9999-12-31"])
def test_a_date_that_was_once_taken_beyond_the_years_breaks_no_page(
    app: Flask, as_: As, sign_in: SignIn, column: int, due: str
) -> None:
    id = card(as_("Maya"), column, title="Far away", owner_ids=[3])
    assert as_("Maya").patch(f"/cards/{id}", {"due": due}).status == 422
    for zone in ("Europe/Berlin", "America/New_York"):
        with app.app_context(), writing() as tx:
            tx.update(School, 1, time_zone=zone)
            tx.update(Card, id, due=due)
            tx.update(Member, 3, works_on="1234")
        for page in ("/", "/work", "/work?whose=groups"):
            assert sign_in("Maya").get(page).status_code == 200, (zone, page)


def test_of_many_cards_of_ones_groups_the_board_and_the_month_looked_at_are_read(
    app: Flask, as_: As, sign_in: SignIn, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "MOST", 3)
    jon = as_("Jon")
    group = jon.get("/groups").json["data"][0]["id"]
    other = as_("Thomas").post("/boards", {"title": "Costumes", "group_id": group}).json["data"]["id"]
    there = as_("Thomas").post(f"/boards/{other}/lists", {"title": "To do"}).json["data"]["id"]
    for n in range(5):
        card(jon, column, title=f"Song {n}", due="2026-11-02")
    card(jon, there, title="Sew the lion", due="2027-03-09")
    maya = sign_in("Maya")
    every = maya.get("/work?whose=groups").text
    assert "Sew the lion" not in every and f'value="board:{other}"' in every
    assert "Sew the lion" in maya.get(f"/work?whose=groups&in=board:{other}").text
    assert "Sew the lion" in maya.get("/work?whose=groups&view=month&month=2027-03").text
