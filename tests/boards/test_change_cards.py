"""POST /boards/{id}/batch: one thing done to many cards, as one change that is taken back as a whole"""

import pytest
from sqlalchemy import update

from board.boards.commands import batch
from board.boards.models import cards
from board.boards.schemas import MOST_AT_ONCE
from board.core.db import writing
from tests.boards.places import done, made, member

KINDS = {
    "move": {"position": {"list_id": "{other_list}"}},
    "label": {"label_ids": {"add": ["{label}"]}},
    "unlabel": {"label_ids": {"remove": ["{kept_label}"]}},
    "hand out": {"owner_ids": {"add": ["{jon}", "{maya}"]}},
    "take from": {"owner_ids": {"remove": ["{rose}"]}},
    "date": {"due": "2026-12-04"},
    "undate": {"due": None},
    "finish": {"done": True},
    "reopen": {"done": False},
    "archive": {"archive": True},
}  # fmt: skip


@pytest.fixture
def ids(scene) -> dict:
    """Four cards in two lists: all with a label, an owner and a date, two of them done."""
    maya, here = scene.as_("Maya"), scene.here
    for at, card in enumerate(here.cards):
        done(maya.put(f"/cards/{card}/labels/{here.labels[1]}"))
        done(maya.put(f"/cards/{card}/owners/{member('Rose')}"))
        done(maya.patch(f"/cards/{card}", {"due": "2026-11-30"}))
        if at < 2:
            done(maya.put(f"/cards/{card}/done"))
    return {
        "board": here.board, "other_list": here.lists[1], "label": here.labels[0], "kept_label": here.labels[1], "jon": member("Jon"),
        "maya": member("Maya"), "rose": member("Rose"), "cards": [here.cards[0], here.cards[3], here.cards[2]],
    }  # fmt: skip


def send(scene, ids, what, person="Jon", key=None, cards=None):
    return scene.as_(person).post(
        f"/boards/{ids['board']}/batch", {"card_ids": cards or ids["cards"], **fill(what, ids)}, key=key
    )


def fill(value, ids):
    if isinstance(value, dict):
        return {k: fill(v, ids) for k, v in value.items()}
    if isinstance(value, list):
        return [fill(v, ids) for v in value]
    return ids[value.strip("{}")] if isinstance(value, str) and value.startswith("{") else value


def state(scene):
    board = scene.snapshot()
    return {name: {r["id"]: r for r in board[name]} for name in ("lists", "cards", "labels", "members")}


@pytest.mark.parametrize("kind", KINDS)
def test_done_to_all_in_one_event_and_taken_back_as_a_whole(scene, lawful, ids, kind):
    before = state(scene)
    with lawful():
        status, body = send(scene, ids, KINDS[kind], key="many-at-once")
    assert status == 201 and body["data"]["skipped"] == [] and body["data"]["card_ids"]
    (event,) = body["events"]
    assert event["room"] == scene.room and event["type"].startswith("cards.")
    told = [c["id"] for c in event["put"].get("cards", [])] or event["drop"]["cards"]
    assert sorted(told) == sorted(body["data"]["card_ids"])
    after = state(scene)
    assert after != before
    assert scene.as_("Jon").post(
        f"/boards/{ids['board']}/batch", {"card_ids": ids["cards"], **fill(KINDS[kind], ids)}, key="many-at-once"
    ) == (status, body)
    assert state(scene) == after
    with lawful():
        assert scene.undo("Jon", "many-at-once", "all-back").status == 200
    assert state(scene) == before
    with lawful():
        assert scene.undo("Jon", "all-back").status == 200
    assert state(scene) == after or kind in ("archive",)


def test_who_may(scene, ids):
    for person, expected in ((None, 401), ("Olga", 404), ("Sam", 403), ("Rose", 403), ("Jon", 201)):
        assert send(scene, ids, {"due": "2026-12-04"}, person)[0] == expected, person


@pytest.mark.parametrize(
    "body",
    [
        {}, {"card_ids": []}, {"card_ids": [1]}, {"card_ids": [1], "due": None, "done": True}, {"card_ids": [1], "archive": False},
        {"card_ids": [1], "done": None}, {"card_ids": [1], "label_ids": {}}, {"card_ids": [1], "label_ids": {"add": [1], "remove": [1]}},
        {"card_ids": ["1"], "done": True}, {"card_ids": [1], "position": {}}, {"card_ids": [1], "position": None}, {"done": True, "archive": True},
        {"card_ids": list(range(1, MOST_AT_ONCE + 2)), "done": True}, {"card_ids": [1], "title": "x"},
    ],
)  # fmt: skip
def test_malformed(scene, body):
    for board in (scene.here.board, 999_999):
        assert scene.as_("Jon").post(f"/boards/{board}/batch", body)[0] == 422


