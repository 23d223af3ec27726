"""PUT and DELETE /initiatives/{id}/members/{member_id}: owners and members, told in its room and on its own boards."""

import pytest

from tests import laws
from tests.boards.places import done, made, member

JON, ROSE, MAYA = member("Jon"), member("Rose"), member("Maya")


@pytest.fixture
def initiative(as_):
    """Closed; Jon owns it and nobody else is in it."""
    return made(as_("Jon").post("/initiatives", {"title": "Budget", "closed": True}))


def test_who_is_put_in_sees_it_and_who_is_taken_out_does_not(as_, initiative, pushed):
    jon, path = as_("Jon"), f"/initiatives/{initiative}/members/{ROSE}"
    board = made(jon.post("/boards", {"title": "Plan", "initiative_id": initiative}))
    pushed.rechecked.clear()
    with laws.kept(jon, f"initiative:{initiative}", f"board:{board}"):
        status, body = jon.put(path, {"role": "member"})
        assert (status, body["data"]) == (200, {"id": ROSE, "role": "member"})
        assert [(e["type"], e["room"]) for e in body["events"]] == [
            ("initiative.joined", f"initiative:{initiative}"),
            ("board.joined", f"board:{board}"),
        ]
        assert jon.put(path, {"role": "member"}).json["events"] == []
        # A member edits its own boards; the settings are the owners'.
        assert as_("Rose").post(f"/boards/{board}/lists", {"title": "x"})[0] == 201
        assert as_("Rose").patch(f"/initiatives/{initiative}", {"title": "x"})[0] == 403
        assert as_("Rose").put(path, {"role": "owner"})[0] == 403
        done(jon.put(path, {"role": "owner"}))
        assert as_("Rose").patch(f"/initiatives/{initiative}", {"title": "x"})[0] == 200
        assert [e["type"] for e in jon.delete(path).json["events"]] == ["initiative.left", "board.left"]
        assert jon.delete(path).json["events"] == []
    assert [as_("Rose").get(p)[0] for p in (f"/initiatives/{initiative}", f"/boards/{board}")] == [404, 404]
    assert pushed.rechecked == [ROSE] * 3


def test_the_last_owner_stays_until_there_is_another(as_, initiative):
    jon, path = as_("Jon"), f"/initiatives/{initiative}/members"
    assert jon.delete(f"{path}/{JON}")[0] == 409
    assert jon.put(f"{path}/{JON}", {"role": "member"})[0] == 409
    done(jon.put(f"{path}/{ROSE}", {"role": "owner"}))
    assert jon.delete(f"{path}/{JON}")[0] == 200  # she may always leave


@pytest.mark.parametrize(
    "who, expected", [(None, 401), ("Olga", 404), ("Ana", 404), ("Thomas", 404), ("Rose", 404), ("Sam", 404)]
)
def test_a_role_in_the_school_opens_no_closed_one(as_, initiative, who, expected):
    path = f"/initiatives/{initiative}/members/{MAYA}"
    assert as_(who).put(path, {"role": "owner"})[0] == expected
    assert as_(who).delete(path)[0] == expected


def test_only_active_staff_of_the_school(as_, initiative):
    path = f"/initiatives/{initiative}/members"
    statuses = [
        as_("Jon").put(f"{path}/{id}", {"role": "member"})[0] for id in (member("Olga"), 999_999, member("Sam"))
    ]
    assert statuses == [404, 404, 409]


@pytest.mark.parametrize("body", [{"role": "lead"}, {"role": None}, {"role": "owner", "member_id": 3}, []])
def test_malformed(as_, initiative, body):
    status, answer = as_("Jon").put(f"/initiatives/{initiative}/members/{ROSE}", body)
    assert (status, bool(answer["errors"])) == (422, True)
