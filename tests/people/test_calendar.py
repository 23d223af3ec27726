"""The school's year over HTTP: years, terms, closed days, lettered weeks, days away, and the school itself."""

import pytest

from tests import laws

YEAR = {"title": "2026/27", "start": "2026-08-31", "end": "2027-07-16", "ab_weeks": True}


@pytest.fixture
def ana(as_):
    return as_("Ana")


@pytest.fixture
def year(ana):
    return ana.post("/school-years", YEAR).json["data"]["id"]


def days(caller, start, end, **more):
    return caller.get("/school/days", start=start, end=end, **more).json["data"]["days"]


def test_the_year_is_told_in_the_schools_room(ana, as_):
    with laws.kept(as_("Maya"), "school:1"):
        year = ana.post("/school-years", YEAR)
        id = year.json["data"]["id"]
        term = ana.post(f"/school-years/{id}/terms", {"title": "Autumn", "start": "2026-08-31", "end": "2026-12-18"})
        closed = ana.post("/closed-days", {"title": "Half-term", "start": "2026-10-19", "end": "2026-10-30"})
        week = ana.put("/school/weeks/2026-09-09", {"letter": "B"})
    assert [a.status for a in (year, term, closed, week)] == [201, 201, 201, 200]
    assert week.json["data"]["monday"] == "2026-09-07"
    with laws.kept(as_("Maya"), "school:1"):
        ana.patch(f"/school-years/{id}", {"title": "2026–27"})
        ana.patch(f"/terms/{term.json['data']['id']}", {"end": "2026-12-17"})
        ana.patch(f"/closed-days/{closed.json['data']['id']}", {"staff_day": True, "end": "2026-10-20"})
        ana.put("/school/weeks/2026-09-07", {"letter": "A"})
    read = as_("Maya").get("/school/calendar").json
    assert [len(read["data"][name]) for name in ("school_years", "terms", "closed_days", "lettered_weeks")] == [
        1,
        1,
        1,
        1,
    ]
    assert read["can"] == []
    assert read["data"]["terms"][0]["end"] == "2026-12-17"
    with laws.kept(as_("Maya"), "school:1"):
        assert ana.delete("/school/weeks/2026-09-10").status == 200
        assert ana.delete(f"/closed-days/{closed.json['data']['id']}").status == 200
        assert ana.delete(f"/school-years/{id}").json["events"][0]["drop"] == {"terms": [1], "school_years": [id]}
    read = as_("Maya").get("/school/calendar").json["data"]
    assert not any(read[name] for name in ("school_years", "terms", "closed_days", "lettered_weeks"))


def test_counting(ana, as_, year):
    assert days(ana, "2026-10-16", "2026-11-02") == 11
    ana.post("/closed-days", {"title": "Half-term", "start": "2026-10-19", "end": "2026-10-30"})
    assert days(ana, "2026-10-16", "2026-11-02") == 1
    ana.post("/closed-days", {"title": "Training", "start": "2026-10-30", "staff_day": True})
    assert days(ana, "2026-10-16", "2026-11-02") == 2
    as_("Rose").patch("/me", {"works_on": "15"})
    assert days(ana, "2026-10-16", "2026-11-02", member_id=5) == 2
    as_("Rose").post("/members/5/away", {"start": "2026-10-30", "end": "2026-10-30"})
    assert (
        days(ana, "2026-10-16", "2026-11-02", member_id=5)
        == days(as_("Rose"), "2026-10-16", "2026-11-02", member_id=5)
        == 1
    )
    assert days(ana, "2026-10-16", "2026-11-02") == 2
    assert ana.get("/school/days", start="2026-10-16", end="2026-10-17", member_id=7).status == 404
    assert as_("Sam").get("/school/days", start="2026-10-16", end="2026-10-17", member_id=3).status == 404
    assert days(ana, "1970-01-01", "2199-12-31") > 50_000


