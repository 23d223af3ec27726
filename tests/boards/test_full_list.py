"""A list with a hard limit takes no more than it may; a soft one takes all, and says that it is full. Lists that mean done tick their cards."""

import threading

import pytest

from tests.boards.places import done, made


@pytest.fixture
def full(scene) -> int:
    """The second list, with two cards, takes two."""
    done(scene.as_("Maya").patch(f"/lists/{scene.here.lists[1]}", {"wip_limit": 2, "wip_hard": True}))
    return scene.here.lists[1]


def test_nothing_comes_in_by_any_way(scene, full):
    jon, card, board = scene.as_("Jon"), scene.here.cards[0], scene.here.board
    inside = scene.order(full)
    put_away, binned = (made(jon.post(f"/lists/{scene.here.lists[0]}/cards", {"title": t})) for t in ("Away", "Bin"))
    for id in (put_away, binned):
        done(scene.as_("Maya").patch(f"/lists/{full}", {"wip_limit": 3}))
        done(jon.put(f"/cards/{id}/position", {"list_id": full}))
        done(jon.put(f"/cards/{id}/archive") if id == put_away else jon.delete(f"/cards/{id}"))
    done(scene.as_("Maya").patch(f"/lists/{full}", {"wip_limit": 2}))
    before = scene.snapshot()
    for method, path, body in (
        ("POST", f"/lists/{full}/cards", {"title": "One more"}),
        ("POST", f"/lists/{full}/batch", {"titles": ["One more"]}),
        ("PUT", f"/cards/{card}/position", {"list_id": full}),
        ("POST", f"/boards/{board}/batch", {"card_ids": [card], "position": {"list_id": full}}),
        ("DELETE", f"/cards/{put_away}/archive", None),
        ("DELETE", f"/cards/{binned}/bin", None),
    ):
        status, answer = jon.call(method, path, body)
        assert status == 409 and "is full" in answer["detail"] and "Doing" in answer["detail"], (path, answer)
        assert answer["data"]["id"] in (card, full, put_away, binned)
    assert scene.snapshot() == before
    # Within it all can be moved.
    assert jon.put(f"/cards/{inside[0]}/position", {"list_id": full})[0] == 200
    assert jon.post(f"/boards/{board}/batch", {"card_ids": inside, "position": {"list_id": full}})[0] == 201


def test_many_are_taken_whole_or_not_at_all(scene, full):
    done(scene.as_("Maya").patch(f"/lists/{full}", {"wip_limit": 3}))
    first, _, third, _ = scene.here.cards
    status, body = scene.as_("Jon").post(
        f"/boards/{scene.here.board}/batch", {"card_ids": [first, third], "position": {"list_id": full}}
    )
    assert status == 409 and "no room for 2 more" in body["detail"]
    assert scene.as_("Jon").post(f"/lists/{full}/batch", {"titles": ["x", "y"]})[0] == 409
    assert len(scene.order(full)) == 2


def test_a_soft_limit_refuses_nothing(scene, lawful):
    list_, jon = scene.here.lists[1], scene.as_("Jon")
    with lawful():
        body = jon.patch(f"/lists/{list_}", {"wip_limit": 1}).json
        assert body["events"][0]["put"] == {"lists": [{"id": list_, "wip_limit": 1}]}
        done(jon.post(f"/lists/{list_}/cards", {"title": "One more"}))
        done(jon.patch(f"/lists/{list_}", {"wip_hard": True, "colour": "red"}))
    shown = scene.shown("lists", list_)
    assert (shown["wip_limit"], shown["wip_hard"], shown["colour"]) == (1, True, "red")


@pytest.mark.parametrize("body", [{"wip_hard": None}, {"wip_hard": 1}, {"colour": "pink"}, {"wip_limit": 1001}])
def test_malformed(scene, body):
    assert scene.as_("Jon").patch(f"/lists/{scene.here.lists[0]}", body)[0] == 422


