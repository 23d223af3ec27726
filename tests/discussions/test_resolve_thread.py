"""PUT and DELETE /threads/{id}/resolution"""


def test_who_may_edit_settles_a_thread(talk, lawful):
    path = f"/threads/{talk.thread}/resolution"
    assert talk.as_(None).put(path)[0] == 401
    assert talk.as_("Olga").put(path)[0] == 404
    assert talk.as_("Rose").put(path)[0] == 403
    assert talk.as_("Sam").put(path)[0] == 403
    with lawful():
        status, body = talk.as_("Jon").put(path)
        assert (status, body["events"][0]["type"]) == (200, "thread.resolved")
        assert body["events"][0]["put"] == {
            "threads": [{"id": talk.thread, "resolved_at": body["data"]["resolved_at"]}]
        }
        assert resolved_at(talk) == body["data"]["resolved_at"] is not None
        assert talk.as_("Maya").put(path).json["events"] == []
        assert talk.as_("Maya").delete(path).json["events"][0]["type"] == "thread.reopened"
        assert talk.as_("Maya").delete(path).json["events"] == []
    assert resolved_at(talk) is None


def test_undo(talk, lawful):
    jon, path = talk.as_("Jon"), f"/threads/{talk.thread}/resolution"
    jon.put(path, key="settle-it")
    with lawful():
        assert jon.put("/ops/settle-it/undone")[0] == 200
    assert resolved_at(talk) is None
    assert jon.put("/ops/settle-it/undone")[0] == 409


def resolved_at(talk):
    return talk.as_("Rose").get(f"/threads/{talk.thread}/comments").json["thread"]["resolved_at"]
