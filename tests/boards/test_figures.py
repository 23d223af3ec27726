"""Figures of groups and initiatives: each is the number of the cards that it opens, of what its reader sees, in the school's time."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from board.boards import figures
from board.core import times
from tests.boards.places import done, made, member
from tests.callers import Caller

As = Callable[[str | None], Caller]
SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def place(as_: As) -> dict[str, int]:
    """An open initiative with Maya's open group, and a closed group of Thomas alone; a board each."""
    thomas = as_("Thomas")
    initiative = made(thomas.post("/initiatives", {"title": "Reading"}))
    found = {"initiative": initiative}
    for name, closed in (("open", False), ("closed", True)):
        group = made(thomas.post("/groups", {"title": name, "initiative_id": initiative, "closed": closed}))
        board = made(thomas.post("/boards", {"title": f"{name} board", "group_id": group}))
        found |= {
            name: group,
            f"{name}_board": board,
            f"{name}_list": made(thomas.post(f"/boards/{board}/lists", {"title": "To do"})),
        }
    done(thomas.put(f"/groups/{found['open']}/members/{member('Maya')}", {"role": "lead"}))
    return found


def card(who: Caller, column: int, **fields: Any) -> int:
    return made(who.post(f"/lists/{column}/cards", {"title": "A card", **fields}))


def counted(sign_in: SignIn, person: str, kind: str, id: int) -> dict[str, int]:
    """The tabs of the page behind the figures."""
    page = sign_in(person).get(f"/cards?{kind}={id}").text
    return {
        state: int(n) for state, n in re.findall(r'state=(\w+)"[^>]*>[^<]*<span class="chip chip--count">(\d+)<', page)
    }


