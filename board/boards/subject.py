"""A card as something that others hang on: threads now, files later."""

from typing import Any

from sqlalchemy import select

from board.boards import abilities, audience, roster, sight
from board.boards.models import Card, board_commenters, cards
from board.boards.records import is_shown
from board.core.access import Actor
from board.core.command import Change
from board.core.db import Tx
from board.core.subjects import Seen, Subject


def look_up(tx: Tx, actor: Actor, id: int) -> Seen:
    """Raises NotSeen: no such card, or hidden from the actor."""
    row = sight.card(tx, actor, id)
    return Seen((f"board:{row.board_id}",), abilities.on_board(actor, row), abilities.now(actor, row))


def touched(change: Change, id: int, more: dict[str, int]) -> dict[str, list[dict[str, Any]]]:
    """Counts comments (``{"comments": ±n}``) and lists who commented; nothing is put for a card that its board does not show."""
    tx = change.tx
    row = sight.card(tx, change.actor, id, change=True)
    count = row.comment_count + more.get("comments", 0)
    tx.update(Card, id, comment_count=count)
    values = {"board_id": row.board_id, "member_id": change.actor.member_id, "school_id": change.actor.school_id}
    first = tx.upsert(board_commenters, values)
    listed = roster.shown(tx, row.board_id, [change.actor.member_id]) if first else {}
    return {"cards": [{"id": id, "comment_count": count}], **listed} if is_shown(row) else listed


def seen_by(id: int, member_id: Any) -> Any:
    board_id = select(cards.c.board_id).where(cards.c.id == id, cards.c.binned_at.is_(None)).scalar_subquery()
    return audience.sees_board(member_id, board_id)


def listed(tx: Tx, id: int) -> list[int]:
    board_id = tx.scalar(select(cards.c.board_id).where(cards.c.id == id))
    return [record["id"] for record in roster.listed(tx, board_id)]


CARD = Subject(look_up, touched, seen_by, listed)
