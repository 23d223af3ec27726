"""Signing in and out, and who a cookie is."""

import pytest
from argon2 import extract_parameters
from sqlalchemy import select

from board.core import limits
from board.core.db import reading
from board.people import passwords
from board.people.models import Account, Session
from tests.people.conftest import cookie_of
from tests.school import PASSWORD, PEOPLE

MAYA = {"email": "maya@example.org", "password": PASSWORD}


def test_the_answer_is_who_she_is_and_the_cookie_is_hers(client, app):
    answer = client.post("/api/v1/session", json=MAYA)
    assert answer.status_code == 200
    assert answer.json["data"]["name"] == "Maya"
    flags = answer.headers["Set-Cookie"]
    assert flags.startswith("session=")
    for flag in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="):
        assert flag in flags
    assert "Secure" not in flags
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/api/v1/me").json["data"]["email"] == MAYA["email"]


def test_behind_tls_the_cookie_belongs_to_this_host(empty_app):
    from board.people import setup_code

    app = empty_app(https=True)
    body = {"school": "S", "name": "Kit", "email": "kit@example.org", "password": "four quiet green chairs"}
    answer = app.test_client().post(
        "/api/v1/setup", json={"code": setup_code(app), **body}, base_url="https://localhost"
    )
    flags = answer.headers["Set-Cookie"]
    assert flags.startswith("__Host-session=")
    assert "Secure" in flags
    assert "Domain" not in flags


def test_the_address_is_read_as_people_type_it(client):
    assert client.post("/api/v1/session", json={**MAYA, "email": "  Maya@Example.ORG "}).status_code == 200


def test_a_new_session_each_time_and_the_old_one_is_over(client, app, pushed):
    client.set_cookie("session", "chosen-by-somebody-else")
    client.post("/api/v1/session", json=MAYA)
    first = cookie_of(client)
    assert first != "chosen-by-somebody-else"
    client.post("/api/v1/session", json=MAYA)
    assert cookie_of(client) != first
    old = app.test_client()
    for value in (first, "chosen-by-somebody-else"):
        old.set_cookie("session", value)
        assert old.get("/api/v1/me").status_code == 401
    assert pushed.ended_sessions == [1]


def test_only_the_mark_of_a_cookie_is_kept(client, look):
    client.post("/api/v1/session", json=MAYA)
    with look() as tx:
        row = tx.one(select(Session.__table__))
    assert cookie_of(client) not in map(str, row)


@pytest.mark.parametrize(
    "body",
    [
        {"email": "maya@example.org", "password": "wrong but long enough"},
        {"email": "nobody@example.org", "password": PASSWORD},
        {"email": "not an address at all", "password": PASSWORD},
        {"email": "sam@example.org", "password": PASSWORD},  # no longer active
        {"email": "maya@example.org", "password": PASSWORD, "school_id": 2},  # not hers
    ],
)
def test_what_does_not_fit_is_answered_the_same(client, browser_of, body):
    assert browser_of("Ana").delete("/members/6/active").status == 200
    answer = client.post("/api/v1/session", json=body)
    assert (answer.status_code, answer.json["detail"]) == (401, "The address or the password is not right.")
    assert "Set-Cookie" not in answer.headers


def test_it_takes_as_long_whether_there_is_an_account_or_not(client, monkeypatch):
    """The same work for both: one password is checked, against a hash that costs as much as those of the school."""
    checked = []
    verify = passwords._verify
    monkeypatch.setattr(passwords, "_verify", lambda *given: checked.append(given) or verify(*given))
    for email in ("maya@example.org", "nobody@example.org"):
        body = {"email": email, "password": "wrong but long"}
        assert client.post("/api/v1/session", json=body).status_code == 401
    (_, known, first), (_, made_up, second) = checked
    assert first == second
    assert known != made_up
    assert extract_parameters(known) == extract_parameters(made_up)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "maya@example.org"},
        {"email": "maya@example.org", "password": ""},
        {"email": 7, "password": PASSWORD},
        {**MAYA, "card": "7KQM-2RTP-X9WD"},
        {**MAYA, "admin": True},
        {**MAYA, "shared": "yes"},
        {**MAYA, "password": "x" * 1001},
    ],
)
def test_malformed(client, body):
    assert client.post("/api/v1/session", json=body).status_code == 422


