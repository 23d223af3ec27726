"""Mentioned, replied, commented, reacted: once each, for the best reason there is."""

import pytest

from tests.boards.places import done, member
from tests.notifications.conftest import mention


def test_who_is_mentioned_is_told(desk, lawful):
    with lawful("Rose"):
        id = desk.say("Jon", f"What does {mention('Rose')} say?")
    told = desk.told("Rose")[0]
    assert (told["reason"], told["by_name"], told["comment_id"]) == ("mentioned", "Jon", id)
    assert (told["card_id"], told["thread_id"]) == (desk.card, desk.thread)


def test_nobody_is_told_of_her_own_words(desk):
    before = desk.told("Jon")
    desk.say("Jon", f"Note to myself {mention('Jon')}")
    desk.say("Jon", "And more")
    assert desk.told("Jon") == before


def test_who_wrote_there_is_told_of_replies_and_owners_of_comments(desk, lawful):
    first = desk.say("Rose")
    desk.own("Jon")
    with lawful("Rose"), lawful("Jon"):
        desk.say("Maya", reply_to=first)
    assert desk.reasons("Rose")[0] == "replied"
    assert desk.reasons("Jon")[0] == "commented"


def test_one_notice_for_the_best_reason(desk):
    desk.say("Rose")
    before = len(desk.told("Rose"))
    desk.say("Maya", f"{mention('Rose')} yes")
    assert desk.reasons("Rose")[0] == "mentioned" and len(desk.told("Rose")) == before + 1


def test_several_in_an_hour_are_one(desk, lawful):
    first = desk.say("Rose")
    before = len(desk.told("Rose"))
    with lawful("Rose"):
        shown = desk.say("Maya", reply_to=first)
        desk.say("Jon")
        desk.say("Jon")
    told = desk.told("Rose")
    assert len(told) == before + 1
    assert (told[0]["count"], told[0]["others"], told[0]["by_name"], told[0]["comment_id"]) == (3, 1, "Jon", shown)


def test_what_was_read_is_not_added_to(desk):
    desk.say("Rose")
    desk.say("Maya")
    done(desk.as_("Rose").put("/notices/read", {"card_id": desk.card}))
    desk.say("Maya")
    assert [n["count"] for n in desk.told("Rose")[:2]] == [1, 1]


def test_a_deleted_comment_takes_its_notice_with_it(desk, lawful):
    before = desk.told("Rose")
    with lawful("Rose"):
        id = desk.say("Maya", mention("Rose"))
        done(desk.as_("Maya").delete(f"/comments/{id}"))
    assert desk.told("Rose") == before


def test_an_undone_mention_too(desk, lawful):
    before = desk.told("Rose")
    with lawful("Rose"):
        desk.say("Maya", mention("Rose"), key="mention-rose")
        done(desk.as_("Maya").put("/ops/mention-rose/undone"))
    assert desk.told("Rose") == before


def test_an_edited_comment_tells_who_is_new_in_it(desk, lawful):
    id = desk.say("Maya", f"{mention('Rose')} and who else?")
    with lawful("Rose"), lawful("Jon"):
        done(desk.as_("Maya").patch(f"/comments/{id}", {"body": f"{mention('Jon')} and who else?"}))
    assert desk.reasons("Jon")[0] == "mentioned"
    assert "mentioned" not in desk.reasons("Rose")


def test_reactions_are_one_notice(desk, lawful):
    id = desk.say("Rose")
    with lawful("Rose"):
        for person, emoji in (("Maya", "👍"), ("Jon", "👍"), ("Jon", "🎉")):
            done(desk.as_(person).put(f"/comments/{id}/reactions/{emoji}"))
    told = desk.told("Rose")[0]
    assert (told["reason"], told["others"], told["by_name"], told["detail"]) == ("reacted", 1, "Jon", "🎉")


def test_a_reaction_that_is_taken_back_was_none(desk, lawful):
    id = desk.say("Rose")
    before = desk.told("Rose")
    with lawful("Rose"):
        done(desk.as_("Jon").put(f"/comments/{id}/reactions/👍"))
        done(desk.as_("Jon").delete(f"/comments/{id}/reactions/👍"))
    assert desk.told("Rose") == before


@pytest.mark.parametrize("body", ["`@[Rose](member:5)`", "    @[Rose](member:5)", "@Rose", "[Rose](member:5)"])
def test_what_is_not_a_mention(desk, body):
    assert member("Rose") == 5
    before = desk.told("Rose")
    desk.say("Maya", body if body.strip() == body else f"Look:\n\n{body}")
    assert desk.told("Rose") == before


def test_who_wrote_and_no_longer_sees_it_is_not_told(desk):
    desk.say("Sam")
    done(desk.as_("Maya").delete(f"/boards/{desk.board}/guests/{member('Sam')}"))
    desk.say("Maya")
    assert desk.told("Sam") == []
