"""What is mine, over all boards that I may see."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select

from board.boards import boards_seen
from board.boards.models import boards, card_owners, cards, lists
from board.core import times
from board.core.access import Actor
from board.core.db import Tx
from board.initiatives.models import who

MOST = 200
#: in the order in which a day is planned
WHEN = ("asked", "late", "today", "week", "later", "none")


def mine(tx: Tx, actor: Actor, zone: str) -> dict[str, list[dict[str, Any]]]:
    """Her open actions by when they are due, in the school's time zone; what she has been asked for stands first. One statement."""
    seen = boards_seen().with_only_columns(boards.c.id)
    columns = (
        cards.c.id,
        cards.c.number,
        cards.c.title,
        cards.c.due,
        cards.c.board_id,
        boards.c.title.label("board"),
        card_owners.c.asked,
    )
    source = card_owners.join(cards, cards.c.id == card_owners.c.card_id).join(lists, lists.c.id == cards.c.list_id)
    shown = and_(
        cards.c.archived_at.is_(None),
        cards.c.binned_at.is_(None),
        cards.c.done.is_(None),
        lists.c.archived_at.is_(None),
    )
    query = (
        select(*columns)
        .select_from(source.join(boards, boards.c.id == cards.c.board_id))
        .where(card_owners.c.member_id == actor.member_id, shown, cards.c.board_id.in_(seen))
        .order_by(cards.c.due.is_(None), cards.c.due, cards.c.id)
        .limit(MOST)
    )
    today = times.clock().astimezone(ZoneInfo(zone)).date()
    found: dict[str, list[dict[str, Any]]] = {when: [] for when in WHEN}
    for row in tx.all(query, who(actor)):
        record = dict(row._mapping)
        record["day"] = _day(row.due, zone)
        found["asked" if row.asked else _when(record["day"], today)].append(record)
    return found


def _when(day: date | None, today: date) -> str:
    if day is None:
        return "none"
    if day < today:
        return "late"
    if day == today:
        return "today"
    return "week" if day <= today + timedelta(days=6 - today.weekday()) else "later"


def _day(due: str | None, zone: str) -> date | None:
    """The day on which something is due, where the school is."""
    if due is None:
        return None
    return (
        date.fromisoformat(due) if times.is_day(due) else datetime.fromisoformat(due).astimezone(ZoneInfo(zone)).date()
    )