@pytest.mark.parametrize("person", ["Thomas", "Maya", "Jon"])
def test_when_somebody_works_is_not_counted_for_colleagues(ana, as_, person):
    """Day by day a count of her days would be a list of her absences."""
    as_("Rose").post("/members/5/away", {"start": "2026-10-16", "end": "2026-10-16"})
    for today in range(12, 17):
        query = {"start": f"2026-10-{today - 1}", "end": f"2026-10-{today}", "member_id": 5}
        status, answer = as_(person).get("/school/days", **query)
        assert status == 403 and "data" not in answer


@pytest.mark.parametrize(
    "query", [{}, {"start": "2026-01-01"}, {"start": "x", "end": "y"}, {"start": "2026-01-01", "end": "2026-02-30"}]
)
def test_malformed_counting(ana, query):
    assert ana.get("/school/days", **query).status == 422


WRITES = [
    ("POST", "/school-years", YEAR),
    ("PATCH", "/school-years/1", {"title": "x"}),
    ("DELETE", "/school-years/1", None),
    ("POST", "/school-years/1/terms", {"title": "x", "start": "2026-09-01", "end": "2026-12-01"}),
    ("PATCH", "/terms/1", {"title": "x"}),
    ("DELETE", "/terms/1", None),
    ("POST", "/closed-days", {"title": "x", "start": "2026-10-30"}),
    ("PATCH", "/closed-days/1", {"title": "x"}),
    ("DELETE", "/closed-days/1", None),
    ("PUT", "/school/weeks/2026-09-07", {"letter": "A"}),
    ("DELETE", "/school/weeks/2026-09-07", None),
    ("PATCH", "/school", {"title": "x"}),
]


@pytest.mark.parametrize(("person", "status"), [(None, 401), ("Sam", 403), ("Maya", 403), ("Thomas", 403)])
@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_who_may_not(as_, ana, year, person, status, method, path, body):
    ana.post(f"/school-years/{year}/terms", {"title": "T", "start": "2026-09-01", "end": "2026-12-01"})
    ana.post("/closed-days", {"title": "C", "start": "2026-10-30"})
    ana.put("/school/weeks/2026-09-07", {"letter": "B"})
    before = ana.get("/rooms/school:1").json
    assert as_(person).call(method, path, body).status == status
    assert ana.get("/rooms/school:1").json == before


@pytest.mark.parametrize(("method", "path", "body"), [w for w in WRITES if "/1" in w[1]])
def test_another_schools_is_not_there(as_, ana, year, method, path, body):
    ana.post(f"/school-years/{year}/terms", {"title": "T", "start": "2026-09-01", "end": "2026-12-01"})
    ana.post("/closed-days", {"title": "C", "start": "2026-10-30"})
    assert as_("Olga").call(method, path, body).status == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/school-years", {**YEAR, "end": "2026-08-30"}),
        ("/school-years", {**YEAR, "end": "2029-08-30"}),
        ("/school-years", {**YEAR, "start": "0001-01-01", "end": "0001-05-01"}),
        ("/school-years", {**YEAR, "start": "2027-07-16", "end": "2028-07-16"}),  # a day of the other year
        ("/school-years", {**YEAR, "ab_weeks": "yes"}),
        ("/school-years", {"title": "x"}),
        ("/school-years/1/terms", {"title": "x", "start": "2026-08-30", "end": "2026-12-01"}),
        ("/closed-days", {"title": "", "start": "2026-10-30"}),
        ("/closed-days", {"title": "x", "start": "2026-10-30", "end": "2026-10-29"}),
        ("/closed-days", {"title": "x", "start": "2026-10-30T10:00:00Z"}),
        ("/closed-days", {"title": "x", "start": "2026-10-30", "reason": "y"}),
        ("/members/1/away", {"start": "2026-10-30", "end": "2026-10-29"}),
        ("/members/1/away", {"start": "2026-10-30", "end": "2026-10-30", "reason": "ill"}),
    ],
)
def test_malformed(ana, year, path, body):
    assert ana.post(path, body).status == 422


