"""Norms and the day to look at them again: set together, kept for another term by one click, and taken back as they were."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from board.core import times
from tests import laws
from tests.boards.places import done, made, member
from tests.callers import Caller

As = Callable[..., Caller]
SignIn = Callable[[str], FlaskClient]
Place = dict[str, str]
KINDS = ["group", "initiative"]
#: a Tuesday; ninety days on it is a Monday
TODAY, A_TERM_ON = "2026-11-24", "2027-02-22"
ASKED = "Do they still fit?"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """``at("2026-11-27")``: it is noon of that day."""

    def set_to(day: str) -> None:
        noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        monkeypatch.setattr(times, "clock", lambda: noon)

    set_to(TODAY)
    return set_to


@pytest.fixture
def place(as_: As, at: Callable[[str], None]) -> Place:
    """Paths of Thomas' open initiative and of a group in it that Maya leads."""
    thomas = as_("Thomas")
    initiative = made(thomas.post("/initiatives", {"title": "Reading"}))
    group = made(thomas.post("/groups", {"title": "Choir", "initiative_id": initiative}))
    done(thomas.put(f"/groups/{group}/members/{member('Maya')}", {"role": "lead"}))
    done(thomas.put(f"/groups/{group}/members/{member('Jon')}", {"role": "member"}))
    return {"group": f"/groups/{group}", "initiative": f"/initiatives/{initiative}"}


def room(path: str) -> str:
    return path[1:].replace("s/", ":")


def norms(who: Caller, path: str) -> tuple[str, str | None]:
    found = who.get(path).json["data"]
    return found["norms"], found["norms_look_again"]


def write(who: Caller, path: str, **fields: Any) -> dict[str, Any]:
    return done(who.patch(path, {"norms": "We start on time.", **fields}))


# ── the day ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_norms_are_looked_at_again_a_term_later(as_: As, place: Place, kind: str) -> None:
    thomas, path = as_("Thomas"), place[kind]
    assert norms(thomas, path) == ("", None)
    with laws.kept(as_("Rose"), "school:1", room(path), reads=[path]):
        assert write(thomas, path)["norms_look_again"] == A_TERM_ON
    assert "norms_look_again" not in str(as_("Rose").get("/rooms/school:1").json)


def test_it_is_a_day_of_the_school(as_: As, place: Place) -> None:
    closed = {"title": "Holiday", "start": "2027-02-22", "end": "2027-02-26"}
    assert as_("Ana").post("/closed-days", closed).status == 201
    assert write(as_("Maya"), place["group"])["norms_look_again"] == "2027-03-01"


@pytest.mark.parametrize("kind", KINDS)
def test_who_names_a_day_has_that_one_and_who_wants_none_has_none(as_: As, place: Place, kind: str) -> None:
    thomas, path = as_("Thomas"), place[kind]
    assert write(thomas, path, norms_look_again="2027-01-11")["norms_look_again"] == "2027-01-11"
    with laws.kept(as_("Rose"), "school:1", room(path), reads=[path]):
        assert done(thomas.patch(path, {"norms_look_again": "2027-01-12"}))["norms_look_again"] == "2027-01-12"
        assert done(thomas.patch(path, {"norms_look_again": None}))["norms_look_again"] is None
    assert write(thomas, path, norms="We listen.", norms_look_again=None)["norms_look_again"] is None


def test_other_words_before_the_day_leave_it_and_on_the_day_move_it_on(
    as_: As, place: Place, at: Callable[[str], None]
) -> None:
    maya, path = as_("Maya"), place["group"]
    write(maya, path)
    at("2027-01-11")
    assert write(maya, path, norms="We listen.")["norms_look_again"] == A_TERM_ON
    at(A_TERM_ON)
    assert write(maya, path, norms="We listen well.")["norms_look_again"] == "2027-05-24"  # a Sunday would be the 23rd


