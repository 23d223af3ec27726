"""Checklists of a card, and their items; the card counts them."""

from board.boards.commands import checklists
from tests.boards.places import done, made


def counts(scene, card):
    record = scene.shown("cards", card)
    return record.get("item_count", 0), record.get("item_done", 0)


def test_ticks_are_counted_on_the_card(scene, lawful):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    with lawful():
        status, body = jon.post(f"/cards/{card}/checklists", {"title": "Before Friday"})
        assert (status, body["events"][0]["put"]) == (201, {"checklists": [body["data"]]})
        checklist = body["data"]["id"]
        body = jon.post(f"/checklists/{checklist}/items", {"title": "Hall"}).json
        assert body["events"][0]["put"] == {"items": [body["data"]], "cards": [{"id": card, "item_count": 1}]}
        second = made(jon.post(f"/checklists/{checklist}/items", {"title": "Chairs"}))
        body = jon.put(f"/items/{second}/done").json
        assert body["events"][0]["put"]["cards"] == [{"id": card, "item_done": 1}]
        assert body["events"][0]["put"]["items"] == [{"id": second, "done": body["data"]["done"]}]
        assert counts(scene, card) == (2, 1)
        assert jon.put(f"/items/{second}/done").json["events"] == []
        done(jon.delete(f"/items/{second}/done"))
        assert counts(scene, card) == (2, 0)


def test_the_page_of_the_card_shows_them_in_order(scene):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    lists = [made(jon.post(f"/cards/{card}/checklists", {"title": t})) for t in ("A", "B")]
    items = [made(jon.post(f"/checklists/{lists[1]}/items", {"title": t})) for t in "xyz"]
    page = jon.get(f"/cards/{card}").json
    assert [c["id"] for c in page["checklists"]] == lists
    assert [(i["id"], i["checklist_id"]) for i in page["items"]] == [(id, lists[1]) for id in items]


def test_renamed(scene, lawful):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    checklist = made(jon.post(f"/cards/{card}/checklists", {"title": "A"}))
    item = made(jon.post(f"/checklists/{checklist}/items", {"title": "x"}))
    with lawful():
        assert jon.patch(f"/checklists/{checklist}", {"title": "B"}).json["events"][0]["put"] == {
            "checklists": [{"id": checklist, "title": "B"}]
        }
        assert jon.patch(f"/items/{item}", {"title": "y"}).json["events"][0]["put"] == {
            "items": [{"id": item, "title": "y"}]
        }
        assert jon.patch(f"/items/{item}", {"title": "y"}).json["events"] == []


def test_deleted_with_its_items(scene, lawful):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    checklist = made(jon.post(f"/cards/{card}/checklists", {"title": "A"}))
    items = [made(jon.post(f"/checklists/{checklist}/items", {"title": t})) for t in "xy"]
    done(jon.put(f"/items/{items[0]}/done"))
    with lawful():
        status, body = jon.delete(f"/checklists/{checklist}", key="delete-list")
    (event,) = body["events"]
    assert (status, event["drop"]) == (200, {"checklists": [checklist], "items": items})
    assert event["put"] == {"cards": [{"id": card, "item_count": 0, "item_done": 0}]}
    for path in (f"/checklists/{checklist}", f"/items/{items[0]}"):
        assert jon.patch(path, {"title": "x"})[0] == 404
    with lawful():
        assert scene.undo("Jon", "delete-list")[0] == 200
    assert counts(scene, card) == (2, 1)
    assert [i["id"] for i in jon.get(f"/cards/{card}").json["items"]] == items


def test_an_item_deleted_and_brought_back(scene, lawful):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    checklist = made(jon.post(f"/cards/{card}/checklists", {"title": "A"}, key="make-checklist"))
    item = made(jon.post(f"/checklists/{checklist}/items", {"title": "x"}, key="make-item-x"))
    assert scene.undo("Jon", "make-checklist")[0] == 409  # somebody has added to it since
    done(jon.delete(f"/items/{item}", key="delete-item"))
    with lawful():
        assert scene.undo("Jon", "delete-item")[0] == 200
        assert counts(scene, card) == (1, 0)
        assert scene.undo("Jon", "make-item-x")[0] == 200
        assert scene.undo("Jon", "make-checklist")[0] == 200
    assert jon.get(f"/cards/{card}").json["checklists"] == []


def test_on_an_archived_card_nothing_is_told_and_all_is_counted(scene, lawful):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    done(jon.put(f"/cards/{card}/archive"))
    with lawful():
        checklist = made(jon.post(f"/cards/{card}/checklists", {"title": "A"}))
        made(jon.post(f"/checklists/{checklist}/items", {"title": "x"}, key="item-unseen"))
    done(jon.delete(f"/cards/{card}/archive"))
    assert counts(scene, card) == (1, 0)
    done(jon.put(f"/cards/{card}/archive"))
    assert scene.undo("Jon", "item-unseen")[0] == 200


def test_limits(scene, monkeypatch):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    monkeypatch.setattr(checklists, "MOST_CHECKLISTS", 1)
    monkeypatch.setattr(checklists, "MOST_ITEMS", 1)
    checklist = made(jon.post(f"/cards/{card}/checklists", {"title": "A"}))
    made(jon.post(f"/checklists/{checklist}/items", {"title": "x"}))
    assert jon.post(f"/cards/{card}/checklists", {"title": "B"})[0] == 409
    assert jon.post(f"/checklists/{checklist}/items", {"title": "y"})[0] == 409


def test_a_tick_taken_back_is_no_tick(scene, lawful):
    jon = scene.as_("Jon")
    checklist = made(jon.post(f"/cards/{scene.here.cards[0]}/checklists", {"title": "Steps"}))
    item = made(jon.post(f"/checklists/{checklist}/items", {"title": "Call"}))
    done(jon.put(f"/items/{item}/done", key="tick-it-off"))
    with lawful():
        not_done = scene.undo("Jon", "tick-it-off", "tick-it-not").json["events"]
        done_again = scene.undo("Jon", "tick-it-not").json["events"]
    assert [event["type"] for event in not_done + done_again] == ["item.reopened", "item.finished"]
