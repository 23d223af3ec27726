"""Fields of a board, and what stands in them on its cards."""

import pytest

from board.boards.commands import fields
from board.core import position
from tests import laws
from tests.boards.places import done, furnish, made


@pytest.fixture
def field(scene):
    def make(title, kind, **more):
        return made(scene.as_("Jon").post(f"/boards/{scene.here.board}/fields", {"title": title, "kind": kind, **more}))

    return make


def values(scene, card):
    return scene.shown("cards", card).get("field_values", {})


@pytest.mark.parametrize(
    "kind, good, bad",
    [
        ("text", ["Hall", "x" * 2000], [12, True, 1.5]),
        ("number", [12, 12.5, -3, 0], ["12", True, 1e15]),
        ("date", ["2026-11-27", "2026-11-27T08:00:00.000Z"], ["tomorrow", 5, True]),
        ("tick", [True], [1, "yes"]),
        ("choice", [1, 2], [3, 0, "Hall", True, 1.5]),
    ],
)
def test_what_fits(scene, field, lawful, kind, good, bad):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    more = {"options": [{"title": "Hall"}, {"title": "Gym"}]} if kind == "choice" else {}
    id = field("One", kind, **more)
    path = f"/cards/{card}/fields/{id}"
    with lawful():
        for value in good:
            body = jon.put(path, {"value": value}).json
            assert body["data"]["field_values"] == values(scene, card) == {str(id): value}
            assert body["events"][0]["put"] == {"cards": [{"id": card, "field_values": {str(id): value}}]}
            assert jon.put(path, {"value": value}).json["events"] == []
        for value in bad:
            answer = jon.put(path, {"value": value})
            assert (answer.status, answer.json["errors"][0]["field"]) == (422, "value"), value
        assert values(scene, card) == {str(id): good[-1]}
        done(jon.delete(path))
        assert "field_values" not in scene.shown("cards", card)
        assert jon.delete(path).json["events"] == []
    assert jon.put(path, {"value": None}).status == 422
    assert jon.put(path, {"value": [1]}).status == 422


def test_an_empty_text_and_a_tick_that_is_off_are_nothing(scene, field, lawful):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    text, tick = field("Room", "text"), field("Booked", "tick")
    with lawful():
        for id, on, off in ((text, "Hall", "  "), (tick, True, False)):
            done(jon.put(f"/cards/{card}/fields/{id}", {"value": on}, key=f"value-of-{id}-on"))
            done(jon.put(f"/cards/{card}/fields/{id}", {"value": off}, key=f"value-of-{id}-off"))
            assert values(scene, card) == {}
            assert scene.undo("Jon", f"value-of-{id}-off").status == 200
            assert values(scene, card) == {str(id): on}
            assert scene.undo("Jon", f"value-of-{id}-on").status == 200
        assert values(scene, card) == {}


def test_a_choice_that_is_taken_away_leaves_the_cards(scene, field, lawful):
    jon, (a, b, *_) = scene.as_("Jon"), scene.here.cards
    id = field("Room", "choice", options=[{"title": "Hall"}, {"title": "Gym", "colour": "red"}])
    done(jon.put(f"/cards/{a}/fields/{id}", {"value": 1}))
    done(jon.put(f"/cards/{b}/fields/{id}", {"value": 2}))
    with lawful():
        wanted = [{"id": 2, "title": "The gym"}, {"title": "Library"}]
        body = jon.patch(f"/fields/{id}", {"options": wanted}, key="without-the-hall").json
        shown = [{"id": 2, "title": "The gym", "colour": None}, {"id": 3, "title": "Library", "colour": None}]
        assert body["data"]["options"] == shown
        assert body["events"][0]["put"]["cards"] == [{"id": a, "field_values": {}}]
        assert (values(scene, a), values(scene, b)) == ({}, {str(id): 2})
        assert scene.undo("Jon", "without-the-hall").status == 200
        assert (values(scene, a), values(scene, b)) == ({str(id): 1}, {str(id): 2})
    for wrong in ([{"id": 9, "title": "x"}], [{"id": 1, "title": "x"}, {"id": 1, "title": "y"}], [{"title": " "}]):
        assert jon.patch(f"/fields/{id}", {"options": wrong}).status == 422
    assert jon.patch(f"/fields/{field('Other', 'text')}", {"options": [{"title": "x"}]}).status == 422


