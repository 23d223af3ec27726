"""POST /cards/{id}/copies, /lists/{id}/copies, /boards/{id}/copies and PUT /lists/{id}/board: what comes along, what stays, and where it is said."""

import pytest

from board.boards import copying
from tests import laws
from tests.boards.places import done, furnish, made, member

FULL = {"with": ["checklists", "labels", "attachments", "owners", "fields"]}


@pytest.fixture
def full(scene):
    """A card with everything on it, and another board in the same group."""
    maya, here = scene.as_("Maya"), scene.here
    card = here.cards[0]
    done(maya.patch(f"/cards/{card}", {"measure": "Seen", "start": "2026-11-24", "due": "2026-11-30"}))
    checklist = made(maya.post(f"/cards/{card}/checklists", {"title": "Before"}))
    items = [made(maya.post(f"/checklists/{checklist}/items", {"title": t})) for t in ("Hall", "Songs", "Tea")]
    done(maya.put(f"/items/{items[0]}/done"))
    done(maya.patch(f"/items/{items[1]}", {"owner_id": member("Rose"), "due": "2026-11-27"}))
    done(maya.delete(f"/items/{items[2]}"))
    done(maya.put(f"/cards/{card}/labels/{here.labels[0]}"))
    done(maya.put(f"/cards/{card}/labels/{here.labels[1]}"))
    made(maya.post(f"/cards/{card}/attachments", {"url": "https://example.org/", "title": "Plan"}))
    rooms = [{"title": "Library"}, {"title": "Gym"}]
    choice = made(maya.post(f"/boards/{here.board}/fields", {"title": "Room", "kind": "choice", "options": rooms}))
    number = made(maya.post(f"/boards/{here.board}/fields", {"title": "Chairs", "kind": "number"}))
    done(maya.put(f"/cards/{card}/fields/{choice}", {"value": 2}))
    done(maya.put(f"/cards/{card}/fields/{number}", {"value": 12}))
    for owner in ("Maya", "Rose"):
        done(maya.put(f"/cards/{card}/owners/{member(owner)}"))
    made(maya.post(f"/threads/{here.threads[0]}/comments", {"body": "How many?"}))
    other = furnish(maya, here.group, "Autumn", cards=0)
    far = made(
        maya.post(f"/boards/{other.board}/fields", {"title": "Room", "kind": "choice", "options": [{"title": "Gym"}]})
    )
    return {"card": card, "choice": choice, "number": number, "other": other, "far": far}


def test_a_card_comes_right_after_its_pattern(scene, lawful, full):
    maya, list_ = scene.as_("Maya"), scene.here.lists[0]
    pattern = scene.card(full["card"])
    with lawful():
        status, body = maya.post(f"/cards/{full['card']}/copies", {"list_id": list_, "title": "Again"})
    record = body["data"]
    assert (status, body["events"][0]["type"]) == (201, "card.added")
    assert scene.order(list_)[:2] == [full["card"], record["id"]]
    assert record["title"] == "Again" and record["number"] > pattern["number"]
    for name in ("description", "measure", "start", "due", "label_ids", "field_values", "attachment_count"):
        assert record[name] == pattern[name], name
    assert (record["item_count"], record["item_done"], record["comment_count"]) == (2, 0, 0)
    assert (record["owner_ids"], record["done"], record["recurrence"]) == ([], None, None)
    page = maya.get(f"/cards/{record['id']}").json
    assert [(i["title"], i["done"], i["owner_id"], i["due"]) for i in page["items"]] == [
        ("Hall", None, None, None),
        ("Songs", None, None, "2026-11-27"),
    ]
    assert maya.get(f"/threads/{record['thread_id']}/comments").json["data"] == []


def test_owners_of_a_copy_are_asked(scene, lawful, full):
    with lawful():
        record = done(scene.as_("Jon").post(f"/cards/{full['card']}/copies", {"list_id": scene.here.lists[1], **FULL}))
    assert record["owner_ids"] == record["asked_ids"] == sorted([member("Maya"), member("Rose")])
    items = scene.as_("Jon").get(f"/cards/{record['id']}").json["items"]
    assert [i["owner_id"] for i in items] == [None, member("Rose")]
    assert any(n["card_id"] == record["id"] for n in scene.as_("Rose").get("/notices").json["data"])


