"""What admins hand out: invitations, new passwords, sign-in cards, join links. None is used up by looking."""

import threading

import pytest
from sqlalchemy import select

from board.people.models import Link
from tests import laws
from tests.people.conftest import NEW_PASSWORD
from tests.school import PASSWORD

WIM = {"name": "Wim", "email": "wim@example.org", "role": "organizer"}


@pytest.fixture
def ana(browser_of):
    return browser_of("Ana")


def token_of(path: str) -> str:
    return path.split("#")[1]


# ── invitations ──────────────────────────────────────────────────────────────────────────────────


def test_an_invitation_from_end_to_end(ana, browser_of, as_):
    made = ana.post("/members", WIM).json["data"]
    invitation = made["invitation"]
    assert set(invitation) == {"id", "kind", "token", "path", "expires_at"}
    assert token_of(invitation["path"]) == invitation["token"]
    assert ana.get(f"/members/{made['id']}").json["data"]["invitation_until"] == invitation["expires_at"]
    wim = browser_of()
    for _ in range(3):
        seen = wim.post("/links/look", {"token": invitation["token"]})
        assert (seen.status, seen.json["data"]["name"], seen.json["data"]["has_password"]) == (200, "Wim", False)
    with laws.kept(as_("Maya"), "school:1"):
        answer = wim.post("/acceptances", {"token": invitation["token"], "password": NEW_PASSWORD, "name": "Wim D."})
    assert answer.status == 200
    assert (answer.json["data"]["name"], answer.json["data"]["role"]) == ("Wim D.", "organizer")
    assert answer.json["events"][0]["by"] == made["id"]
    assert wim.get("/me").status == 200
    assert browser_of().post("/session", {"email": WIM["email"], "password": NEW_PASSWORD}).status == 200
    again = browser_of().post("/acceptances", {"token": invitation["token"], "password": NEW_PASSWORD})
    assert again.status == 410
    assert wim.post("/links/look", {"token": invitation["token"]}).status == 410


def test_only_its_mark_is_kept_and_a_repeat_does_not_show_it(ana, look):
    first = ana.post("/members", WIM, key="invite-wim-1").json["data"]
    again = ana.post("/members", WIM, key="invite-wim-1").json["data"]
    assert "invitation" not in again
    with look() as tx:
        row = tx.one(select(Link.__table__))
    assert first["invitation"]["token"] not in map(str, row)


def test_until_it_is_accepted_she_cannot_sign_in(ana, browser_of):
    ana.post("/members", WIM)
    assert browser_of().post("/session", {"email": WIM["email"], "password": NEW_PASSWORD}).status == 401


def test_the_role_is_fixed_by_who_invites(ana, browser_of):
    token = ana.post("/members", WIM).json["data"]["invitation"]["token"]
    forged = browser_of().post("/acceptances", {"token": token, "password": NEW_PASSWORD, "role": "admin"})
    assert forged.status == 422
    assert browser_of().post("/acceptances", {"token": token, "password": "password1"}).status == 422
    assert (
        browser_of().post("/acceptances", {"token": token, "password": NEW_PASSWORD}).json["data"]["role"]
        == "organizer"
    )


def test_it_is_over_after_two_weeks(ana, browser_of, later):
    token = ana.post("/members", WIM).json["data"]["invitation"]["token"]
    later(days=13)
    assert browser_of().post("/links/look", {"token": token}).status == 200
    later(days=2)
    assert browser_of().post("/links/look", {"token": token}).status == 410
    assert browser_of().post("/acceptances", {"token": token, "password": NEW_PASSWORD}).status == 410


def test_a_new_one_ends_the_old_one_and_it_can_be_ended(ana, browser_of):
    made = ana.post("/members", WIM).json["data"]
    second = ana.put(f"/members/{made['id']}/invitation").json["data"]["token"]
    assert browser_of().post("/links/look", {"token": made["invitation"]["token"]}).status == 410
    assert browser_of().post("/links/look", {"token": second}).status == 200
    assert ana.delete(f"/members/{made['id']}/invitation").status == 200
    assert browser_of().post("/acceptances", {"token": second, "password": NEW_PASSWORD}).status == 410


