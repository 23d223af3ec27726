"""DELETE /cards/{id} puts into the bin, DELETE /cards/{id}/bin takes out again, GET /boards/{id}/bin shows what is in it."""

from tests.boards.places import done


def test_in_the_bin_nobody_reads_it(scene, lawful):
    card, jon = scene.here.cards[0], scene.as_("Jon")
    with lawful():
        status, body = jon.delete(f"/cards/{card}")
    assert status == 200
    assert (body["events"][0]["type"], body["events"][0]["drop"]) == ("card.binned", {"cards": [card]})
    assert jon.get(f"/cards/{card}")[0] == 404
    assert jon.get(f"/threads/{scene.here.threads[0]}/comments")[0] == 404
    assert jon.patch(f"/cards/{card}", {"title": "x"})[0] == 404
    assert jon.delete(f"/cards/{card}")[0] == 404
    assert [row["id"] for row in jon.get(f"/boards/{scene.here.board}/bin").json["data"]] == [card]


def test_out_again_at_the_end_of_its_list(scene, lawful):
    card, list_, jon = scene.here.cards[0], scene.here.lists[0], scene.as_("Jon")
    before = scene.card(card)
    done(jon.delete(f"/cards/{card}"))
    with lawful():
        status, body = jon.delete(f"/cards/{card}/bin")
    assert (status, body["events"][0]["type"]) == (200, "card.unbinned")
    assert scene.order(list_)[-1] == card
    assert scene.card(card) == {**before, "position": body["data"]["position"]}
    assert jon.delete(f"/cards/{card}/bin").json["events"] == []


def test_back_to_the_archive_if_it_came_from_there(scene, lawful):
    card, jon = scene.here.cards[0], scene.as_("Jon")
    done(jon.put(f"/cards/{card}/archive"))
    done(jon.delete(f"/cards/{card}"))
    with lawful():
        assert jon.delete(f"/cards/{card}/bin").json["events"][0]["put"] == {}
    assert scene.card(card)["archived"] and scene.shown("cards", card) is None


def test_the_bin_in_pages(scene, queries):
    jon, cards = scene.as_("Jon"), scene.here.cards
    for card in cards[:3]:
        done(jon.delete(f"/cards/{card}"))
    seen, after = [], {}
    while True:
        page = scene.as_("Sam").get(f"/boards/{scene.here.board}/bin", limit=2, **after).json
        seen.append([row["id"] for row in page["data"]])
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert seen == [cards[:2], cards[2:3]]
    assert (page["room"], page["seq"]) == (scene.room, scene.snapshot()["seq"])
    with queries(10) as few:
        jon.get(f"/boards/{scene.here.board}/bin", limit=1)
    with queries(len(few)):
        jon.get(f"/boards/{scene.here.board}/bin", limit=3)
    for query in ({"limit": 0}, {"limit": 201}, {"after": "x"}, {"page": 2}):
        assert jon.get(f"/boards/{scene.here.board}/bin", **query)[0] == 422


def test_undo_to_the_very_place(scene, lawful):
    jon, list_ = scene.as_("Jon"), scene.here.lists[0]
    order, before = scene.order(list_), scene.card(scene.order(list_)[0])
    done(jon.delete(f"/cards/{order[0]}", key="bin-the-first"))
    with lawful():
        assert scene.undo("Jon", "bin-the-first")[0] == 200
    assert (scene.order(list_), scene.card(order[0])) == (order, before)
