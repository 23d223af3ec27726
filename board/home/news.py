"""What others did on the boards that are near to somebody since she was here: the newest event of each card, board by board, from the journal.
What was done to many cards at once is one line, and counts each of them."""

from dataclasses import dataclass, field, replace
from typing import Any

import orjson
from sqlalchemy import bindparam, case, func, or_, select

from board.boards import activity
from board.boards.models import boards, cards, lists
from board.core.access import Actor
from board.core.db import Tx
from board.core.journal import Entry, Room
from board.people.models import Member

entries, rooms, members = Entry.__table__, Room.__table__, Member.__table__
#: of one card
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
#: made, copied or brought while she was away: all of it is new to her
_NEW_BOARD = "board.added"
#: lines, over all boards
MOST = 6
#: lines of one board while others have something to tell as well
_OF_ONE = 3
#: of each board, so that a long absence costs no more than a short one
_LOOKED_AT = 200
#: cards, over all boards
_MOST_CARDS = 20_000


@dataclass(frozen=True)
class News:
    type: str
    at: str
    by: Any
    #: None: it is about the board
    card_id: int | None
    title: str = ""
    #: of a move to another list
    to: Any = None
    #: how many more cards it was done to
    others: int = 0


@dataclass
class BoardNews:
    id: int
    title: str
    #: how many of its cards have changed
    count: int = 0
    lines: list[News] = field(default_factory=list)

    @property
    def more(self) -> int:
        """Cards that no line tells of."""
        return self.count - sum(1 + line.others for line in self.lines if line.card_id is not None)


@dataclass(frozen=True)
class _Happened:
    """To one card, or to a board."""

    type: str
    row: Any
    to: int | None = None


def since(tx: Tx, actor: Actor, board_ids: list[int], at: str, most: int = MOST) -> list[BoardNews]:
    """``board_ids``: of boards that the actor may see. What changed after ``at``, the board of the newest first. At most four statements."""
    if not board_ids:
        return []
    by_card: dict[int, _Happened] = {}
    made: dict[int, Any] = {}
    rows = _newest(tx, actor, board_ids, at)
    new_boards = {row.room for row in rows if row.type == _NEW_BOARD}
    for row in rows:
        if row.type == _NEW_BOARD:
            made.setdefault(row.subject_id, row)
        elif row.type in activity.OF_MANY:
            if row.type != "board.filled" or row.room not in new_boards:
                for id, (type, put) in activity.of_many(row).items():
                    by_card.setdefault(id, _Happened(type, row, put.get("list_id") if type == "card.moved" else None))
        elif row.source_at is None or row.room not in new_boards:
            by_card.setdefault(row.subject_id, _Happened(row.type, row, _moved_to(row)))
    told = _by_board(tx, by_card, made, board_ids)
    _cut(told, most)
    _name_lists(tx, told)
    return [board for board in told if board.lines]


def _newest(tx: Tx, actor: Actor, board_ids: list[int], at: str) -> Any:
    e = entries.c
    # Its text is long, and read of few.
    text = case((e.type.in_(("card.moved", *activity.OF_MANY)), e.text), else_="").label("text")
    about = or_(
        (e.subject_type == "card") & e.type.in_(TYPES),
        e.type.in_(activity.OF_MANY),
        (e.type == _NEW_BOARD) & (e.subject_type == "board"),
    )
    # What comes from elsewhere tells its whole history: of that only what was brought, and what happened there meanwhile.
    here = or_(e.source_at.is_(None), e.type == "card.added", e.source_at > at)
    return tx.all(
        select(e.room, e.seq, e.type, e.at, e.by, e.subject_id, e.source_at, text, activity.WAS.label("was"), members.c.id, members.c.name)
        .select_from(entries.join(rooms, rooms.c.room == e.room).join(members, members.c.id == e.by))
        .where(
            e.room.in_([f"board:{id}" for id in board_ids]),
            e.seq > rooms.c.seq - _LOOKED_AT,
            e.at > at,
            about,
            here,
            e.by != actor.member_id,
        )
        .order_by(e.at.desc(), e.seq.desc())
    )  # fmt: skip


