"""PUT and DELETE /cards/{id}/owners/{member_id}: who takes it owns it, who is given it by somebody else is asked."""

from board.boards.commands import owners
from tests.boards.places import done, member

JON, MAYA, ROSE, SAM, OLGA = (member(name) for name in ("Jon", "Maya", "Rose", "Sam", "Olga"))


def test_who_takes_it_owns_it(scene, lawful):
    card = scene.here.cards[0]
    with lawful():
        status, body = scene.as_("Jon").put(f"/cards/{card}/owners/{JON}")
    assert (status, body["events"][0]["type"]) == (200, "card.owner_accepted")
    assert body["events"][0]["put"]["cards"] == [{"id": card, "owner_ids": [JON], "asked_ids": []}]


def test_who_is_given_it_is_asked_and_says_yes(scene, lawful):
    card = scene.here.cards[0]
    with lawful():
        body = scene.as_("Jon").put(f"/cards/{card}/owners/{ROSE}").json
        assert body["events"][0]["type"] == "card.owner_asked"
        assert (body["data"]["owner_ids"], body["data"]["asked_ids"]) == ([ROSE], [ROSE])
        # Rose may not edit here, but may answer for herself.
        body = scene.as_("Rose").put(f"/cards/{card}/owners/{ROSE}").json
        assert body["events"][0]["type"] == "card.owner_accepted"
        assert (body["data"]["owner_ids"], body["data"]["asked_ids"]) == ([ROSE], [])


def test_or_says_no(scene, lawful):
    card = scene.here.cards[0]
    done(scene.as_("Jon").put(f"/cards/{card}/owners/{ROSE}"))
    with lawful():
        status, body = scene.as_("Rose").delete(f"/cards/{card}/owners/{ROSE}")
    assert (status, body["data"]["owner_ids"]) == (200, [])
    assert body["events"][0]["type"] == "card.owner_left"
    assert body["events"][0]["drop"] == {"members": [ROSE]}


def test_other_staff_take_nothing_that_they_were_not_asked_for(scene):
    assert scene.as_("Rose").put(f"/cards/{scene.here.cards[0]}/owners/{ROSE}")[0] == 403
    assert scene.as_("Rose").put(f"/cards/{scene.here.cards[0]}/owners/{JON}")[0] == 403


def test_one_who_owns_two_cards_stays_listed_for_the_other(scene, lawful):
    first, second = scene.here.cards[:2]
    jon = scene.as_("Jon")
    for card in (first, second):
        done(jon.put(f"/cards/{card}/owners/{ROSE}"))
    with lawful():
        assert jon.delete(f"/cards/{first}/owners/{ROSE}").json["events"][0]["drop"] == {}
        assert jon.delete(f"/cards/{second}/owners/{ROSE}").json["events"][0]["drop"] == {"members": [ROSE]}


def test_only_people_who_see_the_board(scene):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    assert jon.put(f"/cards/{card}/owners/{OLGA}")[0] == 404
    assert jon.put(f"/cards/{card}/owners/999999")[0] == 404
    assert jon.put(f"/cards/{card}/owners/{SAM}")[0] == 200
    assert scene.as_("Rose").put(f"/cards/{scene.places.closed.cards[0]}/owners/{JON}")[0] == 422


def test_twice_is_once_and_there_is_a_limit(scene, monkeypatch):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    done(jon.put(f"/cards/{card}/owners/{ROSE}"))
    assert jon.put(f"/cards/{card}/owners/{ROSE}").json["events"] == []
    assert jon.delete(f"/cards/{card}/owners/{MAYA}").json["events"] == []
    monkeypatch.setattr(owners, "MOST_OWNERS", 1)
    status, body = jon.put(f"/cards/{card}/owners/{MAYA}")
    assert (status, body["data"]["owner_ids"]) == (409, [ROSE])


def test_undo(scene, lawful):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    done(jon.put(f"/cards/{card}/owners/{ROSE}", key="ask-rose"))
    with lawful():
        assert scene.undo("Jon", "ask-rose")[0] == 200
    assert scene.card(card)["owner_ids"] == []
    done(jon.put(f"/cards/{card}/owners/{ROSE}", key="ask-again"))
    done(scene.as_("Rose").put(f"/cards/{card}/owners/{ROSE}", key="rose-says-yes"))
    assert scene.undo("Jon", "ask-again")[0] == 409
    with lawful():
        assert scene.undo("Rose", "rose-says-yes")[0] == 200
    assert (scene.card(card)["owner_ids"], scene.card(card)["asked_ids"]) == ([ROSE], [ROSE])
