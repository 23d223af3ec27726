"""PUT and DELETE /cards/{id}/done"""

from tests.boards.places import done


def test_done_is_an_instant_and_then_nothing(scene, lawful):
    card, jon = scene.here.cards[0], scene.as_("Jon")
    with lawful():
        status, body = jon.put(f"/cards/{card}/done")
        assert (status, body["events"][0]["type"]) == (200, "card.finished")
        assert body["events"][0]["put"] == {"cards": [{"id": card, "done": body["data"]["done"]}]}
        assert body["data"]["done"] == body["events"][0]["at"]
        status, body = jon.delete(f"/cards/{card}/done")
        assert (status, body["events"][0]["type"], body["data"]["done"]) == (200, "card.reopened", None)


def test_twice_is_once(scene):
    card, jon = scene.here.cards[0], scene.as_("Jon")
    first = done(jon.put(f"/cards/{card}/done"))
    assert scene.as_("Maya").put(f"/cards/{card}/done").json == {"data": first, "events": []}
    done(jon.delete(f"/cards/{card}/done"))
    assert jon.delete(f"/cards/{card}/done").json["events"] == []


def test_undo(scene, lawful):
    card, jon = scene.here.cards[0], scene.as_("Jon")
    done(jon.put(f"/cards/{card}/done", key="finish-it"))
    with lawful():
        status, body = scene.undo("Jon", "finish-it", "finish-not")
    assert (status, [event["type"] for event in body["events"]]) == (200, ["card.reopened"])
    assert scene.card(card)["done"] is None
    with lawful():
        status, body = scene.undo("Jon", "finish-not")
    assert (status, [event["type"] for event in body["events"]]) == (200, ["card.finished"])
    assert scene.card(card)["done"]
