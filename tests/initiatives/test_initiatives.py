"""Initiatives: proposed by staff, opened by organizers, and what stands in their rooms."""

import pytest

from tests import laws
from tests.boards.places import done, furnish, made, member


def test_staff_propose_and_organizers_open(as_):
    with laws.kept(as_("Rose"), "school:1"):
        proposed = done(as_("Jon").post("/initiatives", {"title": "Chess"}))
        opened = done(as_("Thomas").post("/initiatives", {"title": "Garden"}))
    assert (proposed["status"], opened["status"]) == ("proposed", "open")
    path = f"/initiatives/{proposed['id']}"
    assert as_("Jon").patch(path, {"status": "open"})[0] == 403
    assert as_("Jon").patch(path, {"purpose": "To think ahead"})[0] == 200
    with laws.kept(as_("Rose"), "school:1", f"initiative:{proposed['id']}", reads=[path]):
        assert done(as_("Thomas").patch(path, {"status": "open"}))["status"] == "open"
    assert as_("Jon").patch(path, {"status": "paused"})[0] == 200


def test_no_status_is_a_way_around(as_):
    path = f"/initiatives/{made(as_('Jon').post('/initiatives', {'title': 'Chess'}))}"
    assert [as_("Jon").patch(path, {"status": s})[0] for s in ("paused", "finished", "open")] == [403] * 3
    assert as_("Jon").patch(path, {"status": "proposed"}).json["events"] == []


def test_who_makes_it_owns_it(as_):
    id = made(as_("Jon").post("/initiatives", {"title": "Chess", "closed": True}))
    assert as_("Jon").get(f"/rooms/initiative:{id}").json["places"] == [{"id": member("Jon"), "role": "owner"}]
    assert as_("Ana").get(f"/initiatives/{id}")[0] == 404


@pytest.mark.parametrize("body", [{}, {"title": ""}, {"title": "x", "status": "open"}, {"title": "x", "start": "2026-02-30"}, {"title": "x", "start": "2026-11-24T10:00:00Z"}])  # fmt: skip
def test_malformed(as_, body):
    assert as_("Thomas").post("/initiatives", body)[0] == 422


def test_an_owner_makes_groups_and_edits_their_boards(as_):
    id = made(as_("Jon").post("/initiatives", {"title": "Chess"}))
    with laws.kept(as_("Rose"), f"initiative:{id}", "school:1"):
        group = made(as_("Jon").post("/groups", {"title": "Openings", "initiative_id": id}))
        done(as_("Jon").put(f"/groups/{group}/members/{member('Maya')}", {"role": "lead"}))
        done(as_("Jon").delete(f"/groups/{group}/members/{member('Jon')}"))
        place = furnish(as_("Maya"), group, "Openings")
    assert as_("Jon").patch(f"/cards/{place.cards[0]}", {"title": "By its owner"})[0] == 200
    assert as_("Rose").patch(f"/cards/{place.cards[0]}", {"title": "x"})[0] == 403


def test_closed_with_its_groups_and_boards(as_):
    thomas = as_("Thomas")
    id = made(thomas.post("/initiatives", {"title": "Garden"}))
    group = made(thomas.post("/groups", {"title": "Beds", "initiative_id": id}))
    board = furnish(thomas, group, "Beds").board
    with laws.kept(as_("Ana"), "school:1"), laws.kept(thomas, f"initiative:{id}", f"group:{group}"):
        done(thomas.patch(f"/initiatives/{id}", {"closed": True}))
        for path in (f"/initiatives/{id}", f"/groups/{group}", f"/boards/{board}"):
            assert as_("Rose").get(path)[0] == 404
        school = as_("Ana").get("/rooms/school:1").json
        assert not [r for name in ("initiatives", "groups", "boards") for r in school[name]]
        # A member of the group sees the group; an owner of the initiative sees it all.
        done(thomas.put(f"/groups/{group}/members/{member('Rose')}", {"role": "member"}))
        assert [
            as_("Rose").get(path)[0] for path in (f"/initiatives/{id}", f"/groups/{group}", f"/boards/{board}")
        ] == [404, 200, 200]
        done(thomas.patch(f"/initiatives/{id}", {"closed": False}))
    assert [b["id"] for b in as_("Ana").get("/rooms/school:1").json["boards"]] == [board]


def test_the_school_hears_nothing_of_a_closed_group_when_its_initiative_closes(as_):
    thomas = as_("Thomas")
    id = made(thomas.post("/initiatives", {"title": "Garden"}))
    group = made(thomas.post("/groups", {"title": "Money", "initiative_id": id, "closed": True}))
    made(thomas.post("/boards", {"title": "Bills", "group_id": group}))
    own = made(thomas.post("/boards", {"title": "Plan", "initiative_id": id}))
    with laws.kept(as_("Ana"), "school:1"):
        for closed in (True, False):
            events = thomas.patch(f"/initiatives/{id}", {"closed": closed}).json["events"]
            told = [e for e in events if e["room"] == "school:1"]
            boards = {id for e in told for id in e["drop"].get("boards", ())}
            boards |= {b["id"] for e in told for b in e["put"].get("boards", ())}
            assert boards == {own}
            assert not [e for e in told if group in e["drop"].get("groups", ())]


@pytest.mark.parametrize(
    "given, raises", [({"title": "Go"}, 1), ({"purpose": "Calm"}, 1), ({"start": "2026-12-01"}, 0)]
)
def test_changed(as_, given, raises):
    path = f"/initiatives/{made(as_('Jon').post('/initiatives', {'title': 'Chess'}))}"
    room = path.replace("/initiatives/", "initiative:")
    with laws.kept(as_("Rose"), room, "school:1", reads=[path]):
        status, body = as_("Jon").patch(path, given, key="change-it")
        assert as_("Jon").patch(path, given, key="change-it").json == body
        assert as_("Jon").patch(path, given).json["events"] == []
    assert (status, {e["room"] for e in body["events"]}) == (200, {room, "school:1"})
    assert body["data"]["version"] == raises and body["data"].items() >= given.items()
    status, body = as_("Jon").patch(path, {"title": "Late"}, If_Match='"7"')
    assert (status, body["data"]["version"]) == (412, raises)
    assert as_("Jon").put("/ops/change-it/undone")[0] == 409  # said anew, never by a key of then


@pytest.mark.parametrize("body", [{"title": None}, {"purpose": None}, {"status": None}, {"status": "done"}, {"closed": None}, {"horizon": "soon"}, {"owner": 3}])  # fmt: skip
def test_malformed_changes(as_, body):
    id = made(as_("Jon").post("/initiatives", {"title": "Chess"}))
    assert as_("Jon").patch(f"/initiatives/{id}", body)[0] == 422
    assert as_("Jon").patch("/initiatives/999999", body)[0] == 422, "the shape comes before the database"


def test_a_guest_sees_none(as_):
    id = made(as_("Thomas").post("/initiatives", {"title": "Garden"}))
    sam = as_("Sam")
    assert sam.get("/initiatives").json["data"] == [] and sam.get(f"/initiatives/{id}")[0] == 404
    assert sam.get("/rooms/school:1")[0] == 404
    assert sam.post("/initiatives", {"title": "x"})[0] == 403
