"""The bin is emptied once a day: what has been in it for 30 days goes for good. What happened stays in the journal."""

from typing import Any

from sqlalchemy import select

from board import discussions
from board.boards.models import cards
from board.core import jobs, times
from board.core.db import Tx, writing
from board.core.removal import remove

KEPT_DAYS = 30
DAY_S = 24 * 3600
#: so many cards go in one transaction
_AT_ONCE = 200


@jobs.handler("empty_bin", every_s=DAY_S)
def empty_bin(arguments: dict[str, Any]) -> None:
    more = True
    while more:
        with writing() as tx:
            jobs.renew(tx)
            more = _remove_some(tx, times.later(-KEPT_DAYS * DAY_S)) == _AT_ONCE


def _remove_some(tx: Tx, until: str) -> int:
    old = select(cards.c.id).where(cards.c.binned_at <= until).order_by(cards.c.id).limit(_AT_ONCE)
    # Whoever takes one out at this moment holds its row: it is not ours any more.
    ids = tx.scalars(old.with_for_update(skip_locked=True) if tx.dialect == "postgresql" else old)
    if ids:
        discussions.remove_threads(tx, "card", ids)
        remove(tx, cards, cards.c.id.in_(ids))
    return len(ids)
