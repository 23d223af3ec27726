"""PUT and DELETE /boards/{id}/guests/{member_id}: a board shared with one person, to read, to comment or to edit."""

import pytest

from tests.boards.places import done, made, member

SAM, ROSE, OLGA = member("Sam"), member("Rose"), member("Olga")


def what_sam_can(scene):
    sam, card, thread = scene.as_("Sam"), scene.here.cards[0], scene.here.threads[0]
    return (
        sam.get(f"/boards/{scene.here.board}")[0],
        sam.post(f"/threads/{thread}/comments", {"body": "x"})[0],
        sam.patch(f"/cards/{card}", {"title": "From Sam"})[0],
        sam.patch(f"/boards/{scene.here.board}", {"title": "x"})[0],
    )


@pytest.mark.parametrize(
    "right, expected",
    [
        ("read", (200, 403, 403, 403)),
        ("comment", (200, 201, 403, 403)),
        ("edit", (200, 201, 200, 403)),
        (None, (404, 404, 404, 404)),
    ],
)
def test_each_right(scene, right, expected):
    path = f"/boards/{scene.here.board}/guests/{SAM}"
    done(scene.as_("Maya").put(path, {"right": right}) if right else scene.as_("Maya").delete(path))
    assert what_sam_can(scene) == expected


def test_it_is_told_and_access_is_looked_at_again(scene, lawful, pushed):
    maya, path = scene.as_("Maya"), f"/boards/{scene.here.board}/guests/{ROSE}"
    with lawful():
        body = maya.put(path, {"right": "edit"}).json
        assert (body["data"], [e["type"] for e in body["events"]]) == ({"id": ROSE, "right": "edit"}, ["board.shared"])
        assert [m["id"] for m in body["events"][0]["put"]["members"]] == [ROSE]
        assert maya.put(path, {"right": "edit"}).json["events"] == []
        body = maya.delete(path).json
        assert (body["data"]["right"], body["events"][0]["drop"]) == (None, {"members": [ROSE]})
        assert maya.delete(path).json["events"] == []
    assert pushed.rechecked == [ROSE, ROSE]


@pytest.mark.parametrize("name", ["Ana", "Thomas", "Maya"])
@pytest.mark.parametrize(
    "right, expected", [("read", (200, 403, 403)), ("comment", (200, 201, 403)), ("edit", (200, 201, 200))]
)
def test_no_role_in_the_school_makes_more_of_a_closed_board_than_was_shared(scene, name, right, expected):
    rose, closed, who = scene.as_("Rose"), scene.places.closed, scene.as_(name)
    done(rose.put(f"/boards/{closed.board}/guests/{member(name)}", {"right": right}))
    found = (
        who.get(f"/boards/{closed.board}")[0],
        who.post(f"/threads/{closed.threads[0]}/comments", {"body": "x"})[0],
        who.put(f"/cards/{closed.cards[0]}/done")[0],
    )
    assert found == expected
    assert who.patch(f"/boards/{closed.board}", {"title": "x"})[0] == 403
    assert who.put(f"/boards/{closed.board}/guests/{SAM}", {"right": "read"})[0] == 403
    assert who.get(f"/groups/{closed.group}")[0] == 404


def test_a_repeat_shares_once(scene):
    maya, path = scene.as_("Maya"), f"/boards/{scene.here.board}/guests/{ROSE}"
    first = maya.put(path, {"right": "edit"}, key="share-once")
    assert maya.put(path, {"right": "edit"}, key="share-once") == first
    assert maya.last.headers["Idempotent-Replayed"] == "true"
    assert maya.put(path, {"right": "read"}, key="share-once")[0] == 422
    assert scene.undo("Maya", "share-once")[0] == 409, "rights are said anew, never by a key of then"


def test_who_leaves_by_herself(scene):
    assert scene.as_("Sam").delete(f"/boards/{scene.here.board}/guests/{SAM}")[0] == 200
    assert scene.as_("Sam").get(f"/boards/{scene.here.board}")[0] == 404


def test_only_active_people_of_the_school(scene):
    ana, maya, path = scene.as_("Ana"), scene.as_("Maya"), f"/boards/{scene.here.board}/guests"
    assert maya.put(f"{path}/{OLGA}", {"right": "read"})[0] == 404
    assert maya.put(f"{path}/999999", {"right": "read"})[0] == 404
    left = made(ana.post("/members", {"name": "Left", "role": "staff"}))
    done(ana.delete(f"/members/{left}/active"))
    assert maya.put(f"{path}/{left}", {"right": "read"})[0] == 409
    for body in ({"right": "own"}, {"right": None}, {"role": "read"}):
        assert maya.put(f"{path}/{SAM}", body)[0] == 422


def test_a_card_given_to_a_guest_is_taken_from_nobody_when_the_sharing_ends(scene, lawful):
    """She stays named as its owner, for those who see the board."""
    maya, card = scene.as_("Maya"), scene.here.cards[0]
    done(maya.put(f"/boards/{scene.here.board}/guests/{SAM}", {"right": "edit"}))
    done(maya.put(f"/cards/{card}/owners/{SAM}"))
    body = maya.delete(f"/boards/{scene.here.board}/guests/{SAM}").json
    assert body["events"][0]["drop"] == {}
    assert SAM in {m["id"] for m in scene.snapshot()["members"]}
