"""Signing in and out over HTTP."""


def test_first(app, client, sign_in, as_):
    assert as_(None).get("/me").status == 401
    assert as_("Maya").get("/me").json["data"]["name"] == "Maya"
    maya = sign_in("Maya")
    answer = maya.get("/api/v1/me")
    print(answer.json)
    assert answer.json["data"]["email"] == "maya@example.org"
    t = maya.post("/api/v1/tokens", json={"name": "x"})
    assert t.status_code == 201, t.text
    assert as_(token=t.json["data"]["token"]).get("/me").status == 200
    out = maya.delete("/api/v1/session")
    assert out.status_code == 200, out.text
    print(out.headers)
    assert maya.get("/api/v1/me").status_code == 401
    a = as_("Ana").post("/members", {"name": "Wim", "email": "wim@example.org", "password": "bench-Pass-7731-kanban"})
    assert a.status == 201, a
    a = as_("Ana").post(
        "/members",
        {
            "name": "Rosa",
        },
    )
    assert a.status == 201, a
    print(a.json)
    assert as_("Maya").get("/rooms/school:1").status == 200
    print(as_("Maya").get("/rooms/school:1").json)


def test_setup(empty_app):
    from board.people import setup_code

    app = empty_app()
    code = setup_code(app)
    c = app.test_client()
    body = {
        "code": code,
        "school": "Bench school",
        "name": "Admin",
        "email": "admin@example.org",
        "password": "bench-Pass-7731-kanban",
    }
    a = c.post("/api/v1/setup", json=body)
    assert a.status_code == 201, a.text
    assert c.get("/api/v1/me").json["data"]["role"] == "admin"
    assert c.post("/api/v1/setup", json=body).status_code == 410
    assert setup_code(app) is None
