"""With whom a board is shared by name."""

from typing import Any

from sqlalchemy import select

from board.boards.models import board_guests
from board.core.access import Actor
from board.core.db import Tx
from board.people.models import Member

members = Member.__table__
_GUESTS = select(members.c.id, members.c.name, members.c.role, members.c.active, board_guests.c.right).select_from(
    board_guests.join(members, members.c.id == board_guests.c.member_id)
)


def of_board(tx: Tx, actor: Actor, row: Any) -> list[dict[str, Any]]:
    """``row``: the board, as ``sight`` gives it. Who sees it by its place is told of all; who sees it as a guest, of herself alone."""
    query = _GUESTS.where(board_guests.c.board_id == row.id).order_by(members.c.id)
    if actor.is_guest or not row.by_place:
        query = query.where(members.c.id == actor.member_id)
    return [dict(guest._mapping) for guest in tx.all(query)]
