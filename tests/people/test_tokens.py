"""Keys for other programs."""

import pytest
from sqlalchemy import select

from board.people.models import Token


def test_shown_once_kept_as_a_mark(browser_of, as_, look):
    maya = browser_of("Maya")
    answer = maya.post("/tokens", {"name": "Timetable"}, key="make-a-token-1")
    made = answer.json["data"]
    assert answer.status == 201
    assert set(made) == {"id", "name", "prefix", "scopes", "created_at", "expires_at", "used_at", "token"}
    assert made["token"].startswith(made["prefix"])
    assert as_(token=made["token"]).get("/me").json["data"]["name"] == "Maya"
    with look() as tx:
        row = tx.one(select(Token.__table__).where(Token.id == made["id"]))
    assert made["token"] not in map(str, row)
    assert "token" not in maya.get("/tokens").json["data"][-1]


def test_a_repeat_makes_no_second_and_does_not_show_it_again(browser_of):
    maya = browser_of("Maya")
    first = maya.post("/tokens", {"name": "x"}, key="make-a-token-1").json["data"]
    again = maya.post("/tokens", {"name": "x"}, key="make-a-token-1")
    assert (again.status, again.json["data"]) == (201, {k: v for k, v in first.items() if k != "token"})
    assert maya.last.headers["Idempotent-Replayed"] == "true"
    assert len(maya.get("/tokens").json["data"]) == 2  # with the one she had


def test_reading_only(browser_of, as_):
    made = browser_of("Ana").post("/tokens", {"name": "x", "scopes": ["read"]}).json["data"]
    reader = as_(token=made["token"])
    assert reader.get("/members").status == 200
    assert reader.post("/members", {"name": "Eve"}).status == 403
    assert reader.delete(f"/tokens/{made['id']}").status == 403


def test_it_ends_with_its_day(browser_of, as_, later):
    made = browser_of("Maya").post("/tokens", {"name": "x", "expires_at": "2099-01-01"}).json["data"]
    assert made["expires_at"] == "2099-01-02T00:00:00.000Z"
    assert as_(token=made["token"]).get("/me").status == 200
    later(days=365 * 80)
    assert as_(token=made["token"]).get("/me").status == 401


def test_revoked_it_is_over_and_its_sockets_close(browser_of, as_, pushed):
    maya = browser_of("Maya")
    made = maya.post("/tokens", {"name": "x"}).json["data"]
    assert maya.delete(f"/tokens/{made['id']}").status == 200
    assert as_(token=made["token"]).get("/me").status == 401
    assert pushed.ended_tokens == [made["id"]]
    assert maya.delete(f"/tokens/{made['id']}").status == 404


def test_anothers_is_not_there(browser_of):
    made = browser_of("Maya").post("/tokens", {"name": "x"}).json["data"]
    for person in ("Jon", "Ana", "Olga"):
        assert browser_of(person).delete(f"/tokens/{made['id']}").status == 404


def test_a_token_makes_no_token(as_):
    assert as_("Maya").post("/tokens", {"name": "x"}).status == 403


def test_when_it_was_used(app, browser_of, as_):
    from board.people import tidy

    maya = browser_of("Maya")
    made = maya.post("/tokens", {"name": "x"}).json["data"]
    assert made["used_at"] is None
    as_(token=made["token"]).get("/me")
    shown = maya.get("/tokens").json["data"][-1]["used_at"]
    assert shown is not None
    with app.app_context():
        tidy()
    assert maya.get("/tokens").json["data"][-1]["used_at"] == shown


@pytest.mark.parametrize(
    "body",
    [
        {}, {"name": ""}, {"name": "x", "scopes": []}, {"name": "x", "scopes": ["admin"]}, {"name": "x", "scopes": "read"},
        {"name": "x", "expires_at": "2020-01-01"}, {"name": "x", "expires_at": "tomorrow"}, {"name": "x", "member_id": 1},
    ],
)  # fmt: skip
def test_malformed(browser_of, body):
    assert browser_of("Maya").post("/tokens", body).status == 422


def test_never_in_an_address(as_, client):
    token = as_("Maya").token
    assert client.get(f"/api/v1/me?token={token}").status_code == 401
    assert client.get(f"/api/v1/me?access_token={token}").status_code == 401


def test_at_most_fifty(browser_of):
    maya = browser_of("Maya")
    statuses = [maya.post("/tokens", {"name": f"{i}"}).status for i in range(50)]
    assert statuses == [201] * 49 + [409]