def test_each_state_is_counted_by_its_own_rule(as_: As, sign_in: SignIn, place: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(times, "clock", lambda: datetime.fromisoformat("2026-11-30T09:00:00+00:00"))  # a Monday
    thomas, column = as_("Thomas"), place["open_list"]
    card(thomas, column, due="2026-11-27")  # Friday: late by one school day
    card(thomas, column, due="2026-11-28")  # Saturday: due today
    card(thomas, column, due="2026-11-30T08:00:00.000Z")  # today, whatever the hour
    finished = card(thomas, column, due="2026-11-20")
    done(thomas.put(f"/cards/{finished}/done"))
    gone = card(thomas, column, due="2026-11-20")
    done(thomas.put(f"/cards/{gone}/archive"))
    found = counted(sign_in, "Maya", "group", place["open"])
    assert found == {"all": 4, "open": 3, "done": 1, "overdue": 1, "waiting": 0, "moved": 4}


def test_what_moved_is_of_this_week(
    as_: As, sign_in: SignIn, place: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(times, "clock", lambda: datetime.fromisoformat("2026-11-27T09:00:00+00:00"))
    first, second = (card(as_("Thomas"), place["open_list"]) for _ in range(2))
    assert counted(sign_in, "Maya", "group", place["open"])["moved"] == 2
    monkeypatch.setattr(times, "clock", lambda: datetime.fromisoformat("2026-11-30T09:00:00+00:00"))
    assert counted(sign_in, "Maya", "group", place["open"])["moved"] == 0
    done(as_("Thomas").put(f"/cards/{first}/position", {"list_id": place["open_list"], "after_id": second}))
    assert counted(sign_in, "Maya", "group", place["open"])["moved"] == 1


def test_what_moved_among_others_has_moved_too(
    as_: As, sign_in: SignIn, place: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    thomas, board, column = as_("Thomas"), place["open_board"], place["open_list"]

    def moved() -> int:
        return counted(sign_in, "Maya", "group", place["open"])["moved"]

    monkeypatch.setattr(times, "clock", lambda: datetime.fromisoformat("2026-11-27T09:00:00+00:00"))
    ids = [c["id"] for c in done(thomas.post(f"/lists/{column}/batch", {"titles": ["One", "Two", "Three"]}))["cards"]]
    assert moved() == 3, "pasted"
    monkeypatch.setattr(times, "clock", lambda: datetime.fromisoformat("2026-11-30T09:00:00+00:00"))
    assert moved() == 0
    done(thomas.post(f"/boards/{board}/batch", {"card_ids": ids, "due": "2026-12-01"}))
    assert moved() == 0, "another date is no move"
    done(thomas.post(f"/boards/{board}/batch", {"card_ids": ids[:2], "done": True}))
    assert moved() == 2
    done(thomas.put(f"/cards/{ids[0]}/position", {"list_id": column, "after_id": ids[2]}))
    assert moved() == 2, "none twice"
    done(thomas.post(f"/lists/{column}/copies", {"title": "Again"}))
    assert moved() == 5
    page = sign_in("Maya").get(f"/cards?group={place['open']}&state=moved").text
    assert page.count('class="place-line"') == 5, "and these it opens"


def test_only_what_one_sees_is_counted_and_it_is_said(as_: As, sign_in: SignIn, place: dict[str, int]) -> None:
    thomas = as_("Thomas")
    card(thomas, place["open_list"])
    card(thomas, place["closed_list"], title="Hush")
    note = "Only what you may see is counted"
    address = f"/initiatives/{place['initiative']}"
    for person, many, told in (("Thomas", 2, False), ("Maya", 1, True), ("Ana", 1, True)):
        assert counted(sign_in, person, "initiative", place["initiative"])["all"] == many, person
        page = sign_in(person).get(address).text
        assert (note in page) == told, person
        assert (note in sign_in(person).get("/initiatives").text) == told, person
        assert ("Hush" in page) == (person == "Thomas"), "what comes next, to him alone"
    assert "Hush" not in sign_in("Maya").get(f"/cards?initiative={place['initiative']}").text
    # A guest of the closed board counts it, and it is not hers to find the group.
    done(thomas.put(f"/boards/{place['closed_board']}/guests/{member('Maya')}", {"right": "read"}))
    assert counted(sign_in, "Maya", "initiative", place["initiative"])["all"] == 2
    assert sign_in("Maya").get(f"/cards?group={place['closed']}").status_code == 404


def test_a_figure_is_the_number_of_the_cards_it_opens(as_: As, sign_in: SignIn, place: dict[str, int]) -> None:
    for n in range(3):
        card(as_("Thomas"), place["open_list"], title=f"Card {n}", due="2020-01-06" if n else None)
    client = sign_in("Maya")
    page = client.get("/initiatives").text
    found = re.findall(r'href="(/cards\?initiative=\d+&amp;state=(\w+))">(.*?)<span class="table__label">', page, re.S)
    assert {state for _, state, _ in found} == {"done", "overdue", "waiting", "moved"}
    for address, state, words in found:
        behind = client.get(address.replace("&amp;", "&")).text
        rows = behind.count('class="place-line"')
        number = re.sub(r"<.*?>", "", words).strip().split(" of ")[0]
        assert rows == int(number), state


def test_what_comes_next_stands_by_its_date(as_: As, sign_in: SignIn, place: dict[str, int]) -> None:
    thomas, column = as_("Thomas"), place["open_list"]
    dues = {"Some day": None, "Soon": "2090-01-02", "Late": "2020-01-06", "Later": "2091-01-02"}
    ids = {title: card(thomas, column, title=title, due=due) for title, due in dues.items()}
    for title in ("Finished", "Put away"):
        ids[title] = card(thomas, column, title=title, due="2020-01-06")
    done(thomas.put(f"/cards/{ids['Finished']}/done"))
    done(thomas.put(f"/cards/{ids['Put away']}/archive"))
    for path in (f"/groups/{place['open']}", f"/initiatives/{place['initiative']}"):
        page = sign_in("Maya").get(path).text
        assert re.findall(r'coming__title" href="[^"]*"><bdi>(.*?)<', page) == ["Late", "Soon", "Later", "Some day"]
    for n in range(4):
        card(thomas, column, title=f"More {n}", due="2092-01-02")
    page = sign_in("Maya").get(f"/groups/{place['open']}").text
    assert page.count("coming__title") == figures.COMING
    assert f'href="/cards?group={place["open"]}&amp;state=open">All 8' in page


def test_archived_places_count_nowhere(as_: As, sign_in: SignIn, place: dict[str, int]) -> None:
    card(as_("Thomas"), place["open_list"])
    done(as_("Thomas").put(f"/groups/{place['open']}/archive"))
    assert counted(sign_in, "Thomas", "initiative", place["initiative"])["all"] == 0
    assert "a part is closed" not in sign_in("Thomas").get(f"/initiatives/{place['initiative']}").text


@pytest.mark.parametrize("person", ["Sam", "Olga"])
def test_nothing_for_who_sees_nothing(sign_in: SignIn, place: dict[str, int], person: str) -> None:
    for kind, id in (("group", place["open"]), ("initiative", place["initiative"]), ("board", place["open_board"])):
        assert sign_in(person).get(f"/cards?{kind}={id}").status_code == 404


def test_nobody_without_a_session(client: FlaskClient) -> None:
    assert client.get("/cards?group=1").status_code == 302


@pytest.mark.parametrize("asked", ["", "group=x", "group=99999999999999999999", "group=1&state=x", "group=1&page=0", "group=1&page=x", "group=1&page=99999"])  # fmt: skip
def test_any_address_is_a_page_or_not_there(sign_in: SignIn, place: dict[str, int], asked: str) -> None:
    assert sign_in("Maya").get(f"/cards?{asked}").status_code in (200, 404)


@pytest.mark.parametrize("address", ["/initiatives", "/initiatives/1", "/groups/1", "/cards?initiative=1", "/cards?group=1&state=overdue"])  # fmt: skip
def test_as_many_statements_for_many_as_for_few(
    as_: As, sign_in: SignIn, place: dict[str, int], queries: Callable[[int], AbstractContextManager[list[str]]], address: str
) -> None:  # fmt: skip
    client, thomas = sign_in("Maya"), as_("Thomas")
    card(thomas, place["open_list"], owner_ids=[member("Thomas")])
    with queries(99) as few:
        assert client.get(address).status_code == 200
    for n in range(4):
        group = made(thomas.post("/groups", {"title": f"Group {n}", "initiative_id": place["initiative"]}))
        board = made(thomas.post("/boards", {"title": f"Board {n}", "group_id": group}))
        column = made(thomas.post(f"/boards/{board}/lists", {"title": "To do"}))
        for _ in range(3):
            card(thomas, column, owner_ids=[member("Thomas")])
    with queries(len(few)):
        client.get(address)


def test_a_long_list_is_told_in_pages(
    as_: As, sign_in: SignIn, place: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "PAGE", 2)
    for n in range(5):
        card(as_("Thomas"), place["open_list"], title=f"Card {n}")
    client, seen = sign_in("Maya"), set()
    for page in (1, 2, 3):
        seen |= set(re.findall(r"Card \d", client.get(f"/cards?group={place['open']}&page={page}").text))
    assert len(seen) == 5
