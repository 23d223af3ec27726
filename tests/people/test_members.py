"""Adding, changing and seeing the people of a school."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from board.people.models import Account, Link, Member, Session, Token
from tests import laws
from tests.people.conftest import NEW_PASSWORD
from tests.school import PASSWORD

WIM = {"name": "Wim", "email": "wim@example.org", "password": NEW_PASSWORD}


# ── seeing ───────────────────────────────────────────────────────────────────────────────────────


def test_the_directory(as_):
    status, body = as_("Maya").get("/members")
    assert status == 200
    assert body["room"] == "school:1"
    assert [m["name"] for m in body["data"]] == ["Ana", "Thomas", "Maya", "Jon", "Rose", "Sam"]
    assert all(set(m) == {"id", "name", "role", "active", "job_title"} for m in body["data"])
    first = as_("Maya").get("/members", limit=4).json
    rest = as_("Maya").get("/members", limit=4, after=first["next"]).json
    assert [m["id"] for m in first["data"] + rest["data"]] == [1, 2, 3, 4, 5, 6]
    assert rest["next"] is None


def test_a_guest_sees_herself_and_no_room(as_):
    body = as_("Sam").get("/members").json
    assert [m["name"] for m in body["data"]] == ["Sam"]
    assert "room" not in body
    assert as_("Sam").get("/rooms/school:1").status == 404
    assert as_("Sam").get("/members/1").status == 404
    assert as_("Sam").get("/rooms/member:6").status == 200


def test_another_school_is_not_there(as_):
    assert as_("Olga").get("/rooms/school:1").status == 404
    assert as_("Olga").get("/members/3").status == 404
    assert as_("Ana").get("/rooms/member:3").status == 404  # personal matters, also for the admin


PUBLIC = {"id", "name", "role", "active", "job_title"}
PRIVATE = PUBLIC | {"works_on", "until", "email", "handle", "signs_in", "away"}


@pytest.mark.parametrize(
    ("person", "id", "fields"),
    [("Ana", 3, PRIVATE), ("Maya", 3, PRIVATE), ("Thomas", 3, PUBLIC), ("Jon", 3, PUBLIC), ("Sam", 6, PRIVATE)],
)
def test_an_address_is_for_the_admins_and_herself(as_, person, id, fields):
    assert set(as_(person).get(f"/members/{id}").json["data"]) == fields


def test_what_may_be_done_is_said(as_):
    assert as_("Jon").get("/members/3").json["can"] == []
    assert "change_member" in as_("Ana").get("/members/3").json["can"]
    assert as_("Maya").get("/members/3").json["can"] == ["add_away", "change_me", "remove_away"]
    assert "add_member" in as_("Ana").get("/me").json["can"]
    assert "make_group" in as_("Thomas").get("/me").json["can"]
    assert "add_member" not in as_("Thomas").get("/me").json["can"]


# ── adding ───────────────────────────────────────────────────────────────────────────────────────


def test_adding_with_a_password(as_, browser_of):
    with laws.kept(as_("Maya"), "school:1"):
        status, body = as_("Ana").post("/members", {**WIM, "job_title": "Caretaker"})
    assert status == 201
    assert (body["data"]["name"], body["data"]["role"], body["data"]["active"]) == ("Wim", "staff", True)
    assert [e["type"] for e in body["events"]] == ["member.added"]
    signed_in = browser_of()
    assert signed_in.post("/session", {"email": WIM["email"], "password": NEW_PASSWORD}).status == 200
    with laws.kept(signed_in, f"member:{body['data']['id']}", "school:1"):
        assert signed_in.patch("/me", {"job_title": "Porter"}).status == 200


@pytest.mark.parametrize(
    ("person", "status"), [(None, 401), ("Sam", 403), ("Maya", 403), ("Thomas", 403), ("Olga", 201), ("Ana", 201)]
)
def test_who_may_add(as_, person, status):
    before = len(as_("Ana").get("/members").json["data"])
    assert as_(person).post("/members", WIM).status == status
    assert len(as_("Ana").get("/members").json["data"]) == before + (person == "Ana")


@pytest.mark.parametrize(
    "body",
    [
        {}, {"name": ""}, {"name": "   "}, {"name": "\u200b\u200b"}, {"name": 7}, {"name": "x" * 201}, {"name": "Wim", "role": "owner"},
        {"name": "Wim", "email": "no address"}, {"name": "Wim", "email": "a@b@c"}, {"name": "Wim", "email": "a\nBcc: x@y.org"},
        {"name": "Wim", "password": NEW_PASSWORD}, {**WIM, "password": "password1"}, {**WIM, "school_id": 2}, {**WIM, "id": 99},
        {**WIM, "active": False}, {**WIM, "works_on": "8"}, {**WIM, "works_on": ""}, {**WIM, "until": "soon"}, {**WIM, "email": None},
    ],
)  # fmt: skip
def test_malformed(as_, body):
    assert as_("Ana").post("/members", body).status == 422
    assert len(as_("Ana").get("/members").json["data"]) == 6


def test_a_repeat_adds_nobody(as_):
    first = as_("Ana").post("/members", WIM, key="add-wim-please")
    again = as_("Ana").post("/members", WIM, key="add-wim-please")
    assert again == first
    assert len(as_("Ana").get("/members").json["data"]) == 7


def test_the_same_address_twice(as_):
    assert as_("Ana").post("/members", {"name": "Maya again", "email": "MAYA@example.org"}).status == 409
    assert as_("Ana").post("/members", {"name": "Wim", "email": "wim@example.org"}).status == 201
    refused = as_("Ana").post("/members", {"name": "Wim again", "email": "wim@example.org"})
    assert (refused.status, refused.json["data"]["name"]) == (409, "Wim")


def test_an_admin_sets_no_password_for_an_account_of_another_school(as_):
    refused = as_("Ana").post("/members", {**WIM, "email": "olga@example.org"})
    assert refused.status == 409
    assert len(as_("Ana").get("/members").json["data"]) == 6


def test_names_hold_nothing_unseen(as_):
    made = as_("Ana").post("/members", {"name": " Wi\u200bm\u202e  \t van\nDijk "}).json["data"]
    assert made["name"] == "Wim van Dijk"


def test_at_the_same_time_one_comes_first(as_):
    statuses = []
    threads = [
        threading.Thread(target=lambda: statuses.append(as_("Ana").post("/members", WIM).status)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(statuses) == [201, 409, 409, 409]


# ── changing ─────────────────────────────────────────────────────────────────────────────────────


def test_changing_somebody(browser_of, as_):
    ana = browser_of("Ana")
    with laws.kept(as_("Jon"), "school:1"), laws.kept(as_("Maya"), "member:3", "school:1"):
        body = {"name": "Maya L.", "role": "organizer", "job_title": "Deputy", "works_on": "531", "until": "2027-07-16"}
        answer = ana.patch("/members/3", body)
    assert answer.status == 200, answer
    assert answer.json["data"]["works_on"] == "135"
    told = [(e["room"], set(e["put"].get("members", e["put"].get("me"))[0])) for e in answer.json["events"]]
    assert told == [("school:1", {"id", "name", "role", "job_title"})]
    assert as_("Maya").get("/me").json["data"]["role"] == "organizer"


def test_a_change_of_nothing_says_nothing(as_):
    answer = as_("Ana").patch("/members/3", {"name": "Maya"})
    assert (answer.status, answer.json["events"]) == (200, [])
    assert as_("Ana").patch("/members/3", {}).json["events"] == []


def test_working_days_are_told_to_her_alone(as_):
    with laws.kept(as_("Maya"), "member:3", "school:1"):
        answer = as_("Ana").patch("/members/3", {"works_on": "24"})
    assert answer.json["events"] == []  # her room is not the admin's


@pytest.mark.parametrize(
    ("person", "status"), [(None, 401), ("Sam", 404), ("Maya", 403), ("Thomas", 403), ("Olga", 404)]
)
def test_who_may_not_change(as_, person, status):
    assert as_(person).patch("/members/4", {"name": "Eve"}).status == status
    assert as_("Ana").get("/members/4").json["data"]["name"] == "Jon"


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""},
        {"name": None},
        {"role": "boss"},
        {"role": None},
        {"active": False},
        {"account_id": 1},
        {"works_on": "0"},
        [],
    ],
)
def test_malformed_changes(as_, body):
    assert as_("Ana").patch("/members/3", body).status in (400, 422)


def test_a_role_that_changes_is_looked_at_again(browser_of, pushed):
    assert browser_of("Ana").patch("/members/3", {"role": "guest"}).status == 200
    assert pushed.rechecked == [3]


def test_a_new_address(browser_of):
    ana = browser_of("Ana")
    assert ana.patch("/members/3", {"email": "maya.l@example.org"}).status == 200
    assert browser_of().post("/session", {"email": "maya.l@example.org", "password": PASSWORD}).status == 200
    assert browser_of().post("/session", {"email": "maya@example.org", "password": PASSWORD}).status == 401
    for taken in ("jon@example.org", "olga@example.org"):
        assert ana.patch("/members/3", {"email": taken}).status == 409


def test_oneself(browser_of, as_):
    maya = browser_of("Maya")
    with laws.kept(as_("Maya"), "member:3", "school:1"):
        assert maya.patch("/me", {"name": "Maya L.", "works_on": "1234", "job_title": " "}).status == 200
    assert maya.patch("/me", {"role": "admin"}).status == 422
    assert as_("Maya").patch("/me", {"works_on": None}).status == 200
    assert maya.get("/me").json["data"]["works_on"] is None
    assert as_(None).patch("/me", {"name": "x"}).status == 401


# ── gone and back ────────────────────────────────────────────────────────────────────────────────


def test_deactivated_nothing_that_she_signs_in_with_is_left(browser_of, as_, look, pushed):
    ana, jon = browser_of("Ana"), browser_of("Jon")
    assert ana.patch("/members/4", {"role": "admin"}).status == 200
    token = jon.post("/tokens", {"name": "x"}).json["data"]["token"]
    link = jon.post("/join-links", {}).json["data"]["token"]
    invited = jon.post("/members", {"name": "Wim", "email": "wim@example.org"}).json["data"]["invitation"]["token"]
    reset = ana.put("/members/4/reset").json["data"]["token"]
    card = ana.put("/members/4/card").json["data"]["token"]
    sessions = [s["id"] for s in jon.get("/sessions").json["data"]]
    with laws.kept(as_("Maya"), "school:1"):
        answer = ana.delete("/members/4/active")
    assert (answer.status, answer.json["data"]["active"]) == (200, False)
    with look() as tx:
        for table in (Session, Token, Link):
            t = table.__table__.c
            hers = t.member_id == 4 if table is not Link else (t.member_id == 4) | (t.made_by == 4)
            assert tx.scalar(select(func.count()).select_from(table.__table__).where(hers)) == 0, table
    assert jon.get("/me").status == as_(token=token).get("/me").status == as_("Jon").get("/me").status == 401
    assert browser_of().post("/session", {"email": "jon@example.org", "password": PASSWORD}).status == 401
    assert browser_of().post("/session", {"card": card}).status == 401
    assert browser_of().post("/resets", {"token": reset, "password": NEW_PASSWORD}).status == 410
    assert (
        browser_of()
        .post("/joins", {"token": link, "name": "E", "email": "e@example.org", "password": NEW_PASSWORD})
        .status
        == 410
    )
    assert browser_of().post("/acceptances", {"token": invited, "password": NEW_PASSWORD}).status == 410
    assert set(sessions) <= set(pushed.ended_sessions)
    assert len(pushed.ended_tokens) == 2
    assert 4 in pushed.rechecked
    assert ana.delete("/members/4/active").json["events"] == []


def test_back_with_her_old_password(as_, browser_of):
    ana = as_("Ana")
    assert ana.delete("/members/3/active").status == 200
    assert ana.get("/members/3").json["can"] == ["change_member", "reactivate_member"]
    with laws.kept(as_("Jon"), "school:1"):
        assert ana.put("/members/3/active").json["data"]["active"] is True
    assert browser_of("Maya").get("/me").status == 200
    assert as_("Maya").get("/me").status == 401  # the token stays gone
    assert ana.put("/members/3/active").json["events"] == []


@pytest.mark.parametrize(
    ("person", "status"), [(None, 401), ("Sam", 404), ("Maya", 403), ("Thomas", 403), ("Olga", 404)]
)
def test_who_may_not_send_away(as_, person, status):
    for method in ("PUT", "DELETE"):
        assert as_(person).call(method, "/members/4/active").status == status
    assert as_("Jon").get("/me").status == 200


def test_a_school_that_never_was(as_):
    assert as_("Ana").delete("/members/999/active").status == 404
    assert as_("Ana").delete(f"/members/{2**60}/active").status == 404


# ── the last admin ───────────────────────────────────────────────────────────────────────────────


def test_the_last_admin_stays(browser_of):
    ana = browser_of("Ana")
    for method, path, body in (("PATCH", "/members/1", {"role": "staff"}), ("DELETE", "/members/1/active", None)):
        refused = ana.call(method, path, body)
        assert (refused.status, refused.json["data"]["role"]) == (409, "admin")
    assert ana.patch("/members/2", {"role": "admin"}).status == 200
    assert ana.delete("/members/1/active").status == 200
    assert browser_of("Thomas").delete("/members/2/active").status == 409


@pytest.mark.parametrize("how", ["DELETE", "PATCH"])
def test_of_two_who_send_each_other_away_one_stays(browser_of, look, how):
    ana, thomas = browser_of("Ana"), browser_of("Thomas")
    assert ana.patch("/members/2", {"role": "admin"}).status == 200
    statuses = []

    def away(who, id):
        path, body = (f"/members/{id}/active", None) if how == "DELETE" else (f"/members/{id}", {"role": "staff"})
        statuses.append(who.call(how, path, body).status)

    threads = [threading.Thread(target=away, args=args) for args in ((ana, 2), (thomas, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    # The second finds herself sent away, or no longer admin, or the last one.
    assert sorted(statuses)[0] == 200
    assert sorted(statuses)[1] in (401, 403, 409)
    with look() as tx:
        admins = (
            select(func.count())
            .select_from(Member.__table__)
            .where(Member.school_id == 1, Member.role == "admin", Member.active)
        )
        assert tx.scalar(admins) == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ana", "Thomas", "Maya"]),
            st.sampled_from(["away", "back", "admin", "staff"]),
            st.integers(1, 3),
        ),
        max_size=8,
    )
)
def test_whatever_is_done_an_admin_is_left(app, database, browser_of, look, steps):
    database.reset(app)
    browsers = {person: browser_of(person) for person in ("Ana", "Thomas", "Maya")}
    for person, what, id in steps:
        who = browsers[person]
        if what in ("away", "back"):
            who.call("DELETE" if what == "away" else "PUT", f"/members/{id}/active")
        else:
            who.patch(f"/members/{id}", {"role": what})
    with look() as tx:
        assert (
            tx.scalar(
                select(func.count())
                .select_from(Member.__table__)
                .where(Member.school_id == 1, Member.role == "admin", Member.active)
            )
            > 0
        )


def test_no_account_without_a_member(as_, look):
    """A refused addition leaves nothing behind."""
    with look() as tx:
        before = tx.scalar(select(func.count()).select_from(Account.__table__))
    as_("Ana").post("/members", {**WIM, "email": "maya@example.org"})
    as_("Thomas").post("/members", WIM)
    with look() as tx:
        assert tx.scalar(select(func.count()).select_from(Account.__table__)) == before
