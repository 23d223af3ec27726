"""GET /boards/{id}/guests, and the page that says who sees a board and why; a guest sees exactly what was shared."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.boards.places import Places, done, made, member, settle
from tests.callers import Caller

As = Callable[..., Caller]
SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def places(as_: As) -> Places:
    return settle(as_)


def guests(who: Caller, board: int) -> list[tuple[str, str]]:
    answer = who.get(f"/boards/{board}/guests")
    assert answer.status == 200, answer
    return [(g["name"], g["right"]) for g in answer.json["data"]]


def test_all_who_see_it_by_its_place_see_with_whom_it_is_shared(as_: As, places: Places) -> None:
    for person in ("Ana", "Thomas", "Maya", "Jon", "Rose"):
        assert guests(as_(person), places.open.board) == [("Sam", "comment")], person


def test_a_guest_is_told_of_herself_alone(as_: As, places: Places) -> None:
    other = made(as_("Ana").post("/members", {"name": "Nour", "role": "guest", "email": "nour@example.org"}))
    done(as_("Maya").put(f"/boards/{places.open.board}/guests/{other}", {"right": "read"}))
    assert guests(as_("Sam"), places.open.board) == [("Sam", "comment")]
    assert guests(as_("Maya"), places.open.board) == [("Sam", "comment"), ("Nour", "read")]


def test_changed_and_taken_away(as_: As, places: Places) -> None:
    path = f"/boards/{places.open.board}/guests/{member('Sam')}"
    done(as_("Maya").put(path, {"right": "edit"}))
    assert guests(as_("Jon"), places.open.board) == [("Sam", "edit")]
    done(as_("Maya").delete(path))
    assert guests(as_("Jon"), places.open.board) == []
    assert as_("Sam").get(f"/boards/{places.open.board}/guests").status == 404


def test_nobody_else(as_: As, places: Places) -> None:
    assert as_(None).get(f"/boards/{places.open.board}/guests").status == 401
    assert as_("Olga").get(f"/boards/{places.open.board}/guests").status == 404
    for person in ("Ana", "Maya", "Sam", "Olga"):
        assert as_(person).get(f"/boards/{places.closed.board}/guests").status == 404, person


# ── the page ─────────────────────────────────────────────────────────────────────────────────────


def page(sign_in: SignIn, person: str, board: int) -> Any:
    return sign_in(person).get(f"/boards/{board}/sharing")


def test_it_says_who_and_why(as_: As, sign_in: SignIn, places: Places) -> None:
    text = page(sign_in, "Jon", places.open.board).text
    assert "Everybody who works at the school" in text
    assert "The group is open." in text
    assert "May comment" in text
    assert "Share with" not in text  # he may not
    assert "Share with" in page(sign_in, "Maya", places.open.board).text
    closed = page(sign_in, "Rose", places.closed.board).text
    assert "no role in the school opens it" in closed
    assert "Everybody who works at the school" not in closed


def test_a_guest_reads_nothing_of_the_school_there(as_: As, sign_in: SignIn, places: Places) -> None:
    text = page(sign_in, "Sam", places.open.board).text
    assert "shared with you by name" in text
    for hidden in ("Reading week", "Literacy", "Maya", "Jon", "/groups/", "/people"):
        assert hidden not in text, hidden


def test_addresses_are_for_admins(as_: As, sign_in: SignIn, places: Places) -> None:
    made(as_("Ana").post("/members", {"name": "Nour", "role": "guest", "email": "nour@example.org"}))
    assert "nour@example.org" in page(sign_in, "Ana", places.open.board).text
    text = page(sign_in, "Maya", places.open.board).text
    assert "Nour" in text
    assert "nour@example.org" not in text


def test_hidden_looks_like_never_there(sign_in: SignIn, places: Places) -> None:
    for person in ("Ana", "Sam", "Olga"):
        assert page(sign_in, person, places.closed.board).status_code == 404
        assert page(sign_in, person, 999_999).status_code == 404


@pytest.mark.parametrize("of", ["group", "initiative"])
def test_the_words_are_true(as_: As, sign_in: SignIn, of: str) -> None:
    """What the page promises to everybody at the school is what somebody of the school finds."""
    thomas = as_("Thomas")
    for closed in (False, True):
        id = made(thomas.post(f"/{of}s", {"title": "Choir", "closed": closed}))
        board = made(thomas.post("/boards", {"title": "Concert", f"{of}_id": id}))
        promised = "Everybody who works at the school" in page(sign_in, "Thomas", board).text
        assert promised == (as_("Rose").get(f"/boards/{board}").status == 200)
        assert promised == ("Everybody who works at the school" in sign_in("Thomas").get(f"/{of}s/{id}").text)


def test_a_guest_finds_what_is_shared_and_nothing_else(as_: As, sign_in: SignIn, places: Places) -> None:
    """By address and by the API; tests/sockets plays the same by socket."""
    client, sam = sign_in("Sam"), as_("Sam")
    board = places.open.board
    assert [b["id"] for b in sam.get("/boards").json["data"]] == [board]
    for path in ("/", "/boards", f"/boards/{board}", f"/boards/{board}/sharing", "/work", f"/cards?board={board}"):
        assert client.get(path).status_code == 200, path
    shut = ["/initiatives", f"/initiatives/{places.initiative}", f"/groups/{places.open.group}", "/people", "/people/3", "/school",
            f"/boards/{places.closed.board}", f"/boards/{places.closed.board}/sharing", f"/cards?group={places.open.group}",
            f"/cards?initiative={places.initiative}", f"/cards?board={places.closed.board}"]  # fmt: skip
    for path in shut:
        assert client.get(path).status_code == 404, path
    for path in (
        f"/groups/{places.open.group}",
        f"/initiatives/{places.initiative}",
        f"/boards/{places.closed.board}",
        "/members/3",
    ):
        assert sam.get(path).status == 404, path
    assert sam.post(f"/lists/{places.open.lists[0]}/cards", {"title": "x"}).status == 403
    assert sam.put(f"/boards/{board}/guests/{member('Sam')}", {"right": "edit"}).status == 403
