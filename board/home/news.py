"""What others did lately on the boards that are near to somebody: the newest event of each card, from the journal."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from board.boards.models import boards, cards
from board.core.access import Actor
from board.core.db import Tx
from board.core.journal import Entry, Room
from board.people.models import Member

entries, rooms, members = Entry.__table__, Room.__table__, Member.__table__
TYPES = (
    "card.added",
    "card.moved",
    "card.finished",
    "card.reopened",
    "card.owner_asked",
    "card.owner_accepted",
    "comment.added",
)
MOST = 7
#: of each board, so that a long history costs nothing
_LOOKED_AT = 40


@dataclass(frozen=True)
class News:
    type: str
    at: str
    by: Any
    card_id: int
    title: str
    board_id: int
    board: str


def lately(tx: Tx, actor: Actor, board_ids: list[int]) -> list[News]:
    """``board_ids``: of boards that the actor may see. Two statements."""
    if not board_ids:
        return []
    newest = tx.all(
        select(entries.c.type, entries.c.at, entries.c.subject_id, members.c.id, members.c.name)
        .select_from(entries.join(rooms, rooms.c.room == entries.c.room).join(members, members.c.id == entries.c.by))
        .where(
            entries.c.room.in_([f"board:{id}" for id in board_ids]),
            entries.c.seq > rooms.c.seq - _LOOKED_AT,
            entries.c.type.in_(TYPES),
            entries.c.subject_type == "card",
            entries.c.by != actor.member_id,
            entries.c.source_at.is_(None),
        )
        .order_by(entries.c.at.desc(), entries.c.seq.desc())
    )
    by_card: dict[int, Any] = {}
    for row in newest:
        by_card.setdefault(row.subject_id, row)
    shown = {
        row.id: row
        for row in tx.all(
            select(cards.c.id, cards.c.title, cards.c.board_id, boards.c.title.label("board"))
            .select_from(cards.join(boards, boards.c.id == cards.c.board_id))
            .where(
                cards.c.id.in_(list(by_card)),
                cards.c.board_id.in_(board_ids),
                cards.c.archived_at.is_(None),
                cards.c.binned_at.is_(None),
            )
        )
    }
    return [
        News(row.type, row.at, row, id, shown[id].title, shown[id].board_id, shown[id].board)
        for id, row in by_card.items()
        if id in shown
    ][:MOST]
