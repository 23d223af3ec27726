"""Groups: made, changed, joined and left, opened and closed; told where they are shown and nowhere else."""

import pytest

from tests import laws
from tests.boards.places import done, furnish, made, member


@pytest.fixture
def group(as_):
    """Of the school, open; Maya leads it."""
    id = made(as_("Thomas").post("/groups", {"title": "Choir", "objective": "Songs for all"}))
    done(as_("Thomas").put(f"/groups/{id}/members/{member('Maya')}", {"role": "lead"}))
    done(as_("Thomas").delete(f"/groups/{id}/members/{member('Thomas')}"))
    return id


def test_who_makes_it_leads_it(as_):
    with laws.kept(as_("Rose"), "school:1"):
        status, body = as_("Thomas").post("/groups", {"title": "Choir"})
    id = body["data"]["id"]
    assert status == 201 and {e["room"] for e in body["events"]} == {f"group:{id}", "school:1"}
    room = as_("Rose").get(f"/rooms/group:{id}").json
    assert room["places"] == [{"id": member("Thomas"), "role": "lead"}]
    assert [m["name"] for m in room["members"]] == ["Thomas"]


def test_of_a_closed_one_nobody_hears(as_):
    before = as_("Ana").get("/rooms/school:1").json
    body = as_("Thomas").post("/groups", {"title": "Budget", "closed": True}).json
    id = body["data"]["id"]
    assert {e["room"] for e in body["events"]} == {f"group:{id}"}
    assert as_("Ana").get("/rooms/school:1").json == before
    assert as_("Ana").get(f"/groups/{id}")[0] == 404
    assert id not in {g["id"] for g in as_("Ana").get("/groups").json["data"]}


def test_only_in_an_initiative_that_one_leads_or_by_an_organizer(as_):
    chess = made(as_("Jon").post("/initiatives", {"title": "Chess"}))
    hidden = made(as_("Jon").post("/initiatives", {"title": "Budget", "closed": True}))
    body = {"title": "Openings"}
    whole = {name: as_(name).post("/groups", body)[0] for name in (None, "Ana", "Thomas", "Jon", "Rose", "Sam")}
    assert whole == {None: 401, "Ana": 201, "Thomas": 201, "Jon": 403, "Rose": 403, "Sam": 403}
    of = {
        name: as_(name).post("/groups", {**body, "initiative_id": chess})[0]
        for name in (None, "Ana", "Jon", "Rose", "Sam", "Olga")
    }
    assert of == {None: 401, "Ana": 201, "Jon": 201, "Rose": 403, "Sam": 404, "Olga": 404}
    for name in ("Ana", "Thomas", "Rose"):
        assert as_(name).post("/groups", {**body, "initiative_id": hidden})[0] == 404
    # Its owner may, and an open group of a closed initiative is heard of in the initiative only.
    events = as_("Jon").post("/groups", {**body, "initiative_id": hidden}).json["events"]
    assert {e["room"].split(":")[0] for e in events} == {"group", "initiative"}


@pytest.mark.parametrize("body", [{}, {"title": " "}, {"title": "x", "initiative_id": 0}, {"title": "x", "initiative_id": "1"}, {"title": "x", "closed": None}, {"title": "x", "lead": 3}])  # fmt: skip
def test_malformed_making(as_, body):
    status, answer = as_("Thomas").post("/groups", body)
    assert (status, bool(answer["errors"])) == (422, True)


def test_a_repeat_is_done_once(as_, group):
    thomas, maya = as_("Thomas"), as_("Maya")
    for caller, method, path, body, other in (
        (thomas, "POST", "/groups", {"title": "Band"}, {"title": "Brass"}),
        (maya, "PATCH", f"/groups/{group}", {"title": "Band"}, {"title": "Brass"}),
        (maya, "PUT", f"/groups/{group}/members/{member('Jon')}", {"role": "member"}, {"role": "lead"}),
        (maya, "DELETE", f"/groups/{group}/members/{member('Jon')}", None, {}),
    ):
        key = f"once-{method.lower()}"
        first = caller.call(method, path, body, key=key)
        seq = caller.get("/rooms/school:1").json["seq"]
        assert first.status in (200, 201) and first.json["events"]
        assert caller.call(method, path, body, key=key) == first
        assert caller.last.headers["Idempotent-Replayed"] == "true"
        assert caller.get("/rooms/school:1").json["seq"] == seq
        assert caller.call(method, path, other, key=key)[0] == 422
        assert caller.put(f"/ops/{key}/undone")[0] == 409, "who belongs where is said anew, never by a key of then"


