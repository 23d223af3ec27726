"""PUT /cards/{id}/position: next to a neighbour, in this list, another, or on another board."""

import itertools

import pytest

from board.boards import limits
from board.core import position
from tests import laws
from tests.boards.places import done, furnish, made, member


@pytest.fixture
def row(scene):
    """Five cards in the first list."""
    list_, jon = scene.here.lists[0], scene.as_("Jon")
    while len(scene.order(list_)) < 5:
        scene.here.cards.append(made(jon.post(f"/lists/{list_}/cards", {"title": "More"})))
    return scene.order(list_)


@pytest.mark.parametrize("side", ["before_id", "after_id"])
def test_next_to_a_neighbour(scene, row, side):
    list_ = scene.here.lists[0]
    for i, j in itertools.product(range(5), range(5)):
        order = scene.order(list_)
        moved, there = order[i], order[j]
        expected = [id for id in order if id != moved]
        expected.insert(expected.index(there) + (side == "after_id") if moved != there else i, moved)
        status, body = scene.as_("Jon").put(f"/cards/{moved}/position", {"list_id": list_, side: there})
        assert (status, scene.order(list_)) == (200, expected), (i, j)
        assert len(body["events"]) == (expected != order)


def test_only_place_and_list_are_told(scene, lawful):
    card, list_ = scene.here.cards[0], scene.here.lists[1]
    with lawful():
        status, body = scene.as_("Jon").put(
            f"/cards/{card}/position", {"list_id": list_, "before_id": scene.order(list_)[0]}
        )
    assert (status, scene.order(list_)[0]) == (200, card)
    (event,) = body["events"]
    assert event["put"] == {"cards": [{"id": card, "list_id": list_, "position": body["data"]["position"]}]}


def test_at_the_end_when_no_neighbour_is_named(scene, row, lawful):
    with lawful():
        assert scene.as_("Jon").put(f"/cards/{row[0]}/position", {"list_id": scene.here.lists[0]})[0] == 200
    assert scene.order(scene.here.lists[0]) == [*row[1:], row[0]]


def test_the_first_neighbour_that_is_still_there_counts(scene, row):
    list_, jon = scene.here.lists[0], scene.as_("Jon")
    done(jon.put(f"/cards/{row[1]}/archive"))
    body = {"list_id": list_, "before_id": row[1], "after_id": row[3]}
    assert jon.put(f"/cards/{row[0]}/position", body)[0] == 200
    assert scene.order(list_) == [row[2], row[3], row[0], row[4]]


def test_neighbours_that_have_just_left_are_a_conflict_with_the_card_as_it_is(scene, row):
    list_, jon = scene.here.lists[0], scene.as_("Jon")
    done(jon.put(f"/cards/{row[1]}/position", {"list_id": scene.here.lists[1]}))
    done(jon.delete(f"/cards/{row[2]}"))
    before = scene.card(row[0])
    for body in ({"before_id": row[1]}, {"after_id": row[2]}, {"before_id": row[1], "after_id": 999_999}):
        status, answer = jon.put(f"/cards/{row[0]}/position", {"list_id": list_, **body})
        assert (status, answer["status"], answer["data"]) == (409, 409, before)
    assert scene.card(row[0]) == before


def test_what_is_archived_does_not_move(scene):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    done(jon.put(f"/lists/{scene.here.lists[1]}/archive"))
    assert jon.put(f"/cards/{card}/position", {"list_id": scene.here.lists[1]})[0] == 409
    done(jon.put(f"/cards/{card}/archive"))
    assert jon.put(f"/cards/{card}/position", {"list_id": scene.here.lists[0]})[0] == 409
    done(jon.delete(f"/cards/{card}"))
    assert jon.put(f"/cards/{card}/position", {"list_id": scene.here.lists[0]})[0] == 404


@pytest.mark.parametrize(
    "body", [{}, {"list_id": None}, {"list_id": "1"}, {"list_id": 1, "before_id": "2"}, {"list_id": 1, "index": 0}]
)
def test_malformed(scene, body):
    assert scene.as_("Jon").put(f"/cards/{scene.here.cards[0]}/position", body)[0] == 422


def test_a_crowded_place_is_spread_in_one_event(scene, row, lawful, monkeypatch):
    monkeypatch.setattr(position, "LONGEST", 4)
    list_, jon = scene.here.lists[0], scene.as_("Jon")
    spread = 0
    with lawful():
        for turn in range(30):
            order = scene.order(list_)
            status, body = jon.put(f"/cards/{order[-1]}/position", {"list_id": list_, "after_id": order[0]})
            assert status == 200 and len(body["events"]) == 1
            spread += len(body["events"][0]["put"]["cards"]) > 1
            assert scene.order(list_) == [order[0], order[-1], *order[1:-1]], turn
    assert spread


def test_undo_puts_it_back_to_the_very_place(scene, row, lawful):
    list_, jon = scene.here.lists[0], scene.as_("Jon")
    before = scene.card(row[1])
    done(jon.put(f"/cards/{row[1]}/position", {"list_id": scene.here.lists[1]}, key="move-away"))
    with lawful():
        assert scene.undo("Jon", "move-away")[0] == 200
    assert (scene.order(list_), scene.card(row[1])) == (row, before)
    done(jon.put(f"/cards/{row[1]}/position", {"list_id": scene.here.lists[1]}, key="move-again"))
    done(scene.as_("Maya").put(f"/cards/{row[1]}/position", {"list_id": list_}))
    assert scene.undo("Jon", "move-again")[0] == 409


@pytest.fixture
def other(scene):
    """A second board of the open group, with a label that looks like one of the first board."""
    return furnish(scene.as_("Maya"), scene.here.group, "Autumn")


