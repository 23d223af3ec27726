"""Notices as they are read. Each is its member's alone."""

from typing import Any

from sqlalchemy import bindparam, select

from board.core import journal, paging
from board.core.access import Actor
from board.core.db import Tx
from board.notifications.models import notices, settings

_UNREAD = (
    select(notices.c.id, notices.c.card_id)
    .where(notices.c.member_id == bindparam("member"), notices.c.read_at.is_(None))
    .order_by(notices.c.id)
)
_OFF = select(settings.c.off).where(settings.c.member_id == bindparam("member"))
_PLAIN = (
    "id", "reason", "event", "title", "board_id", "group_id", "initiative_id", "card_id", "thread_id", "comment_id", "item_id", "by", "by_name", "count",
    "detail", "at", "read_at",
)  # fmt: skip


def record(row: Any) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in _PLAIN}, "others": max(0, len(row.people.split()) - 1)}


def one(tx: Tx, actor: Actor, id: int) -> Any:
    """Raises NotSeen: there is no such notice of hers."""
    return tx.one(select(notices).where(notices.c.id == id, notices.c.member_id == actor.member_id))


def shown(tx: Tx, actor: Actor, before: int | None, limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """Newest first, and the cursor to go on with."""
    rows, next = paging.page(_page(tx, actor, before, limit + 1), limit, lambda r: (r.id,))
    return [record(row) for row in rows], next


def _page(tx: Tx, actor: Actor, before: int | None, limit: int) -> list[Any]:
    query = select(notices).where(notices.c.member_id == actor.member_id)
    if before is not None:
        query = query.where(notices.c.id < before)
    return list(tx.all(query.order_by(notices.c.id.desc()).limit(limit)))


def unread(tx: Tx, member_id: int) -> list[dict[str, Any]]:
    """What stands in her room: the ids of what she has not read, with their cards, so that opening a card can mark its own."""
    return [{"id": row.id, "card_id": row.card_id} for row in tx.all(_UNREAD, {"member": member_id})]


def settings_of(tx: Tx, member_id: int) -> dict[str, Any]:
    return {"id": member_id, "off": (tx.scalar(_OFF, {"member": member_id}) or "").split()}


def in_room(tx: Tx, member_id: int) -> list[dict[str, Any]]:
    return [settings_of(tx, member_id)]


def at_start(tx: Tx, actor: Actor) -> dict[str, Any]:
    """What every page starts with: where her room stands, and what is unread. Two statements."""
    seq, epoch = journal.head(tx, f"member:{actor.member_id}")
    return {"seq": seq, "epoch": epoch, "unread": unread(tx, actor.member_id)}
