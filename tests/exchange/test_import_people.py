"""Who in the file is who here: by e-mail, by name, by a mapping; held until somebody says so."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.callers import Caller

LIST = {"id": "5c0000010000000000000001", "name": "To do"}


def person(n: int, name: str, username: str, **more: Any) -> dict[str, Any]:
    return {"id": f"5c0000{n:02x}00000000000000aa", "fullName": name, "username": username, **more}


def board(*people: dict[str, Any], text: str = "Hello") -> dict[str, Any]:
    """One card that all of them own and have commented on."""
    card = {
        "id": "5c00000b000000000000000b",
        "idList": LIST["id"],
        "name": "Theirs",
        "idMembers": [p["id"] for p in people],
    }
    actions = [
        {"id": f"5c0000{n + 64:02x}00000000000000aa", "type": "commentCard", "date": f"2019-02-0{n + 1}T09:00:00.000Z",
         "idMemberCreator": p["id"], "data": {"text": text, "card": {"id": card["id"]}}}
        for n, p in enumerate(people)
    ]  # fmt: skip
    return {
        "id": "5c00000000000000000b0a4d",
        "name": "People",
        "lists": [LIST],
        "cards": [card],
        "members": list(people),
        "actions": actions,
    }


def brought(ana: Any, done: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]:
    assert done["state"] == "done", done
    snapshot = ana.caller.get(f"/boards/{done['board_ids'][0]}")[1]
    (card,) = snapshot["cards"]
    return card, ana.caller.get(f"/threads/{card['thread_id']}/comments")[1]["data"], snapshot


def test_by_exact_email_then_by_exact_name_else_nobody(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    people = (
        person(1, "M. Lind", "mlind", email="Maya@Example.org"),
        person(2, "Jon", "jon77"),
        person(3, "A. Principal", "Ana"),
        person(4, "jon", "j"),
    )
    card, comments, _ = brought(ana, ana(board(*people)))
    assert card["owner_ids"] == [1, 3, 4] and "asked_ids" not in card
    assert [(c["by"], c["by_name"]) for c in comments] == [(3, None), (4, None), (1, None), (None, "jon")]


def test_an_email_counts_more_than_a_name(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    card, comments, _ = brought(ana, ana(board(person(1, "Jon", "jon", email="maya@example.org"))))
    assert (card["owner_ids"], comments[0]["by"]) == ([3], 3)


def test_two_of_one_name_are_nobody(importer: Callable[..., Any], as_: Callable[..., Caller]) -> None:
    ana = importer("Ana")
    assert ana.caller.post("/members", {"name": "Jon", "role": "staff"})[0] == 201
    card, comments, _ = brought(ana, ana(board(person(1, "Jon", "x"))))
    assert "owner_ids" not in card and comments[0]["by_name"] == "Jon"


def test_owners_who_are_not_here_keep_their_names_on_the_card(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    done = ana(board(person(1, "Ida Berg", "ida"), person(2, "Maya", "m")))
    card, _, _ = brought(ana, done)
    assert ana.caller.get(f"/cards/{card['id']}")[1]["data"]["description"] == "**From Trello**\n\n- Owners: Ida Berg"
    assert [row["what"] for row in done["report"]["left_out"] if row["kind"] == "people"] == ["Ida Berg"]


def test_the_mapping_sent_with_the_file_wins(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    people = person(1, "Maya", "maya"), person(2, "Ida Berg", "ida")
    mapping = f'{{"{people[0]["id"]}": null, "ida": 5}}'
    card, comments, snapshot = brought(ana, ana(board(*people, text="@ida and @maya"), mapping=mapping))
    assert [(c["by"], c["by_name"]) for c in comments] == [(None, "Maya"), (5, None)]
    assert comments[0]["body"] == "@Rose and @maya"
    assert card["owner_ids"] == [5]
    assert 5 in {m["id"] for m in snapshot["members"]}


def test_who_does_not_see_the_board_owns_nothing_there(importer: Callable[..., Any]) -> None:
    """Sam is a guest: his comments are his, the board he does not see."""
    ana = importer("Ana")
    done = ana(board(person(1, "Sam", "sam")))
    card, comments, _ = brought(ana, done)
    assert "owner_ids" not in card and comments[0]["by"] == 6
    assert [row["why"] for row in done["report"]["left_out"]] == [
        "She does not see this board, so the cards keep her name only."
    ]


@pytest.fixture
def held(importer: Callable[..., Any]) -> tuple[Any, dict[str, Any]]:
    ana = importer("Ana")
    people = person(1, "Maya", "maya"), person(2, "Ida Berg", "ida")
    return ana, ana(board(*people), hold="true")


def test_held_it_waits_with_the_people_and_a_proposal(held: tuple[Any, dict[str, Any]]) -> None:
    ana, waiting = held
    assert (waiting["state"], waiting["board_ids"]) == ("waiting", [])
    ida, maya = waiting["people"]
    assert (ida["name"], ida["cards"], ida["comments"]) == ("Ida Berg", 1, 1)
    assert waiting["mapping"] == {ida["id"]: None, maya["id"]: 3}
    assert waiting["found"]["cards"] == 1
    assert ana.caller.get(f"/imports/{waiting['id']}")[1]["can"] == ["map_people"]
    assert ana.caller.get("/boards")[1]["data"] == []


def test_map_people_lets_it_go_on(held: tuple[Any, dict[str, Any]], app: Flask) -> None:
    ana, waiting = held
    ida = waiting["people"][0]
    status, body = ana.caller.put(f"/imports/{waiting['id']}/mapping", {"mapping": {ida["id"]: 4}})
    assert (status, body["data"]["state"]) == (200, "writing")
    ana.work()
    _, comments, _ = brought(ana, ana.read(waiting["id"]))
    assert [c["by"] for c in comments] == [3, 4]
    status, body = ana.caller.put(f"/imports/{waiting['id']}/mapping", {"mapping": {}})
    assert (status, body["data"]["state"]) == (409, "done")
    assert list((app.config["BOARD"].data / "imports").iterdir()) == []


def test_map_people_refuses(held: tuple[Any, dict[str, Any]]) -> None:
    ana, waiting = held
    path = f"/imports/{waiting['id']}/mapping"
    for body, status in (
        ({"mapping": {"x": 7}}, 404),
        ({"mapping": {"x": 999}}, 404),
        ({"mapping": {"x": "Maya"}}, 422),
        ({}, 422),
    ):
        assert ana.caller.put(path, body)[0] == status, body
    assert ana.read(waiting["id"])["state"] == "waiting"
    assert ana.caller.put("/imports/999/mapping", {"mapping": {}})[0] == 404


def test_who_lost_the_right_meanwhile_makes_no_board(importer: Callable[..., Any], as_: Callable[..., Caller]) -> None:
    ana = importer("Ana")
    group = ana.where["group_id"]
    assert ana.caller.put(f"/groups/{group}/members/3", {"role": "lead"})[0] == 200
    maya = importer("Maya", **ana.where)
    waiting = maya(board(person(1, "Maya", "maya")), hold="true")
    assert ana.caller.put(f"/groups/{group}/members/3", {"role": "member"})[0] == 200
    assert maya.caller.put(f"/imports/{waiting['id']}/mapping", {"mapping": {}})[0] == 200
    maya.work()
    failed = maya.read(waiting["id"])
    assert (failed["state"], failed["error"]["code"]) == ("failed", "refused")
    assert ana.caller.get("/boards")[1]["data"] == []


def test_a_file_that_nobody_came_back_for_is_removed(held: tuple[Any, dict[str, Any]], app: Flask) -> None:
    ana, waiting = held
    (plan,) = (app.config["BOARD"].data / "imports").iterdir()
    os.utime(plan, (0, 0))
    assert ana(board(person(1, "Maya", "maya")))["state"] == "done"
    assert not plan.exists()
    assert ana.caller.put(f"/imports/{waiting['id']}/mapping", {"mapping": {}})[0] == 200
    ana.work()
    failed = ana.read(waiting["id"])
    assert (failed["state"], failed["error"]["code"]) == ("failed", "gone")
