"""Items and checklists are put in order by neighbour; an item may go into another checklist of its card."""

import pytest

from board.boards.commands import checklists
from board.core import position
from tests.boards.places import done, made


@pytest.fixture
def sheet(scene):
    """Two checklists on a card, with three items and one."""
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    first, second = (made(jon.post(f"/cards/{card}/checklists", {"title": t})) for t in ("Before", "After"))
    items = [made(jon.post(f"/checklists/{first}/items", {"title": t})) for t in "abc"]
    return first, second, items, made(jon.post(f"/checklists/{second}/items", {"title": "d"}))


def order(scene, checklist):
    page = scene.as_("Jon").get(f"/cards/{scene.here.cards[0]}").json
    return [i["id"] for i in page["items"] if i["checklist_id"] == checklist]


def test_next_to_a_neighbour_or_at_the_end(scene, sheet, lawful):
    jon, (first, _, (a, b, c), _) = scene.as_("Jon"), sheet
    with lawful():
        body = jon.put(f"/items/{c}/position", {"checklist_id": first, "before_id": a}).json
        assert body["events"][0]["put"] == {"items": [{"id": c, "position": body["data"]["position"]}]}
        assert order(scene, first) == [c, a, b]
        done(jon.put(f"/items/{c}/position", {"checklist_id": first, "after_id": a}, key="between-them"))
        assert order(scene, first) == [a, c, b]
        assert jon.put(f"/items/{c}/position", {"checklist_id": first, "after_id": a}).json["events"] == []
        done(jon.put(f"/items/{a}/position", {"checklist_id": first}))
        assert order(scene, first) == [c, b, a]
        assert scene.undo("Jon", "between-them").status == 200
        assert order(scene, first) == [c, b, a]


def test_into_another_checklist_and_back(scene, sheet, lawful):
    jon, (first, second, (a, b, c), d) = scene.as_("Jon"), sheet
    with lawful():
        body = jon.put(f"/items/{b}/position", {"checklist_id": second, "before_id": d}, key="over-there").json
        assert body["events"][0]["put"]["items"][0]["checklist_id"] == body["data"]["checklist_id"] == second
        assert (order(scene, first), order(scene, second)) == ([a, c], [b, d])
        assert scene.undo("Jon", "over-there").status == 200
        assert (order(scene, first), order(scene, second)) == ([a, b, c], [d])
    done(jon.put(f"/items/{b}/position", {"checklist_id": second}, key="over-again"))
    done(jon.delete(f"/checklists/{first}"))
    assert scene.undo("Jon", "over-again").status == 404, "where it was is not there any more"


def test_not_onto_another_card_nor_beside_what_is_gone(scene, sheet):
    jon, (first, _second, (a, _b, _c), d) = scene.as_("Jon"), sheet
    elsewhere = made(jon.post(f"/cards/{scene.here.cards[1]}/checklists", {"title": "Elsewhere"}))
    assert jon.put(f"/items/{a}/position", {"checklist_id": elsewhere}).status == 404
    answer = jon.put(f"/items/{a}/position", {"checklist_id": first, "before_id": d})
    assert (answer.status, answer.json["data"]["id"]) == (409, a)
    assert scene.as_("Sam").put(f"/items/{a}/position", {"checklist_id": first}).status == 403


def test_no_more_than_a_checklist_holds(scene, sheet, monkeypatch):
    jon, (first, second, (a, _b, _c), _d) = scene.as_("Jon"), sheet
    monkeypatch.setattr(checklists, "MOST_ITEMS", 1)
    assert jon.put(f"/items/{a}/position", {"checklist_id": second}).status == 409
    done(jon.put(f"/items/{a}/position", {"checklist_id": first}))


def test_set_out_anew_where_there_is_no_room_left(scene, sheet, lawful, monkeypatch):
    jon, (first, _second, (a, b, c), d) = scene.as_("Jon"), sheet
    monkeypatch.setattr(position, "LONGEST", 3)
    with lawful():
        done(jon.put(f"/items/{d}/position", {"checklist_id": first, "after_id": a}))
        done(jon.put(f"/items/{c}/position", {"checklist_id": first, "after_id": a}))
        for turn in range(20):
            body = jon.put(
                f"/items/{(b, c)[turn % 2]}/position", {"checklist_id": first, "after_id": a}, key=f"turn-{turn:04}"
            )
            if len(body.json["events"][0]["put"]["items"]) > 1:
                break
        else:
            raise AssertionError("there was always room")
        standing = order(scene, first)
        assert scene.undo("Jon", f"turn-{turn:04}").status == 200
        moved = (b, c)[turn % 2]
        assert order(scene, first) != standing and sorted(order(scene, first)) == sorted(standing)
        assert [i for i in order(scene, first) if i != moved] == [i for i in standing if i != moved]


def test_checklists_of_a_card(scene, sheet, lawful):
    jon, card, (first, second, *_) = scene.as_("Jon"), scene.here.cards[0], sheet
    third = made(jon.post(f"/cards/{card}/checklists", {"title": "Later"}))
    shown = lambda: [c["id"] for c in jon.get(f"/cards/{card}").json["checklists"]]  # noqa: E731
    with lawful():
        body = jon.put(f"/checklists/{third}/position", {"before_id": first}, key="to-the-top").json
        assert body["events"][0]["put"] == {"checklists": [{"id": third, "position": body["data"]["position"]}]}
        assert shown() == [third, first, second]
        assert jon.put(f"/checklists/{third}/position", {"before_id": first}).json["events"] == []
        assert scene.undo("Jon", "to-the-top").status == 200
        assert shown() == [first, second, third]
        done(jon.put(f"/checklists/{first}/position", {}))
        assert shown() == [second, third, first]
    other = made(jon.post(f"/cards/{scene.here.cards[1]}/checklists", {"title": "Elsewhere"}))
    assert jon.put(f"/checklists/{first}/position", {"before_id": other}).status == 409
    assert scene.as_("Sam").put(f"/checklists/{first}/position", {}).status == 403
