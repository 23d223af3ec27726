"""How somebody left a board, and which boards she keeps at hand. It is hers alone: no room hears of it."""

from typing import Any

import orjson
from sqlalchemy import select

from board.boards import sight
from board.boards.models import BoardStar, board_stars, board_views
from board.boards.schemas import ChangeView
from board.core.access import Actor
from board.core.command import Change
from board.core.db import Tx

AS_ALL_BEGIN: dict[str, Any] = {"collapsed": [], "filter": None, "view": "board"}


def read(tx: Tx, actor: Actor, board_id: int) -> dict[str, Any]:
    sight.board(tx, actor, board_id)
    kept = tx.scalar(select(board_views.c.view).where(*_hers(board_views, actor, board_id)))
    starred = tx.first(select(board_stars.c.at).where(*_hers(board_stars, actor, board_id))) is not None
    return {"id": board_id, "starred": starred, **AS_ALL_BEGIN, **(orjson.loads(kept) if kept else {})}


def change_view(change: Change, board_id: int, body: ChangeView) -> dict[str, Any]:
    """What is not named stays as it was, so that two pages of hers never forget for each other."""
    tx, actor = change.tx, change.actor
    now = read(tx, actor, board_id)
    given = body.model_dump(exclude_unset=True)
    kept = {name: given.get(name, now[name]) for name in AS_ALL_BEGIN}
    text = orjson.dumps(kept).decode()
    row = {"member_id": actor.member_id, "board_id": board_id, "school_id": actor.school_id, "view": text}
    tx.upsert(board_views, row, change=["view"])
    return {**now, **kept}


def star_board(change: Change, board_id: int) -> dict[str, Any]:
    tx, actor = change.tx, change.actor
    now = read(tx, actor, board_id)
    if not now["starred"]:
        tx.insert(
            BoardStar, member_id=actor.member_id, board_id=board_id, school_id=actor.school_id, at=change.at
        )  # fmt: skip
    return {**now, "starred": True}


def unstar_board(change: Change, board_id: int) -> dict[str, Any]:
    now = read(change.tx, change.actor, board_id)
    change.tx.delete(BoardStar, *_hers(board_stars, change.actor, board_id))
    return {**now, "starred": False}


def _hers(table: Any, actor: Actor, board_id: int) -> tuple[Any, ...]:
    return table.c.member_id == actor.member_id, table.c.board_id == board_id
