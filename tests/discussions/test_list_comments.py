"""GET /threads/{id}/comments: a page, oldest first, with what the reader may do."""

import pytest

from board import discussions
from board.core import command
from tests import laws


def test_who_sees_the_card_reads_the_thread(talk):
    talk.say("Jon")
    path = f"/threads/{talk.thread}/comments"
    assert talk.as_(None).get(path)[0] == 401
    assert talk.as_("Olga").get(path)[0] == 404
    assert talk.as_("Jon").get(f"/threads/{talk.hidden_thread}/comments")[0] == 404
    for person in ("Ana", "Thomas", "Maya", "Jon", "Rose", "Sam"):
        status, body = talk.as_(person).get(path)
        assert (status, len(body["data"]), body["room"]) == (200, 1, f"board:{talk.board}"), person


def test_oldest_first_in_pages(talk):
    said = [talk.say("Jon", str(i))["id"] for i in range(5)]
    rose, path = talk.as_("Rose"), f"/threads/{talk.thread}/comments"
    seen, after = [], None
    for size in (2, 2, 1):
        body = rose.get(path, limit=2, **({"after": after} if after else {})).json
        assert len(body["data"]) == size
        seen += [c["id"] for c in body["data"]]
        after = body["next"]
    assert seen == said and after is None


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"limit": "x"}, {"after": "x"}, {"after": "WyJhIl0"}, {"page": 1}])  # fmt: skip
def test_malformed(talk, query):
    assert talk.as_("Jon").get(f"/threads/{talk.thread}/comments", **query)[0] == 422


@pytest.mark.parametrize(
    "person, own, others",
    [
        ("Ana", ["delete_comment", "edit_comment"], ["delete_comment"]),
        ("Maya", ["delete_comment", "edit_comment"], ["delete_comment"]),
        ("Jon", ["delete_comment", "edit_comment"], []),
        ("Rose", ["delete_comment", "edit_comment"], []),
        ("Sam", ["delete_comment", "edit_comment"], []),
    ],
)
def test_can_says_what_is_allowed(talk, person, own, others):
    can = {"own": own, "others": others}
    assert talk.as_(person).get(f"/threads/{talk.thread}/comments").json["can"] == can
    assert talk.as_(person).get(f"/boards/{talk.board}").json["can"]["comments"] == can


def test_hostile_text_becomes_harmless(talk):
    record = talk.say("Jon", "<img src=x onerror=alert(1)> [x](javascript:alert(1)) <script>go()</script>")
    assert "<img" not in record["html"] and "<script" not in record["html"] and "href" not in record["html"]


def test_what_came_from_elsewhere_keeps_its_author_and_time(talk, app, actor, look):
    """Imports bring comments in bulk; a writer who is not here keeps her name."""
    rows = [
        {"thread_id": talk.thread, "body": f"Old {i}", "by": by, "by_name": name, "at": f"2024-0{i}-01T08:00:00.000Z"}
        for i, (by, name) in enumerate([(4, None), (None, "Grace")], 1)
    ]
    with app.test_request_context():
        done = command.perform(actor("Maya"), lambda change: {"ids": discussions.bring_comments(change, rows)})
    assert done.record["ids"] == sorted(done.record["ids"])
    old, older = talk.read()
    assert (old["by"], old["by_name"], old["at"], old["body"]) == (4, None, "2024-01-01T08:00:00.000Z", "Old 1")
    assert (older["by"], older["by_name"], older["at"], older["html"]) == (
        None,
        "Grace",
        "2024-02-01T08:00:00.000Z",
        "<p>Old 2</p>\n",
    )
    assert talk.as_("Jon").patch(f"/comments/{older['id']}", {"body": "mine"})[0] == 403


def test_many_threads_at_once(talk, app, actor):
    made = {}

    def bring(change, ids):
        made.update(discussions.open_threads(change, "card", ids))
        return {}

    with app.test_request_context():
        command.perform(actor("Maya"), bring, [])
        assert made == {}
        command.perform(actor("Maya"), bring, [901, 902, 903])
    assert list(made) == [901, 902, 903] and len(set(made.values())) == 3


def test_a_page_stays_true_by_events(talk, lawful):
    first = talk.say("Jon")["id"]
    with lawful(), laws.kept(talk.as_("Rose"), f"board:{talk.board}", reads=[f"/cards/{talk.card}"]):
        talk.say("Maya", reply_to=first)
        talk.as_("Jon").patch(f"/comments/{first}", {"body": "Monday"})
        talk.as_("Jon").delete(f"/comments/{first}")