def test_on_another_board_with_what_that_board_has(scene, full):
    maya, other = scene.as_("Maya"), full["other"]
    with laws.kept(maya, f"board:{other.board}", scene.room):
        record = done(maya.post(f"/cards/{full['card']}/copies", {"list_id": other.lists[0], **FULL}))
    assert record["board_id"] == other.board
    assert record["label_ids"] == sorted(other.labels)
    assert record["field_values"] == {str(full["far"]): 1}
    assert scene.card(full["card"])["field_values"] == {str(full["choice"]): 2, str(full["number"]): 12}


def test_a_finished_list_finishes_and_an_archived_card_can_be_copied(scene, lawful, full):
    maya, (first, second) = scene.as_("Maya"), scene.here.lists
    done(maya.patch(f"/lists/{second}", {"done": True}))
    done(maya.put(f"/cards/{full['card']}/archive"))
    with lawful():
        assert done(maya.post(f"/cards/{full['card']}/copies", {"list_id": second}))["done"]
        assert done(maya.post(f"/cards/{full['card']}/copies", {"list_id": first, "with": []}))["label_ids"] == []


@pytest.mark.parametrize(
    "body", [{}, {"list_id": "1"}, {"list_id": 1, "with": ["comments"]}, {"list_id": 1, "title": ""}]
)
def test_malformed(scene, body):
    assert scene.as_("Jon").post(f"/cards/{scene.here.cards[0]}/copies", body)[0] == 422


def test_a_full_or_archived_list_takes_no_copy(scene, full):
    maya, (first, second) = scene.as_("Maya"), scene.here.lists
    done(maya.patch(f"/lists/{first}", {"wip_limit": 1, "wip_hard": True}))
    done(maya.put(f"/lists/{second}/archive"))
    for list_ in (first, second):
        assert maya.post(f"/cards/{full['card']}/copies", {"list_id": list_})[0] == 409


def test_a_copy_that_somebody_worked_on_is_not_taken_back(scene, full):
    maya = scene.as_("Maya")
    copy = maya.post(f"/cards/{full['card']}/copies", {"list_id": scene.here.lists[0]}, key="copied-01").json["data"]
    item = maya.get(f"/cards/{copy['id']}").json["items"][0]["id"]
    done(scene.as_("Jon").put(f"/items/{item}/done"))
    assert scene.undo("Maya", "copied-01").status == 409
    done(scene.as_("Jon").delete(f"/items/{item}/done"))
    assert scene.undo("Maya", "copied-01").status == 200
    assert scene.shown("cards", copy["id"]) is None


def test_a_list_with_its_open_cards(scene, lawful, full):
    maya, list_ = scene.as_("Maya"), scene.here.lists[0]
    done(maya.patch(f"/lists/{list_}", {"colour": "red", "wip_limit": 9}))
    done(maya.put(f"/cards/{scene.here.cards[2]}/archive"))
    with lawful():
        status, body = maya.post(f"/lists/{list_}/copies", {"title": "Next week"})
    assert (status, [e["type"] for e in body["events"]]) == (201, ["list.copied"])
    new = body["data"]["id"]
    assert scene.lists()[:2] == [list_, new]
    record = scene.shown("lists", new)
    assert (record["title"], record["colour"], record["wip_limit"]) == ("Next week", "red", 9)
    (copy,) = body["data"]["cards"]
    assert (copy["title"], copy["item_count"], copy.get("owner_ids")) == (scene.card(full["card"])["title"], 2, None)
    found = maya.get("/search", q="Next week").json
    assert str(new) in str(found)


def test_a_list_copied_to_another_board_and_taken_back(scene, full):
    maya, other = scene.as_("Maya"), full["other"]
    before = laws.read(maya, f"/boards/{other.board}")
    with laws.kept(maya, f"board:{other.board}"):
        body = maya.post(f"/lists/{scene.here.lists[0]}/copies", {"board_id": other.board}, key="list-copy").json
        assert body["data"]["cards"][0]["label_ids"] == sorted(other.labels)
        assert scene.undo("Maya", "list-copy", "list-back").status == 200
        after = laws.read(maya, f"/boards/{other.board}")
        assert laws.comparable(before) == laws.comparable(after)
        assert scene.undo("Maya", "list-back").status == 200
    done(maya.patch(f"/cards/{body['data']['cards'][0]['id']}", {"title": "Mine now"}))
    assert scene.undo("Maya", "list-copy").status == 409


