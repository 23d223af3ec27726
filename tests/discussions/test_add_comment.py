"""POST /threads/{id}/comments: say something, or reply."""

import pytest

from tests.school import PEOPLE


def test_nobody_outside_says_anything(talk):
    path, body = f"/threads/{talk.thread}/comments", {"body": "Hello"}
    assert talk.as_(None).post(path, body)[0] == 401
    assert talk.as_("Olga").post(path, body)[0] == 404
    assert talk.as_("Jon").post(f"/threads/{talk.hidden_thread}/comments", body)[0] == 404
    assert talk.as_("Jon").post("/threads/999999/comments", body)[0] == 404
    assert talk.count() == 0


def test_who_may_only_read_says_nothing(talk, lawful):
    with lawful():
        assert talk.as_("Sam").post(f"/threads/{talk.thread}/comments", {"body": "Hello"})[0] == 403


@pytest.mark.parametrize("person", ["Ana", "Thomas", "Maya", "Jon", "Rose", "Sam"])
def test_who_sees_the_card_and_may_comment_does(talk, person):
    record = talk.say(person, "Year 4 can do *Thursday*.")
    assert record["by"] == PEOPLE[person].member_id
    assert record["html"] == "<p>Year 4 can do <em>Thursday</em>.</p>\n"
    assert (record["by_name"], record["edited_at"], record["deleted_at"], record["reactions"]) == (None, None, None, {})
    assert talk.read() == [record]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"body": ""},
        {"body": "  \n "},
        {"body": None},
        {"body": 7},
        {"body": "x" * 65_537},
        {"body": "x", "reply_to": "1"},
        {"body": "x", "reply_to": 0},
        {"body": "x", "by": 1},
        {"body": "x", "at": "2020-01-01T00:00:00.000Z"},
    ],
)
def test_malformed(talk, body):
    assert talk.as_("Jon").post(f"/threads/{talk.thread}/comments", body)[0] == 422
    assert talk.count() == 0


def test_the_longest_text_is_taken_whole(talk):
    assert talk.say("Jon", "x" * 65_536)["body"] == "x" * 65_536


def test_the_event_tells_the_comment_and_the_count(talk, lawful):
    talk.say("Jon")
    with lawful():
        status, body = talk.as_("Jon").post(f"/threads/{talk.thread}/comments", {"body": "Or Friday"})
    assert status == 201
    (event,) = body["events"]
    assert (event["room"], event["type"], event["by"]) == (f"board:{talk.board}", "comment.added", 4)
    assert event["put"] == {"comments": [body["data"]], "cards": [{"id": talk.card, "comment_count": 2}]}
    assert event["drop"] == {}


def test_who_comments_for_the_first_time_is_listed(talk, lawful):
    with lawful():
        talk.say("Rose")
    listed = {m["id"] for m in talk.as_("Jon").get(f"/boards/{talk.board}").json["members"]}
    assert PEOPLE["Rose"].member_id in listed


def test_a_reply_to_a_reply_stands_under_the_same_parent(talk, lawful):
    with lawful():
        first = talk.say("Jon")
        second = talk.say("Rose", reply_to=first["id"])
        third = talk.say("Jon", reply_to=second["id"])
    assert (first["reply_to"], second["reply_to"], third["reply_to"]) == (None, first["id"], first["id"])


def test_a_reply_stays_in_its_thread(talk):
    elsewhere = talk.as_("Rose").post(f"/threads/{talk.hidden_thread}/comments", {"body": "Secret"}).json["data"]["id"]
    for parent in (elsewhere, 999_999):
        status, _ = talk.as_("Rose").post(f"/threads/{talk.thread}/comments", {"body": "x", "reply_to": parent})
        assert status == 404
    assert talk.count() == 0


def test_a_repeat_says_it_once(talk):
    jon, path = talk.as_("Jon"), f"/threads/{talk.thread}/comments"
    first = jon.post(path, {"body": "Once"}, key="said-once-1")
    again = jon.post(path, {"body": "Once"}, key="said-once-1")
    assert first == again and jon.last.headers["Idempotent-Replayed"] == "true"
    assert talk.count() == 1


def test_an_archived_card_may_be_talked_about_and_a_binned_one_not(talk, lawful):
    maya, path = talk.as_("Maya"), f"/threads/{talk.thread}/comments"
    maya.put(f"/cards/{talk.card}/archive")
    assert maya.post(path, {"body": "Why?"})[0] == 201
    maya.delete(f"/cards/{talk.card}/archive")
    assert talk.count() == 1
    maya.delete(f"/cards/{talk.card}")
    assert maya.post(path, {"body": "Gone?"})[0] == 404


def test_undo_takes_it_back(talk, lawful):
    jon = talk.as_("Jon")
    jon.post(f"/threads/{talk.thread}/comments", {"body": "Oops"}, key="say-and-undo")
    with lawful():
        assert jon.put("/ops/say-and-undo/undone", key="undo-saying")[0] == 200
    assert talk.count() == 0
    assert [(c["body"], c["html"]) for c in talk.read()] == [("", "")]
    with lawful():
        assert jon.put("/ops/undo-saying/undone")[0] == 200
    assert [c["body"] for c in talk.read()] == ["Oops"]
    assert talk.as_("Rose").put("/ops/say-and-undo/undone")[0] == 404
