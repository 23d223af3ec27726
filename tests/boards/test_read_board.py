"""GET /boards/{id}: the snapshot, the same bytes as its room, and not sent again to who has it."""

import gzip
import json

import pytest

from tests.boards.places import done, furnish, made, member


def test_what_stands_in_it(scene):
    board = scene.as_("Sam").get(f"/boards/{scene.here.board}").json
    assert list(board) == ["room", "seq", "epoch", "board", "lists", "cards", "labels", "fields", "members", "can"]
    assert [set(record) for record in board["lists"]] == [
        {"id", "title", "position", "done", "wip_limit", "wip_hard", "colour"}
    ] * 2
    assert [set(record) for record in board["labels"]] == [{"id", "title", "colour"}] * 2
    assert {frozenset(record) for record in board["members"]} == {frozenset({"id", "name", "role", "active"})}
    # A field at its default is left out.
    assert {frozenset(card) for card in board["cards"]} == {
        frozenset({"id", "number", "list_id", "position", "title", "thread_id"})
    }


def test_the_same_bytes_as_its_room(scene):
    sam = scene.as_("Sam")
    sam.get(f"/boards/{scene.here.board}")
    first = sam.last.data
    sam.get(f"/rooms/{scene.room}")
    assert sam.last.data == first


def test_not_sent_again_while_nothing_changed(scene):
    sam, path = scene.as_("Sam"), f"/boards/{scene.here.board}"
    sam.get(path)
    etag = sam.last.headers["ETag"]
    assert sam.last.headers["Cache-Control"] == "private, no-cache"
    assert sam.call("GET", path, headers={"If-None-Match": etag})[0] == 304
    done(scene.as_("Jon").put(f"/cards/{scene.here.cards[0]}/done"))
    assert sam.call("GET", path, headers={"If-None-Match": etag})[0] == 200
    etag = sam.last.headers["ETag"]
    # What she may do there is part of it.
    done(scene.as_("Maya").put(f"{path}/guests/{member('Sam')}", {"right": "edit"}))
    assert sam.call("GET", path, headers={"If-None-Match": etag})[0] == 200


def test_each_viewer_has_her_own_can(scene):
    can = {
        name: scene.as_(name).get(f"/boards/{scene.here.board}").json["can"] for name in ("Maya", "Jon", "Rose", "Sam")
    }
    assert "set_guest" in can["Maya"]["board"] and "set_guest" not in can["Jon"]["board"]
    assert "move_card" in can["Jon"]["cards"] and "move_card" not in can["Rose"]["cards"]
    assert "add_comment" in can["Rose"]["cards"] and can["Sam"]["cards"] == []
    assert can["Maya"]["comments"] == {"own": ["delete_comment", "edit_comment"], "others": ["delete_comment"]}
    assert can["Sam"]["comments"] == {"own": [], "others": []}


def test_packed_for_who_takes_it(scene):
    maya, path = scene.as_("Maya"), f"/boards/{furnish(scene.as_('Maya'), scene.here.group, 'Long', cards=20).board}"
    plain = maya.get(path).json
    headers = {"Authorization": f"Bearer {maya.token}", "Accept-Encoding": "gzip"}
    answer = maya.client.get(f"/api/v1{path}", headers=headers)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.data)) == plain
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_as_many_statements_for_many_cards_as_for_few(scene, queries):
    maya, place = scene.as_("Maya"), furnish(scene.as_("Maya"), scene.here.group, "Long", cards=30)
    with queries(15) as few:
        maya.get(f"/boards/{scene.here.board}")
    done(maya.put(f"/cards/{place.cards[0]}/owners/{member('Jon')}"))
    with queries(len(few)):
        maya.get(f"/boards/{place.board}")


def test_a_card_with_everything_on_it(scene):
    maya, card = scene.as_("Maya"), scene.here.cards[0]
    checklist = made(maya.post(f"/cards/{card}/checklists", {"title": "A"}))
    item = made(maya.post(f"/checklists/{checklist}/items", {"title": "x"}))
    link = made(maya.post(f"/cards/{card}/attachments", {"url": "https://example.org/"}))
    page = scene.as_("Sam").get(f"/cards/{card}").json
    assert (page["room"], page["seq"]) == (scene.room, scene.snapshot()["seq"])
    assert page["data"]["description"] == "About Autumn" and page["data"]["measure"] == ""
    assert [c["id"] for c in page["checklists"]] == [checklist]
    assert [i["id"] for i in page["items"]] == [item]
    assert [a["id"] for a in page["attachments"]] == [link]
    assert page["can"] == []
    assert "change_card" in maya.get(f"/cards/{card}").json["can"]


@pytest.mark.parametrize("since", [0, 5])
def test_events_since(scene, since):
    sam = scene.as_("Sam")
    newest = scene.snapshot()["seq"]
    body = sam.get(f"/rooms/{scene.room}/events", since=since).json
    assert [e["seq"] for e in body["events"]] == list(range(since + 1, newest + 1))
    assert (body["seq"], body["epoch"]) == (newest, scene.snapshot()["epoch"])
    assert len(sam.get(f"/rooms/{scene.room}/events", since=since, limit=2).json["events"]) == 2
    assert sam.get(f"/rooms/{scene.room}/events", since=newest + 1)[0] == 410
    assert sam.get(f"/rooms/{scene.room}/events", since=since, epoch="of before")[0] == 410