def test_a_list_goes_to_another_board_whole_and_back(scene, full):
    maya, other, list_ = scene.as_("Maya"), full["other"], scene.here.lists[0]
    archived = scene.here.cards[2]
    done(maya.put(f"/cards/{archived}/archive"))
    pages = [f"/cards/{full['card']}", f"/cards/{archived}"]
    before = [laws.read(maya, f"/boards/{id}") for id in (scene.here.board, other.board)]
    old = scene.card(full["card"])
    with laws.kept(maya, scene.room, f"board:{other.board}", reads=pages):
        status, body = maya.put(
            f"/lists/{list_}/board", {"board_id": other.board, "before_id": other.lists[0]}, key="moved-over"
        )
        assert (status, {e["room"] for e in body["events"]}) == (200, {scene.room, f"board:{other.board}"})
    there = laws.read(maya, f"/boards/{other.board}")
    assert min(there["lists"], key=lambda r: r["position"])["id"] == list_
    now = scene.card(full["card"])
    assert (now["number"], now["thread_id"], now["comment_count"]) == (old["number"], old["thread_id"], 1)
    assert (now["label_ids"], now["field_values"]) == (sorted(other.labels), {str(full["far"]): 1})
    assert scene.card(archived)["board_id"] == other.board
    assert member("Rose") in {m["id"] for m in there["members"]}
    with laws.kept(maya, scene.room, f"board:{other.board}"):
        assert scene.undo("Maya", "moved-over", "moved-back").status == 200
    after = [laws.read(maya, f"/boards/{id}") for id in (scene.here.board, other.board)]
    for a, b in zip(before, after, strict=True):
        assert laws.plain(laws.comparable(a)) == laws.plain(laws.comparable(b))
    assert scene.undo("Maya", "moved-back").status == 200
    assert scene.undo("Maya", "moved-over").status in (200, 409)


def test_notices_go_along_with_a_list(scene, full):
    maya, other = scene.as_("Maya"), full["other"]
    with laws.kept(scene.as_("Rose"), f"member:{member('Rose')}"):
        done(maya.put(f"/lists/{scene.here.lists[0]}/board", {"board_id": other.board}))
    about = [n for n in scene.as_("Rose").get("/notices").json["data"] if n["card_id"] == full["card"]]
    assert about and {n["board_id"] for n in about} == {other.board}


def test_too_many_cards_are_refused_whole(scene, full, monkeypatch):
    maya, list_ = scene.as_("Maya"), scene.here.lists[0]
    monkeypatch.setattr(copying, "MOST_CARDS", 1)
    before = scene.snapshot()
    for answer in (
        maya.post(f"/lists/{list_}/copies", {}),
        maya.put(f"/lists/{list_}/board", {"board_id": full["other"].board}),
        maya.post(
            f"/boards/{scene.here.board}/copies", {"title": "x", "group_id": scene.here.group, "with_cards": True}
        ),
    ):
        assert answer.status == 409 and " cards; at most 1 " in answer.json["detail"]
    assert scene.snapshot() == before


@pytest.mark.parametrize("what", ["copies", "board", "whole"])
def test_as_many_statements_for_many_cards_as_for_few(scene, full, queries, what):
    maya, (few, many) = scene.as_("Maya"), scene.here.lists
    done(maya.post(f"/lists/{many}/batch", {"titles": [f"Card {n}" for n in range(40)]}))
    third = made(maya.post(f"/boards/{scene.here.board}/lists", {"title": "x"}))
    done(maya.post(f"/lists/{third}/batch", {"titles": ["a", "b"]}))

    def go(list_):
        if what == "copies":
            done(maya.post(f"/lists/{list_}/copies", {}))
        elif what == "board":
            done(maya.put(f"/lists/{list_}/board", {"board_id": full["other"].board}))
        else:
            body = {"title": "x", "group_id": scene.here.group, "with_cards": list_ == many}
            done(maya.post(f"/boards/{scene.here.board}/copies", body))

    go(third)  # what is asked once
    with queries(80) as one:
        go(few)
    with queries(len(one) + (25 if what == "whole" else 4)):
        go(many)