def test_to_another_board(scene, other, lawful):
    """The old room drops it, the new one gets it whole; number and thread stay, labels are matched by title and colour."""
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    alone = made(
        scene.as_("Maya").post(f"/boards/{scene.here.board}/labels", {"title": "Only here", "colour": "green"})
    )
    for path in (f"labels/{scene.here.labels[0]}", f"labels/{alone}", f"owners/{member('Rose')}"):
        done(jon.put(f"/cards/{card}/{path}"))
    done(jon.post(f"/threads/{scene.here.threads[0]}/comments", {"body": "On the way"}))
    before = scene.card(card)
    with lawful(), laws.kept(scene.as_("Maya"), f"board:{other.board}"):
        status, body = jon.put(f"/cards/{card}/position", {"list_id": other.lists[0]}, key="move-board")
    assert status == 200
    left, came = body["events"]
    assert (left["room"], left["type"], left["op"]) == (scene.room, "card.moved", "move-board")
    assert left["drop"] == {"cards": [card], "members": [member("Rose")]} and left["put"] == {}
    assert (came["room"], came["type"], came["op"]) == (f"board:{other.board}", "card.moved", "move-board")
    assert came["put"]["cards"][0]["label_ids"] == [other.labels[0]]
    now = scene.card(card)
    assert [now[k] for k in ("number", "thread_id", "owner_ids")] == [
        before[k] for k in ("number", "thread_id", "owner_ids")
    ]
    with lawful(), laws.kept(scene.as_("Maya"), f"board:{other.board}"):
        assert scene.undo("Jon", "move-board")[0] == 200
    assert scene.card(card) == before


@pytest.mark.parametrize("way", ["there", "back"])
def test_to_another_board_taken_back_and_done_again(scene, other, lawful, way):
    """Whatever the rooms are called: a label that is set after the move is taken back before it."""
    maya, source, target = scene.as_("Maya"), *((scene.here, other) if way == "there" else (other, scene.here))
    card = source.cards[0]
    alone = made(maya.post(f"/boards/{source.board}/labels", {"title": "Only here", "colour": "green"}))
    field = made(maya.post(f"/boards/{source.board}/fields", {"title": "Only here", "kind": "text"}))
    done(maya.put(f"/cards/{card}/labels/{alone}"))
    done(maya.put(f"/cards/{card}/fields/{field}", {"value": "Hall"}))
    states = [scene.card(card)]
    with lawful(), laws.kept(maya, f"board:{other.board}"):
        done(maya.put(f"/cards/{card}/position", {"list_id": target.lists[0]}, key="over-there-0"))
    states.append(scene.card(card))
    assert [state["label_ids"] for state in states] == [[alone], []]
    for turn in range(4):
        with lawful(), laws.kept(maya, f"board:{other.board}"):
            assert scene.undo("Maya", f"over-there-{turn}", f"over-there-{turn + 1}")[0] == 200, turn
        assert scene.card(card) == states[turn % 2]


def test_not_to_a_full_board(scene, other, monkeypatch):
    card = scene.here.cards[0]
    before = scene.card(card)
    monkeypatch.setattr(limits, "MOST_OPEN_CARDS", 4)
    status, body = scene.as_("Jon").put(f"/cards/{card}/position", {"list_id": other.lists[0]})
    assert (status, body["data"], scene.card(card)) == (409, before, before)
    assert scene.as_("Jon").put(f"/cards/{card}/position", {"list_id": scene.here.lists[1]})[0] == 200


def test_to_a_crowded_place_on_another_board_and_back(scene, other, lawful, monkeypatch):
    """That board's list is spread anew to make room; only the card goes back."""
    jon, card, list_ = scene.as_("Jon"), scene.here.cards[0], other.lists[0]
    first, *_ = (c["id"] for c in jon.get(f"/boards/{other.board}").json["cards"] if c["list_id"] == list_)
    monkeypatch.setattr(position, "LONGEST", 1)
    before, order = scene.card(card), scene.order(scene.here.lists[0])
    with lawful(), laws.kept(scene.as_("Maya"), f"board:{other.board}"):
        status, body = jon.put(f"/cards/{card}/position", {"list_id": list_, "after_id": first}, key="squeeze-in")
        assert status == 200 and "list.spread" in {e["type"] for e in body["events"]}
        assert scene.undo("Jon", "squeeze-in")[0] == 200
    assert (scene.card(card), scene.order(scene.here.lists[0])) == (before, order)


def test_undo_leaves_a_card_that_was_moved_on_over_there(scene, other):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    done(jon.put(f"/cards/{card}/position", {"list_id": other.lists[0]}, key="move-over"))
    done(scene.as_("Maya").put(f"/cards/{card}/position", {"list_id": other.lists[1]}))
    assert scene.undo("Jon", "move-over")[0] == 409
    assert scene.card(card)["list_id"] == other.lists[1]


def test_not_to_a_board_where_she_may_not_edit(scene):
    open_, closed = scene.here, scene.places.closed
    # Rose edits her closed board; on the open one she is other staff.
    assert scene.as_("Rose").put(f"/cards/{closed.cards[0]}/position", {"list_id": open_.lists[0]})[0] == 403
    assert scene.as_("Jon").put(f"/cards/{open_.cards[0]}/position", {"list_id": closed.lists[0]})[0] == 404


def test_the_hot_path_stays_short(scene, row, queries):
    """Who she is, the card, its neighbours, the write, its owners and labels, the journal: and nothing more."""
    jon = scene.as_("Jon")
    jon.get("/me")
    with queries(12):
        done(jon.put(f"/cards/{row[0]}/position", {"list_id": scene.here.lists[0], "after_id": row[2]}))
