"""Who sees a board, asked of many at once, is who sees it when each is asked by herself."""

from sqlalchemy import select

from board.boards import sees_board, sight
from board.boards.models import boards
from board.core.access import Actor
from board.core.errors import NotSeen
from board.people.models import Member
from tests.boards.places import done, made, member, settle

members = Member.__table__


def test_for_everybody_on_every_kind_of_board(as_, look):
    places = settle(as_)
    thomas, ana, maya = as_("Thomas"), as_("Ana"), as_("Maya")
    closed = made(thomas.post("/initiatives", {"title": "Quiet", "closed": True}))
    done(thomas.put(f"/initiatives/{closed}/members/{member('Rose')}", {"role": "member"}))
    inside = made(thomas.post("/groups", {"title": "Inside", "initiative_id": closed}))
    for body in ({"title": "Of it", "initiative_id": closed}, {"title": "In it", "group_id": inside}):
        board = made(thomas.post("/boards", body))
        done(thomas.put(f"/boards/{board}/guests/{member('Sam')}", {"right": "read"}))
    made(ana.post("/boards", {"title": "Of the open one", "initiative_id": places.initiative}))
    done(maya.put(f"/boards/{places.open.board}/guests/{member('Rose')}", {"right": "edit"}))
    made(as_("Olga").post("/groups", {"title": "Elsewhere"}))
    away = made(thomas.post("/boards", {"title": "Put away", "group_id": inside}))
    done(thomas.put(f"/boards/{away}/archive"))
    with look() as tx:
        everybody, all_boards = tx.all(select(members).order_by(members.c.id)), tx.scalars(select(boards.c.id))
        assert len(all_boards) >= 5
        for board_id in all_boards:
            one_by_one = [p.id for p in everybody if sees(tx, p, board_id)]
            at_once = tx.scalars(select(members.c.id).where(sees_board(members.c.id, board_id)).order_by(members.c.id))
            assert at_once == one_by_one, board_id


def test_who_is_not_active_sees_nothing(as_, look):
    places = settle(as_)
    done(as_("Ana").delete(f"/members/{member('Jon')}/active"))
    with look() as tx:
        seen = tx.scalars(select(members.c.id).where(sees_board(members.c.id, places.open.board)))
    assert member("Jon") not in seen and member("Maya") in seen


def sees(tx, person, board_id):
    try:
        sight.board(tx, Actor(person.id, person.school_id, person.role), board_id)
    except NotSeen:
        return False
    return True