def test_a_whole_board(scene, full):
    maya, here = scene.as_("Maya"), scene.here
    done(maya.patch(f"/boards/{here.board}", {"background": "sage"}))
    body = {"title": "Spring", "group_id": here.group, "with_cards": True}
    with laws.kept(scene.as_("Rose"), f"group:{here.group}", "school:1"):
        status, answer = maya.post(f"/boards/{here.board}/copies", body)
    assert status == 201
    new = answer["data"]["id"]
    there, pattern = laws.read(maya, f"/boards/{new}"), scene.snapshot()
    assert there["board"]["background"] == "sage" and there["board"]["title"] == "Spring"
    for name in ("lists", "labels", "fields"):
        assert [_named(r) for r in there[name]] == [_named(r) for r in pattern[name]], name
    assert sorted(c["title"] for c in there["cards"]) == sorted(c["title"] for c in pattern["cards"])
    copy = next(c for c in there["cards"] if c.get("item_count"))
    assert len(copy["label_ids"]) == 2 and len(copy["field_values"]) == 2
    # A room of which everything was told.
    empty = {"seq": 0, **{name: [] for name in ("board", "lists", "cards", "labels", "fields", "members")}}
    laws.check(empty, there, laws.events_since(maya, f"board:{new}", 0), f"/boards/{new}")
    bare = done(maya.post(f"/boards/{here.board}/copies", {"title": "Bare", "group_id": here.group}))["id"]
    assert len(laws.read(maya, f"/boards/{bare}")["lists"]) == 2 and laws.read(maya, f"/boards/{bare}")["cards"] == []


def _named(record):
    return {k: v for k, v in record.items() if k != "id"}


def test_where_somebody_may_make_no_board_she_copies_none(scene):
    body = {"title": "x", "group_id": scene.here.group}
    for person, status in ((None, 401), ("Olga", 404), ("Sam", 404), ("Rose", 403), ("Jon", 403), ("Maya", 201)):
        assert scene.as_(person).post(f"/boards/{scene.here.board}/copies", body)[0] == status, person
    assert scene.as_("Maya").post(f"/boards/{scene.places.closed.board}/copies", body)[0] == 404
    assert scene.as_("Maya").post(f"/boards/{scene.here.board}/copies", {"title": "x"})[0] == 422


def test_templates_are_offered_to_who_sees_them(scene):
    maya, here = scene.as_("Maya"), scene.here
    assert scene.as_("Jon").patch(f"/boards/{here.board}", {"template": True})[0] == 403
    with laws.kept(scene.as_("Sam"), scene.room):
        done(maya.patch(f"/boards/{here.board}", {"template": True}, key="template-on"))
    done(scene.as_("Rose").patch(f"/boards/{scene.places.closed.board}", {"template": True}))
    found = scene.as_("Jon").get("/board-templates").json
    assert [b["id"] for b in found["data"]] == [here.board]
    assert {one["key"] for one in found["box"]} == {"meetings", "project", "nine-steps"}
    assert scene.undo("Maya", "template-on").status == 200
    assert scene.as_("Jon").get("/board-templates").json["data"] == []


@pytest.mark.parametrize("start", ["meetings", "project", "nine-steps"])
def test_a_board_can_start_with_something_from_the_box(scene, start):
    maya = scene.as_("Maya")
    with laws.kept(scene.as_("Rose"), f"group:{scene.here.group}", "school:1"):
        new = made(maya.post("/boards", {"title": "New", "group_id": scene.here.group, "start": start}))
    there = laws.read(maya, f"/boards/{new}")
    assert there["lists"][-1]["done"] and there["cards"]
    empty = {"seq": 0, **{name: [] for name in ("board", "lists", "cards", "labels", "fields", "members")}}
    laws.check(empty, there, laws.events_since(maya, f"board:{new}", 0), f"/boards/{new}")
    card = there["cards"][0]
    assert len(maya.get(f"/cards/{card['id']}").json["items"]) == card["item_count"] > 0
    assert maya.post("/boards", {"title": "New", "group_id": scene.here.group, "start": "other"})[0] == 422