def test_deleted_from_its_cards_and_brought_back(scene, field, lawful):
    jon, (a, b, *_) = scene.as_("Jon"), scene.here.cards
    id, other = field("Room", "text"), field("Chairs", "number")
    for card in (a, b):
        done(jon.put(f"/cards/{card}/fields/{id}", {"value": f"Hall {card}"}))
    done(jon.put(f"/cards/{a}/fields/{other}", {"value": 12}))
    done(jon.put(f"/cards/{b}/archive"))
    with lawful():
        body = jon.delete(f"/fields/{id}", key="without-rooms").json
        assert body["events"][0]["drop"] == {"fields": [id]}
        assert body["events"][0]["put"] == {"cards": [{"id": a, "field_values": {str(other): 12}}]}
        assert jon.put(f"/cards/{a}/fields/{id}", {"value": "x"}).status == 404
        assert jon.patch(f"/fields/{id}", {"title": "x"}).status == 404
        assert scene.undo("Jon", "without-rooms").status == 200
    assert values(scene, a) == {str(id): f"Hall {a}", str(other): 12}
    assert jon.get(f"/cards/{b}").json["data"]["field_values"] == {str(id): f"Hall {b}"}
    assert scene.undo("Jon", "without-rooms").status == 409


def test_in_order(scene, field, lawful, monkeypatch):
    jon = scene.as_("Jon")
    a, b, c = (field(t, "text") for t in "abc")
    shown = lambda: [f["id"] for f in sorted(scene.snapshot()["fields"], key=lambda f: (f["position"], f["id"]))]  # noqa: E731
    with lawful():
        done(jon.put(f"/fields/{c}/position", {"before_id": a}, key="to-the-front"))
        assert shown() == [c, a, b]
        assert scene.undo("Jon", "to-the-front").status == 200
        assert shown() == [a, b, c]
        assert jon.put(f"/fields/{c}/position", {"after_id": 999_999}).status == 409
        monkeypatch.setattr(position, "LONGEST", 3)
        for turn in range(20):
            body = jon.put(f"/fields/{(c, b)[turn % 2]}/position", {"after_id": a}, key=f"turn-{turn:04}").json
            if len(body["events"][0]["put"]["fields"]) > 1:
                break
        else:
            raise AssertionError("there was always room")
        standing = shown()
        assert scene.undo("Jon", f"turn-{turn:04}").status == 200
        assert shown() != standing


def test_as_many_as_can_be_looked_over(scene, field, monkeypatch):
    jon, path = scene.as_("Jon"), f"/boards/{scene.here.board}/fields"
    for title in "ab":
        field(title, "text", shown=True)
    assert jon.post(path, {"title": "c", "kind": "text", "shown": True}).status == 409
    third = field("c", "text")
    assert jon.patch(f"/fields/{third}", {"shown": True}).status == 409
    monkeypatch.setattr(fields, "MOST_FIELDS", 3)
    assert jon.post(path, {"title": "d", "kind": "text"}).status == 409
    assert jon.post(path, {"title": "d", "kind": "colour"}).status == 422
    assert jon.post(path, {"title": "d", "kind": "text", "options": [{"title": "x"}]}).status in (409, 422)