def test_another_address_ends_it(ana, browser_of):
    made = ana.post("/members", WIM).json["data"]
    assert ana.patch(f"/members/{made['id']}", {"email": "wim.d@example.org"}).status == 200
    assert (
        browser_of().post("/acceptances", {"token": made["invitation"]["token"], "password": NEW_PASSWORD}).status
        == 410
    )


def test_who_has_an_account_gives_its_password(browser_of):
    olga = browser_of("Olga")
    token = olga.post("/members", {"name": "Maya", "email": "maya@example.org"}).json["data"]["invitation"]["token"]
    assert browser_of().post("/links/look", {"token": token}).json["data"]["has_password"] is True
    wrong = browser_of().post("/acceptances", {"token": token, "password": NEW_PASSWORD})
    assert (wrong.status, wrong.json["errors"][0]["field"]) == (422, "password")
    assert browser_of().post("/acceptances", {"token": token, "password": PASSWORD}).status == 200
    # The invited did not get a second password.
    assert browser_of().post("/session", {"email": "maya@example.org", "password": NEW_PASSWORD}).status == 401


def test_two_accept_at_the_same_time(ana, browser_of):
    token = ana.post("/members", WIM).json["data"]["invitation"]["token"]
    statuses = []
    body = {"token": token, "password": NEW_PASSWORD}
    threads = [
        threading.Thread(target=lambda: statuses.append(browser_of().post("/acceptances", body).status))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(statuses)[0] == 200
    assert set(sorted(statuses)[1:]) <= {409, 410, 422}


@pytest.mark.parametrize("path", ["invitation", "reset", "card"])
@pytest.mark.parametrize(
    ("person", "status"), [(None, 401), ("Sam", 404), ("Maya", 403), ("Thomas", 403), ("Olga", 404)]
)
def test_who_may_not_hand_out(as_, look, path, person, status):
    assert as_(person).put(f"/members/4/{path}").status == status
    if path != "reset":
        assert as_(person).delete(f"/members/4/{path}").status == status
    with look() as tx:
        assert tx.all(select(Link.id)) == []


def test_who_signs_in_already_is_not_invited(ana):
    assert ana.put("/members/3/invitation").status == 409


JOINING = {"name": "A", "email": "a@example.org", "password": "four quiet green chairs"}


def test_trying_out_codes_is_counted(browser_of):
    stranger = browser_of()
    statuses = [stranger.post("/links/look", {"token": f"7KQM-2RTP-X9{i:02}"}).status for i in range(31)]
    assert statuses == [410] * 30 + [429]
    assert stranger.post("/joins", {**JOINING, "token": "7KQM-2RTP-X9WD"}).status == 429
    assert stranger.post("/session", {"card": "7KQM-2RTP-X9WD"}).status == 429


def test_old_links_keep_nobody_out(ana, browser_of):
    """Nobody guesses a link: to count wrong ones would let one person stop everybody behind the same address."""
    stranger = browser_of()
    for i in range(40):
        assert stranger.post("/links/look", {"token": f"kM3c0YwZ0k2bq1Jm9x7QpR4tVhLsNfAe5uG{i}"}).status == 410
    made = ana.put("/members/3/reset").json["data"]
    assert stranger.post("/links/look", {"token": made["token"]}).status == 200


# ── a new password by a link ─────────────────────────────────────────────────────────────────────


def test_a_reset_ends_every_session_and_works_once(ana, browser_of, pushed):
    maya = browser_of("Maya")
    made = ana.put("/members/3/reset").json["data"]
    assert made["path"].startswith("/reset#")
    fresh = browser_of()
    assert fresh.post("/links/look", {"token": made["token"]}).json["data"]["kind"] == "reset"
    weak = fresh.post("/resets", {"token": made["token"], "password": "lindenhof1"})
    assert weak.status == 422
    assert fresh.post("/resets", {"token": made["token"], "password": NEW_PASSWORD}).status == 200
    assert fresh.get("/me").json["data"]["name"] == "Maya"
    assert maya.get("/me").status == 401
    assert len(pushed.ended_sessions) == 1
    assert browser_of().post("/resets", {"token": made["token"], "password": NEW_PASSWORD}).status == 410
    assert browser_of().post("/session", {"email": "maya@example.org", "password": PASSWORD}).status == 401


def test_a_reset_is_over_after_an_hour(ana, browser_of, later):
    token = ana.put("/members/3/reset").json["data"]["token"]
    later(minutes=61)
    assert browser_of().post("/resets", {"token": token, "password": NEW_PASSWORD}).status == 410


@pytest.mark.parametrize("how", ["password", "email"])
def test_a_reset_is_over_when_what_it_was_made_for_changed(ana, browser_of, how):
    token = ana.put("/members/3/reset").json["data"]["token"]
    maya = browser_of("Maya")
    if how == "password":
        assert maya.put("/me/password", {"password": PASSWORD, "new_password": "another quiet one here"}).status == 200
    else:
        assert maya.patch("/me", {"email": "m@example.org"}).status == 200
    assert browser_of().post("/resets", {"token": token, "password": NEW_PASSWORD}).status == 410


def test_a_link_of_one_kind_is_not_another(ana, browser_of):
    reset = ana.put("/members/3/reset").json["data"]["token"]
    invitation = ana.post("/members", WIM).json["data"]["invitation"]["token"]
    stranger = browser_of()
    assert stranger.post("/acceptances", {"token": reset, "password": NEW_PASSWORD}).status == 410
    assert stranger.post("/resets", {"token": invitation, "password": NEW_PASSWORD}).status == 410
    assert (
        stranger.post(
            "/joins", {"token": reset, "name": "E", "email": "e@example.org", "password": NEW_PASSWORD}
        ).status
        == 410
    )
    # and neither was used up
    assert stranger.post("/resets", {"token": reset, "password": NEW_PASSWORD}).status == 200


def test_no_admin_comes_into_another_school_by_a_reset(ana, browser_of):
    olga = browser_of("Olga")
    token = olga.post("/members", {"name": "Maya", "email": "maya@example.org"}).json["data"]["invitation"]["token"]
    member_id = browser_of().post("/acceptances", {"token": token, "password": PASSWORD}).json["data"]["id"]
    for admin, id in ((ana, 3), (olga, member_id)):
        for what in ("reset", "card"):
            assert admin.put(f"/members/{id}/{what}").status == 409
        assert admin.patch(f"/members/{id}", {"email": "mine@example.org"}).status == 409


# ── sign-in cards ────────────────────────────────────────────────────────────────────────────────


def test_a_person_without_an_address(ana, browser_of, as_):
    made = ana.post("/members", {"name": "Rosé Okafor", "role": "staff"}).json["data"]
    card = made["card"]
    assert card["sign_in_name"].startswith("rose-")
    rose = browser_of()
    typed = card["token"].lower().replace("-", " ")
    assert rose.post("/session", {"card": typed, "shared": True}).status == 200
    assert "Max-Age" not in rose.last.headers["Set-Cookie"]
    me = rose.get("/me").json["data"]
    assert (me["email"], me["handle"], me["signs_in"]) == (None, card["sign_in_name"], False)
    assert browser_of().post("/session", {"card": card["token"]}).status == 401
    assert rose.put("/me/password", {"new_password": NEW_PASSWORD}).status == 200
    assert (
        browser_of().post("/session", {"email": card["sign_in_name"].upper(), "password": NEW_PASSWORD}).status == 200
    )
    # From now on a new one needs the present one.
    assert rose.put("/me/password", {"new_password": "another quiet one here"}).status == 403


def test_half_an_hour_after_the_card_the_old_password_is_asked_for(ana, browser_of, later):
    card = ana.put("/members/5/card").json["data"]
    assert card["sign_in_name"] == "rose@example.org"
    rose = browser_of()
    assert rose.post("/session", {"card": card["token"]}).status == 200
    later(minutes=31)
    assert rose.put("/me/password", {"new_password": NEW_PASSWORD}).status == 403
    assert rose.put("/me/password", {"password": PASSWORD, "new_password": NEW_PASSWORD}).status == 200


def test_a_card_replaces_a_pending_invitation_without_proving_the_address(ana, browser_of):
    made = ana.post("/members", WIM).json["data"]
    card = ana.put(f"/members/{made['id']}/card").json["data"]
    assert card["sign_in_name"].startswith("wim-")
    assert (
        browser_of().post("/acceptances", {"token": made["invitation"]["token"], "password": NEW_PASSWORD}).status
        == 410
    )
    wim = browser_of()
    assert wim.post("/session", {"card": card["token"]}).status == 200
    assert wim.put("/me/password", {"new_password": NEW_PASSWORD}).status == 200
    assert browser_of().post("/session", {"email": WIM["email"], "password": NEW_PASSWORD}).status == 401
    assert wim.patch("/me", {"email": WIM["email"]}).status == 200
    assert browser_of().post("/session", {"email": WIM["email"], "password": NEW_PASSWORD}).status == 200


def test_a_card_can_be_ended_and_ends_with_the_next_one(ana, browser_of):
    first = ana.put("/members/5/card").json["data"]["token"]
    second = ana.put("/members/5/card").json["data"]["token"]
    assert browser_of().post("/session", {"card": first}).status == 401
    assert ana.delete("/members/5/card").status == 200
    assert browser_of().post("/session", {"card": second}).status == 401


def test_a_card_of_who_left(ana, browser_of):
    card = ana.put("/members/5/card").json["data"]["token"]
    assert ana.delete("/members/5/active").status == 200
    assert ana.put("/members/5/active").status == 200
    assert browser_of().post("/session", {"card": card}).status == 401


# ── join links ───────────────────────────────────────────────────────────────────────────────────


def person(i: int) -> dict[str, str]:
    return {"name": f"Person {i}", "email": f"person{i}@example.org", "password": NEW_PASSWORD}


def test_as_many_as_it_says_and_no_more(ana, browser_of, as_):
    link = ana.post("/join-links", {"role": "staff", "uses": 3}).json["data"]
    assert link["uses_left"] == 3
    with laws.kept(as_("Maya"), "school:1"):
        statuses = [browser_of().post("/joins", {"token": link["token"], **person(i)}).status for i in range(4)]
    assert statuses == [201, 201, 201, 410]
    assert [m["role"] for m in ana.get("/members").json["data"]][-3:] == ["staff"] * 3
    assert ana.get("/join-links").json["data"] == []


def test_a_refusal_uses_nothing_up(ana, browser_of):
    link = ana.post("/join-links", {"uses": 1}).json["data"]["token"]
    joiner = browser_of()
    assert (
        joiner.post("/joins", {"token": link, **person(1), "email": "maya@example.org"}).status == 422
    )  # not her password
    assert (
        joiner.post("/joins", {"token": link, **person(1), "email": "maya@example.org", "password": PASSWORD}).status
        == 409
    )
    assert joiner.post("/joins", {"token": link, **person(1), "password": "password1"}).status == 422
    assert joiner.post("/joins", {"token": link, **person(1), "role": "admin"}).status == 422
    assert joiner.post("/joins", {"token": link.lower(), **person(1)}).status == 201
    assert joiner.get("/me").json["data"]["role"] == "staff"


def test_ended_or_old_it_is_over(ana, browser_of, later):
    link = ana.post("/join-links", {"role": "guest", "days": 1}).json["data"]
    assert ana.get("/join-links").json["data"][0]["id"] == link["id"]
    assert "token" not in ana.get("/join-links").json["data"][0]
    assert ana.delete(f"/join-links/{link['id']}").status == 200
    assert browser_of().post("/joins", {"token": link["token"], **person(1)}).status == 410
    old = ana.post("/join-links", {"days": 1}).json["data"]["token"]
    later(days=2)
    assert browser_of().post("/joins", {"token": old, **person(1)}).status == 410


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("Sam", 403), ("Maya", 403), ("Thomas", 403)])
def test_who_may_not_make_join_links(as_, browser_of, who, status):
    link = browser_of("Ana").post("/join-links", {}).json["data"]
    assert as_(who).post("/join-links", {}).status == status
    assert as_(who).get("/join-links").status == status
    assert as_(who).delete(f"/join-links/{link['id']}").status == status
    assert as_("Olga").delete(f"/join-links/{link['id']}").status == 404


@pytest.mark.parametrize(
    "body", [{"role": "admin"}, {"role": "organizer"}, {"uses": 0}, {"uses": 501}, {"days": 31}, {"school_id": 2}]
)
def test_malformed_join_links(ana, body):
    assert ana.post("/join-links", body).status == 422
