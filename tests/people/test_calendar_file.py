"""The school's days from an .ics file: what can be read is taken, what cannot is named, and the same file again changes nothing."""

import io
from datetime import date
from pathlib import Path

import pytest

from board.people import calendar_file
from tests import laws

FIXTURE = (Path(__file__).parent / "fixtures" / "school.ics").read_bytes()
TODAY = date(2026, 11, 24)
HEAD, TAIL = b"BEGIN:VCALENDAR\nVERSION:2.0\n", b"END:VCALENDAR\n"


@pytest.fixture
def send(as_):
    def send(content=FIXTURE, person="Ana", key=None, **query):
        caller = as_(person)
        headers = {"Content-Type": "text/calendar", **({"Idempotency-Key": key} if key else {})}
        return caller.call("POST", "/school/calendar-files", headers=headers, data=content, query_string=query)

    return send


@pytest.fixture
def read(app):
    def read(content, everything=False):
        with app.test_request_context():
            return calendar_file.read(content, everything=everything, today=TODAY)

    return read


def event(*lines: str) -> bytes:
    return ("BEGIN:VEVENT\n" + "\n".join(lines) + "\nEND:VEVENT\n").encode()


def test_what_a_school_sends(send, as_):
    as_("Ana").post("/school-years", {"title": "2026/27", "start": "2026-08-31", "end": "2027-07-16"})
    with laws.kept(as_("Maya"), "school:1"):
        status, body = send()
    assert status == 201, body
    assert body["data"]["found"] == 11
    assert body["data"]["made"] == {"closed_days": 9, "staff_days": 1, "terms": 1, "lettered_weeks": 1}
    left = {item["what"]: item["why"] for item in body["data"]["left_out"]}
    assert set(left) == {"Sports day", "Parents' evening (closed door)", "Broken holiday"}
    assert left["Sports day"] == "Its name does not say that the school is closed."
    read = as_("Maya").get("/school/calendar").json["data"]
    titles = {r["title"]: (r["start"], r["end"]) for r in read["closed_days"]}
    assert titles["Half-term, autumn"] == ("2026-10-19", "2026-10-30")
    assert titles["Christmas break"] == ("2026-12-21", "2027-01-01")
    assert titles["Spring break"] == ("2027-03-29", "2027-04-09")
    assert titles["No school"] == ("2027-05-07", "2027-05-07")
    assert [r["start"] for r in read["closed_days"] if r["title"] == "Unity holiday"] == [
        f"{y}-10-03" for y in range(2025, 2030)
    ]
    assert read["lettered_weeks"][0]["monday"] == "2026-09-07"


def test_again_it_changes_nothing_and_a_newer_one_moves_what_it_moved(send, as_):
    send()
    before = as_("Maya").get("/rooms/school:1").json
    again = send()
    assert (again.json["events"], sum(again.json["data"]["made"].values())) == ([], 0)
    assert as_("Maya").get("/rooms/school:1").json == before
    with laws.kept(as_("Maya"), "school:1"):
        moved = send(FIXTURE.replace(b"DTEND;VALUE=DATE:20261031", b"DTEND;VALUE=DATE:20261029"))
    assert moved.json["data"]["made"]["closed_days"] == 1
    assert len(as_("Maya").get("/school/calendar").json["data"]["closed_days"]) == len(before["closed_days"])


def test_a_term_needs_its_year(send):
    assert {"what": "Autumn term", "why": "No school year has these days. Add the year first."} in send().json["data"][
        "left_out"
    ]


def test_a_file_of_holidays_is_taken_whole(read):
    days = event("SUMMARY:Epiphany", "DTSTART:20270106", "DTEND:20270106", "RRULE:")
    assert len(read(HEAD + b"X-WR-CALNAME:Public holidays\n" + days + TAIL).closed) == 1
    assert len(read(HEAD + days + TAIL).closed) == 0
    assert len(read(HEAD + days + TAIL, everything=True).closed) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"", b"hello", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\nEND:VCALENDAR", b"BEGIN:V\nRRULE:%n;BYMONTH=\n", b"PK\x03\x04 no calendar",
        HEAD + b"BEGIN:VTIMEZONE\nTZOFFSETFROM:+5744\nEND:VTIMEZONE\n" + TAIL,
    ],
)  # fmt: skip
def test_no_calendar(send, content):
    status, body = send(content)
    assert (status, body["errors"][0]["field"]) == (422, "file")