def _by_board(tx: Tx, by_card: dict[int, _Happened], made: dict[int, Any], board_ids: list[int]) -> list[BoardNews]:
    shown = _shown(tx, list(by_card)[:_MOST_CARDS], board_ids)
    whole = _whole(tx, [id for id in made if id in board_ids]) if made else {}
    told: dict[int, BoardNews] = {}
    newest: dict[int, str] = {}
    for id, board in whole.items():
        told[id] = BoardNews(id, board.title, board.many, [News(_NEW_BOARD, made[id].at, made[id], None)])
        newest[id] = made[id].at
    # Cards to which one event did the same stand in one line, the first of them by name.
    lines: dict[tuple[Any, ...], int] = {}
    for id, happened in by_card.items():
        if id not in shown:
            continue
        card, row = shown[id], happened.row
        board = told.setdefault(card.board_id, BoardNews(card.board_id, card.board))
        newest[board.id] = max(newest.get(board.id, ""), row.at)
        if board.id not in whole:
            board.count += 1
        key = (board.id, row.room, row.seq, happened.type, happened.to)
        if key in lines:
            at = lines[key]
            board.lines[at] = replace(board.lines[at], others=board.lines[at].others + 1)
        else:
            lines[key] = len(board.lines)
            board.lines.append(News(happened.type, row.at, row, id, card.title, happened.to))
    return sorted(told.values(), key=lambda board: newest[board.id], reverse=True)


def _shown(tx: Tx, card_ids: list[int], board_ids: list[int]) -> dict[int, Any]:
    # Written out: so many may be more than a statement takes as parameters.
    these: Any = bindparam("these", card_ids, expanding=True, literal_execute=True)
    columns = (cards.c.id, cards.c.title, cards.c.board_id, boards.c.title.label("board"))
    query = select(*columns).select_from(_CARDS).where(cards.c.id.in_(these), cards.c.board_id.in_(board_ids), *_SHOWN)
    return {row.id: row for row in tx.all(query)}


def _whole(tx: Tx, board_ids: list[int]) -> dict[int, Any]:
    """Boards, with how many cards each shows."""
    many = select(cards.c.board_id, func.count().label("many")).select_from(_CARDS)
    shown = many.where(cards.c.board_id.in_(board_ids), *_SHOWN).group_by(cards.c.board_id).subquery("shown")
    query = select(boards.c.id, boards.c.title, func.coalesce(shown.c.many, 0).label("many"))
    query = query.select_from(boards.outerjoin(shown, shown.c.board_id == boards.c.id))
    return {row.id: row for row in tx.all(query.where(boards.c.id.in_(board_ids), boards.c.archived_at.is_(None)))}


_CARDS = cards.join(boards, boards.c.id == cards.c.board_id).join(lists, lists.c.id == cards.c.list_id)
_SHOWN = (
    cards.c.archived_at.is_(None),
    cards.c.binned_at.is_(None),
    lists.c.archived_at.is_(None),
    boards.c.archived_at.is_(None),
)


def _cut(told: list[BoardNews], most: int) -> None:
    """A few lines of each board, of the first boards more."""
    share = most if len(told) == 1 else _OF_ONE
    left = most
    for board in told:
        board.lines = board.lines[: min(share, left)]
        left -= len(board.lines)


def _moved_to(row: Any) -> int | None:
    if row.type != "card.moved":
        return None
    put = orjson.loads(row.text)["put"].get("cards", ())
    return next((card.get("list_id") for card in put if card["id"] == row.subject_id), None)


def _name_lists(tx: Tx, told: list[BoardNews]) -> None:
    ids = {line.to for board in told for line in board.lines if line.to is not None}
    names = {row.id: row.title for row in tx.all(select(lists.c.id, lists.c.title).where(lists.c.id.in_(ids)))}
    for board in told:
        board.lines = [replace(line, to=names.get(line.to)) for line in board.lines]
