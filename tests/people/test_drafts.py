"""What was typed and not sent: kept for its writer alone, until she sends it."""

import pytest
from sqlalchemy import func, select

from board.core import journal
from board.people.commands import drafts
from board.people.models import Draft
from board.people.old_drafts import drop_old_drafts

PLACE = "comment~12~"


def kept(caller):
    answer = caller.get("/me/drafts")
    assert answer.status == 200
    return answer.json["data"]


def test_the_newest_text_of_each_place_is_kept(as_):
    maya = as_("Maya")
    assert kept(maya) == []
    answer = maya.put("/me/drafts", {"place": PLACE, "text": "I was", "path": "/boards/1/cards/2"})
    assert answer.status == 200 and answer.json["events"] == []
    assert set(answer.json["data"]) == {"place", "at"}, "an answer is kept for a day, so the text is not in it"
    maya.put("/me/drafts", {"place": PLACE, "text": "I was about to", "path": "/boards/1/cards/2"})
    maya.put("/me/drafts", {"place": "text~2~description", "text": "", "base": "Two chairs", "version": 3})
    found = {row["place"]: row for row in kept(maya)}
    assert found[PLACE]["text"] == "I was about to" and found[PLACE]["path"] == "/boards/1/cards/2"
    assert found["text~2~description"]["base"] == "Two chairs" and found["text~2~description"]["version"] == 3


def test_what_is_sent_or_emptied_is_gone(as_):
    maya = as_("Maya")
    for place in ("a", "b", "c"):
        maya.put("/me/drafts", {"place": place, "text": "x"})
    assert maya.delete("/me/drafts?place=a").status == 200
    assert maya.delete("/me/drafts?place=a").status == 200, "again: it is gone already"
    maya.put("/me/drafts", {"place": "b", "text": ""})
    assert [row["place"] for row in kept(maya)] == ["c"]
    assert maya.delete("/me/drafts").status == 200
    assert kept(maya) == []


def test_nobody_else_sees_it_and_no_room_hears_of_it(as_, pushed, look):
    with look() as tx:
        before = tx.scalar(select(func.count()).select_from(journal.Entry.__table__))
    as_("Maya").put("/me/drafts", {"place": PLACE, "text": "Between us"})
    for other in ("Ana", "Jon", "Sam", "Olga"):
        assert kept(as_(other)) == []
        as_(other).put("/me/drafts", {"place": PLACE, "text": "Mine"})
        as_(other).delete("/me/drafts")
    assert [row["text"] for row in kept(as_("Maya"))] == ["Between us"]
    assert not pushed.events
    with look() as tx:
        assert tx.scalar(select(func.count()).select_from(journal.Entry.__table__)) == before
    assert as_(None).get("/me/drafts").status == 401
    assert as_(None).put("/me/drafts", {"place": PLACE, "text": "x"}).status == 401


@pytest.mark.parametrize(
    "body",
    [
        {}, {"place": PLACE}, {"place": "", "text": "x"}, {"place": "a/b", "text": "x"}, {"place": "x" * 101, "text": "x"},
        {"place": PLACE, "text": "x" * 100_001}, {"place": PLACE, "text": 1}, {"place": PLACE, "text": "x", "version": -1},
        {"place": PLACE, "text": "x", "base": "x" * 65_537}, {"place": PLACE, "text": "x", "path": "https://evil.example/"},
        {"place": PLACE, "text": "x", "path": "//evil.example"}, {"place": PLACE, "text": "x", "member_id": 1}, {"place": PLACE, "text": "a\0"},
    ],
)  # fmt: skip
def test_what_is_malformed_is_refused_and_keeps_nothing(as_, body):
    assert as_("Maya").put("/me/drafts", body).status in (400, 422)
    assert kept(as_("Maya")) == []


def test_a_long_text_in_any_script_is_kept_as_it_was(as_):
    text = "ж🙂\n" * 33_000
    assert as_("Maya").put("/me/drafts", {"place": PLACE, "text": text}).status == 200
    assert kept(as_("Maya"))[0]["text"] == text


def test_repeated_under_the_same_key(as_):
    maya = as_("Maya")
    first = maya.put("/me/drafts", {"place": PLACE, "text": "x"}, key="keep-a-draft-1")
    again = maya.put("/me/drafts", {"place": PLACE, "text": "x"}, key="keep-a-draft-1")
    assert again.json == first.json
    assert maya.put("/me/drafts", {"place": PLACE, "text": "y"}, key="keep-a-draft-1").status == 422


def test_not_more_than_can_be_looked_through(as_, monkeypatch):
    monkeypatch.setattr(drafts, "MOST", 3)
    maya = as_("Maya")
    for place in ("a", "b", "c"):
        assert maya.put("/me/drafts", {"place": place, "text": "x"}).status == 200
    assert maya.put("/me/drafts", {"place": "d", "text": "x"}).status == 409
    assert maya.put("/me/drafts", {"place": "c", "text": "y"}).status == 200
    assert {row["place"]: row["text"] for row in kept(maya)} == {"a": "x", "b": "x", "c": "y"}


def test_after_thirty_days_it_goes(app, as_, later, look):
    as_("Maya").put("/me/drafts", {"place": PLACE, "text": "x"})
    later(days=29)
    as_("Maya").put("/me/drafts", {"place": "newer", "text": "y"})
    with app.app_context():
        drop_old_drafts({})
    assert len(kept(as_("Maya"))) == 2
    later(days=2)
    assert [row["place"] for row in kept(as_("Maya"))] == ["newer"]
    with app.app_context():
        drop_old_drafts({})
    with look() as tx:
        assert tx.scalars(select(Draft.place)) == ["newer"]


def test_a_page_says_whether_there_is_any(as_, sign_in):
    client = sign_in("Maya")
    assert '"drafts":true' not in client.get("/work").text
    as_("Maya").put("/me/drafts", {"place": PLACE, "text": "x"})
    assert '"drafts":true' in client.get("/work").text
