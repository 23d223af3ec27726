"""PATCH /cards/{id}: texts and dates."""

import pytest

from board.core.text import html
from tests.boards.places import done


@pytest.mark.parametrize(
    "given, raises_version",
    [
        ({"title": "Other"}, True),
        ({"description": "Other *text*"}, True),
        ({"measure": "Every class reads"}, True),
        ({"due": "2026-12-01"}, False),
        ({"start": "2026-12-01", "due": None}, False),
    ],
)
def test_what_is_given_and_nothing_else(scene, lawful, given, raises_version):
    card = scene.here.cards[0]
    done(scene.as_("Maya").patch(f"/cards/{card}", {"due": "2026-11-30"}))
    before = scene.card(card)
    with lawful():
        status, body = scene.as_("Jon").patch(f"/cards/{card}", given)
    assert status == 200
    given = given | ({"description_html": html(given["description"])} if "description" in given else {})
    assert body["data"] == {**before, **given, "version": before["version"] + raises_version}
    assert scene.card(card) == body["data"]
    (event,) = body["events"]
    version = {"version": before["version"] + 1} if raises_version else {}
    assert event["put"] == {"cards": [{"id": card, **given, **version}]}


def test_what_changes_nothing_is_no_event(scene):
    card = scene.card(scene.here.cards[0])
    for given in ({}, {"title": card["title"]}, {"description": card["description"], "due": None}):
        assert scene.as_("Jon").patch(f"/cards/{card['id']}", given).json == {"data": card, "events": []}


@pytest.mark.parametrize("given", [{"title": None}, {"title": " "}, {"description": None}, {"measure": None}, {"done": None}, {"list_id": 1},
                                   {"position": "a"}, {"version": 3}, {"title": "x" * 100_000}, {"due": "x"}])  # fmt: skip
def test_malformed(scene, given):
    before = scene.card(scene.here.cards[0])
    assert scene.as_("Jon").patch(f"/cards/{before['id']}", given)[0] == 422
    assert scene.as_("Jon").patch("/cards/999999", given)[0] == 422, "the shape comes before the database"
    assert scene.card(before["id"]) == before


def test_a_stale_text_is_not_lost_and_loses_nothing(scene):
    card = scene.here.cards[0]
    jon, maya = scene.as_("Jon"), scene.as_("Maya")
    assert jon.patch(f"/cards/{card}", {"description": "From Jon"}, If_Match='"0"')[0] == 200
    status, body = maya.patch(f"/cards/{card}", {"description": "From Maya"}, If_Match='"0"')
    assert (status, body["data"]["description"], body["data"]["version"]) == (412, "From Jon", 1)
    assert scene.card(card)["description"] == "From Jon"
    assert maya.patch(f"/cards/{card}", {"description": "From both"}, If_Match='"1"')[0] == 200


def test_moves_and_ticks_make_no_text_stale(scene):
    card = scene.here.cards[0]
    jon = scene.as_("Jon")
    done(jon.put(f"/cards/{card}/position", {"list_id": scene.here.lists[1]}))
    done(jon.put(f"/cards/{card}/done"))
    done(jon.put(f"/cards/{card}/labels/{scene.here.labels[0]}"))
    assert scene.as_("Maya").patch(f"/cards/{card}", {"title": "Other"}, If_Match='"0"')[0] == 200


def test_an_archived_card_is_changed_unseen(scene, lawful):
    card = scene.here.cards[0]
    done(scene.as_("Maya").put(f"/cards/{card}/archive"))
    with lawful():
        status, body = scene.as_("Jon").patch(f"/cards/{card}", {"title": "Away"})
    assert status == 200 and [e["put"] for e in body["events"]] == [{}]


def test_undo_gives_back_what_nobody_changed_since(scene, lawful):
    card = scene.here.cards[0]
    before = scene.card(card)
    jon = scene.as_("Jon")
    done(jon.patch(f"/cards/{card}", {"title": "New", "description": "Also new"}, key="change-both"))
    with lawful():
        assert scene.undo("Jon", "change-both", "change-back")[0] == 200
    assert scene.card(card) == {**before, "version": before["version"] + 2}
    with lawful():
        assert scene.undo("Jon", "change-back")[0] == 200
    assert scene.card(card)["title"] == "New"
    done(scene.as_("Maya").patch(f"/cards/{card}", {"title": "Newer"}))
    assert scene.undo("Jon", "change-both")[0] == 409
    assert scene.card(card)["title"] == "Newer"


def test_a_description_comes_with_its_html(scene, lawful):
    card = scene.here.cards[0]
    with lawful():
        body = scene.as_("Maya").patch(f"/cards/{card}", {"description": "- [ ] **Hall**"}).json
    put = body["events"][0]["put"]["cards"][0]
    assert put["description_html"] == scene.card(card)["description_html"]
    assert "<strong>Hall</strong>" in put["description_html"]
    assert "description_html" not in scene.shown("cards", card)