def test_an_undo_comes_back_to_where_it_was_but_not_into_what_another_filled(scene, full, lawful):
    jon, maya, (first, other) = scene.as_("Jon"), scene.as_("Maya"), scene.here.cards[1::2]
    done(maya.patch(f"/lists/{full}", {"wip_limit": 1}))
    # Two stood there when it became one: who goes may come back.
    done(jon.put(f"/cards/{first}/position", {"list_id": scene.here.lists[0]}, key="out-of-it"))
    with lawful():
        assert scene.undo("Jon", "out-of-it")[0] == 200
    assert len(scene.order(full)) == 2
    done(jon.put(f"/cards/{other}/archive", key="put-away"))
    with lawful():
        assert scene.undo("Jon", "put-away")[0] == 200
    batch = {"card_ids": [first, other], "position": {"list_id": scene.here.lists[0]}}
    done(jon.post(f"/boards/{scene.here.board}/batch", batch, key="both-out"))
    with lawful():
        assert scene.undo("Jon", "both-out")[0] == 200
    done(maya.patch(f"/lists/{full}", {"wip_limit": 2}))
    done(jon.put(f"/cards/{first}/position", {"list_id": scene.here.lists[0]}, key="out-again"))
    done(maya.post(f"/lists/{full}/cards", {"title": "Came in between"}))
    status, body = scene.undo("Jon", "out-again")
    assert status == 409 and "is full" in body["detail"] and body["data"]["id"] == first


def test_the_last_place_is_given_once(scene, full, app, as_):
    done(scene.as_("Maya").patch(f"/lists/{full}", {"wip_limit": 3}))
    answers: list[int] = []
    callers = [as_("Jon"), as_("Maya"), as_("Jon"), as_("Maya")]
    cards = [made(scene.as_("Maya").post(f"/lists/{scene.here.lists[0]}/cards", {"title": "x"})) for _ in callers]

    def come(caller, card) -> None:
        answers.append(caller.put(f"/cards/{card}/position", {"list_id": full})[0])

    threads = [threading.Thread(target=come, args=pair) for pair in zip(callers, cards, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409, 409, 409] and len(scene.order(full)) == 3


def test_a_list_that_means_done_ticks_what_is_moved_into_it(scene, lawful):
    jon, (list_, done_list), card = scene.as_("Jon"), scene.here.lists, scene.here.cards[0]
    done(jon.patch(f"/lists/{done_list}", {"done": True}))
    before = scene.shown("cards", card)
    with lawful():
        body = jon.put(f"/cards/{card}/position", {"list_id": done_list}, key="into-done").json
    assert body["data"]["done"] and body["events"][0]["put"]["cards"][0]["done"] == body["data"]["done"]
    with lawful():
        assert scene.undo("Jon", "into-done")[0] == 200
    assert scene.shown("cards", card) == before
    done(jon.put(f"/cards/{card}/position", {"list_id": done_list}))
    with lawful():
        assert done(jon.put(f"/cards/{card}/position", {"list_id": list_}, key="out-of-done"))["done"] is None
        assert scene.undo("Jon", "out-of-done")[0] == 200
    assert scene.shown("cards", card)["done"]
    # What is ticked already stays as it is; within a list nothing changes; what is untied there may leave as it is.
    done(jon.delete(f"/cards/{card}/done"))
    assert jon.put(f"/cards/{card}/position", {"list_id": list_}).json["data"]["done"] is None
    done(jon.put(f"/cards/{card}/done"))
    at = scene.shown("cards", card)["done"]
    assert done(jon.put(f"/cards/{card}/position", {"list_id": done_list}))["done"] == at


def test_what_is_made_in_a_list_that_means_done_is_done(scene, lawful):
    jon, list_ = scene.as_("Jon"), scene.here.lists[1]
    done(jon.patch(f"/lists/{list_}", {"done": True}))
    with lawful():
        assert done(jon.post(f"/lists/{list_}/cards", {"title": "Held already"}))["done"]
        assert all(card["done"] for card in done(jon.post(f"/lists/{list_}/batch", {"titles": ["a", "b"]}))["cards"])


def test_from_board_to_board(scene):
    maya, card = scene.as_("Maya"), scene.here.cards[0]
    other = made(maya.post("/boards", {"title": "Another", "group_id": scene.here.group}))
    list_ = made(maya.post(f"/boards/{other}/lists", {"title": "Finished", "done": True}))
    before = scene.shown("cards", card)
    assert done(maya.put(f"/cards/{card}/position", {"list_id": list_}, key="over-there"))["done"]
    assert scene.undo("Maya", "over-there")[0] == 200
    assert scene.shown("cards", card) == before
    done(maya.patch(f"/lists/{list_}", {"wip_limit": 1, "wip_hard": True}))
    done(maya.post(f"/lists/{list_}/cards", {"title": "First"}))
    assert maya.put(f"/cards/{card}/position", {"list_id": list_})[0] == 409
