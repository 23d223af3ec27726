"""What she may no longer see, she is no longer told of."""

import pytest

from tests.boards.places import done, member
from tests.notifications.conftest import mention


def about(desk, person):
    return [n for n in desk.told(person) if n["card_id"] == desk.card]


def close_group(desk):
    done(desk.as_("Maya").patch(f"/groups/{desk.places.open.group}", {"closed": True}))


def close_initiative(desk):
    done(desk.as_("Ana").patch(f"/initiatives/{desk.places.initiative}", {"closed": True}))


def become_guest(desk):
    done(desk.as_("Ana").patch(f"/members/{member('Rose')}", {"role": "guest"}))


def bin_it(desk):
    done(desk.as_("Maya").delete(f"/cards/{desk.card}"))


@pytest.mark.parametrize("end", [close_group, close_initiative, bin_it])
def test_her_notices_go(desk, lawful, end):
    with lawful("Rose"):
        desk.say("Maya", mention("Rose"))
        assert len(about(desk, "Rose")) == 1
        end(desk)
    assert about(desk, "Rose") == [] and desk.unread("Rose") == []


def test_a_guest_who_is_shut_out(desk, lawful):
    with lawful("Sam"):
        desk.say("Maya", mention("Sam"))
        done(desk.as_("Maya").delete(f"/boards/{desk.board}/guests/{member('Sam')}"))
    assert desk.told("Sam") == []


def test_who_still_sees_it_keeps_hers(desk):
    desk.say("Maya", mention("Jon"))
    close_group(desk)
    assert len(about(desk, "Jon")) == 1


def test_leaving_a_closed_group(desk, lawful):
    close_group(desk)
    with lawful("Jon"):
        desk.say("Maya", mention("Jon"))
        done(desk.as_("Maya").delete(f"/groups/{desk.places.open.group}/members/{member('Jon')}"))
    assert about(desk, "Jon") == []


def test_a_card_that_goes_to_a_closed_board(desk, lawful):
    done(desk.as_("Rose").put(f"/groups/{desk.places.closed.group}/members/{member('Maya')}", {"role": "member"}))
    desk.say("Maya", f"{mention('Rose')} {mention('Jon')}")
    with lawful("Jon"), lawful("Rose"):
        body = {"list_id": desk.places.closed.lists[0]}
        done(desk.as_("Maya").put(f"/cards/{desk.card}/position", body))
    assert about(desk, "Jon") == []
    assert [n["board_id"] for n in about(desk, "Rose")] == [desk.places.closed.board]


def test_what_happens_in_a_closed_group_is_told_to_nobody_outside(desk, pushed):
    closed = desk.places.closed
    done(desk.as_("Rose").post(f"/threads/{closed.threads[0]}/comments", {"body": "About the budget"}))
    done(desk.as_("Rose").put(f"/cards/{closed.cards[0]}/done"))
    assert {room for room, _ in pushed.events} <= {f"board:{closed.board}", f"group:{closed.group}"}
