"""POST /lists/{id}/cards: at the end of the list; who is named as owner by somebody else is asked."""

import pytest

from board.boards import limits
from tests.boards.places import done, made, member


def test_at_the_end_of_the_list(scene, lawful):
    list_ = scene.here.lists[0]
    before = scene.order(list_)
    with lawful():
        status, body = scene.as_("Jon").post(f"/lists/{list_}/cards", {"title": "  Book the hall "})
    assert status == 201
    record = body["data"]
    assert scene.order(list_) == [*before, record["id"]]
    assert (record["title"], record["list_id"], record["version"], record["description"]) == (
        "Book the hall",
        list_,
        0,
        "",
    )
    assert (record["owner_ids"], record["label_ids"], record["done"], record["due"]) == ([], [], None, None)


def test_the_event_holds_what_is_not_at_its_default(scene):
    body = {"title": "Timetable", "due": "2026-11-27", "description": "For all years"}
    status, answer = scene.as_("Jon").post(f"/lists/{scene.here.lists[0]}/cards", body)
    (event,) = answer["events"]
    assert (status, event["type"], event["room"], event["drop"]) == (201, "card.added", scene.room, {})
    assert set(event["put"]["cards"][0]) == {"id", "number", "list_id", "position", "title", "due", "thread_id"}


def test_numbers_are_of_the_school_and_never_used_twice(scene):
    jon, list_ = scene.as_("Jon"), scene.here.lists[0]
    first = done(jon.post(f"/lists/{list_}/cards", {"title": "One"}))
    done(jon.delete(f"/cards/{first['id']}"))
    other = done(scene.as_("Rose").post(f"/lists/{scene.places.closed.lists[0]}/cards", {"title": "Elsewhere"}))
    assert other["number"] == first["number"] + 1


def test_owners_and_labels_from_the_start(scene, lawful):
    jon, rose = member("Jon"), member("Rose")
    body = {"title": "Songs", "owner_ids": [rose, jon, jon], "label_ids": [scene.here.labels[1]]}
    with lawful():
        record = done(scene.as_("Jon").post(f"/lists/{scene.here.lists[0]}/cards", body))
    assert (record["owner_ids"], record["asked_ids"], record["label_ids"]) == (
        [jon, rose],
        [rose],
        [scene.here.labels[1]],
    )
    assert rose in {m["id"] for m in scene.snapshot()["members"]}


def test_an_owner_who_does_not_see_the_board_is_refused(scene):
    status, body = scene.as_("Rose").post(
        f"/lists/{scene.places.closed.lists[0]}/cards", {"title": "x", "owner_ids": [member("Jon")]}
    )
    assert (status, body["errors"][0]["field"]) == (422, "owner_ids")


@pytest.mark.parametrize(
    "body",
    [{}, {"title": ""}, {"title": " \t"}, {"title": "x" * 513}, {"title": "x", "due": "tomorrow"}, {"title": "x", "due": "2026-02-30"},
     {"title": "x", "due": "2026-11-27T10:00:00"}, {"title": "x", "description": "y" * 65_537}, {"title": "x", "owner_ids": 3},
     {"title": "x", "position": "a"}, {"title": "x", "list_id": 2}, {"title": "x", "school_id": 2}, {"title": "x", "number": 1}],
)  # fmt: skip
def test_malformed(scene, body):
    assert scene.as_("Jon").post(f"/lists/{scene.here.lists[0]}/cards", body)[0] == 422


def test_moments_come_back_as_instants_and_days_as_given(scene):
    body = {"title": "x", "start": "2026-11-27", "due": "2026-11-27T10:00:00+01:00"}
    record = done(scene.as_("Jon").post(f"/lists/{scene.here.lists[0]}/cards", body))
    assert (record["start"], record["due"]) == ("2026-11-27", "2026-11-27T09:00:00.000Z")


def test_not_into_an_archived_list(scene):
    done(scene.as_("Maya").put(f"/lists/{scene.here.lists[0]}/archive"))
    assert scene.as_("Jon").post(f"/lists/{scene.here.lists[0]}/cards", {"title": "x"})[0] == 409


def test_a_full_board_says_so(scene, monkeypatch):
    monkeypatch.setattr(limits, "MOST_OPEN_CARDS", len(scene.here.cards))
    status, body = scene.as_("Jon").post(f"/lists/{scene.here.lists[0]}/cards", {"title": "x"})
    assert status == 409 and "Archive some first" in body["detail"]
    done(scene.as_("Jon").put(f"/cards/{scene.here.cards[0]}/archive"))
    assert scene.as_("Jon").post(f"/lists/{scene.here.lists[0]}/cards", {"title": "x"})[0] == 201


def test_a_repeat_makes_one(scene):
    jon, path = scene.as_("Jon"), f"/lists/{scene.here.lists[0]}/cards"
    first = jon.post(path, {"title": "Once"}, key="make-card-once")
    assert jon.post(path, {"title": "Once"}, key="make-card-once") == first
    assert jon.last.headers["Idempotent-Replayed"] == "true"
    assert jon.post(path, {"title": "Twice"}, key="make-card-once")[0] == 422
    # The key is Jon's: Maya's is another.
    assert made(scene.as_("Maya").post(path, {"title": "Once"}, key="make-card-once")) != first.json["data"]["id"]


def test_undo_puts_it_into_the_bin_unless_somebody_worked_on_it(scene, lawful):
    jon, path = scene.as_("Jon"), f"/lists/{scene.here.lists[0]}/cards"
    card = made(jon.post(path, {"title": "Oops"}, key="make-card-oops"))
    with lawful():
        assert scene.undo("Jon", "make-card-oops")[0] == 200
    assert jon.get(f"/cards/{card}")[0] == 404
    card = made(jon.post(path, {"title": "Kept"}, key="make-card-kept"))
    done(scene.as_("Maya").patch(f"/cards/{card}", {"title": "Kept by Maya"}))
    assert scene.undo("Jon", "make-card-kept")[0] == 409
    assert scene.card(card)["title"] == "Kept by Maya"