def test_nor_more_by_taking_back(scene, field):
    jon, (a, _, c) = scene.as_("Jon"), [field(title, "text", shown=title in "ab") for title in "abc"]
    done(jon.patch(f"/fields/{a}", {"shown": False}, key="not-on-the-front"))
    done(jon.patch(f"/fields/{c}", {"shown": True}))
    assert scene.undo("Jon", "not-on-the-front").status == 409
    done(jon.patch(f"/fields/{c}", {"shown": False}))
    assert scene.undo("Jon", "not-on-the-front").status == 200


def test_who_may(scene, field):
    id, card = field("Room", "text"), scene.here.cards[0]
    for person, status in (("Sam", 403), ("Rose", 403), ("Olga", 404)):
        call = scene.as_(person)
        assert call.post(f"/boards/{scene.here.board}/fields", {"title": "x", "kind": "text"}).status == status
        assert call.patch(f"/fields/{id}", {"title": "x"}).status == status
        assert call.put(f"/fields/{id}/position", {}).status == status
        assert call.delete(f"/fields/{id}").status == status
        assert call.put(f"/cards/{card}/fields/{id}", {"value": "x"}).status == status
        assert call.delete(f"/cards/{card}/fields/{id}").status == status


def test_on_another_board_matched_by_title_and_kind(scene, field, lawful):
    maya, card, here = scene.as_("Maya"), scene.here.cards[0], scene.here
    room = field("Room", "choice", options=[{"title": "Hall"}, {"title": "Gym"}])
    chairs, note, day = field("Chairs", "number"), field("Note", "text"), field("Day", "date")
    other = furnish(maya, here.group, "Spring")
    path = f"/boards/{other.board}/fields"
    there = made(maya.post(path, {"title": "Room", "kind": "choice", "options": [{"title": "Gym"}]}))
    made(maya.post(path, {"title": "Chairs", "kind": "text"}))
    words = made(maya.post(path, {"title": "Note", "kind": "text"}))
    before = {str(room): 2, str(chairs): 12, str(note): "Loud", str(day): "2026-11-27"}
    for id, value in before.items():
        done(maya.put(f"/cards/{card}/fields/{id}", {"value": value}))
    with lawful(), laws.kept(maya, f"board:{other.board}"):
        body = done(maya.put(f"/cards/{card}/position", {"list_id": other.lists[0]}, key="to-the-other"))
        assert body["field_values"] == {str(there): 1, str(words): "Loud"}
        assert scene.undo("Maya", "to-the-other").status == 200
        assert values(scene, card) == before


def test_a_number_is_kept_as_it_is_read(scene, field, lawful):
    jon, card, id = scene.as_("Jon"), scene.here.cards[0], field("Hours", "number")
    with lawful():
        answer = jon.put(f"/cards/{card}/fields/{id}", {"value": 0.1 + 0.2})
    assert answer.json["data"]["field_values"][str(id)] == 0.3
    for far in (10**15, -(10**15)):
        status, answer = jon.put(f"/cards/{card}/fields/{id}", {"value": far})
        assert (status, answer["detail"]) == (422, "Give a number, with at most 15 digits before the point.")
    assert jon.put(f"/cards/{card}/fields/{id}", {"value": 999_999_999_999_999}).status == 200


def test_two_that_are_one_over_there(scene, field, lawful):
    maya, card = scene.as_("Maya"), scene.here.cards[0]
    first, second = field("Room", "text"), field("Room", "text")
    other = furnish(maya, scene.here.group, "Spring")
    there = made(maya.post(f"/boards/{other.board}/fields", {"title": "Room", "kind": "text"}))
    for id, value in ((first, "Hall"), (second, "Gym")):
        done(maya.put(f"/cards/{card}/fields/{id}", {"value": value}))
    with lawful(), laws.kept(maya, f"board:{other.board}"):
        body = done(maya.put(f"/cards/{card}/position", {"list_id": other.lists[0]}, key="both-into-one"))
        assert body["field_values"] == {str(there): "Hall"}
        assert scene.undo("Maya", "both-into-one").status == 200
    assert values(scene, card) == {str(first): "Hall", str(second): "Gym"}