def test_failures_are_counted_for_the_account_and_not_forgiven_by_a_success(client):
    wrong = {**MAYA, "password": "wrong but long enough"}
    assert [client.post("/api/v1/session", json=wrong).status_code for _ in range(9)] == [401] * 9
    assert client.post("/api/v1/session", json=MAYA).status_code == 200
    assert client.post("/api/v1/session", json=wrong).status_code == 401
    refused = client.post("/api/v1/session", json=MAYA)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    # Another account from the same network still comes in.
    assert client.post("/api/v1/session", json={**MAYA, "email": "jon@example.org"}).status_code == 200


def test_every_door_counts_for_the_same_account(client, browser_of):
    maya = browser_of("Maya")
    wrong = {"password": "wrong but long enough"}
    assert [maya.put("/session/confirmation", wrong).status for _ in range(5)] == [422] * 5
    assert [client.post("/api/v1/session", json={**MAYA, **wrong}).status_code for _ in range(5)] == [401] * 5
    assert maya.put("/session/confirmation", {"password": PASSWORD}).status == 429
    assert client.post("/api/v1/session", json=MAYA).status_code == 429


def test_one_network_tries_out_many_accounts(client):
    statuses = [
        client.post(
            "/api/v1/session", json={"email": f"teacher{i}@example.org", "password": "wrong but long"}
        ).status_code
        for i in range(61)
    ]
    assert statuses == [401] * 60 + [429]
    assert client.post("/api/v1/session", json=MAYA).status_code == 429


def test_successes_are_never_counted(client):
    assert {client.post("/api/v1/session", json=MAYA).status_code for _ in range(12)} == {200}


def test_all_at_once_do_not_outrun_the_budget(app):
    under_way = app.extensions["password_checks"]
    with under_way.one("a"), under_way.one("a"), under_way.one("a"), under_way.one("a"):
        with pytest.raises(limits.TooMany), under_way.one("a"):
            pass
        with under_way.one("b"):
            pass
    assert not under_way.many


def test_weaker_hashes_are_made_anew(client, app, look):
    app.config["BOARD"].argon2_cost, cost = 128, app.config["BOARD"].argon2_cost
    try:
        assert client.post("/api/v1/session", json=MAYA).status_code == 200
        with look() as tx:
            kept = tx.scalar(select(Account.password).where(Account.email == MAYA["email"]))
        assert kept.startswith("$argon2id$v=19$m=128,t=2,p=1$")
        assert client.post("/api/v1/session", json=MAYA).status_code == 200
    finally:
        app.config["BOARD"].argon2_cost = cost


def test_schools_use_strong_hashes():
    from board.config import Config

    assert Config().argon2_cost >= 19_456


# ── how long it lasts ────────────────────────────────────────────────────────────────────────────


def test_on_a_shared_computer_it_ends_with_the_browser_and_after_twenty_idle_minutes(browser_of, later):
    maya = browser_of("Maya", shared=True)
    maya.client.post("/api/v1/session", json={**MAYA, "shared": True})
    flags = maya.client.post("/api/v1/session", json={**MAYA, "shared": True}).headers["Set-Cookie"]
    assert "Max-Age" not in flags
    assert "Expires" not in flags
    for _ in range(3):
        later(minutes=19)
        assert maya.get("/me").status == 200
    later(minutes=21)
    assert maya.get("/me").status == 401


