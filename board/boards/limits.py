"""How many cards a list takes, and a board. A list's soft limit only shows on it; a hard one refuses what would go beyond it."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, func, select

from board.boards.models import cards, lists
from board.core.db import Tx
from board.core.errors import Conflict

MOST_OPEN_CARDS = 5_000
_ALONE = select(lists.c.id).where(lists.c.id == bindparam("list")).with_for_update(key_share=True)
_ROW = select(lists.c.title, lists.c.wip_limit, lists.c.wip_hard).where(lists.c.id == bindparam("list"))
_OPEN = select(func.count()).select_from(cards).where(
    cards.c.list_id == bindparam("list"), cards.c.archived_at.is_(None), cards.c.binned_at.is_(None)
)  # fmt: skip
_ON_BOARD = select(func.count()).select_from(cards).where(
    cards.c.board_id == bindparam("board"), cards.c.archived_at.is_(None), cards.c.binned_at.is_(None)
)  # fmt: skip


def need_open_cards(tx: Tx, board_id: int, coming: int = 1, *, data: Any = None) -> None:
    """Raises Conflict: the board has no room for so many; with ``data``, the record that is refused."""
    there = tx.scalar(_ON_BOARD, {"board": board_id})
    if there + coming > MOST_OPEN_CARDS:
        told = {"most": format(MOST_OPEN_CARDS, ","), "there": format(there, ",")}
        detail = _("A board may have %(most)s open cards and has %(there)s. Archive some first.", **told)
        raise Conflict(detail, data=data)


def need_room(tx: Tx, list_id: int, coming: int = 1, *, stood: int = 0, data: Any = None) -> None:
    """For a list with a hard limit.

    Args:
        stood: so many stood there before what is now taken back; as many may stand there again.
        data: the record that is refused, as it is.

    Raises:
        Conflict: the list is full.
    """
    # Two that come at the same moment: the second waits until the first stands there, or both would find the last place free.
    if tx.dialect == "postgresql":
        tx.execute(_ALONE, {"list": list_id})
    row = tx.one(_ROW, {"list": list_id})
    if not row.wip_hard or row.wip_limit is None:
        return
    there = tx.scalar(_OPEN, {"list": list_id})
    if there + coming <= max(row.wip_limit, stood):
        return
    told = {"list": row.title, "limit": row.wip_limit, "there": there, "coming": coming}
    if there >= row.wip_limit:
        detail = _("“%(list)s” is full: it takes %(limit)s cards, and %(there)s are there. Move one on first.", **told)
    else:
        detail = _(
            "“%(list)s” takes %(limit)s cards and holds %(there)s: there is no room for %(coming)s more.", **told
        )
    raise Conflict(detail, data=data)


def stood(tx: Tx, list_id: int, most: int | None) -> dict[str, Any]:
    """What ``was`` keeps of a list with a hard limit that a card leaves: how many stood there, so that it may come back."""
    return {} if most is None else {"stood": {str(list_id): tx.scalar(_OPEN, {"list": list_id})}}


def how_many_stood(was: dict[str, Any], list_id: int) -> int:
    found: int = was.get("stood", {}).get(str(list_id), 0)
    return found
