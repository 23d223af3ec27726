"""Lists: made at the end, changed, moved, archived with their cards and restored."""

import pytest

from board.boards.commands import lists as commands
from tests.boards.places import done, made, member


def test_made_at_the_end(scene, lawful):
    with lawful():
        status, body = scene.as_("Jon").post(f"/boards/{scene.here.board}/lists", {"title": "Done", "done": True})
    record = body["data"]
    assert (status, record["title"], record["done"], record["wip_limit"]) == (201, "Done", True, None)
    assert scene.lists() == [*scene.here.lists, record["id"]]


def test_changed(scene, lawful):
    list_, jon = scene.here.lists[0], scene.as_("Jon")
    with lawful():
        for given in ({"title": "Later"}, {"done": True}, {"wip_limit": 3}, {"wip_limit": None, "done": False}):
            body = jon.patch(f"/lists/{list_}", given).json
            assert body["events"][0]["put"] == {"lists": [{"id": list_, **given}]}
            assert jon.patch(f"/lists/{list_}", given).json["events"] == []


@pytest.mark.parametrize("body", [{"title": None}, {"title": ""}, {"done": None}, {"done": 1}, {"wip_limit": 0}, {"wip_limit": "3"}, {"position": "a"}])  # fmt: skip
def test_malformed(scene, body):
    assert scene.as_("Jon").patch(f"/lists/{scene.here.lists[0]}", body)[0] == 422
    assert scene.as_("Jon").patch("/lists/999999", body)[0] == 422, "the shape comes before the database"


def test_moved_by_neighbour(scene, lawful):
    jon = scene.as_("Jon")
    third = made(jon.post(f"/boards/{scene.here.board}/lists", {"title": "Third"}))
    first, second = scene.here.lists
    with lawful():
        body = jon.put(f"/lists/{third}/position", {"before_id": first}).json
        assert body["events"][0]["put"] == {"lists": [{"id": third, "position": body["data"]["position"]}]}
        assert scene.lists() == [third, first, second]
        done(jon.put(f"/lists/{third}/position", {"after_id": first}))
        assert scene.lists() == [first, third, second]
        done(jon.put(f"/lists/{third}/position", {}))
        assert scene.lists() == [first, second, third]
        assert jon.put(f"/lists/{third}/position", {}).json["events"] == []
    status, body = jon.put(f"/lists/{third}/position", {"before_id": scene.places.closed.lists[0]})
    assert (status, body["data"]["id"]) == (409, third)


def test_archived_with_its_cards_and_back_at_the_end(scene, lawful):
    jon, list_ = scene.as_("Jon"), scene.here.lists[0]
    inside = scene.order(list_)
    done(jon.put(f"/cards/{inside[0]}/owners/{member('Rose')}"))
    with lawful():
        status, body = jon.put(f"/lists/{list_}/archive")
    (event,) = body["events"]
    assert (status, event["type"]) == (200, "list.archived")
    assert event["drop"] == {"lists": [list_], "cards": inside, "members": [member("Rose")]}
    assert jon.put(f"/lists/{list_}/archive").json["events"] == []
    assert jon.put(f"/lists/{list_}/position", {})[0] == 409
    # A card of an archived list is not shown: who changes it tells nobody.
    with lawful():
        assert jon.patch(f"/cards/{inside[0]}", {"title": "Unseen"}).json["events"][0]["put"] == {}
        assert jon.put(f"/cards/{inside[1]}/archive").json["events"][0]["drop"] == {}
    with lawful():
        status, body = jon.delete(f"/lists/{list_}/archive")
    (event,) = body["events"]
    assert [c["id"] for c in event["put"]["cards"]] == [inside[0]] and event["put"]["cards"][0]["title"] == "Unseen"
    assert scene.lists()[-1] == list_
    assert jon.delete(f"/lists/{list_}/archive").json["events"] == []


def test_there_is_a_limit(scene, monkeypatch):
    monkeypatch.setattr(commands, "MOST_LISTS", 2)
    jon, list_ = scene.as_("Jon"), scene.here.lists[0]
    assert jon.post(f"/boards/{scene.here.board}/lists", {"title": "Third"})[0] == 409
    done(jon.put(f"/lists/{list_}/archive"))
    made(jon.post(f"/boards/{scene.here.board}/lists", {"title": "Third"}))
    status, body = jon.delete(f"/lists/{list_}/archive")
    assert (status, body["data"]["id"]) == (409, list_)


def test_undo(scene, lawful):
    jon, (first, second) = scene.as_("Jon"), scene.here.lists
    before = scene.snapshot()["lists"]
    third = made(jon.post(f"/boards/{scene.here.board}/lists", {"title": "Third"}, key="make-third"))
    done(jon.put(f"/lists/{third}/position", {"before_id": first}, key="move-third"))
    done(jon.patch(f"/lists/{second}", {"title": "Other", "wip_limit": 2}, key="change-second"))
    done(jon.put(f"/lists/{second}/archive", key="archive-second"))
    with lawful():
        for key in ("archive-second", "change-second", "move-third", "make-third"):
            assert scene.undo("Jon", key)[0] == 200, key
    assert scene.snapshot()["lists"] == before


def test_a_list_with_cards_is_not_unmade(scene):
    jon = scene.as_("Jon")
    third = made(jon.post(f"/boards/{scene.here.board}/lists", {"title": "Third"}, key="make-third"))
    made(scene.as_("Maya").post(f"/lists/{third}/cards", {"title": "x"}))
    assert scene.undo("Jon", "make-third")[0] == 409