@pytest.mark.parametrize(
    "lines",
    [
        ("SUMMARY:Holiday",),
        ("SUMMARY:Holiday", "DTSTART:x"),
        ("SUMMARY:Holiday", "DTSTART;VALUE=DATE:20261399"),
        ("SUMMARY:Holiday", "DTSTART;VALUE=DATE:00010101"),
        ("SUMMARY:Holiday", "DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20290101"),
        ("SUMMARY:Holiday", "DTSTART:20260101T080000Z", "DTEND:20260101T100000Z"),
        ("SUMMARY", "DTSTART;VALUE=DATE"),
        (":::;;;===",),
        ("SUMMARY:Holiday", "BEGIN:VALARM", "DTSTART;VALUE=DATE:20260101"),
    ],
)
def test_one_bad_event_costs_itself_only(read, lines):
    found = read(HEAD + event(*lines) + event("SUMMARY:Holiday", "DTSTART;VALUE=DATE:20260601") + TAIL)
    assert [f.start for f in found.closed] == ["2026-06-01"]
    assert len(found.left_out) == 1
    assert found.left_out[0]["why"].endswith(".")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY",
        "FREQ=YEARLY;COUNT=-1",
        "FREQ=NEVER",
        "FREQ=YEARLY;BYMONTH=99",
        "INTERVAL=2",
        "FREQ=YEARLY;INTERVAL=0",
    ],
)
def test_a_rule_that_is_not_read_leaves_the_first_day(read, rule):
    found = read(HEAD + event("SUMMARY:Holiday", "DTSTART;VALUE=DATE:20260601", f"RRULE:{rule}") + TAIL)
    assert [f.start for f in found.closed] in (["2026-06-01"], [])
    assert len(found.left_out) == 1


def test_a_rule_that_never_comes_true_costs_little(read):
    never = event("SUMMARY:Holiday", "DTSTART;VALUE=DATE:20260601", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31")
    found = read(HEAD + never * 5 + TAIL)
    assert found.closed == []


def test_until_is_kept(read):
    found = read(
        HEAD
        + event("SUMMARY:Holiday", "DTSTART;VALUE=DATE:20250601", "RRULE:FREQ=YEARLY;UNTIL=20270601T120000Z")
        + TAIL
    )
    assert [f.start for f in found.closed] == ["2025-06-01", "2026-06-01", "2027-06-01"]


def test_too_many_events_are_not_read(read, monkeypatch):
    monkeypatch.setattr(calendar_file, "_MOST_EVENTS", 10)
    found = read(HEAD + event("SUMMARY:Holiday", "DTSTART;VALUE=DATE:20260601") * 30 + TAIL)
    assert len(found.closed) == 10
    assert found.left_out[-1]["why"].startswith("There are too many events")


def test_too_large(send):
    assert send(HEAD + b"X" * (calendar_file.MOST_BYTES + 3_000)).status in (413, 422)


def test_from_a_form(as_):
    def post(key):
        data = {"file": (io.BytesIO(FIXTURE), "school.ics")}
        return as_("Ana").call("POST", "/school/calendar-files", data=data, headers={"Idempotency-Key": key})

    first = post("calendar-key-1")
    assert first.json["data"]["found"] == 11
    assert post("calendar-key-1") == first  # though the form is put together in another way each time


def test_only_a_calendar(as_):
    assert as_("Ana").call("POST", "/school/calendar-files", data={"other": "x"}).status == 415
    answer = as_("Ana").call("POST", "/school/calendar-files", headers={"Content-Type": "text/plain"}, data=FIXTURE)
    assert answer.status == 415


@pytest.mark.parametrize(("person", "status"), [(None, 401), ("Sam", 403), ("Maya", 403), ("Thomas", 403)])
def test_who_may_not(send, person, status):
    assert send(person=person).status == status


def test_a_repeat_and_another_file_under_its_key(send):
    first = send(key="calendar-key-1", everything="true")
    assert send(key="calendar-key-1", everything="true").status == first.status
    assert send(FIXTURE + b"\n", key="calendar-key-1", everything="true").status == 422