@pytest.mark.parametrize("kind", KINDS)
def test_without_norms_there_is_no_day(as_: As, place: Place, kind: str) -> None:
    thomas, path = as_("Thomas"), place[kind]
    assert thomas.patch(path, {"norms_look_again": "2027-01-11"}).status == 409
    assert thomas.put(f"{path}/norms/kept").status == 409
    assert thomas.patch(path, {"norms_look_again": None}).json["events"] == []
    write(thomas, path)
    assert write(thomas, path, norms="", norms_look_again="2027-01-11")["norms_look_again"] is None
    assert norms(thomas, path) == ("", None)


@pytest.mark.parametrize("day", ["soon", "2027-02-30", "2027-01-11T10:00:00Z", 7, ""])
def test_malformed_days(as_: As, place: Place, day: Any) -> None:
    for path in place.values():
        assert as_("Thomas").patch(path, {"norms": "x", "norms_look_again": day}).status == 422


# ── looked at, and kept ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", KINDS)
def test_kept_for_another_term(as_: As, place: Place, at: Callable[[str], None], kind: str) -> None:
    thomas, path = as_("Thomas"), place[kind]
    version = write(thomas, path)["version"]
    at(A_TERM_ON)
    with laws.kept(as_("Rose"), "school:1", room(path), reads=[path]):
        kept = thomas.put(f"{path}/norms/kept", key="norms-keep-1")
        again = thomas.put(f"{path}/norms/kept", key="norms-keep-1")
    assert kept.json == again.json
    assert (kept.json["data"]["norms_look_again"], kept.json["data"]["version"]) == ("2027-05-24", version)
    assert {e["room"] for e in kept.json["events"]} == {room(path)}, "no list shows it"
    assert thomas.put(f"{path}/norms/kept").json["events"] == [], "kept is kept"
    thomas.patch(path, {"norms_look_again": "2028-01-10"})
    assert done(thomas.put(f"{path}/norms/kept"))["norms_look_again"] == "2028-01-10", "never earlier than agreed on"


def test_who_may_keep_them(as_: As, place: Place) -> None:
    for path in place.values():
        write(as_("Thomas"), path)
    for kind, allowed in (("group", {"Ana", "Thomas", "Maya"}), ("initiative", {"Ana", "Thomas"})):
        for name in (None, "Ana", "Thomas", "Maya", "Jon", "Rose", "Sam", "Olga"):
            wanted = 401 if name is None else 404 if name in ("Sam", "Olga") else 200 if name in allowed else 403
            assert as_(name).put(f"{place[kind]}/norms/kept").status == wanted, (kind, name)
    done(as_("Thomas").put(f"{place['initiative']}/archive"))
    for path in place.values():
        assert as_("Thomas").put(f"{path}/norms/kept").status == 409, "archived"


# ── taken back ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", ["written", "other words", "another day", "kept", "none any more"])
def test_it_is_taken_back_by_its_key_and_that_again(
    as_: As, place: Place, at: Callable[[str], None], kind: str, what: str
) -> None:
    thomas, path = as_("Thomas"), place[kind]
    if what != "written":
        write(thomas, path)
    at(A_TERM_ON)
    before = norms(thomas, path)
    body = {
        "written": {"norms": "We listen."}, "other words": {"norms": "We listen."}, "another day": {"norms_look_again": "2027-06-01"},
        "none any more": {"norms": ""},
    }  # fmt: skip
    if what == "kept":
        done(thomas.put(f"{path}/norms/kept", key="norms-do-1"))
    else:
        done(thomas.patch(path, body[what], key="norms-do-1"))
    after = norms(thomas, path)
    assert after != before
    with laws.kept(as_("Rose"), "school:1", room(path), reads=[path]):
        assert thomas.put("/ops/norms-do-1/undone", key="norms-undo-1").status == 200
        assert norms(thomas, path) == before
        assert thomas.put("/ops/norms-undo-1/undone", key="norms-redo-1").status == 200
        assert norms(thomas, path) == after
    assert as_("Ana").put("/ops/norms-redo-1/undone").status == 404, "hers alone"


