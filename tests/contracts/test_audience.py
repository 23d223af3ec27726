"""Each event tells nobody in its room more than the weakest there may read: here for the school's own rooms (for boards, groups and initiatives the
random commands of tests/boards look after every step)."""

import json
from typing import Any

import pytest

from tests import laws
from tests.boards.places import As, done, made, member

#: never in a room that others watch
PRIVATE = ("email", "@", "password", "sign_in_name", "token", "hash", "away")


def test_the_schools_room_tells_what_all_staff_may_read(as_: As) -> None:
    ana, rose = as_("Ana"), as_("Rose")
    seq = rose.get("/rooms/school:1").json["seq"]
    for method, path, body in commands(as_):
        status, answer = ana.call(method, path, body)
        assert status < 300, f"{method} {path}: {answer}"
        # Whoever did it hears it as everybody does.
        assert {e["room"] for e in answer["events"]} <= {"school:1", "member:1"}
    events = laws.events_since(rose, "school:1", seq)
    assert len({e["type"] for e in events}) >= 5
    assert_readable(laws.comparable(rose.get("/rooms/school:1").json), events)
    told = json.dumps([e["put"] for e in events])
    assert not [word for word in PRIVATE if word in told]


def test_ones_own_room_is_ones_own(as_: As) -> None:
    for person in ("Ana", "Thomas", "Jon", "Sam", "Olga"):
        assert as_(person).get(f"/rooms/member:{member('Maya')}")[0] == 404, person
        assert as_(person).get(f"/rooms/member:{member('Maya')}/events", since=0)[0] == 404, person
    for person in ("Sam", "Olga"):
        assert as_(person).get("/rooms/school:1")[0] == 404


def test_an_address_is_for_herself_and_the_admins(as_: As) -> None:
    assert "email" in as_("Maya").get("/me").json["data"]
    for person, shown in (("Ana", True), ("Maya", True), ("Jon", False), ("Thomas", False)):
        record = as_(person).get(f"/members/{member('Maya')}").json["data"]
        assert ("email" in record) == shown, person
        assert "email" not in json.dumps(as_(person).get("/members").json), person


def commands(as_: As) -> list[tuple[str, str, dict[str, Any] | None]]:
    vera = made(as_("Ana").post("/members", {"name": "Vera", "role": "staff", "email": "vera@example.org"}))
    year = {"title": "2026/27", "start": "2026-08-15", "end": "2027-07-15"}
    done(as_("Ana").patch("/school", {"title": "Lindenhof"}))
    return [
        ("POST", "/members", {"name": "Nour", "role": "guest", "email": "nour@example.org"}),
        ("PATCH", "/me", {"name": "Ana M.", "job_title": "Head"}),
        ("POST", f"/members/{vera}/away", {"start": "2026-11-02", "end": "2026-11-03"}),
        ("PATCH", "/school", {"title": "Lindenhof School"}),
        ("POST", "/school-years", year),
        ("PUT", "/school/weeks/2026-11-23", {"letter": "A"}),
    ]


def assert_readable(shown: laws.State, events: list[dict[str, Any]]) -> None:
    told: laws.State = {name: {} for event in events for name in event["put"]}
    for event in events:
        laws.apply({**told, "lists": {}}, event)
    for name, records in told.items():
        for id, record in records.items():
            where = shown.get(name, {}).get(id, {})
            assert laws.full(record).items() <= laws.full(where).items(), f"{name} {record} is told, {where} is read"


def test_more_than_may_be_read_is_found() -> None:
    event = {"put": {"members": [{"id": 3, "name": "Maya", "email": "maya@example.org"}]}, "drop": {}}
    assert_readable({"members": {3: {"id": 3, "name": "Maya", "email": "maya@example.org"}}}, [event])
    with pytest.raises(AssertionError, match="email"):
        assert_readable({"members": {3: {"id": 3, "name": "Maya"}}}, [event])
