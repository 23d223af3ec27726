"""Labels of a board: made, changed, deleted, put on cards and taken off."""

import pytest

from tests import laws
from tests.boards.places import done, made


def test_made_and_changed(scene, lawful):
    jon = scene.as_("Jon")
    with lawful():
        status, body = jon.post(f"/boards/{scene.here.board}/labels", {"title": "Literacy", "colour": "green"})
        record = body["data"]
        assert (status, record) == (201, {"id": record["id"], "title": "Literacy", "colour": "green"})
        assert body["events"][0]["put"] == {"labels": [record]}
        changed = jon.patch(f"/labels/{record['id']}", {"colour": "violet"}).json
        assert changed["events"][0]["put"] == {"labels": [{"id": record["id"], "colour": "violet"}]}
        assert jon.patch(f"/labels/{record['id']}", {"colour": "violet"}).json["events"] == []


@pytest.mark.parametrize(
    "body", [{"colour": "pink"}, {"colour": None}, {"title": "x" * 101}, {"title": None}, {"name": "x"}]
)
def test_malformed(scene, body):
    assert scene.as_("Jon").patch(f"/labels/{scene.here.labels[0]}", body)[0] == 422
    assert scene.as_("Jon").patch("/labels/999999", body)[0] == 422, "the shape comes before the database"


def test_on_a_card_and_off(scene, lawful):
    jon, card, (first, second) = scene.as_("Jon"), scene.here.cards[0], scene.here.labels
    with lawful():
        done(jon.put(f"/cards/{card}/labels/{second}"))
        body = jon.put(f"/cards/{card}/labels/{first}").json
        assert body["events"][0]["put"] == {"cards": [{"id": card, "label_ids": [first, second]}]}
        assert jon.put(f"/cards/{card}/labels/{first}").json["events"] == []
        assert jon.delete(f"/cards/{card}/labels/{second}").json["data"]["label_ids"] == [first]
        assert jon.delete(f"/cards/{card}/labels/{second}").json["events"] == []
    assert jon.put(f"/cards/{card}/labels/999999")[0] == 404
    assert jon.put(f"/cards/{card}/labels/{scene.places.closed.labels[0]}")[0] == 404


def test_deleted_from_the_board_and_from_its_cards(scene, lawful):
    jon, (label, other), cards = scene.as_("Jon"), scene.here.labels, scene.here.cards
    for card in cards[:3]:
        done(jon.put(f"/cards/{card}/labels/{label}"))
    done(jon.put(f"/cards/{cards[0]}/labels/{other}"))
    done(jon.put(f"/cards/{cards[2]}/archive"))
    with lawful():
        status, body = jon.delete(f"/labels/{label}", key="delete-label")
    (event,) = body["events"]
    assert (status, event["type"], event["drop"]) == (200, "label.deleted", {"labels": [label]})
    assert event["put"]["cards"] == [{"id": cards[0], "label_ids": [other]}, {"id": cards[1], "label_ids": []}]
    assert jon.patch(f"/labels/{label}", {"title": "x"})[0] == 404
    with lawful():
        assert scene.undo("Jon", "delete-label")[0] == 200
    assert [scene.card(card)["label_ids"] for card in cards[:3]] == [[label, other], [label], [label]]
    assert scene.undo("Jon", "delete-label")[0] == 409


def test_undo(scene, lawful):
    jon, card, label = scene.as_("Jon"), scene.here.cards[0], scene.here.labels[0]
    before = scene.shown("labels", label)
    new = made(jon.post(f"/boards/{scene.here.board}/labels", {"title": "New"}, key="new-label"))
    done(jon.patch(f"/labels/{label}", {"title": "Other", "colour": "grey"}, key="other-label"))
    done(jon.put(f"/cards/{card}/labels/{label}", key="put-label"))
    with lawful():
        for key in ("put-label", "other-label", "new-label"):
            assert scene.undo("Jon", key)[0] == 200
    assert (scene.shown("labels", label), scene.shown("labels", new)) == (before, None)
    assert scene.card(card)["label_ids"] == []


@pytest.mark.timeout(120)
def test_deleted_from_five_thousand_cards(scene, lawful, queries):
    jon, (label, other), list_ = scene.as_("Jon"), scene.here.labels, scene.here.lists[0]
    for _ in range(10):
        done(jon.post(f"/lists/{list_}/batch", {"titles": ["x"] * 499}))
    ids = [card["id"] for card in scene.snapshot()["cards"]]
    done(jon.post(f"/boards/{scene.here.board}/batch", {"card_ids": ids, "label_ids": {"add": [label]}}))
    done(jon.put(f"/cards/{ids[0]}/labels/{other}"))
    before = scene.snapshot()
    with queries(150) as sent:
        done(jon.delete(f"/labels/{label}", key="from-all-of-them"))
    assert len([statement for statement in sent if "search_" not in statement and "checklists" not in statement]) < 40
    after = scene.snapshot()
    assert [card["id"] for card in after["cards"] if card.get("label_ids")] == [ids[0]]
    with queries(150):
        assert scene.undo("Jon", "from-all-of-them")[0] == 200
    now = scene.snapshot()
    assert (now["cards"], now["labels"]) == (before["cards"], before["labels"])
    assert len(jon.last.data) < 400_000
    events = laws.events_since(scene.as_("Sam"), scene.room, before["seq"])
    laws.check(before, now, events, f"/boards/{scene.here.board}")
