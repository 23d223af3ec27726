"""PUT and DELETE /cards/{id}/owners/{me}/proposal, and its acceptance: who is asked says until when she could."""

import pytest

from tests.boards.places import done, member

JON, MAYA, ROSE, SAM = (member(name) for name in ("Jon", "Maya", "Rose", "Sam"))
LATER = {"due": "2026-12-11", "note": "After the reports"}
HERS = {"member_id": ROSE, **LATER}


@pytest.fixture
def asked(scene):
    """A card that Rose, who may not edit here, is asked to take."""
    card = scene.here.cards[0]
    done(scene.as_("Jon").patch(f"/cards/{card}", {"due": "2026-12-01"}))
    done(scene.as_("Jon").put(f"/cards/{card}/owners/{ROSE}", key="ask-rose"))
    return card


def proposal(card: int, of: int = ROSE) -> str:
    return f"/cards/{card}/owners/{of}/proposal"


def test_who_is_asked_proposes_another_date_and_all_see_it(scene, asked, lawful):
    with lawful():
        status, body = scene.as_("Rose").put(proposal(asked), LATER)
    assert (status, body["events"][0]["type"]) == (200, "card.date_proposed")
    assert body["events"][0]["put"]["cards"] == [{"id": asked, "proposals": [HERS]}]
    assert scene.shown("cards", asked)["proposals"] == [HERS]
    assert scene.as_("Rose").put(proposal(asked), LATER).json["events"] == []
    with lawful():
        done(scene.as_("Rose").put(proposal(asked), {"due": "2026-12-12"}))
    assert scene.card(asked)["proposals"] == [{"member_id": ROSE, "due": "2026-12-12", "note": ""}]


def test_accepting_sets_the_date_and_her_yes_in_one_change(scene, asked, lawful):
    done(scene.as_("Rose").put(proposal(asked), LATER))
    with lawful():
        status, body = scene.as_("Jon").put(f"{proposal(asked)}/acceptance", key="accepting")
    (event,) = [e for e in body["events"] if e["room"] == scene.room]
    assert (status, event["type"]) == (200, "card.date_accepted")
    card = scene.card(asked)
    assert card == body["data"]
    assert (card["due"], card["owner_ids"], card["asked_ids"], card["proposals"]) == (LATER["due"], [ROSE], [], [])
    assert scene.as_("Jon").put(f"{proposal(asked)}/acceptance", key="accepting").json == body
    assert scene.as_("Jon").put(f"{proposal(asked)}/acceptance")[0] == 409
    with lawful():
        assert scene.undo("Jon", "accepting")[0] == 200
    card = scene.card(asked)
    assert (card["due"], card["asked_ids"], card["proposals"]) == ("2026-12-01", [ROSE], [HERS])


def test_left_as_it_is_or_taken_back(scene, asked, lawful):
    for person in ("Jon", "Rose"):
        done(scene.as_("Rose").put(proposal(asked), LATER, key=f"propose-{person}"))
        with lawful():
            body = scene.as_(person).delete(proposal(asked), key=f"drop-{person}").json
            assert body["events"][0]["type"] == "card.date_dropped"
            assert (body["data"]["asked_ids"], body["data"]["proposals"]) == ([ROSE], [])
            assert scene.as_(person).delete(proposal(asked)).json["events"] == []
            assert scene.undo(person, f"drop-{person}")[0] == 200
        assert scene.card(asked)["proposals"] == [HERS]
        with lawful():
            assert scene.undo("Rose", f"propose-{person}")[0] == 200
        assert scene.card(asked)["proposals"] == []


def test_nobody_speaks_for_another_and_only_who_is_asked(scene, asked):
    assert scene.as_("Jon").put(proposal(asked), LATER)[0] == 403
    assert scene.as_("Jon").put(proposal(asked, JON), LATER)[0] == 409
    assert scene.as_(None).put(proposal(asked), LATER)[0] == 401
    assert scene.as_("Olga").put(proposal(asked), LATER)[0] == 404
    assert scene.as_("Sam").delete(proposal(asked))[0] == 403
    assert scene.as_("Rose").put(f"{proposal(asked)}/acceptance")[0] == 403
    for foolish in ({}, {"due": None}, {"due": "soon"}, {**LATER, "note": "x" * 513}, {**LATER, "by": 3}):
        assert scene.as_("Rose").put(proposal(asked), foolish)[0] == 422