def test_what_is_not_there_any_more_is_named_and_nothing_else_is_lost(scene, lawful, ids):
    maya, (gone, archived, here, binned) = scene.as_("Maya"), scene.here.cards
    done(maya.put(f"/cards/{archived}/archive"))
    done(maya.delete(f"/cards/{binned}"))
    closed = scene.places.closed.cards[0]
    del gone
    with lawful():
        status, body = send(scene, ids, {"due": "2026-12-04"}, cards=[archived, closed, here, binned, 999_999, here])
    assert status == 201 and body["data"]["card_ids"] == [here]
    assert body["data"]["skipped"] == [
        {"id": archived, "why": "archived"}, *({"id": id, "why": "gone"} for id in (closed, binned, 999_999)),
    ]  # fmt: skip
    status, body = send(scene, ids, {"done": True}, cards=[archived, 999_999])
    assert (status, body["data"]["card_ids"], body["events"]) == (201, [], [])


def test_ids_in_the_body_are_looked_up(scene, ids):
    closed = scene.places.closed
    for what in (
        {"position": {"list_id": closed.lists[0]}}, {"position": {"list_id": 999_999}}, {"label_ids": {"add": [closed.labels[0]]}},
        {"owner_ids": {"add": [member("Olga")]}},
    ):  # fmt: skip
        assert send(scene, ids, what)[0] == 404, what
    assert send(scene, ids, {"position": {"list_id": ids["other_list"], "before_id": closed.cards[0]}})[0] == 409


def test_moved_in_the_order_in_which_they_are_named(scene, lawful, ids):
    first, second, third, fourth = scene.here.cards
    with lawful():
        body = send(scene, ids, {"position": {"list_id": ids["other_list"], "before_id": second}}, cards=[third, first])
    assert body.status == 201 and scene.order(ids["other_list"]) == [third, first, second, fourth]
    with lawful():
        send(scene, ids, {"position": {"list_id": ids["other_list"], "after_id": fourth}}, cards=[third, first])
    assert scene.order(ids["other_list"]) == [second, fourth, third, first]
    again = send(scene, ids, {"position": {"list_id": ids["other_list"]}}, cards=[third, first]).json
    assert (again["events"], again["data"]["card_ids"]) == ([], [])


def test_moved_where_there_is_no_room_between_two(scene, lawful, ids, app):
    maya, (list_, _) = scene.as_("Maya"), scene.here.lists
    many = [made(maya.post(f"/lists/{list_}/cards", {"title": "x"})) for _ in range(3)]
    two = [scene.here.cards[1], scene.here.cards[3]]
    with app.app_context(), writing() as tx:
        for card, place in zip(many, ("a", "a1", "b"), strict=True):
            tx.execute(update(cards).where(cards.c.id == card).values(position="0" * 31 + place))
    before = state(scene)
    with lawful():
        body = send(
            scene, ids, {"position": {"list_id": list_, "after_id": many[0]}}, cards=two, key="squeeze-them-in"
        ).json
    assert len(body["events"][0]["put"]["cards"]) > 2 and sorted(body["data"]["card_ids"]) == sorted(two)
    assert scene.order(list_)[:5] == [many[0], *two, many[1], many[2]]
    with lawful():
        assert scene.undo("Jon", "squeeze-them-in")[0] == 200
    assert state(scene) == before


def test_an_undo_says_upon_which_somebody_has_built(scene, lawful, ids):
    maya = scene.as_("Maya")
    for kind, path, since in (
        ("date", "", {"due": "2026-12-24"}), ("label", f"/labels/{scene.here.labels[0]}", None), ("hand out", f"/owners/{member('Jon')}", None),
    ):  # fmt: skip
        key = f"built-upon-{kind}"
        done(send(scene, ids, KINDS[kind], key=key))
        card = ids["cards"][1]
        done(maya.patch(f"/cards/{card}", since) if since else maya.delete(f"/cards/{card}{path}"))
        before = state(scene)
        status, body = scene.undo("Jon", key)
        assert (status, body["data"]) == (409, {"card_ids": [card]})
        assert scene.card(card)["title"] in body["detail"] and state(scene) == before
    done(send(scene, ids, KINDS["archive"], key="put-away"))
    done(maya.delete(f"/cards/{ids['cards'][0]}/archive"))
    status, body = scene.undo("Jon", "put-away")
    assert (status, body["data"]) == (409, {"card_ids": [ids["cards"][0]]})


def test_an_undo_into_a_list_that_is_gone(scene, ids):
    done(send(scene, ids, {"position": {"list_id": ids["other_list"]}}, cards=[scene.here.cards[0]], key="moved-away"))
    done(scene.as_("Maya").put(f"/lists/{scene.here.lists[0]}/archive"))
    assert scene.undo("Jon", "moved-away")[0] == 409


def test_others_are_asked_and_oneself_says_yes(scene, lawful, ids):
    jon, rose, card = member("Jon"), member("Rose"), ids["cards"][0]
    done(scene.as_("Maya").put(f"/cards/{card}/owners/{jon}"))
    with lawful():
        done(send(scene, ids, {"owner_ids": {"add": [jon, member("Maya")], "remove": [rose]}}))
    for id in ids["cards"]:
        shown = scene.shown("cards", id)
        assert shown["owner_ids"] == [member("Maya"), jon] and shown["asked_ids"] == [member("Maya")]
    assert rose in [m["id"] for m in scene.snapshot()["members"]], "the fourth card is still hers"
    with lawful():
        done(send(scene, ids, {"owner_ids": {"remove": [rose]}}, cards=scene.here.cards))
    assert rose not in [m["id"] for m in scene.snapshot()["members"]]


