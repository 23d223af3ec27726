"""DELETE /comments/{id}: a mark stays in its place."""

import sqlalchemy as sa


def test_her_own_and_for_leads_those_of_others(talk):
    of_rose, of_jon, of_maya = (talk.say(person)["id"] for person in ("Rose", "Jon", "Maya"))
    assert talk.as_(None).delete(f"/comments/{of_rose}")[0] == 401
    assert talk.as_("Olga").delete(f"/comments/{of_rose}")[0] == 404
    assert talk.as_("Jon").delete(f"/comments/{of_rose}")[0] == 403
    assert talk.as_("Sam").delete(f"/comments/{of_rose}")[0] == 403
    assert talk.as_("Rose").delete(f"/comments/{of_rose}")[0] == 200
    assert talk.as_("Maya").delete(f"/comments/{of_jon}")[0] == 200
    assert talk.as_("Thomas").delete(f"/comments/{of_maya}")[0] == 200
    assert talk.count() == 0


def test_what_is_left_is_a_mark(talk, lawful):
    jon = talk.as_("Jon")
    id, reply = talk.say("Jon", "To be gone")["id"], None
    reply = talk.say("Rose", "I answered", reply_to=id)["id"]
    jon.put(f"/comments/{id}/reactions/👍")
    with lawful():
        status, body = jon.delete(f"/comments/{id}")
    assert status == 200
    (event,) = body["events"]
    assert event["type"] == "comment.deleted"
    assert event["put"]["cards"] == [{"id": talk.card, "comment_count": 1}]
    assert "To be gone" not in str(event)
    mark, answer = talk.read()
    assert (mark["id"], mark["body"], mark["html"], mark["reactions"]) == (id, "", "", {})
    assert mark["deleted_at"] and mark["by"] == 4
    assert (answer["id"], answer["body"], answer["reply_to"]) == (reply, "I answered", id)


def test_twice_is_once(talk):
    id = talk.say("Jon")["id"]
    talk.say("Jon")
    assert talk.as_("Jon").delete(f"/comments/{id}")[0] == 200
    assert talk.as_("Jon").delete(f"/comments/{id}").json["events"] == []
    assert talk.count() == 1


def test_undo_brings_text_reactions_and_count_back(talk, lawful):
    jon = talk.as_("Jon")
    id = talk.say("Jon", "Keep this")["id"]
    jon.put(f"/comments/{id}/reactions/👍")
    before = talk.read()
    jon.delete(f"/comments/{id}", key="delete-this")
    with lawful():
        assert jon.put("/ops/delete-this/undone", key="undo-delete")[0] == 200
    assert (talk.read(), talk.count()) == (before, 1)
    assert jon.put("/ops/delete-this/undone")[0] == 409
    with lawful():
        assert jon.put("/ops/undo-delete/undone")[0] == 200
    assert talk.count() == 0


def test_the_journal_keeps_no_second_copy_of_what_was_deleted(talk, look):
    """What somebody may not read any more stands in no event that is sent after the deletion."""
    id = talk.say("Jon", "To be gone")["id"]
    talk.as_("Jon").delete(f"/comments/{id}")
    with look() as tx:
        rows = tx.scalars(sa.text("SELECT coalesce(was, '') || text FROM journal WHERE type = 'comment.deleted'"))
    assert len(rows) == 1 and "To be gone" not in rows[0]