@pytest.mark.parametrize("day", ["monday", "2026-02-30", "1234", "9999-99-99"])
def test_a_day_that_is_none(ana, day):
    assert ana.put(f"/school/weeks/{day}", {"letter": "A"}).status == 404
    assert ana.delete(f"/school/weeks/{day}").status == 404


def test_repeats_change_nothing(ana):
    first = ana.post("/closed-days", {"title": "x", "start": "2026-10-30"}, key="closed-day-1")
    assert ana.post("/closed-days", {"title": "x", "start": "2026-10-30"}, key="closed-day-1") == first
    assert len(ana.get("/school/calendar").json["data"]["closed_days"]) == 1
    ana.put("/school/weeks/2026-09-07", {"letter": "A"})
    assert ana.put("/school/weeks/2026-09-07", {"letter": "A"}).json["events"] == []
    assert ana.patch("/closed-days/1", {"title": "x"}).json["events"] == []


def test_today_at_the_school(ana, year, later, monkeypatch):
    from datetime import UTC, datetime

    from board.core import times

    monkeypatch.setattr(times, "clock", lambda: datetime(2026, 9, 7, 23, 30, tzinfo=UTC))
    assert ana.get("/school/calendar").json["data"]["today"] == {"day": "2026-09-07", "school_day": True, "letter": "B"}
    ana.patch("/school", {"time_zone": "Europe/Berlin"})
    assert ana.get("/school/calendar").json["data"]["today"]["day"] == "2026-09-08"


# ── away ─────────────────────────────────────────────────────────────────────────────────────────


def test_away_is_told_to_her_alone(as_, ana):
    with laws.kept(as_("Maya"), "member:3", "school:1"):
        made = as_("Maya").post("/members/3/away", {"start": "2026-12-01", "end": "2026-12-04"})
        ana.post("/members/3/away", {"start": "2027-01-01", "end": "2027-01-01"})
    assert made.status == 201
    assert [a["start"] for a in as_("Maya").get("/me").json["data"]["away"]] == ["2026-12-01", "2027-01-01"]
    assert "away" not in as_("Jon").get("/members/3").json["data"]
    with laws.kept(as_("Maya"), "member:3"):
        assert as_("Maya").delete(f"/away/{made.json['data']['id']}").status == 200


@pytest.mark.parametrize(
    ("person", "add", "remove"),
    [(None, 401, 401), ("Sam", 404, 404), ("Jon", 403, 404), ("Thomas", 403, 404), ("Olga", 404, 404)],
)
def test_nobody_else_says_when_she_is_away(as_, person, add, remove):
    made = as_("Maya").post("/members/3/away", {"start": "2026-12-01", "end": "2026-12-04"}).json["data"]["id"]
    assert as_(person).post("/members/3/away", {"start": "2026-12-01", "end": "2026-12-04"}).status == add
    assert as_(person).delete(f"/away/{made}").status == remove
    assert len(as_("Maya").get("/me").json["data"]["away"]) == 1


# ── the school ───────────────────────────────────────────────────────────────────────────────────


def test_the_school_is_changed_by_its_admins(ana, as_):
    with laws.kept(as_("Maya"), "school:1"):
        answer = ana.patch("/school", {"title": "Lindenhof School", "time_zone": "Europe/Berlin", "weekdays": "123456"})
    assert answer.json["data"] == {
        "id": 1,
        "title": "Lindenhof School",
        "time_zone": "Europe/Berlin",
        "locale": "en",
        "weekdays": "123456",
    }
    assert as_("Sam").get("/school").json["data"]["title"] == "Lindenhof School"
    assert days(ana, "2026-10-30", "2026-11-02") == 2


@pytest.mark.parametrize(
    "body",
    [
        {"title": ""},
        {"title": None},
        {"time_zone": "../../etc/passwd"},
        {"time_zone": "Mars"},
        {"weekdays": ""},
        {"locale": "xx"},
        {"id": 2},
    ],
)
def test_malformed_school(ana, body):
    assert ana.patch("/school", body).status == 422
