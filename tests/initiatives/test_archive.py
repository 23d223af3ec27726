"""What is put away leaves the lists and takes its boards along; it can be read, is not written to, and comes back as it was."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import laws
from tests.boards.places import done, made, member
from tests.callers import Caller

As = Callable[[str | None], Caller]


@pytest.fixture
def place(as_: As) -> dict[str, int]:
    """Thomas' open initiative with a group that Maya leads, its board with a list and a card."""
    thomas = as_("Thomas")
    initiative = made(thomas.post("/initiatives", {"title": "Reading"}))
    group = made(thomas.post("/groups", {"title": "Choir", "initiative_id": initiative}))
    done(thomas.put(f"/groups/{group}/members/{member('Maya')}", {"role": "lead"}))
    board = made(thomas.post("/boards", {"title": "Concert", "group_id": group}))
    of_initiative = made(thomas.post("/boards", {"title": "Plan", "initiative_id": initiative}))
    column = made(thomas.post(f"/boards/{board}/lists", {"title": "To do"}))
    card = made(thomas.post(f"/lists/{column}/cards", {"title": "Tune the piano"}))
    return {
        "initiative": initiative,
        "group": group,
        "board": board,
        "plan": of_initiative,
        "list": column,
        "card": card,
    }


def titles(who: Caller, path: str) -> set[str]:
    return {record["title"] for record in who.get(path).json["data"]}


@pytest.mark.parametrize("kind", ["group", "initiative"])
def test_out_of_the_lists_with_its_boards_and_back(as_: As, place: dict[str, int], kind: str) -> None:
    path, maya, rose = f"/{kind}s/{place[kind]}/archive", as_("Thomas"), as_("Rose")
    rooms = ("school:1", f"group:{place['group']}", f"initiative:{place['initiative']}", f"board:{place['board']}")
    assert "Concert" in titles(rose, "/boards")
    with laws.kept(rose, *rooms, reads=[f"/{kind}s/{place[kind]}"]):
        status, answer = maya.put(path)
    assert status == 200
    assert answer["data"]["archived"]
    assert "Choir" not in titles(rose, "/groups")
    assert "Choir" in {g["title"] for g in rose.get("/groups", archived="true").json["data"]}
    assert "Concert" not in titles(rose, "/boards")
    if kind == "initiative":
        assert "Reading" not in titles(rose, "/initiatives")
    # It is still to be read.
    assert rose.get(f"/groups/{place['group']}").status == 200
    assert rose.get(f"/boards/{place['board']}").status == 200
    with laws.kept(rose, *rooms, reads=[f"/{kind}s/{place[kind]}"]):
        assert maya.delete(path).json["data"]["archived"] is None
    assert "Choir" in titles(rose, "/groups")
    assert "Concert" in titles(rose, "/boards")


@pytest.mark.parametrize("kind", ["group", "initiative"])
def test_nothing_is_written_to_it(as_: As, place: dict[str, int], kind: str) -> None:
    thomas = as_("Thomas")
    done(thomas.put(f"/{kind}s/{place[kind]}/archive"))
    attempts: list[tuple[str, str, Any]] = [
        ("PATCH", f"/groups/{place['group']}", {"title": "x"}),
        ("PUT", f"/groups/{place['group']}/members/{member('Jon')}", {"role": "member"}),
        ("POST", f"/lists/{place['list']}/cards", {"title": "x"}),
        ("PUT", f"/cards/{place['card']}/done", None),
        ("PATCH", f"/boards/{place['board']}", {"title": "x"}),
        ("POST", "/boards", {"title": "x", "group_id": place["group"]}),
    ]
    if kind == "initiative":
        attempts += [
            ("PATCH", f"/initiatives/{place['initiative']}", {"title": "x"}),
            ("POST", "/groups", {"title": "x", "initiative_id": place["initiative"]}),
            ("POST", "/boards", {"title": "x", "initiative_id": place["initiative"]}),
        ]
    for method, path, body in attempts:
        assert thomas.call(method, path, body).status == 409, (method, path)
    can = thomas.get(f"/{kind}s/{place[kind]}").json["can"]
    assert can == [f"restore_{kind}"]
    assert thomas.get(f"/boards/{place['board']}").json["can"]["cards"] == []


@pytest.mark.parametrize("kind", ["group", "initiative"])
def test_it_is_taken_back_by_its_key_and_that_again(as_: As, place: dict[str, int], kind: str) -> None:
    thomas, rose = as_("Thomas"), as_("Rose")
    before = rose.get("/rooms/school:1").json
    done(thomas.put(f"/{kind}s/{place[kind]}/archive", key="archive-1"))
    again = thomas.put(f"/{kind}s/{place[kind]}/archive", key="archive-1")
    assert again.status == 200
    with laws.kept(rose, "school:1", f"group:{place['group']}"):
        assert thomas.put("/ops/archive-1/undone", key="undo-it-1").status == 200
    now = rose.get("/rooms/school:1").json
    assert {k: v for k, v in now.items() if k != "seq"} == {k: v for k, v in before.items() if k != "seq"}
    assert thomas.put("/ops/undo-it-1/undone").status == 200
    assert thomas.get(f"/{kind}s/{place[kind]}").json["data"]["archived"]
    done(thomas.delete(f"/{kind}s/{place[kind]}/archive"))
    assert thomas.put("/ops/archive-1/undone").status == 409  # somebody has changed it since


