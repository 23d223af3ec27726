"""PUT and DELETE /cards/{id}/archive, GET /boards/{id}/archive"""

from board.boards import limits
from tests.boards.places import done, member


def test_the_board_drops_it_and_gets_it_back_whole_at_the_end(scene, lawful):
    card, list_, jon = scene.here.cards[0], scene.here.lists[0], scene.as_("Jon")
    done(jon.put(f"/cards/{card}/owners/{member('Rose')}"))
    done(jon.put(f"/cards/{card}/labels/{scene.here.labels[0]}"))
    shown = scene.shown("cards", card)
    with lawful():
        status, body = jon.put(f"/cards/{card}/archive")
    assert status == 200 and body["data"]["archived"]
    (event,) = body["events"]
    assert (event["type"], event["put"], event["drop"]) == (
        "card.archived",
        {},
        {"cards": [card], "members": [member("Rose")]},
    )
    assert scene.shown("cards", card) is None
    with lawful():
        status, body = jon.delete(f"/cards/{card}/archive")
    (event,) = body["events"]
    assert (status, event["type"]) == (200, "card.restored")
    assert {**event["put"]["cards"][0], "position": shown["position"]} == shown
    assert [m["id"] for m in event["put"]["members"]] == [member("Rose")]
    assert scene.order(list_)[-1] == card


def test_it_can_still_be_read_and_stands_in_the_archive(scene):
    card, maya = scene.here.cards[0], scene.as_("Maya")
    done(maya.put(f"/cards/{card}/archive"))
    assert scene.card(card)["archived"]
    page = scene.as_("Sam").get(f"/boards/{scene.here.board}/archive").json
    assert [row["id"] for row in page["data"]] == [card] and page["data"][0]["list_id"] == scene.here.lists[0]
    assert (page["room"], page["seq"], page["next"]) == (scene.room, scene.snapshot()["seq"], None)


def test_the_archive_in_pages_lists_first(scene):
    maya = scene.as_("Maya")
    done(maya.put(f"/lists/{scene.here.lists[1]}/archive"))
    done(maya.put(f"/cards/{scene.here.cards[0]}/archive"))
    seen, after = [], None
    for _ in range(4):
        page = maya.get(f"/boards/{scene.here.board}/archive", limit=1, **({"after": after} if after else {})).json
        seen += [("card" if "list_id" in row else "list", row["id"]) for row in page["data"]]
        after = page["next"]
    cards = scene.here.cards
    # The open cards of an archived list stand there as well.
    assert (
        seen == [("list", scene.here.lists[1]), ("card", cards[0]), ("card", cards[1]), ("card", cards[3])]
        and after is None
    )


def test_a_list_says_how_many_cards_come_back_with_it(scene):
    maya = scene.as_("Maya")
    done(maya.put(f"/lists/{scene.here.lists[1]}/archive"))
    rows = maya.get(f"/boards/{scene.here.board}/archive", limit=1).json["data"]
    assert [row["card_count"] for row in rows] == [2]


def test_looked_for_by_words_or_number(scene):
    maya, path = scene.as_("Maya"), f"/boards/{scene.here.board}/archive"
    for card in scene.here.cards[:2]:
        done(maya.put(f"/cards/{card}/archive"))
    done(maya.put(f"/lists/{scene.here.lists[1]}/archive"))
    number = scene.card(scene.here.cards[1])["number"]
    for words, expected in (
        ("card 0", [scene.here.cards[0]]), ("%", []), (f"#{number}", [scene.here.cards[1]]), ("doing", [scene.here.lists[1]]),
    ):  # fmt: skip
        assert [row["id"] for row in maya.get(path, q=words).json["data"]] == expected, words
    done(maya.delete(f"/cards/{scene.here.cards[2]}"))
    found = maya.get(f"/boards/{scene.here.board}/bin", q="CARD 2").json["data"]
    assert [row["id"] for row in found] == [scene.here.cards[2]] and found[0]["binned_at"]
    assert maya.get(path, q="x" * 101)[0] == 422


def test_twice_is_once(scene):
    card, jon = scene.here.cards[0], scene.as_("Jon")
    assert jon.delete(f"/cards/{card}/archive").json["events"] == []
    done(jon.put(f"/cards/{card}/archive"))
    assert jon.put(f"/cards/{card}/archive").json["events"] == []


def test_not_out_of_the_archive_into_an_archived_list(scene):
    card, jon = scene.here.cards[0], scene.as_("Jon")
    done(jon.put(f"/cards/{card}/archive"))
    done(jon.put(f"/lists/{scene.here.lists[0]}/archive"))
    assert jon.delete(f"/cards/{card}/archive")[0] == 409


def test_undo_does_not_take_back_what_another_did_since(scene):
    card, jon, maya = scene.here.cards[0], scene.as_("Jon"), scene.as_("Maya")
    done(jon.put(f"/cards/{card}/archive", key="archive-by-jon"))
    done(maya.delete(f"/cards/{card}/archive"))
    done(maya.put(f"/cards/{card}/archive"))
    assert scene.undo("Jon", "archive-by-jon")[0] == 409
    assert scene.card(card)["archived"]


def test_not_out_of_the_archive_onto_a_full_board(scene, monkeypatch):
    card, jon = scene.here.cards[0], scene.as_("Jon")
    done(jon.put(f"/cards/{card}/archive", key="put-it-away"))
    monkeypatch.setattr(limits, "MOST_OPEN_CARDS", len(scene.here.cards) - 1)
    status, body = jon.delete(f"/cards/{card}/archive")
    assert (status, body["data"]) == (409, scene.card(card))
    assert scene.undo("Jon", "put-it-away")[0] == 409


def test_undo_to_the_very_place(scene, lawful):
    jon, list_ = scene.as_("Jon"), scene.here.lists[0]
    order = scene.order(list_)
    done(jon.put(f"/cards/{order[0]}/archive", key="archive-first"))
    with lawful():
        assert scene.undo("Jon", "archive-first", "archive-back")[0] == 200
    assert scene.order(list_) == order
    assert scene.undo("Jon", "archive-first")[0] == 409
    with lawful():
        assert scene.undo("Jon", "archive-back")[0] == 200
    assert scene.order(list_) == order[1:]
