"""POST /lists/{id}/batch: many cards from many lines"""

import pytest

from board.boards import limits
from board.boards.schemas import MOST_PASTED
from tests.boards.places import done, made

LINES = ["Book the hall", "Order chairs", "Songs", "Songs"]


def test_in_the_order_given_in_one_event(scene, lawful):
    jon, list_ = scene.as_("Jon"), scene.here.lists[0]
    before = scene.order(list_)
    with lawful():
        status, body = jon.post(f"/lists/{list_}/batch", {"titles": LINES})
    found = body["data"]["cards"]
    (event,) = body["events"]
    assert (status, body["data"]["id"], event["type"]) == (201, list_, "cards.added")
    assert [card["title"] for card in found] == LINES and event["put"]["cards"] == found
    assert scene.order(list_) == [*before, *(card["id"] for card in found)]
    numbers = [card["number"] for card in found]
    assert numbers == list(range(numbers[0], numbers[0] + 4)) and len({card["thread_id"] for card in found}) == 4
    another = made(jon.post(f"/lists/{list_}/cards", {"title": "Next"}))
    assert scene.card(another)["number"] == numbers[-1] + 1
    for card in found:
        done(jon.post(f"/threads/{card['thread_id']}/comments", {"body": "Here"}))


def test_who_may(scene):
    for person, expected in ((None, 401), ("Olga", 404), ("Sam", 403), ("Rose", 403), ("Jon", 201)):
        assert scene.as_(person).post(f"/lists/{scene.here.lists[0]}/batch", {"titles": ["x"]})[0] == expected, person


@pytest.mark.parametrize(
    "body", [{}, {"titles": []}, {"titles": ["x", ""]}, {"titles": ["x" * 513]}, {"titles": [1]}, {"titles": "x"}, {"title": "x"}]
)  # fmt: skip
def test_malformed(scene, body):
    for list_ in (scene.here.lists[0], 999_999):
        assert scene.as_("Jon").post(f"/lists/{list_}/batch", body)[0] == 422


def test_no_more_than_are_taken_at_once(scene):
    jon, path = scene.as_("Jon"), f"/lists/{scene.here.lists[0]}/batch"
    status, body = jon.post(path, {"titles": ["x"] * (MOST_PASTED + 1)})
    assert status == 422 and str(MOST_PASTED) in body["errors"][0]["message"]
    assert jon.post(path, {"titles": ["x"] * MOST_PASTED})[0] == 201


def test_said_again_with_the_same_key_they_are_made_once(scene):
    jon, list_ = scene.as_("Jon"), scene.here.lists[0]
    first = jon.post(f"/lists/{list_}/batch", {"titles": LINES}, key="paste-them")
    assert jon.post(f"/lists/{list_}/batch", {"titles": LINES}, key="paste-them") == first
    assert len(scene.order(list_)) == 2 + len(LINES)


def test_one_undo_takes_them_all(scene, lawful):
    jon, list_ = scene.as_("Jon"), scene.here.lists[0]
    before = scene.snapshot()["cards"]
    done(jon.post(f"/lists/{list_}/batch", {"titles": LINES}, key="paste-them"))
    after = scene.snapshot()["cards"]
    with lawful():
        assert scene.undo("Jon", "paste-them", "away-again")[0] == 200
    assert scene.snapshot()["cards"] == before
    with lawful():
        assert scene.undo("Jon", "away-again")[0] == 200
    assert scene.snapshot()["cards"] == after


def test_not_when_somebody_has_worked_on_one(scene):
    jon, list_ = scene.as_("Jon"), scene.here.lists[0]
    cards = done(jon.post(f"/lists/{list_}/batch", {"titles": LINES}, key="paste-them"))["cards"]
    done(scene.as_("Maya").patch(f"/cards/{cards[1]['id']}", {"title": "Forty chairs"}))
    status, body = scene.undo("Jon", "paste-them")
    assert (status, body["data"]) == (409, {"card_ids": [cards[1]["id"]]}) and "Forty chairs" in body["detail"]


def test_not_beyond_what_a_board_may_have(scene, monkeypatch):
    monkeypatch.setattr(limits, "MOST_OPEN_CARDS", len(scene.here.cards) + 3)
    before = scene.snapshot()
    assert scene.as_("Jon").post(f"/lists/{scene.here.lists[0]}/batch", {"titles": LINES})[0] == 409
    assert scene.snapshot() == before


def test_not_into_an_archived_list(scene):
    done(scene.as_("Maya").put(f"/lists/{scene.here.lists[0]}/archive"))
    assert scene.as_("Jon").post(f"/lists/{scene.here.lists[0]}/batch", {"titles": LINES})[0] == 409


def test_in_a_constant_number_of_statements(scene, queries):
    path = f"/lists/{scene.here.lists[0]}/batch"
    for lines in (2, 400):
        with queries(26):
            done(scene.as_("Jon").post(path, {"titles": ["x"] * lines}))