def test_else_it_lasts_thirty_idle_days(browser_of, later):
    maya = browser_of("Maya")
    later(days=29)
    assert maya.get("/me").status == 200
    later(days=29)
    assert maya.get("/me").status == 200
    later(days=31)
    assert maya.get("/me").status == 401


def test_a_shared_session_ends_after_half_a_day_whatever_happens(browser_of, later):
    maya = browser_of("Maya", shared=True)
    for _ in range(12 * 3 + 1):
        later(minutes=19.9)
        last = maya.get("/me").status
    assert last == 401


def test_what_was_seen_is_written_later_and_what_is_over_is_ended(app, browser_of, later, look, pushed):
    from board.people import tidy

    maya, jon = browser_of("Maya", shared=True), browser_of("Jon", shared=True)
    later(minutes=15)
    assert maya.get("/me").status == 200
    with look() as tx:
        before = tx.all(select(Session.seen_at).order_by(Session.id))
    with app.app_context():
        tidy()
    with look() as tx:
        after = tx.all(select(Session.seen_at).order_by(Session.id))
    assert before[0] < after[0]
    assert before[1] == after[1]
    later(minutes=6)
    with app.app_context():
        tidy()
    assert pushed.ended_sessions == [2]
    assert jon.get("/me").status == 401
    assert maya.get("/me").status == 200


def test_a_request_writes_nothing_and_asks_once_who_it_is(browser_of, queries, later):
    maya = browser_of("Maya")
    later(minutes=5)
    with queries(2) as seen:
        assert maya.get("/tokens").status == 200
    assert not any(verb in statement for statement in seen for verb in ("INSERT", "UPDATE", "DELETE"))


# ── signing out ──────────────────────────────────────────────────────────────────────────────────


def test_signing_out_ends_the_session_and_clears_the_browser(browser_of, pushed, look):
    maya = browser_of("Maya")
    cookie = cookie_of(maya.client)
    assert maya.delete("/session").status == 200
    assert maya.last.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert cookie_of(maya.client) is None
    maya.client.set_cookie("session", cookie)
    assert maya.get("/me").status == 401
    with look() as tx:
        assert tx.all(select(Session.id)) == []
    assert pushed.ended_sessions == [1]


def test_a_token_cannot_sign_out(as_):
    assert as_("Maya").delete("/session").status == 403


def test_nobody_cannot_sign_out(as_):
    assert as_(None).delete("/session").status == 401


# ── two schools ──────────────────────────────────────────────────────────────────────────────────


def test_who_is_in_two_schools_chooses_one(app, browser_of):
    olga = browser_of("Olga")
    invited = olga.post("/members", {"name": "Maya L.", "email": MAYA["email"], "role": "guest"}).json["data"]
    assert "invitation" in invited
    guest = browser_of()
    answer = guest.post("/acceptances", {"token": invited["invitation"]["token"], "password": PASSWORD})
    assert answer.status == 200, answer
    assert answer.json["data"]["school"]["id"] == 2
    assert [s["id"] for s in answer.json["data"]["schools"]] == [1, 2]
    first = browser_of("Maya")
    assert first.get("/me").json["data"]["school"]["id"] == 1
    second = browser_of("Maya", school_id=2)
    assert (second.get("/me").json["data"]["school"]["id"], second.get("/me").json["data"]["role"]) == (2, "guest")
    with app.app_context(), reading() as tx:
        assert len(tx.all(select(Account.id).where(Account.email == MAYA["email"]))) == 1


def test_the_first_school_that_she_is_still_in(browser_of, app):
    olga = browser_of("Olga")
    invited = olga.post("/members", {"name": "Maya L.", "email": MAYA["email"]}).json["data"]
    browser_of().post("/acceptances", {"token": invited["invitation"]["token"], "password": PASSWORD})
    assert browser_of("Ana").delete(f"/members/{PEOPLE['Maya'].member_id}/active").status == 200
    assert browser_of("Maya").get("/me").json["data"]["school"]["id"] == 2
