"""What was done to many cards at once is told on one line and counts each card; a board that came while she was away counts what is on it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from board.core import position, times
from board.core.access import Actor
from board.home import news
from tests.boards.places import done, made, member
from tests.callers import Caller
from tests.home.places import card, column_of

As = Callable[..., Caller]
SignIn = Callable[[str], FlaskClient]
Told = Callable[[str], list[news.BoardNews]]


@pytest.fixture
def column(as_: As, here: Callable[[], None]) -> int:
    return column_of(as_)


@pytest.fixture
def board(as_: As, column: int) -> int:
    return int(as_("Jon").get("/boards").json["data"][0]["id"])


@pytest.fixture
def told(look: Any, actor: Callable[[str], Actor]) -> Told:
    """What home tells somebody of the last minute."""

    def read(person: str) -> list[news.BoardNews]:
        with look() as tx:
            ids = list(tx.scalars(news.select(news.boards.c.id)))
            return news.since(tx, actor(person), ids, SINCE[0])

    return read


#: when she was here last
SINCE = [""]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """``here()``: she was here, and went; what comes now is new."""
    moments = iter(datetime.fromisoformat(f"2026-11-24T09:{minute:02}:00+00:00") for minute in range(60))

    def now() -> None:
        SINCE[0] = times.instant(next(moments))
        later = next(moments)
        monkeypatch.setattr(times, "clock", lambda: later)

    now()
    return now


def lines(found: list[news.BoardNews]) -> list[tuple[str, str, int, Any]]:
    return [(line.type, line.title, line.others, line.to) for board in found for line in board.lines]


def pasted(who: Caller, column: int, *titles: str) -> list[int]:
    return [c["id"] for c in done(who.post(f"/lists/{column}/batch", {"titles": list(titles)}))["cards"]]


def test_pasted_lines_are_counted(as_: As, told: Told, here: Callable[[], None], column: int, sign_in: SignIn) -> None:
    here()
    pasted(as_("Jon"), column, "Chairs", "Tables", "Tea")
    (found,) = told("Maya")
    assert (found.count, found.more) == (3, 0)
    assert lines([found]) == [("card.added", "Chairs", 2, None)]
    page = sign_in("Maya").get("/").text
    assert "Jon added" in page
    assert "and 2 more" in page
    assert told("Jon") == [], "not of oneself"


def test_moved_together_dated_finished_and_opened_again(
    as_: As, told: Told, here: Callable[[], None], column: int, board: int
) -> None:
    jon = as_("Jon")
    ids = pasted(jon, column, "Chairs", "Tables", "Tea")
    other = made(jon.post(f"/boards/{board}/lists", {"title": "On its way"}))
    for body, wanted in (
        ({"position": {"list_id": other}}, ("card.moved", "Chairs", 2, "On its way")),
        ({"due": "2026-12-01"}, ("card.changed", "Chairs", 2, None)),
        ({"done": True}, ("card.finished", "Chairs", 2, None)),
        ({"done": False}, ("card.reopened", "Chairs", 2, None)),
    ):
        here()
        done(jon.post(f"/boards/{board}/batch", {"card_ids": ids, **body}))
        (found,) = told("Maya")
        assert found.count == 3
        assert lines([found]) == [wanted]


def test_the_newest_of_each_card_is_told_and_none_twice(
    as_: As, told: Told, here: Callable[[], None], column: int, board: int
) -> None:
    jon = as_("Jon")
    here()
    first, second, third = pasted(jon, column, "Chairs", "Tables", "Tea")
    done(jon.post(f"/boards/{board}/batch", {"card_ids": [first, second], "done": True}))
    done(jon.patch(f"/cards/{second}", {"title": "Long tables"}))
    done(jon.put(f"/cards/{third}/archive"))
    (found,) = told("Maya")
    assert found.count == 2
    assert lines([found]) == [("card.changed", "Long tables", 0, None), ("card.finished", "Chairs", 0, None)]


def test_owners_are_told_where_somebody_came(
    as_: As, told: Told, here: Callable[[], None], column: int, board: int
) -> None:
    jon = as_("Jon")
    ids = pasted(jon, column, "Chairs", "Tables", "Tea")
    done(jon.put(f"/cards/{ids[0]}/owners/{member('Thomas')}"))
    here()
    done(jon.post(f"/boards/{board}/batch", {"card_ids": ids, "owner_ids": {"add": [member("Thomas")]}}))
    assert lines(told("Maya")) == [("card.owner_asked", "Tables", 1, None)], "one had him before"
    here()
    done(jon.post(f"/boards/{board}/batch", {"card_ids": ids, "owner_ids": {"add": [member("Jon")]}}))
    assert lines(told("Maya")) == [("card.owner_accepted", "Chairs", 2, None)]
    here()
    done(jon.post(f"/boards/{board}/batch", {"card_ids": ids, "owner_ids": {"remove": [member("Thomas")]}}))
    assert told("Maya") == [], "as one by one: who left is no news"


def test_who_stood_aside_has_not_moved(
    as_: As, told: Told, here: Callable[[], None], column: int, board: int, monkeypatch: pytest.MonkeyPatch,
    sign_in: SignIn,
) -> None:  # fmt: skip
    jon = as_("Jon")
    ids = pasted(jon, column, "Chairs", "Tables", "Tea", "Milk")
    monkeypatch.setattr(position, "LONGEST", 0)  # no room between two, so that all are set out anew
    here()
    batch = {"card_ids": ids[2:], "position": {"list_id": column, "before_id": ids[0]}}
    answer = jon.post(f"/boards/{board}/batch", batch, key="together-1")
    assert len(answer.json["events"][0]["put"]["cards"]) == 4
    assert [found.count for found in told("Maya")] == [2]
    here()
    assert jon.put("/ops/together-1/undone").status == 200
    assert [found.count for found in told("Maya")] == [2]
    moved = re.search(r'state=moved"[^>]*>.*?<span class="chip chip--count">(\d+)<', sign_in("Maya").get(f"/cards?board={board}").text, re.S)  # fmt: skip
    assert moved and moved[1] == "4", "added this week they were all"


def test_a_copied_list_and_one_from_elsewhere(
    as_: As, told: Told, here: Callable[[], None], column: int, board: int
) -> None:
    jon, thomas = as_("Jon"), as_("Thomas")
    pasted(jon, column, "Chairs", "Tables")
    group = jon.get("/groups").json["data"][0]["id"]
    second = made(thomas.post("/boards", {"title": "Second", "group_id": group}))
    here()
    done(jon.post(f"/lists/{column}/copies", {"title": "Again"}))
    (found,) = told("Maya")
    assert (found.count, lines([found])) == (2, [("card.added", "Chairs", 1, None)])
    here()
    done(jon.put(f"/lists/{column}/board", {"board_id": second}))
    (found,) = told("Maya")
    assert (found.id, found.count) == (second, 2)
    assert lines([found]) == [("card.moved", "Chairs", 1, "To do")]


def test_a_board_that_was_made_counts_what_stands_on_it(
    as_: As, told: Told, here: Callable[[], None], column: int, board: int, sign_in: SignIn
) -> None:
    thomas = as_("Thomas")
    pasted(thomas, column, "Chairs", "Tables", "Tea")
    group = thomas.get("/groups").json["data"][0]["id"]
    here()
    copy = made(thomas.post(f"/boards/{board}/copies", {"title": "Next year", "group_id": group, "with_cards": True}))
    (found,) = told("Maya")
    assert (found.id, found.count, found.more) == (copy, 3, 3)
    assert lines([found]) == [("board.added", "", 0, None)]
    assert "Thomas made this board" in sign_in("Maya").get("/").text
    new = as_("Jon").get(f"/boards/{copy}").json["lists"][0]["id"]
    pasted(as_("Jon"), new, "Milk")
    (found,) = told("Maya")
    assert (found.count, found.more) == (4, 3)
    assert [line[0] for line in lines([found])] == ["board.added", "card.added"]
    assert lines(told("Thomas")) == [("card.added", "Milk", 0, None)], "hers is no news to herself"


def test_what_is_put_away_together_is_no_news(
    as_: As, told: Told, here: Callable[[], None], column: int, board: int
) -> None:
    ids = pasted(as_("Jon"), column, "Chairs", "Tables")
    here()
    done(as_("Jon").post(f"/boards/{board}/batch", {"card_ids": ids, "archive": True}))
    assert told("Maya") == []


def test_other_boards_cards_are_never_told(as_: As, sign_in: SignIn, column: int) -> None:
    thomas = as_("Thomas")
    group = made(thomas.post("/groups", {"title": "Budget", "closed": True}))
    secret = made(thomas.post("/boards", {"title": "Bills", "group_id": group}))
    its_list = made(thomas.post(f"/boards/{secret}/lists", {"title": "Hush"}))
    pasted(thomas, its_list, "A secret plan", "Another")
    done(thomas.put(f"/lists/{column}/board", {"board_id": secret}))
    for name in ("Maya", "Rose", "Ana"):
        page = sign_in(name).get("/").text
        assert not [word for word in ("A secret plan", "Bills", "Hush") if word in page], name


def test_as_many_statements_for_many_as_for_one(
    as_: As, sign_in: SignIn, column: int, board: int, queries: Callable[[int], AbstractContextManager[list[str]]]
) -> None:
    client, jon = sign_in("Maya"), as_("Jon")
    card(jon, column, title="One")
    with queries(99) as few:
        client.get("/")
    for n in range(5):
        ids = pasted(jon, column, *(f"Card {n} {i}" for i in range(20)))
        done(jon.post(f"/boards/{board}/batch", {"card_ids": ids, "done": True}))
        done(jon.post(f"/lists/{column}/copies", {"title": f"Copy {n}"}))
        made(as_("Thomas").post(f"/boards/{board}/copies", {"title": f"Board {n}", "group_id": 1, "with_cards": True}))
    with queries(len(few)):
        client.get("/")