@pytest.mark.parametrize("given, raises", [({"title": "Band"}, 1), ({"objective": "Louder"}, 1), ({}, 0)])
def test_changed(as_, group, given, raises):
    with laws.kept(as_("Rose"), f"group:{group}", "school:1", reads=[f"/groups/{group}"]):
        status, body = as_("Maya").patch(f"/groups/{group}", given)
    assert (status, body["data"]["version"], len(body["events"])) == (200, raises, 2 * raises)


def test_a_stale_text(as_, group):
    assert as_("Maya").patch(f"/groups/{group}", {"title": "Band"}, If_Match='"0"')[0] == 200
    status, body = as_("Ana").patch(f"/groups/{group}", {"title": "Brass"}, If_Match='"0"')
    assert (status, body["data"]["title"]) == (412, "Band")


@pytest.mark.parametrize(
    "body", [{"title": None}, {"title": ""}, {"closed": None}, {"objective": None}, {"lead_id": 1}, {"closed": "yes"}]
)
def test_malformed(as_, group, body):
    assert as_("Maya").patch(f"/groups/{group}", body)[0] == 422
    assert as_("Maya").patch("/groups/999999", body)[0] == 422, "the shape comes before the database"


def test_joined_promoted_and_left(as_, group, pushed):
    maya, path, jon = as_("Maya"), f"/groups/{group}/members/{member('Jon')}", member("Jon")
    board = furnish(maya, group, "Songs").board
    pushed.rechecked.clear()
    with laws.kept(as_("Rose"), f"group:{group}", f"board:{board}"):
        body = maya.put(path, {"role": "member"}).json
        assert [(e["type"], e["room"]) for e in body["events"]] == [
            ("group.joined", f"group:{group}"),
            ("board.joined", f"board:{board}"),
        ]
        assert maya.put(path, {"role": "member"}).json["events"] == []
        assert [e["type"] for e in maya.put(path, {"role": "lead"}).json["events"]] == ["group.role_changed"]
        assert [e["type"] for e in as_("Jon").delete(path).json["events"]] == [
            "group.left",
            "board.left",
            "notice.withdrawn",
        ]
        assert maya.delete(path).json["events"] == []
    assert pushed.rechecked == [jon] * 3


def test_only_active_staff_of_the_school(as_, group):
    maya = as_("Maya")
    assert maya.put(f"/groups/{group}/members/{member('Olga')}", {"role": "member"})[0] == 404
    assert maya.put(f"/groups/{group}/members/999999", {"role": "member"})[0] == 404
    assert maya.put(f"/groups/{group}/members/{member('Sam')}", {"role": "member"})[0] == 409


@pytest.mark.parametrize(
    "name, expected", [(None, 401), ("Olga", 404), ("Ana", 404), ("Thomas", 404), ("Rose", 404), ("Sam", 404)]
)
def test_a_closed_one_is_its_members_alone(as_, group, name, expected):
    done(as_("Maya").patch(f"/groups/{group}", {"closed": True}))
    who, path = as_(name), f"/groups/{group}"
    answers = [who.get(path), who.patch(path, {"title": "x"}), who.put(f"{path}/members/4", {"role": "lead"}), who.delete(f"{path}/members/3"),
               who.post("/boards", {"title": "x", "group_id": group}), who.get(f"/rooms/group:{group}"), who.get(f"/rooms/group:{group}/events", since=0)]  # fmt: skip
    assert [a.status for a in answers] == [expected] * len(answers)


def test_closed_and_opened_again_with_its_boards(as_, group, pushed):
    maya = as_("Maya")
    board = furnish(maya, group, "Songs").board
    with laws.kept(as_("Ana"), "school:1"), laws.kept(maya, f"group:{group}"):
        body = maya.patch(f"/groups/{group}", {"closed": True}).json
        # The answer holds the events of rooms that she may watch.
        assert {e["room"] for e in body["events"]} == {f"group:{group}", "school:1"}
        assert as_("Rose").get(f"/boards/{board}")[0] == 404
        assert as_("Ana").get(f"/groups/{group}")[0] == 404
        assert member("Rose") in pushed.rechecked
        done(maya.patch(f"/groups/{group}", {"title": "Quiet choir"}))
        done(maya.patch(f"/groups/{group}", {"closed": False}))
    assert as_("Rose").get(f"/boards/{board}")[0] == 200
    assert "Quiet choir" in {g["title"] for g in as_("Ana").get("/rooms/school:1").json["groups"]}
