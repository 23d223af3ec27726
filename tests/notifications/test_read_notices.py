"""GET /notices; PUT and DELETE /notices/{id}/read; PUT /notices/read; and what somebody does not wish."""

import pytest

from tests.boards.places import done, member
from tests.notifications.conftest import mention


def test_page_by_page_newest_first(desk):
    for person in ("Maya", "Ana", "Thomas"):
        desk.say(person, mention("Rose"))
    rose = desk.as_("Rose")
    first = rose.get("/notices", limit=2).json
    rest = rose.get("/notices", limit=200, after=first["next"]).json
    ids = [n["id"] for n in first["data"] + rest["data"]]
    assert ids == sorted(ids, reverse=True) and len(first["data"]) == 2 and rest["next"] is None
    assert first["room"] == "member:5" and first["seq"] >= 3
    assert rose.get("/notices", after="nonsense")[0] == 422


def test_reading_one_and_again_not(desk, lawful):
    desk.say("Maya", mention("Rose"))
    rose, id = desk.as_("Rose"), desk.told("Rose")[0]["id"]
    with lawful("Rose"):
        read = done(rose.put(f"/notices/{id}/read"))
        assert read["read_at"] and desk.unread("Rose") == []
        assert rose.put(f"/notices/{id}/read").json["events"] == []
        assert done(rose.delete(f"/notices/{id}/read"))["read_at"] is None
        assert rose.delete(f"/notices/{id}/read").json["events"] == []
    assert desk.unread("Rose") == [id]


def test_all_up_to_one_and_undone(desk, lawful):
    for person in ("Maya", "Ana", "Thomas"):
        desk.say(person, mention("Rose"))
    rose, ids = desk.as_("Rose"), desk.unread("Rose")
    with lawful("Rose"):
        assert done(rose.put("/notices/read", {"up_to": ids[1]}, key="read-them-all")) == {"read": 2}
        assert desk.unread("Rose") == ids[2:]
        done(rose.put("/ops/read-them-all/undone"))
        assert desk.unread("Rose") == ids
        assert rose.put("/ops/read-them-all/undone")[0] == 409


def test_all_about_one_card(desk, lawful):
    desk.say("Maya", mention("Rose"))
    other = desk.places.open
    done(desk.as_("Maya").post(f"/threads/{other.threads[1]}/comments", {"body": mention("Rose")}))
    with lawful("Rose"):
        assert done(desk.as_("Rose").put("/notices/read", {"card_id": desk.card})) == {"read": 1}
    assert len(desk.unread("Rose")) == 1


def test_they_are_hers_alone(desk):
    desk.say("Maya", mention("Rose"))
    id = desk.told("Rose")[0]["id"]
    for person in ("Maya", "Ana", "Olga", "Sam"):
        assert desk.as_(person).put(f"/notices/{id}/read")[0] == 404
        assert desk.as_(person).delete(f"/notices/{id}/read")[0] == 404
        assert id not in [n["id"] for n in desk.told(person)]
    assert desk.as_(None).get("/notices")[0] == 401
    desk.as_("Ana").put("/notices/read", {"up_to": 2**50})
    assert desk.unread("Rose") == [id]


@pytest.mark.parametrize("body", [{}, {"up_to": 1, "card_id": 1}, {"up_to": "1"}, {"up_to": 0}, {"all": True}])
def test_malformed(desk, body):
    assert desk.as_("Rose").put("/notices/read", body)[0] == 422


def test_what_she_switched_off_she_is_not_told(desk, lawful):
    rose = desk.as_("Rose")
    with lawful("Rose"):
        record = done(rose.put("/me/notice-settings", {"off": ["mentioned", "joined", "mentioned"]}, key="no-mentions"))
    assert record == {"id": member("Rose"), "off": ["mentioned", "joined"]}
    before = desk.told("Rose")
    desk.say("Maya", mention("Rose"))
    done(desk.as_("Maya").put(f"/groups/{desk.places.open.group}/members/{member('Rose')}", {"role": "member"}))
    assert desk.told("Rose") == before
    with lawful("Rose"):
        done(rose.put("/ops/no-mentions/undone"))
    assert rose.get("/me/notice-settings").json["data"]["off"] == []
    assert rose.put("/me/notice-settings", {"off": ["everything"]})[0] == 422


def test_mentioned_falls_back_to_the_next_reason(desk):
    desk.say("Rose")
    done(desk.as_("Rose").put("/me/notice-settings", {"off": ["mentioned"]}))
    desk.say("Maya", mention("Rose"))
    assert desk.reasons("Rose")[0] == "replied"