@pytest.mark.parametrize(
    ("who", "method", "left"), [("Rose", "PUT", [ROSE]), ("Rose", "DELETE", []), ("Jon", "DELETE", [])]
)
def test_an_answer_settles_it(scene, asked, lawful, who, method, left):
    done(scene.as_("Rose").put(proposal(asked), LATER))
    with lawful():
        done(scene.as_(who).call(method, f"/cards/{asked}/owners/{ROSE}", None, key="answering"))
    card = scene.card(asked)
    assert (card["owner_ids"], card["proposals"], card["due"]) == (left, [], "2026-12-01")
    with lawful():
        assert scene.undo(who, "answering")[0] == 200
    assert scene.card(asked)["proposals"] == [HERS]


def test_it_goes_with_the_card(scene, asked, lawful):
    done(scene.as_("Rose").put(proposal(asked), LATER))
    with lawful():
        done(scene.as_("Jon").put(f"/cards/{asked}/archive"))
        done(scene.as_("Jon").delete(f"/cards/{asked}/archive"))
    assert scene.shown("cards", asked)["proposals"] == [HERS]


def test_not_before_the_card_starts(scene, asked):
    maya = scene.as_("Maya")
    done(maya.patch(f"/cards/{asked}", {"start": "2026-11-30"}))
    assert scene.as_("Rose").put(proposal(asked), {"due": "2026-11-27"})[0] == 422
    done(scene.as_("Rose").put(proposal(asked), LATER))
    done(maya.patch(f"/cards/{asked}", {"start": "2026-12-14", "due": "2026-12-15"}))
    status, body = maya.put(f"{proposal(asked)}/acceptance")
    assert (status, body["data"]["due"], body["data"]["proposals"]) == (409, "2026-12-15", [HERS])


def test_where_it_is_accepted_someone_built_on_it(scene, asked):
    done(scene.as_("Rose").put(proposal(asked), LATER))
    done(scene.as_("Jon").put(f"{proposal(asked)}/acceptance", key="accepting"))
    done(scene.as_("Maya").patch(f"/cards/{asked}", {"due": "2026-12-24"}))
    assert scene.undo("Jon", "accepting")[0] == 409


def test_help_is_wanted_and_offered_by_who_may_not_edit(scene, lawful):
    card = scene.here.cards[1]
    assert scene.as_("Rose").put(f"/cards/{card}/owners/{ROSE}")[0] == 403
    for minutes in (4, 601, "15", 7.5):
        assert scene.as_("Jon").patch(f"/cards/{card}", {"help_minutes": minutes})[0] == 422
    with lawful():
        done(scene.as_("Jon").patch(f"/cards/{card}", {"help_minutes": 15}, key="want-help"))
    assert scene.shown("cards", card)["help_minutes"] == 15
    assert scene.as_("Sam").put(f"/cards/{card}/owners/{SAM}")[0] == 403
    with lawful():
        body = scene.as_("Rose").put(f"/cards/{card}/owners/{ROSE}", key="can-help").json
    assert (body["data"]["owner_ids"], body["data"]["asked_ids"]) == ([ROSE], [])
    assert scene.as_("Rose").put(f"/cards/{card}/owners/{MAYA}")[0] == 403
    with lawful():
        assert scene.undo("Rose", "can-help")[0] == 200
        assert scene.undo("Jon", "want-help")[0] == 200
    assert "help_minutes" not in scene.shown("cards", card)


def test_the_short_address_leads_to_the_card(scene, sign_in):
    card = scene.card(scene.here.cards[0])
    closed = scene.places.closed.cards[0]
    maya = sign_in("Maya")
    answer = maya.get(f"/c/{card['number']}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/boards/{scene.here.board}/cards/{card['id']}")
    number = done(scene.as_("Rose").get(f"/cards/{closed}"))["number"]
    assert maya.get(f"/c/{number}").status_code == maya.get("/c/999999").status_code == 404
    assert sign_in("Olga").get(f"/c/{card['number']}").status_code == 404
