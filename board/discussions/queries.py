"""Comments as they are read."""

from typing import Any

from sqlalchemy import and_, select

from board.core import subjects, text
from board.core.access import Actor
from board.core.db import Tx
from board.core.subjects import Seen
from board.discussions import abilities
from board.discussions.models import comments, reactions, read_marks, threads
from board.people.models import members


def thread_seen(tx: Tx, actor: Actor, id: int) -> tuple[Any, Seen]:
    """A thread through what it hangs on.

    Raises:
        NotSeen: no such thread, or its subject is hidden from the actor.
    """
    row = tx.one(select(threads).where(threads.c.id == id, threads.c.school_id == actor.school_id))
    return row, subjects.of(row.subject_type).look_up(tx, actor, row.subject_id)


def comment_seen(tx: Tx, actor: Actor, id: int, *, change: bool = False) -> tuple[Any, Any, Seen]:
    """(comment, thread, subject). With ``change`` the row stays ours until the transaction ends.

    Raises:
        NotSeen
    """
    query = select(comments).where(comments.c.id == id, comments.c.school_id == actor.school_id)
    row = tx.one(query.with_for_update() if change and tx.dialect == "postgresql" else query)
    thread, seen = thread_seen(tx, actor, row.thread_id)
    return row, thread, seen


def page(
    tx: Tx, actor: Actor, thread_id: int, after: int, limit: int
) -> tuple[str, dict[str, Any], list[dict[str, Any]], dict[str, Any]]:
    """(room, thread, at most ``limit`` comments after the id ``after``, oldest first, what the actor may do with them)."""
    thread, seen = thread_seen(tx, actor, thread_id)
    mine = (read_marks.c.thread_id == thread_id, read_marks.c.member_id == actor.member_id)
    head = {**thread_record(thread), "up_to": tx.scalar(select(read_marks.c.up_to).where(*mine)) or 0}
    query = select(comments).where(comments.c.thread_id == thread_id, comments.c.id > after)
    rows = tx.all(query.order_by(comments.c.id).limit(limit))
    found = _reactions(tx, [r.id for r in rows])
    return seen.rooms[0], head, [record(r, found.get(r.id, {})) for r in rows], abilities.by_whose(seen.now)


def people(tx: Tx, actor: Actor, thread_id: int, after: int, limit: int) -> list[Any]:
    """Whom the actor may mention: everybody who sees what the thread hangs on; a guest, of them, those whom he is told of there."""
    thread, _ = thread_seen(tx, actor, thread_id)
    query = select(members).where(members.c.school_id == actor.school_id, may_mention(tx, actor, thread))
    return list(tx.all(query.where(members.c.id > after).order_by(members.c.id).limit(limit)))


def may_mention(tx: Tx, actor: Actor, thread: Any) -> Any:
    """The condition that the actor may mention this member there."""
    subject = subjects.of(thread.subject_type)
    seen = subject.seen_by(thread.subject_id, members.c.id)
    return and_(seen, members.c.id.in_(subject.listed(tx, thread.subject_id))) if actor.is_guest else seen


def thread_record(row: Any) -> dict[str, Any]:
    return {"id": row.id, "resolved_at": row.resolved_at}


def one(tx: Tx, id: int) -> dict[str, Any]:
    return record(tx.one(select(comments).where(comments.c.id == id)), _reactions(tx, [id]).get(id, {}))


def on_threads(tx: Tx, thread_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Thread id → its comments, oldest first; whoever asks sees what these threads hang on."""
    query = select(comments).where(comments.c.thread_id.in_(thread_ids)).order_by(comments.c.id)
    rows = tx.all(query) if thread_ids else []
    reacted = _reactions(tx, [r.id for r in rows])
    found: dict[int, list[dict[str, Any]]] = {}
    for r in rows:
        found.setdefault(r.thread_id, []).append(record(r, reacted.get(r.id, {})))
    return found


def who_wrote(tx: Tx, subject_type: str, subject_ids: Any) -> list[int]:
    """Members who said something there, also where only the mark of it is left. ``subject_ids``: ids, or a query of them."""
    there = threads.c.subject_type == subject_type, threads.c.subject_id.in_(subject_ids)
    query = select(comments.c.by).join(threads, threads.c.id == comments.c.thread_id)
    return sorted(tx.scalars(query.where(*there, comments.c.by.isnot(None)).distinct()))


def record(row: Any, found: dict[str, list[int]]) -> dict[str, Any]:
    """Of a deleted comment only the mark is shown."""
    body = "" if row.deleted_at else row.body
    return {
        "id": row.id, "thread_id": row.thread_id, "reply_to": row.reply_to, "body": body, "html": text.html(body) if body else "",
        "by": row.by, "by_name": row.by_name, "at": row.at, "edited_at": row.edited_at, "deleted_at": row.deleted_at,
        "reactions": {} if row.deleted_at else found, "version": row.version,
    }  # fmt: skip


def _reactions(tx: Tx, ids: list[int]) -> dict[int, dict[str, list[int]]]:
    found: dict[int, dict[str, list[int]]] = {}
    if ids:
        query = select(reactions.c.comment_id, reactions.c.emoji, reactions.c.member_id).where(
            reactions.c.comment_id.in_(ids)
        )
        for comment_id, emoji, member_id in tx.execute(query.order_by(reactions.c.emoji, reactions.c.member_id)):
            found.setdefault(comment_id, {}).setdefault(emoji, []).append(member_id)
    return found
