"""What others did on the boards that are near to somebody since she was here: the newest event of each card, board by board, from the journal."""

from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import select

from board.boards.models import boards, cards, lists
from board.core.access import Actor
from board.core.db import Tx
from board.core.journal import Entry, Room
from board.people.models import Member

entries, rooms, members = Entry.__table__, Room.__table__, Member.__table__
TYPES = (
    "card.added",
    "card.moved",
    "card.changed",
    "card.finished",
    "card.reopened",
    "card.owner_asked",
    "card.owner_accepted",
    "comment.added",
)
#: lines, over all boards
MOST = 6
#: lines of one board while others have something to tell as well
_OF_ONE = 3
#: of each board, so that a long absence costs no more than a short one
_LOOKED_AT = 200


@dataclass(frozen=True)
class News:
    type: str
    at: str
    by: Any
    card_id: int
    title: str
    #: of a move to another list
    to: Any = None


@dataclass
class BoardNews:
    id: int
    title: str
    #: how many of its cards have changed
    count: int = 0
    lines: list[News] = field(default_factory=list)


def since(tx: Tx, actor: Actor, board_ids: list[int], at: str, most: int = MOST) -> list[BoardNews]:
    """``board_ids``: of boards that the actor may see. What changed after ``at``, the board of the newest first. Three statements."""
    if not board_ids:
        return []
    newest = tx.all(
        select(entries.c.type, entries.c.at, entries.c.subject_id, entries.c.text, members.c.id, members.c.name)
        .select_from(entries.join(rooms, rooms.c.room == entries.c.room).join(members, members.c.id == entries.c.by))
        .where(
            entries.c.room.in_([f"board:{id}" for id in board_ids]),
            entries.c.seq > rooms.c.seq - _LOOKED_AT,
            entries.c.at > at,
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
    shown = _shown(tx, list(by_card), board_ids)
    told: dict[int, BoardNews] = {}
    for id, row in by_card.items():
        if id in shown:
            card = shown[id]
            board = told.setdefault(card.board_id, BoardNews(card.board_id, card.board))
            board.count += 1
            board.lines.append(News(row.type, row.at, row, id, card.title, _moved_to(row, id)))
    _cut(list(told.values()), most)
    _name_lists(tx, list(told.values()))
    return [board for board in told.values() if board.lines]


def _shown(tx: Tx, card_ids: list[int], board_ids: list[int]) -> dict[int, Any]:
    columns = (cards.c.id, cards.c.title, cards.c.board_id, boards.c.title.label("board"))
    source = cards.join(boards, boards.c.id == cards.c.board_id).join(lists, lists.c.id == cards.c.list_id)
    query = (
        select(*columns)
        .select_from(source)
        .where(
            cards.c.id.in_(card_ids),
            cards.c.board_id.in_(board_ids),
            cards.c.archived_at.is_(None),
            cards.c.binned_at.is_(None),
            lists.c.archived_at.is_(None),
            boards.c.archived_at.is_(None),
        )
    )
    return {row.id: row for row in tx.all(query)}


def _cut(told: list[BoardNews], most: int) -> None:
    """A few lines of each board, of the first boards more."""
    share = most if len(told) == 1 else _OF_ONE
    left = most
    for board in told:
        board.lines = board.lines[: min(share, left)]
        left -= len(board.lines)


def _moved_to(row: Any, card_id: int) -> Any:
    if row.type != "card.moved":
        return None
    put = orjson.loads(row.text)["put"].get("cards", ())
    return next((card.get("list_id") for card in put if card["id"] == card_id), None)


def _name_lists(tx: Tx, told: list[BoardNews]) -> None:
    ids = {line.to for board in told for line in board.lines if line.to is not None}
    names = {row.id: row.title for row in tx.all(select(lists.c.id, lists.c.title).where(lists.c.id.in_(ids)))}
    for board in told:
        board.lines = [
            News(line.type, line.at, line.by, line.card_id, line.title, names.get(line.to)) for line in board.lines
        ]
