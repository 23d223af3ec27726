"""Who does an item, and by when; who is named is listed on the board."""

import pytest

from board.boards import queries
from board.core.access import Actor
from board.core.db import reading
from tests import laws
from tests.boards.places import done, made, member


@pytest.fixture
def item(scene):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    checklist = made(jon.post(f"/cards/{card}/checklists", {"title": "Before Friday"}))
    return made(jon.post(f"/checklists/{checklist}/items", {"title": "Hall"}))


def test_given_to_somebody_by_a_day(scene, item, lawful):
    jon, rose = scene.as_("Jon"), member("Rose")
    assert rose not in [m["id"] for m in scene.snapshot()["members"]]
    with lawful():
        body = jon.patch(f"/items/{item}", {"owner_id": rose, "due": "2026-11-27"}, key="to-rose-please").json
        (event,) = body["events"]
        assert event["put"]["items"] == [{"id": item, "owner_id": rose, "due": "2026-11-27"}]
        assert [m["id"] for m in event["put"]["members"]] == [rose]
        assert body["data"]["owner_id"] == rose
        assert jon.patch(f"/items/{item}", {"owner_id": rose}).json["events"] == []
    with lawful():
        body = scene.undo("Jon", "to-rose-please")
        assert body.status == 200 and body.json["events"][0]["drop"] == {"members": [rose]}


@pytest.mark.parametrize("away", ["item", "checklist", "card", "bin", "list", "board"])
def test_who_is_named_only_there_leaves_the_board_with_it(scene, item, lawful, away):
    maya, here, rose = scene.as_("Maya"), scene.here, member("Rose")
    card = here.cards[0]
    done(maya.patch(f"/items/{item}", {"owner_id": rose}))
    checklist = maya.get(f"/cards/{card}").json["checklists"][0]["id"]
    other = made(maya.post("/boards", {"title": "Other", "group_id": here.group}))
    there = made(maya.post(f"/boards/{other}/lists", {"title": "There"}))
    request = {
        "item": ("DELETE", f"/items/{item}", None),
        "checklist": ("DELETE", f"/checklists/{checklist}", None),
        "card": ("PUT", f"/cards/{card}/archive", None),
        "bin": ("DELETE", f"/cards/{card}", None),
        "list": ("PUT", f"/lists/{here.lists[0]}/archive", None),
        "board": ("PUT", f"/cards/{card}/position", {"list_id": there}),
    }[away]
    with lawful(), laws.kept(maya, f"board:{other}"):
        done(maya.call(*request, key="take-it-away"))
        assert rose not in [m["id"] for m in scene.snapshot()["members"]]
    if away == "board":
        assert rose in [m["id"] for m in maya.get(f"/boards/{other}").json["members"]]
    with lawful():
        assert scene.undo("Maya", "take-it-away").status == 200
        assert rose in [m["id"] for m in scene.snapshot()["members"]]


def test_only_to_who_sees_the_board(scene, item):
    jon = scene.as_("Jon")
    assert jon.patch(f"/items/{item}", {"owner_id": member("Olga")}).status == 404
    assert jon.patch(f"/items/{item}", {"owner_id": 999_999}).status == 404
    done(scene.as_("Maya").delete(f"/boards/{scene.here.board}/guests/{member('Sam')}"))
    refused = jon.patch(f"/items/{item}", {"owner_id": member("Sam")})
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, "owner_id")
    assert jon.patch(f"/items/{item}", {"due": "tomorrow"}).status == 422
    assert jon.patch(f"/items/{item}", {"title": None}).status == 422


def test_what_is_mine_to_do_the_soonest_first(app, scene, item):
    jon, rose = scene.as_("Jon"), scene.as_("Rose")
    checklist = jon.get(f"/cards/{scene.here.cards[0]}").json["checklists"][0]["id"]
    later, never, ticked, hers = (made(jon.post(f"/checklists/{checklist}/items", {"title": t})) for t in "xyzw")
    for id, fields in ((item, {"due": "2026-11-27"}), (later, {"due": "2026-12-01"}), (never, {}), (ticked, {})):
        done(jon.patch(f"/items/{id}", {"owner_id": member("Jon"), **fields}))
    done(jon.put(f"/items/{ticked}/done"))
    done(jon.patch(f"/items/{hers}", {"owner_id": member("Rose")}))
    closed = scene.places.closed.cards[0]
    secret = made(rose.post(f"/cards/{closed}/checklists", {"title": "A"}))
    mine = made(rose.post(f"/checklists/{secret}/items", {"title": "x"}))
    done(rose.patch(f"/items/{mine}", {"owner_id": member("Rose")}))
    assert [r["id"] for r in found(app, "Jon")] == [item, later, never]
    assert [r["id"] for r in found(app, "Rose")] == [hers, mine]
    assert found(app, "Jon")[0]["card"]["id"] == scene.here.cards[0]
    assert found(app, "Jon")[0]["board"] == {"id": scene.here.board, "title": "Autumn"}
    done(jon.put(f"/cards/{scene.here.cards[0]}/archive"))
    assert found(app, "Jon") == []


def found(app, name):
    with app.app_context(), reading() as tx:
        return queries.my_items(tx, Actor(member(name), 1, "staff"))
