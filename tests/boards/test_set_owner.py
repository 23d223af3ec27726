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


def test_a_guest_learns_of_nobody_whom_the_board_does_not_list(scene, lawful):
    """Neither a name nor that there is such a person: the staff list is not a guest's."""
    maya, sam, (card, other) = scene.as_("Maya"), scene.as_("Sam"), scene.here.cards[:2]
    done(maya.put(f"/boards/{scene.here.board}/guests/{SAM}", {"right": "edit"}))
    checklist = done(maya.post(f"/cards/{card}/checklists", {"title": "Steps"}))["id"]
    item = done(maya.post(f"/checklists/{checklist}/items", {"title": "Step"}))["id"]
    nobody = 999_999
    for name in ("Ana", "Thomas", "Rose", "Olga"):
        for ask in (
            lambda id: sam.put(f"/cards/{card}/owners/{id}"),
            lambda id: sam.patch(f"/items/{item}", {"owner_id": id}),
            lambda id: sam.post(f"/lists/{scene.here.lists[0]}/cards", {"title": "x", "owner_ids": [id]}),
            lambda id: sam.post(
                f"/boards/{scene.here.board}/batch",
                {"card_ids": [card, other], "owner_ids": {"add": [id], "remove": []}},
            ),
            lambda id: sam.put(f"/boards/{scene.here.board}/guests/{id}", {"right": "read"}),
        ):
            answer = ask(member(name))
            assert answer == ask(nobody), name
            assert answer.status == 404 and name not in str(answer.json), answer
    # Whom the board lists may be asked; and taking back what was done is no look into the directory.
    done(sam.put(f"/cards/{card}/owners/{JON}"))
    done(maya.put(f"/cards/{other}/owners/{ROSE}"))
    with lawful():
        done(sam.delete(f"/cards/{other}/owners/{ROSE}", key="not-rose-here"))
    assert sam.put(f"/cards/{other}/owners/{ROSE}").status == 404
    with lawful():
        assert scene.undo("Sam", "not-rose-here").status == 200
