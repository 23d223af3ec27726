"""Where one is signed in, giving the password once more, and a new password."""

import pytest
from sqlalchemy import select

from board.people.models import Account
from tests.people.conftest import NEW_PASSWORD, cookie_of
from tests.school import PASSWORD


def test_the_list_says_which_one_this_is(browser_of):
    browser_of("Jon")
    maya, other = browser_of("Maya"), browser_of("Maya", shared=True)
    rows = maya.get("/sessions").json["data"]
    assert [(r["current"], r["shared"]) for r in rows] == [(True, False), (False, True)]
    assert set(rows[0]) == {"id", "agent", "shared", "created_at", "seen_at", "current"}
    assert [r["current"] for r in other.get("/sessions").json["data"]] == [False, True]


def test_ending_one(browser_of, pushed):
    maya, other = browser_of("Maya"), browser_of("Maya")
    id = next(r["id"] for r in maya.get("/sessions").json["data"] if not r["current"])
    assert maya.delete(f"/sessions/{id}").status == 200
    assert other.get("/me").status == 401
    assert maya.get("/me").status == 200
    assert pushed.ended_sessions == [id]
    assert maya.delete(f"/sessions/{id}").status == 404


def test_nobody_ends_anothers(browser_of):
    jon, maya = browser_of("Jon"), browser_of("Maya")
    id = jon.get("/sessions").json["data"][0]["id"]
    assert maya.delete(f"/sessions/{id}").status == 404
    assert browser_of("Ana").delete(f"/sessions/{id}").status == 404
    assert jon.get("/me").status == 200


def test_ending_all_others(browser_of, as_, pushed):
    maya, second, third, jon = browser_of("Maya"), browser_of("Maya"), browser_of("Maya"), browser_of("Jon")
    assert maya.delete("/sessions").json["data"] == {"ended": 2}
    assert [b.get("/me").status for b in (maya, second, third, jon)] == [200, 401, 401, 200]
    assert len(pushed.ended_sessions) == 2
    assert as_("Maya").delete("/sessions").status == 403, "a token is for work, not for keeping its owner out"
    assert as_("Maya").delete("/sessions/1").status == 403


# ── once more ────────────────────────────────────────────────────────────────────────────────────


def test_confirming_opens_what_a_stale_sign_in_may_not(browser_of, later):
    ana = browser_of("Ana")
    assert ana.patch("/members/3", {"role": "organizer"}).status == 200
    later(minutes=31)
    refused = ana.patch("/members/3", {"role": "staff"})
    assert (refused.status, refused.json["type"].rsplit("-", 1)[1]) == (403, "reauth")
    assert ana.put("/session/confirmation", {"password": "not this one at all"}).status == 422
    assert ana.patch("/members/3", {"role": "staff"}).status == 403
    assert ana.put("/session/confirmation", {"password": PASSWORD}).status == 200
    assert ana.patch("/members/3", {"role": "staff"}).status == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "/members/3", {"role": "organizer"}),
        ("PATCH", "/members/3", {"email": "m@example.org"}),
        ("PATCH", "/me", {"email": "a@example.org"}),
        ("POST", "/members", {"name": "Eve", "role": "admin"}),
        ("PUT", "/members/3/reset", None),
        ("PUT", "/members/3/card", None),
    ],
)
def test_what_needs_a_fresh_sign_in(browser_of, as_, later, method, path, body):
    token = as_("Ana").call(method, path, body)
    assert (token.status, token.json["type"].rsplit("-", 1)[1]) == (403, "forbidden")
    ana = browser_of("Ana")
    later(minutes=31)
    stale = ana.call(method, path, body)
    assert (stale.status, stale.json["type"].rsplit("-", 1)[1]) == (403, "reauth")
    assert ana.put("/session/confirmation", {"password": PASSWORD}).status == 200
    assert ana.call(method, path, body).status in (200, 201)


def test_a_token_confirms_nothing(as_):
    assert as_("Ana").put("/session/confirmation", {"password": PASSWORD}).status == 403


def test_guessing_by_confirming_is_counted(browser_of):
    maya = browser_of("Maya")
    statuses = [maya.put("/session/confirmation", {"password": "wrong but long"}).status for _ in range(11)]
    assert statuses == [422] * 10 + [429]


# ── a new password ───────────────────────────────────────────────────────────────────────────────


def test_a_new_password_ends_the_others_and_renews_the_cookie(browser_of, pushed):
    maya, other = browser_of("Maya"), browser_of("Maya")
    before = cookie_of(maya.client)
    assert maya.put("/me/password", {"password": PASSWORD, "new_password": NEW_PASSWORD}).status == 200
    assert cookie_of(maya.client) != before
    assert maya.get("/me").status == 200
    assert other.get("/me").status == 401
    assert pushed.ended_sessions == [2]
    stolen = browser_of()
    stolen.client.set_cookie("session", before)
    assert stolen.get("/me").status == 401
    assert stolen.post("/session", {"email": "maya@example.org", "password": PASSWORD}).status == 401
    browser_of("Maya", password=NEW_PASSWORD)


def test_a_shared_computer_stays_one(browser_of):
    maya = browser_of("Maya", shared=True)
    maya.put("/me/password", {"password": PASSWORD, "new_password": NEW_PASSWORD})
    assert "Max-Age" not in maya.last.headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"password": "wrong but long", "new_password": NEW_PASSWORD}, 422, "password"),
        ({"password": PASSWORD, "new_password": "password1"}, 422, "new_password"),
        ({"password": PASSWORD, "new_password": "lindenhof1"}, 422, "new_password"),
        ({"password": PASSWORD, "new_password": "short"}, 422, "new_password"),
        ({"password": PASSWORD}, 422, "new_password"),
        ({"new_password": NEW_PASSWORD}, 403, None),
    ],
)
def test_refused(browser_of, look, body, status, field):
    maya = browser_of("Maya")
    with look() as tx:
        before = tx.scalar(select(Account.password).where(Account.id == 3))
    answer = maya.put("/me/password", body)
    assert answer.status == status
    assert [e["field"] for e in answer.json["errors"]] == ([field] if field else [])
    with look() as tx:
        assert tx.scalar(select(Account.password).where(Account.id == 3)) == before


def test_a_token_cannot_change_the_password(as_):
    assert as_("Maya").put("/me/password", {"password": PASSWORD, "new_password": NEW_PASSWORD}).status == 403


def test_nobody(as_):
    for method, path in (
        ("GET", "/sessions"),
        ("DELETE", "/sessions"),
        ("DELETE", "/sessions/1"),
        ("PUT", "/me/password"),
    ):
        assert as_(None).call(method, path, {}).status == 401


def test_saying_again_what_is_needs_no_password(browser_of, as_):
    assert (
        as_("Ana").patch("/members/3", {"name": "Maya L.", "role": "staff", "email": "maya@example.org"}).status == 200
    )
    assert as_("Maya").patch("/me", {"email": "maya@example.org"}).json["events"] == []