def test_who_may(as_: As, place: dict[str, int]) -> None:
    for kind, allowed in (("group", {"Ana", "Thomas", "Maya"}), ("initiative", {"Ana", "Thomas"})):
        for name in (None, "Ana", "Thomas", "Maya", "Jon", "Sam", "Olga"):
            wanted = 401 if name is None else 404 if name in ("Sam", "Olga") else 200 if name in allowed else 403
            assert as_(name).put(f"/{kind}s/{place[kind]}/archive").status == wanted, (kind, name)
            assert as_(name).delete(f"/{kind}s/{place[kind]}/archive").status == wanted, (kind, name)


def test_a_group_archived_by_itself_stays_so_when_its_initiative_returns(as_: As, place: dict[str, int]) -> None:
    thomas, rose = as_("Thomas"), as_("Rose")
    done(thomas.put(f"/groups/{place['group']}/archive"))
    with laws.kept(rose, "school:1"):
        done(thomas.put(f"/initiatives/{place['initiative']}/archive"))
        done(thomas.delete(f"/initiatives/{place['initiative']}/archive"))
    assert "Choir" not in titles(rose, "/groups")
    assert titles(rose, "/boards") == {"Plan"}


def test_closed_ones_are_archived_without_a_word_to_others(as_: As, pushed: Any) -> None:
    thomas = as_("Thomas")
    group = made(thomas.post("/groups", {"title": "Budget", "closed": True}))
    events = thomas.put(f"/groups/{group}/archive").json["events"]
    assert {e["room"] for e in events} == {f"group:{group}"}


# ── norms ────────────────────────────────────────────────────────────────────────────────────────


def test_norms_are_told_where_they_are_read_and_in_no_list(as_: As, place: dict[str, int]) -> None:
    for kind in ("group", "initiative"):
        path, thomas = f"/{kind}s/{place[kind]}", as_("Thomas")
        version = thomas.get(path).json["data"]["version"]
        with laws.kept(as_("Rose"), "school:1", f"{kind}:{place[kind]}", reads=[path]):
            status, answer = thomas.patch(path, {"norms": "We start on time."}, If_Match=f'"{version}"')
        assert status == 200
        assert answer["data"]["norms"] == "We start on time."
        assert "We start on time." not in str(as_("Rose").get("/rooms/school:1").json)
        assert thomas.patch(path, {"norms": "x"}, If_Match=f'"{version}"').status == 412
        assert as_("Jon").patch(path, {"norms": "x"}).status == 403


@pytest.mark.parametrize(("kind", "title"), [("group", "Choir"), ("initiative", "Reading")])
def test_a_refusal_names_what_is_archived_above_the_board(
    as_: As, place: dict[str, int], kind: str, title: str
) -> None:
    thomas, board = as_("Thomas"), place["board"]
    done(thomas.put(f"/boards/{board}/guests/{member('Sam')}", {"right": "edit"}))
    thread = done(thomas.get(f"/cards/{place['card']}"))["thread_id"]
    done(thomas.put(f"/{kind}s/{place[kind]}/archive"))
    attempts: list[tuple[str, str, Any]] = [
        ("POST", f"/lists/{place['list']}/cards", {"title": "x"}),
        ("POST", f"/threads/{thread}/comments", {"body": "x"}),
        ("DELETE", f"/boards/{board}/archive", None),
    ]
    for method, path, body in attempts:
        status, answer = thomas.call(method, path, body)
        assert (status, f"The {kind} \u201c{title}\u201d is archived" in answer["detail"]) == (409, True), answer
    status, answer = as_("Sam").post(f"/lists/{place['list']}/cards", {"title": "x"})
    assert status == 409
    assert title not in answer["detail"], "who is only given the board does not learn what it stands in"
    assert f"The board's {kind} is archived" in answer["detail"]
    assert thomas.get(f"/boards/{board}").json["can"]["board"] == [], "nothing is offered that does nothing"
    done(thomas.delete(f"/{kind}s/{place[kind]}/archive"))
    assert thomas.delete(f"/boards/{board}/archive").status == 200


@pytest.mark.parametrize(("kind", "board", "title"), [("group", "board", "Choir"), ("initiative", "plan", "Reading")])
def test_the_page_of_boards_shows_what_was_archived_with_its_place(
    as_: As, sign_in: Callable[[str], Any], place: dict[str, int], kind: str, board: str, title: str
) -> None:
    done(as_("Thomas").put(f"/{kind}s/{place[kind]}/archive"))
    page = sign_in("Rose").get("/boards")
    assert page.status_code == 200
    line = page.text.split(f'href="/boards/{place[board]}"')[1].split("</li>")[0]
    assert "archived on" in line
    assert title in line
