"""POST /boards, PATCH /boards/{id}: in a group or an initiative, announced where its group is shown."""

import pytest

from tests import laws
from tests.boards.places import done, made, member


def test_in_a_group_and_told_where_the_group_is_shown(scene):
    maya, group = scene.as_("Maya"), scene.here.group
    with laws.kept(scene.as_("Rose"), f"group:{group}", "school:1"):
        status, body = maya.post("/boards", {"title": "Spring", "group_id": group})
    record = body["data"]
    assert (status, laws.full(record)) == (201, {"id": record["id"], "title": "Spring", "group_id": group})
    assert {e["room"] for e in body["events"]} == {f"board:{record['id']}", f"group:{group}", "school:1"}
    snapshot = maya.get(f"/boards/{record['id']}").json
    assert (snapshot["lists"], snapshot["cards"], snapshot["board"]) == ([], [], record)
    assert {m["id"] for m in snapshot["members"]} == {member("Maya"), member("Jon")}


def test_in_an_initiative(scene):
    ana, initiative = scene.as_("Ana"), scene.places.initiative
    with laws.kept(scene.as_("Rose"), f"initiative:{initiative}", "school:1"):
        board = made(ana.post("/boards", {"title": "Plan", "initiative_id": initiative}))
    assert {m["id"] for m in ana.get(f"/boards/{board}").json["members"]} == {member("Ana")}


def test_of_a_closed_group_the_school_hears_nothing(scene):
    rose, group = scene.as_("Rose"), scene.places.closed.group
    before = scene.as_("Ana").get("/rooms/school:1").json
    body = rose.post("/boards", {"title": "Closed", "group_id": group}).json
    assert {e["room"] for e in body["events"]} == {f"board:{body['data']['id']}", f"group:{group}"}
    assert scene.as_("Ana").get("/rooms/school:1").json == before
    assert scene.as_("Ana").get(f"/boards/{body['data']['id']}")[0] == 404


@pytest.mark.parametrize(
    "place", [{}, {"group_id": None}, {"group_id": 1, "initiative_id": 1}, {"group_id": "1"}, {"group_id": 0}]
)
def test_malformed(scene, place):
    assert scene.as_("Maya").post("/boards", {"title": "x", **place})[0] == 422


def test_a_repeat_makes_one(scene):
    maya, body = scene.as_("Maya"), {"title": "Spring", "group_id": scene.here.group}
    first = maya.post("/boards", body, key="make-spring")
    assert maya.post("/boards", body, key="make-spring") == first
    assert maya.last.headers["Idempotent-Replayed"] == "true"
    assert maya.post("/boards", {**body, "title": "Summer"}, key="make-spring")[0] == 422
    assert [b["title"] for b in maya.get("/boards").json["data"]] == ["Autumn", "Spring"]
    assert scene.undo("Maya", "make-spring")[0] == 409, "boards are not deleted yet"


def test_who_may(scene):
    group, initiative = scene.here.group, scene.places.initiative
    expected = {
        None: (401, 401), "Ana": (201, 201), "Thomas": (201, 201), "Maya": (201, 403), "Jon": (403, 403), "Rose": (403, 403),
        "Sam": (404, 404), "Olga": (404, 404),
    }  # fmt: skip
    for name, statuses in expected.items():
        places = ({"group_id": group}, {"initiative_id": initiative})
        assert tuple(scene.as_(name).post("/boards", {"title": "x", **of})[0] for of in places) == statuses, name


def test_renamed_everywhere_and_back(scene):
    maya, board = scene.as_("Maya"), scene.here.board
    rooms = (scene.room, f"group:{scene.here.group}", "school:1")
    with laws.kept(scene.as_("Rose"), *rooms):
        body = maya.patch(f"/boards/{board}", {"title": "Winter"}, key="rename-board").json
        assert {e["room"] for e in body["events"]} == set(rooms)
        assert maya.patch(f"/boards/{board}", {"title": "Winter"}).json["events"] == []
    with laws.kept(scene.as_("Rose"), *rooms):
        assert scene.undo("Maya", "rename-board")[0] == 200
    assert scene.snapshot()["board"]["title"] == "Autumn"
    done(maya.patch(f"/boards/{board}", {"title": "Spring"}))
    assert scene.undo("Maya", "rename-board")[0] == 409


def test_lists_of_boards_hold_what_one_may_see(scene):
    boards = {
        name: {b["id"] for b in scene.as_(name).get("/boards").json["data"]} for name in ("Ana", "Rose", "Sam", "Olga")
    }
    open_, closed = scene.here.board, scene.places.closed.board
    assert boards == {"Ana": {open_}, "Rose": {open_, closed}, "Sam": {open_}, "Olga": set()}
