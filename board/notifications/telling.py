"""Writing notices: to whom, merged with what they have not read yet, and taken back. One look-up says who is told; what is told goes to each one's
own room."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, false, insert, or_, select, update

from board.boards import sees_board
from board.boards.models import cards, lists
from board.core import times
from board.core.command import Change
from board.core.hot import Hot
from board.notifications import queries
from board.notifications.models import notices, settings
from board.people.models import Member

members = Member.__table__
#: so long what happens again to the same thing is added to the notice that is there, unless it was read
HOUR, DAY = 3600, 86400
CARD: Any = bindparam("card")
NOTHING: dict[str, Any] = {
    "board_id": None, "group_id": None, "initiative_id": None, "card_id": None, "thread_id": None, "comment_id": None, "item_id": None,
    "detail": None,
}  # fmt: skip


def of_card(
    change: Change,
    card_id: int,
    who: ColumnElement[bool],
    *reasons: str,
    more: Iterable[ColumnElement[Any]] = (),
    merge: ColumnElement[bool] | None = None,
    seconds: int = HOUR,
) -> list[Any]:
    """Who of ``who`` (a condition on ``members``) sees the card, without the actor: rows with her id, what she has switched off, the card, and the
    notice that a new one would be added to (of these reasons and ``merge``). One statement."""
    query = asking(who, *reasons, more=more, merge=merge)
    return _first_of_each(change.tx.all(query, _given(change, card_id, seconds)))


def of_card_hot(change: Change, card_id: int, query: Hot) -> list[Any]:
    """The same with a statement that was made before."""
    return _first_of_each(change.tx.all(query, _given(change, card_id, HOUR)))


def asking(
    who: ColumnElement[bool],
    *reasons: str,
    more: Iterable[ColumnElement[Any]] = (),
    merge: ColumnElement[bool] | None = None,
) -> Select[Any]:
    same = and_(
        notices.c.member_id == members.c.id,
        or_(*(notices.c.reason == reason for reason in reasons)) if reasons else false(),
        notices.c.card_id == CARD,
        notices.c.read_at.is_(None),
        notices.c.at > bindparam("since"),
        merge if merge is not None else false(),
    )
    columns = (
        members.c.id.label("member_id"),
        settings.c.off,
        cards.c.title,
        cards.c.board_id,
        cards.c.thread_id,
        lists.c.title.label("list"),
        notices.c.id.label("notice_id"),
        notices.c.people,
        notices.c.count.label("times"),
        *more,
    )
    source = members.join(cards, cards.c.id == CARD).join(lists, lists.c.id == cards.c.list_id)
    source = source.outerjoin(settings, settings.c.member_id == members.c.id).outerjoin(notices, same)
    return (
        select(*columns)
        .select_from(source)
        .where(members.c.school_id == bindparam("school"), members.c.id != bindparam("me"), who)
        .where(cards.c.binned_at.is_(None), sees_board(members.c.id, cards.c.board_id))
        .order_by(members.c.id, notices.c.id.desc())
    )


def _given(change: Change, card_id: int, seconds: int) -> dict[str, Any]:
    since = times.later(-seconds, change.at)
    return {"card": card_id, "school": change.actor.school_id, "me": change.actor.member_id, "since": since}


def _first_of_each(rows: Iterable[Any]) -> list[Any]:
    found: dict[int, Any] = {}
    for row in rows:
        found.setdefault(row.member_id, row)
    return list(found.values())


def card(row: Any, reasons: Iterable[str], card_id: int, **more: Any) -> tuple[dict[str, Any], str] | None:
    """(what a notice to this row of ``of_card`` says, why); None when she has switched off all these reasons."""
    off = set((row.off or "").split())
    reason = next((r for r in reasons if r not in off), None)
    if reason is None:
        return None
    about = {**NOTHING, "title": row.title, "board_id": row.board_id, "card_id": card_id, "thread_id": row.thread_id}
    return {**about, **more, "member_id": row.member_id}, reason


def item(
    row: Any, reason: str, card_id: int, item_id: int, title: str, **more: Any
) -> tuple[dict[str, Any], str] | None:
    """The same of an item of a checklist on the card; it is called by its own words."""
    return card(row, (reason,), card_id, item_id=item_id, title=title, **more)


def card_of(event: dict[str, Any]) -> int | None:
    """The card that an event in a board's room is about; none of what an import brings: it happened elsewhere, and before."""
    kind, id = event["subject"]
    if event["source_at"] or kind != "card" or not event["room"].startswith("board:"):
        return None
    found: int = id
    return found


def tell(change: Change, event: str, told: list[tuple[dict[str, Any], str]], *, by_actor: bool = True) -> None:
    """New notices, each in its member's room. ``told``: what it says, and why."""
    if not told:
        return
    me = change.actor
    who = {"by": me.member_id, "by_name": me.name or None, "people": str(me.member_id)}
    nobody = {"by": None, "by_name": None, "people": ""}
    shared = {"school_id": me.school_id, "event": event, "count": 1, "at": change.at, "read_at": None}
    shared |= who if by_actor else nobody
    rows = [{**shared, **about, "reason": reason} for about, reason in told]
    # One of each card, and of each item, for each member: so the ids find their rows, and no order has to be kept.
    key = (notices.c.member_id, notices.c.card_id, notices.c.item_id)
    made = change.tx.execute(insert(notices).returning(notices.c.id, *key), rows)
    ids = {(row.member_id, row.card_id, row.item_id): row.id for row in made}
    for row in rows:
        id = ids[row["member_id"], row["card_id"], row["item_id"]]
        record = queries.record(SimpleNamespace(id=id, **row))
        put = {"notices": [record], "unread": [{"id": id, "card_id": row["card_id"]}]}
        change.record("notice.added", f"member:{row['member_id']}", put=put, subject=("notice", id))


def add(change: Change, event: str, row: Any, detail: str | None) -> None:
    """To a notice that she has not read yet: who did it last, how many did, how often."""
    me = change.actor
    people = [id for id in row.people.split() if id != str(me.member_id)] + [str(me.member_id)]
    now = {
        "event": event,
        "by": me.member_id,
        "by_name": me.name or None,
        "count": row.times + 1,
        "detail": detail,
        "at": change.at,
    }
    change.tx.execute(update(notices).where(notices.c.id == row.notice_id).values(**now, people=" ".join(people)))
    put = {"notices": [{"id": row.notice_id, **now, "others": len(people) - 1}]}
    change.record("notice.merged", f"member:{row.member_id}", put=put, subject=("notice", row.notice_id))


def withdraw(change: Change, *conditions: Any) -> int:
    """These notices are gone, for whoever had them; returns how many."""
    gone = change.tx.all(
        select(notices.c.id, notices.c.member_id).where(*conditions).order_by(notices.c.member_id, notices.c.id)
    )
    if not gone:
        return 0
    change.tx.execute(delete(notices).where(notices.c.id.in_([row.id for row in gone])))
    by_member: dict[int, list[int]] = {}
    for row in gone:
        by_member.setdefault(row.member_id, []).append(row.id)
    for member_id, ids in by_member.items():
        drop = {"notices": ids, "unread": ids}
        change.record("notice.withdrawn", f"member:{member_id}", drop=drop, subject=("notice", ids[0]))
    return len(gone)
