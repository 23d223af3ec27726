"""PATCH /comments/{id}: change your own comment."""

import pytest


def test_only_her_own(talk):
    id = talk.say("Jon")["id"]
    assert talk.as_(None).patch(f"/comments/{id}", {"body": "x"})[0] == 401
    assert talk.as_("Olga").patch(f"/comments/{id}", {"body": "x"})[0] == 404
    for person in ("Rose", "Sam", "Maya", "Thomas", "Ana"):
        assert talk.as_(person).patch(f"/comments/{id}", {"body": "x"})[0] == 403, person
    assert talk.as_("Jon").patch("/comments/999999", {"body": "x"})[0] == 404
    assert [c["body"] for c in talk.read()] == ["Thursday?"]


def test_the_text_and_when(talk, lawful):
    before = talk.say("Jon")
    with lawful():
        status, body = talk.as_("Jon").patch(f"/comments/{before['id']}", {"body": "**Friday**"})
    assert status == 200
    now = body["data"]
    assert (now["body"], now["html"]) == ("**Friday**", "<p><strong>Friday</strong></p>\n")
    assert now["edited_at"] and now["at"] == before["at"] and now["version"] == before["version"] + 1
    (event,) = body["events"]
    assert (event["type"], set(event["put"])) == ("comment.edited", {"comments"})
    assert set(event["put"]["comments"][0]) == {"id", "body", "html", "edited_at", "version"}


def test_the_same_text_changes_nothing(talk):
    before = talk.say("Jon")
    assert talk.as_("Jon").patch(f"/comments/{before['id']}", {"body": before["body"]}).json == {
        "data": before,
        "events": [],
    }


def test_a_stale_edit_gets_the_present_text(talk):
    id = talk.say("Jon")["id"]
    jon = talk.as_("Jon")
    assert jon.patch(f"/comments/{id}", {"body": "Friday"}, If_Match='"0"')[0] == 200
    status, body = jon.patch(f"/comments/{id}", {"body": "Monday"}, If_Match='"0"')
    assert (status, body["status"], body["data"]["body"], body["data"]["version"]) == (412, 412, "Friday", 1)
    assert jon.patch(f"/comments/{id}", {"body": "Monday"}, If_Match='"1"')[0] == 200
    assert jon.patch(f"/comments/{id}", {"body": "Tuesday"})[0] == 200


@pytest.mark.parametrize("body", [{}, {"body": ""}, {"body": None}, {"body": "x" * 65_537}, {"body": "x", "by": 1}])
def test_malformed(talk, body):
    id = talk.say("Jon")["id"]
    assert talk.as_("Jon").patch(f"/comments/{id}", body)[0] == 422


def test_a_deleted_one_stays_deleted(talk):
    id = talk.say("Jon")["id"]
    talk.as_("Jon").delete(f"/comments/{id}")
    assert talk.as_("Jon").patch(f"/comments/{id}", {"body": "Back?"})[0] == 410
    assert [c["body"] for c in talk.read()] == [""]


def test_who_may_comment_no_more_edits_no_more(talk):
    id = talk.say("Sam")["id"]
    maya = talk.as_("Maya")
    maya.put(f"/boards/{talk.board}/guests/6", {"right": "read"})
    assert talk.as_("Sam").patch(f"/comments/{id}", {"body": "x"})[0] == 403
    maya.delete(f"/boards/{talk.board}/guests/6")
    assert talk.as_("Sam").patch(f"/comments/{id}", {"body": "x"})[0] == 404


def test_undo_gives_the_text_back_unless_it_changed_again(talk, lawful):
    id = talk.say("Jon", "One")["id"]
    jon = talk.as_("Jon")
    jon.patch(f"/comments/{id}", {"body": "Two"}, key="edit-one-two")
    with lawful():
        assert jon.put("/ops/edit-one-two/undone")[0] == 200
    assert talk.read()[0]["body"] == "One"
    jon.patch(f"/comments/{id}", {"body": "Three"}, key="edit-one-three")
    jon.patch(f"/comments/{id}", {"body": "Four"})
    assert jon.put("/ops/edit-one-three/undone")[0] == 409
    assert talk.read()[0]["body"] == "Four"