@pytest.mark.parametrize("kind", KINDS)
def test_what_somebody_built_upon_stays(as_: As, place: Place, kind: str) -> None:
    thomas, path = as_("Thomas"), place[kind]
    done(thomas.patch(path, {"norms": "We start on time."}, key="norms-do-1"))
    done(as_("Ana").patch(path, {"norms": "We start and end on time."}))
    assert thomas.put("/ops/norms-do-1/undone").status == 409
    assert norms(thomas, path)[0] == "We start and end on time."


def test_what_changes_more_than_norms_is_said_anew(as_: As, place: Place) -> None:
    for kind in KINDS:
        thomas, path = as_("Thomas"), place[kind]
        with laws.kept(as_("Rose"), "school:1", room(path), reads=[path]):
            answer = thomas.patch(path, {"norms": "We start on time.", "title": "Other"}, key=f"norms-do-{kind}")
        types = [e["type"] for e in answer.json["events"] if e["room"] == room(path)]
        assert types == [f"{kind}.changed", f"{kind}.norms_set"]
        assert thomas.put(f"/ops/norms-do-{kind}/undone").status == 409
        assert norms(thomas, path)[0] == "We start on time."


def test_who_may_no_more_takes_nothing_back(as_: As, place: Place) -> None:
    path = place["group"]
    done(as_("Maya").patch(path, {"norms": "We start on time."}, key="norms-do-1"))
    done(as_("Thomas").put(f"{path}/members/{member('Maya')}", {"role": "member"}))
    assert as_("Maya").put("/ops/norms-do-1/undone").status == 403


def test_words_are_found_and_found_no_more(as_: As, place: Place) -> None:
    path = place["group"]
    done(as_("Maya").patch(path, {"norms": "We keep the piano tuned."}, key="norms-do-1"))

    def found() -> bool:
        return "Choir" in str(as_("Jon").get("/search", q="tuned").json)

    assert found()
    done(as_("Maya").put("/ops/norms-do-1/undone"))
    assert not found()


# ── on the page ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", KINDS)
def test_when_the_day_has_come_those_who_may_are_asked(
    as_: As, sign_in: SignIn, place: Place, at: Callable[[str], None], kind: str
) -> None:
    path = place[kind]
    write(as_("Thomas"), path)

    def page(name: str) -> str:
        return sign_in(name).get(path).text

    def asked(name: str) -> bool:
        return ASKED in page(name)

    assert not asked("Thomas")
    assert "We look at them again on" in page("Jon")
    at("2027-02-19")
    assert not asked("Thomas")
    at(A_TERM_ON)
    assert (asked("Thomas"), asked("Jon")) == (True, False)
    at("2027-02-27")
    assert not asked("Thomas"), "nobody is asked on a Saturday"
    at("2027-03-01")
    assert asked("Thomas")
    assert f'data-send="PUT {path}/norms/kept"' in page("Thomas")
    assert re.search(r'name="norms_look_again"[^>]*value="2027-05-31"', page("Thomas")), "the form offers the next day"
    done(as_("Thomas").put(f"{path}/norms/kept"))
    assert not asked("Thomas")


def test_whoever_writes_the_first_is_offered_a_day(sign_in: SignIn, place: Place) -> None:
    page = sign_in("Thomas").get(place["group"]).text
    assert re.search(rf'name="norms_look_again"[^>]*value="{A_TERM_ON}"', page)
    assert "norms_look_again" not in sign_in("Jon").get(place["group"]).text


def test_a_page_costs_the_same_with_and_without(
    as_: As, sign_in: SignIn, place: Place, queries: Callable[[int], AbstractContextManager[list[str]]]
) -> None:
    client = sign_in("Thomas")
    for kind in KINDS:
        with queries(99) as without:
            client.get(place[kind])
        write(as_("Thomas"), place[kind])
        with queries(len(without)):
            client.get(place[kind])


def test_ninety_days_are_no_free_day(at: Callable[[str], None]) -> None:
    assert date.fromisoformat(TODAY) + timedelta(days=90) == date.fromisoformat(A_TERM_ON)
