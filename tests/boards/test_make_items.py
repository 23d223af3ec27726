"""Many lines are many items, in one command."""

from board.boards.commands import checklists
from tests.boards.places import done, made


def test_all_in_their_order_and_taken_back_as_one(scene, lawful):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    checklist = made(jon.post(f"/cards/{card}/checklists", {"title": "Shopping"}))
    with lawful():
        status, body = jon.post(
            f"/checklists/{checklist}/lines", {"titles": ["Milk", "Bread", "Milk"]}, key="three-lines"
        )
        assert status == 201
        (event,) = body["events"]
        assert event["put"] == {"items": body["data"]["items"], "cards": [{"id": card, "item_count": 3}]}
        page = jon.get(f"/cards/{card}").json
        assert [i["title"] for i in page["items"]] == ["Milk", "Bread", "Milk"]
    with lawful():
        assert scene.undo("Jon", "three-lines", "not-at-all").status == 200
        assert jon.get(f"/cards/{card}").json["items"] == []
        assert scene.undo("Jon", "not-at-all").status == 200
    assert jon.get(f"/cards/{card}").json["items"] == page["items"]


def test_all_of_them_or_none(scene, monkeypatch):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    checklist = made(jon.post(f"/cards/{card}/checklists", {"title": "Shopping"}))
    path = f"/checklists/{checklist}/lines"
    assert jon.post(path, {"titles": ["x"] * 201}).status == 422
    assert jon.post(path, {"titles": []}).status == 422
    assert jon.post(path, {"titles": ["x", " "]}).status == 422
    monkeypatch.setattr(checklists, "MOST_ITEMS", 3)
    assert jon.post(path, {"titles": ["x"] * 4}).status == 409
    assert jon.get(f"/cards/{card}").json["items"] == []
    done(jon.post(path, {"titles": ["x"] * 3}))
    assert scene.as_("Sam").post(path, {"titles": ["x"]}).status == 403
