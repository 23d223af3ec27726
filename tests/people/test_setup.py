"""The first start: whoever holds the one-time code makes the school, once."""

import stat
import threading

from board.people import setup_code

BODY = {"school": "Riverbend School", "name": "Kit", "email": "Kit@Example.org", "password": "four quiet green chairs"}


def test_the_code_is_kept_for_the_owner_only_until_it_is_used(empty_app):
    app = empty_app()
    code = setup_code(app)
    path = app.config["BOARD"].data / "setup-code"
    assert path.read_text() == code == setup_code(app)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    client = app.test_client()
    answer = client.post("/api/v1/setup", json={"code": code, **BODY})
    assert answer.status_code == 201, answer.text
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert not path.exists()
    assert setup_code(app) is None
    me = client.get("/api/v1/me").json
    assert (me["data"]["name"], me["data"]["role"], me["data"]["email"]) == ("Kit", "admin", "kit@example.org")
    assert "add_member" in me["can"]
    room = client.get(f"/api/v1/rooms/school:{me['data']['school']['id']}").json
    assert (room["seq"], room["school"]["title"], [m["name"] for m in room["members"]]) == (
        2,
        "Riverbend School",
        ["Kit"],
    )


def test_the_code_may_be_typed_as_people_type(empty_app):
    app = empty_app()
    typed = setup_code(app).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert app.test_client().post("/api/v1/setup", json={"code": typed, **BODY}).status_code == 201


def test_a_wrong_code_makes_nothing_and_is_counted(empty_app):
    app = empty_app()
    client = app.test_client()
    statuses = [
        client.post("/api/v1/setup", json={"code": "AAAA-BBBB-CCCC-DDDD", **BODY}).status_code for _ in range(31)
    ]
    assert statuses == [422] * 30 + [429]
    assert (
        client.post("/api/v1/session", json={"email": BODY["email"], "password": BODY["password"]}).status_code == 401
    )


def test_a_weak_password_or_the_schools_name_is_refused(empty_app):
    app = empty_app()
    client = app.test_client()
    for password in ("password1", "riverbend_school1", "R1verbend2026"):
        answer = client.post("/api/v1/setup", json={"code": setup_code(app), **BODY, "password": password})
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "password"), password


def test_after_the_first_it_is_over(empty_app):
    app = empty_app()
    code = setup_code(app)
    assert app.test_client().post("/api/v1/setup", json={"code": code, **BODY}).status_code == 201
    again = app.test_client().post("/api/v1/setup", json={"code": code, **BODY, "email": "eve@example.org"})
    assert (again.status_code, again.json["type"].rsplit("-", 1)[1]) == (410, "gone")


def test_of_two_at_the_same_time_one_makes_the_school(empty_app):
    app = empty_app()
    code = setup_code(app)
    statuses = []

    def make(i: int) -> None:
        body = {"code": code, **BODY, "email": f"kit{i}@example.org"}
        statuses.append(app.test_client().post("/api/v1/setup", json=body).status_code)

    threads = [threading.Thread(target=make, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    # Who comes last may find the code gone with its file.
    assert sorted(statuses)[0] == 201
    assert set(statuses[:0] + sorted(statuses)[1:]) <= {410, 422}


def test_a_school_that_stands_cannot_be_set_up(as_):
    status, body = as_(None).post("/setup", {"code": "AAAA-BBBB-CCCC-DDDD", **BODY})
    assert status == 410, body
