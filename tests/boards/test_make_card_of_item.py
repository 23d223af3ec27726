"""An item that grew too big becomes a card; the item shows which."""

import pytest

from tests.boards.places import done, made, member


@pytest.fixture
def item(scene):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    checklist = made(jon.post(f"/cards/{card}/checklists", {"title": "Before Friday"}))
    item = made(jon.post(f"/checklists/{checklist}/items", {"title": "Hall"}))
    done(jon.patch(f"/items/{item}", {"owner_id": member("Maya"), "due": "2026-11-27"}))
    return item


def test_right_after_its_own_card_and_taken_back_as_one(scene, item, lawful):
    jon, card, (list_, _) = scene.as_("Jon"), scene.here.cards[0], scene.here.lists
    before = scene.order(list_)
    with lawful():
        status, body = jon.post(f"/items/{item}/card", {}, key="it-became-one")
        made_, record = body["data"]["id"], body["data"]
        assert (status, record["title"], record["due"], record["list_id"]) == (201, "Hall", "2026-11-27", list_)
        assert (record["owner_ids"], record["asked_ids"]) == ([member("Maya")], [member("Maya")])
        assert [e["type"] for e in body["events"]] == ["card.added", "item.became_card"]
        at = before.index(card) + 1
        assert scene.order(list_) == [*before[:at], made_, *before[at:]]
        (shown,) = jon.get(f"/cards/{card}").json["items"]
        assert (shown["became_id"], shown["done"]) == (made_, None)
    again = jon.post(f"/items/{item}/card", {})
    assert (again.status, again.json["data"]["became_id"]) == (409, made_)
    with lawful():
        assert scene.undo("Jon", "it-became-one", "not-after-all").status == 200
    assert scene.order(list_) == before
    assert jon.get(f"/cards/{card}").json["items"][0]["became_id"] is None
    assert jon.get(f"/cards/{made_}").status == 404
    assert scene.undo("Jon", "not-after-all").status == 200
    assert jon.get(f"/cards/{card}").json["items"][0]["became_id"] == made_


def test_in_another_list_and_again_once_that_card_is_in_the_bin(scene, item):
    jon, (_, other) = scene.as_("Jon"), scene.here.lists
    made_ = made(jon.post(f"/items/{item}/card", {"list_id": other}))
    assert scene.order(other)[-1] == made_
    done(jon.delete(f"/cards/{made_}"))
    assert made(jon.post(f"/items/{item}/card", {})) != made_


def test_not_elsewhere_and_not_by_everybody(scene, item):
    closed = scene.places.closed
    assert scene.as_("Jon").post(f"/items/{item}/card", {"list_id": closed.lists[0]}).status == 404
    assert scene.as_("Sam").post(f"/items/{item}/card", {}).status == 403
    done(scene.as_("Maya").put(f"/lists/{scene.here.lists[0]}/archive"))
    assert scene.as_("Jon").post(f"/items/{item}/card", {}).status == 409


def test_not_taken_back_once_somebody_worked_on_the_card(scene, item):
    jon = scene.as_("Jon")
    made_ = made(jon.post(f"/items/{item}/card", {}, key="it-became-one"))
    done(jon.patch(f"/cards/{made_}", {"title": "The hall"}))
    assert scene.undo("Jon", "it-became-one").status == 409
    assert jon.get(f"/cards/{scene.here.cards[0]}").json["items"][0]["became_id"] == made_