def test_a_card_with_as_many_owners_as_it_may_have_is_left_out(scene, ids, monkeypatch):
    monkeypatch.setattr(batch, "MOST_OWNERS", 1)
    body = send(scene, ids, {"owner_ids": {"add": [member("Jon")]}}).json
    assert [skipped["why"] for skipped in body["data"]["skipped"]] == ["full"] * 3 and body["events"] == []


def test_each_card_tells_of_it_in_its_own_history(scene, ids):
    send(scene, ids, {"due": "2026-12-04"})
    for card, expected in ((ids["cards"][0], True), (scene.here.cards[1], False)):
        newest = scene.as_("Sam").get(f"/cards/{card}/activity").json["data"][0]
        assert (newest["type"] == "cards.dated") is expected
        if expected:
            assert newest["put"]["cards"] == [{"id": card, "due": "2026-12-04"}] and newest["count"] == 3
            assert newest["was"]["cards"] == [{"id": card, "due": "2026-11-30"}]
    newest = scene.as_("Sam").get(f"/boards/{ids['board']}/activity").json["data"][0]
    assert (newest["type"], newest["count"]) == ("cards.dated", 3)


def test_into_a_list_that_means_done_and_out_again(scene, lawful, ids):
    maya, (list_, other) = scene.as_("Maya"), scene.here.lists
    done(maya.patch(f"/lists/{other}", {"done": True}))
    before, third = state(scene), scene.here.cards[2]
    with lawful():
        done(send(scene, ids, {"position": {"list_id": other}}, key="into-done"))
    assert scene.shown("cards", third)["done"]
    with lawful():
        assert scene.undo("Jon", "into-done")[0] == 200
    assert state(scene) == before
    done(send(scene, ids, {"position": {"list_id": other}}))
    with lawful():
        done(send(scene, ids, {"position": {"list_id": list_}}, cards=[third]))
    assert "done" not in scene.shown("cards", third)


@pytest.mark.timeout(300)
def test_five_thousand_cards_in_a_constant_number_of_statements(scene, queries, lawful):
    """And what is pushed to all stays far below what a frame may hold."""
    maya, board, (list_, other) = scene.as_("Maya"), scene.here.board, scene.here.lists
    for _ in range(9):
        done(maya.post(f"/lists/{list_}/batch", {"titles": [f"Card {n}" for n in range(500)]}))
    done(maya.post(f"/lists/{list_}/batch", {"titles": [f"Card {n}" for n in range(496)]}))
    all_ = [card["id"] for card in scene.snapshot()["cards"]]
    assert len(all_) == 5_000
    before, size = state(scene), {}
    for kind, what, most in (
        ("move", {"position": {"list_id": other}}, 40), ("label", {"label_ids": {"add": [scene.here.labels[0]]}}, 40),
        ("hand out", {"owner_ids": {"add": [member("Jon")]}}, 40), ("date", {"due": "2026-12-04"}, 40), ("finish", {"done": True}, 40),
        ("archive", {"archive": True}, 40),
    ):  # fmt: skip
        with queries(250) as sent:
            status, body = maya.post(f"/boards/{board}/batch", {"card_ids": all_, **what}, key=f"all-of-them-{kind}")
        # The search reads on in portions of its own.
        assert (
            len([statement for statement in sent if "search_" not in statement and "checklists" not in statement])
            <= most
        )
        assert status == 201 and len(body["events"]) == 1
        size[kind] = len(maya.last.data)
        with queries(250):
            assert scene.undo("Maya", f"all-of-them-{kind}")[0] == 200, kind
    assert state(scene) == before
    assert max(size.values()) < 400_000, size


def test_a_card_that_would_start_after_it_is_due_is_left_out(scene, lawful, ids):
    done(scene.as_("Maya").patch(f"/cards/{ids['cards'][0]}", {"start": "2026-11-25"}))
    with lawful():
        body = send(scene, ids, {"due": "2026-11-24"}).json["data"]
    assert body["skipped"] == [{"id": ids["cards"][0], "why": "start"}] and body["card_ids"] == ids["cards"][1:]


def test_who_is_asked_no_longer_has_proposed_no_other_date(scene, lawful, ids):
    card = ids["cards"][0]
    done(scene.as_("Jon").put(f"/cards/{card}/owners/{member('Ana')}"))
    path = f"/cards/{card}/owners/{member('Ana')}/proposal"
    done(scene.as_("Ana").put(path, {"due": "2026-12-24", "note": "After the concert"}))
    before = state(scene)
    assert before["cards"][card]["proposals"]
    with lawful():
        send(scene, ids, {"owner_ids": {"remove": [member("Ana")]}}, key="not-her-after-all")
    assert "proposals" not in scene.shown("cards", card)
    with lawful():
        assert scene.undo("Jon", "not-her-after-all")[0] == 200
    assert state(scene) == before
