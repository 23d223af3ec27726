"""PUT and DELETE /comments/{id}/reactions/{emoji}"""

from urllib.parse import quote

import pytest

GOOD = ["👍", "❤️", "👩‍🏫", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "#️⃣", "🇨🇭", "✓"]
BAD = ["a", "`", "^^", "\u200d", "ok", "1", "<b>", "👍 👍", "ä", "👍" * 40, "\u202e", " ", "%00", "&#128077;"]


@pytest.mark.parametrize("emoji", GOOD)
def test_one_emoji(talk, lawful, emoji):
    id = talk.say("Jon")["id"]
    with lawful():
        talk.as_("Rose").put(f"/comments/{id}/reactions/{quote(emoji)}")
        talk.as_("Jon").put(f"/comments/{id}/reactions/{quote(emoji)}")
        assert talk.read()[0]["reactions"] == {emoji: [4, 5]}
        talk.as_("Jon").delete(f"/comments/{id}/reactions/{quote(emoji)}")
    assert talk.read()[0]["reactions"] == {emoji: [5]}


@pytest.mark.parametrize("text", BAD)
def test_nothing_else(talk, text):
    id = talk.say("Jon")["id"]
    assert talk.as_("Jon").put(f"/comments/{id}/reactions/{quote(text)}")[0] == 422
    assert talk.read()[0]["reactions"] == {}


def test_who_may(talk):
    id = talk.say("Jon")["id"]
    path = f"/comments/{id}/reactions/{quote('👍')}"
    assert talk.as_(None).put(path)[0] == 401
    assert talk.as_("Olga").put(path)[0] == 404
    assert talk.as_("Sam").put(path)[0] == 200
    talk.as_("Maya").put(f"/boards/{talk.board}/guests/6", {"right": "read"})
    assert talk.as_("Sam").put(f"/comments/{id}/reactions/{quote('❤️')}")[0] == 403
    # What she said before, she may take back.
    assert talk.as_("Sam").delete(path)[0] == 200
    assert talk.read()[0]["reactions"] == {}


def test_twice_is_once(talk):
    id = talk.say("Jon")["id"]
    path = f"/comments/{id}/reactions/{quote('👍')}"
    assert len(talk.as_("Jon").put(path).json["events"]) == 1
    assert talk.as_("Jon").put(path).json["events"] == []
    assert len(talk.as_("Jon").delete(path).json["events"]) == 1
    assert talk.as_("Jon").delete(path).json["events"] == []


def test_a_deleted_comment_takes_none(talk):
    id = talk.say("Jon")["id"]
    talk.as_("Jon").delete(f"/comments/{id}")
    assert talk.as_("Rose").put(f"/comments/{id}/reactions/{quote('👍')}")[0] == 410


def test_undo(talk, lawful):
    id = talk.say("Jon")["id"]
    path = f"/comments/{id}/reactions/{quote('👍')}"
    talk.as_("Rose").put(path)
    talk.as_("Jon").put(path, key="jon-reacts")
    with lawful():
        assert talk.as_("Jon").put("/ops/jon-reacts/undone", key="jon-undoes")[0] == 200
    assert talk.read()[0]["reactions"] == {"👍": [5]}
    with lawful():
        assert talk.as_("Jon").put("/ops/jon-undoes/undone")[0] == 200
    assert talk.read()[0]["reactions"] == {"👍": [4, 5]}
