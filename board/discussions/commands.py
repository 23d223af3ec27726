"""The verbs of discussions. What a thread hangs on is only known as a subject."""

import unicodedata
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, func, insert, select

from board.core import subjects, text
from board.core.access import need
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict, Gone, Invalid, NotSeen, Stale
from board.core.removal import remove
from board.discussions import queries
from board.discussions.abilities import need_on
from board.discussions.models import Comment, Reaction, Thread, comments, reactions, read_marks, threads
from board.discussions.schemas import AddComment, EditComment, ReadUpTo
from board.people.models import Member

members = Member.__table__
MOST_REACTIONS = 1_000
LONGEST_EMOJI = 32
#: signs, skin tones, the box of a key; what joins them: joiner, picture selector, and the signs in a key's box
_EMOJI, _INSIDE_EMOJI = {"So", "Me", "Sk"}, "\u200d\ufe0f0123456789#*"


def open_thread(change: Change, subject_type: str, subject_id: int) -> int:
    """The thread of a new subject; returns its id."""
    return change.tx.insert(Thread, school_id=change.actor.school_id, subject_type=subject_type, subject_id=subject_id)


def open_threads(change: Change, subject_type: str, subject_ids: list[int]) -> dict[int, int]:
    """The threads of many new subjects: subject id → thread id."""
    school = change.actor.school_id
    rows = [{"school_id": school, "subject_type": subject_type, "subject_id": id} for id in subject_ids]
    made = change.tx.execute(insert(threads).returning(threads.c.subject_id, threads.c.id), rows) if rows else ()
    return {row.subject_id: row.id for row in made}


def bring_comments(change: Change, rows: list[dict[str, Any]]) -> list[int]:
    """Comments from elsewhere: ``thread_id, body, by, by_name, at`` and perhaps ``edited_at``; returns their ids, in order. The caller counts
    them on their subjects and says so."""
    school = change.actor.school_id
    blank: dict[str, Any] = {"school_id": school, "reply_to": None, "edited_at": None, "deleted_at": None, "version": 0}
    statement = insert(comments).returning(comments.c.id, sort_by_parameter_order=True)
    return [row.id for row in change.tx.execute(statement, [{**blank, **row} for row in rows])] if rows else []


def remove_threads(tx: Tx, subject_type: str, subject_ids: list[int]) -> None:
    """For good, with all that was said: their subjects are being removed."""
    remove(tx, threads, and_(threads.c.subject_type == subject_type, threads.c.subject_id.in_(subject_ids)))


def add_comment(change: Change, thread_id: int, body: AddComment) -> dict[str, Any]:
    tx, actor = change.tx, change.actor
    thread, seen = queries.thread_seen(tx, actor, thread_id)
    need(seen.abilities, "add_comment")
    reply_to = _parent(change, thread_id, body.reply_to)
    _check_mentions(change, thread, text.mentions(body.body))
    id = tx.insert(
        Comment, school_id=actor.school_id, thread_id=thread_id, reply_to=reply_to, body=body.body, by=actor.member_id, at=change.at,
        version=0,
    )  # fmt: skip
    record = queries.one(tx, id)
    _tell(change, thread, seen, "comment.added", put={"comments": [record]}, count=1)
    return record


def edit_comment(change: Change, id: int, body: EditComment, version: int | None = None) -> dict[str, Any]:
    row, thread, seen = queries.comment_seen(change.tx, change.actor, id, change=True)
    need_on(change.actor, row, seen.abilities, "edit_comment")
    if row.deleted_at:
        raise Gone(_("This comment was deleted."))
    if version is not None and version != row.version:
        raise Stale(data=queries.one(change.tx, id))
    # Who was mentioned before and has left since stays as she was written.
    _check_mentions(change, thread, text.mentions(body.body) - text.mentions(row.body))
    return rewrite(change, row, thread, seen, body.body)


def rewrite(change: Change, row: Any, thread: Any, seen: Any, body: str) -> dict[str, Any]:
    """Another text for a comment, and says so."""
    if body == row.body:
        return queries.one(change.tx, row.id)
    change.tx.update(Comment, row.id, body=body, edited_at=change.at, version=row.version + 1)
    record = queries.one(change.tx, row.id)
    put = {"comments": [{k: record[k] for k in ("id", "body", "html", "edited_at", "version")}]}
    was = {"comments": [{"id": row.id, "body": row.body, "edited_at": row.edited_at}]}
    _tell(change, thread, seen, "comment.edited", put=put, was=was)
    return record


def delete_comment(change: Change, id: int) -> dict[str, Any]:
    """A mark stays in its place."""
    row, thread, seen = queries.comment_seen(change.tx, change.actor, id, change=True)
    need_on(change.actor, row, seen.abilities, "delete_comment")
    if row.deleted_at:
        return queries.one(change.tx, id)
    change.tx.update(Comment, id, deleted_at=change.at)
    record = queries.one(change.tx, id)
    put = {"comments": [{k: record[k] for k in ("id", "body", "html", "deleted_at", "reactions")}]}
    _tell(change, thread, seen, "comment.deleted", put=put, was={"comments": [{"id": id}]}, count=-1)
    return record


def bring_back(change: Change, row: Any, thread: Any, seen: Any) -> dict[str, Any]:
    """Undoes a deletion."""
    change.tx.update(Comment, row.id, deleted_at=None)
    record = queries.one(change.tx, row.id)
    _tell(change, thread, seen, "comment.restored", put={"comments": [record]}, count=1)
    return record


def react_to_comment(change: Change, id: int, emoji: str) -> dict[str, Any]:
    tx, actor = change.tx, change.actor
    row, thread, seen = queries.comment_seen(tx, actor, id, change=True)
    need(seen.abilities, "react_to_comment")
    if row.deleted_at:
        raise Gone(_("This comment was deleted."))
    _check_emoji(emoji)
    before = queries.one(tx, id)["reactions"]
    if actor.member_id in before.get(emoji, ()):
        return queries.one(tx, id)
    if sum(map(len, before.values())) >= MOST_REACTIONS:
        raise Conflict(_("There are as many reactions as a comment may have."), data=queries.one(tx, id))
    tx.insert(Reaction, comment_id=id, member_id=actor.member_id, emoji=emoji, school_id=actor.school_id)
    return _tell_reactions(change, row, thread, seen, before, "comment.reacted")


def unreact_to_comment(change: Change, id: int, emoji: str) -> dict[str, Any]:
    tx, actor = change.tx, change.actor
    row, thread, seen = queries.comment_seen(tx, actor, id, change=True)
    before = queries.one(tx, id)["reactions"]
    mine = (reactions.c.comment_id == id, reactions.c.member_id == actor.member_id, reactions.c.emoji == emoji)
    if not tx.delete(Reaction, *mine):
        return queries.one(tx, id)
    return _tell_reactions(change, row, thread, seen, before, "comment.unreacted")


def resolve_thread(change: Change, thread_id: int) -> dict[str, Any]:
    thread, seen = queries.thread_seen(change.tx, change.actor, thread_id)
    need(seen.abilities, "resolve_thread")
    return set_resolved(change, thread, seen, change.at) if not thread.resolved_at else queries.thread_record(thread)


def reopen_thread(change: Change, thread_id: int) -> dict[str, Any]:
    thread, seen = queries.thread_seen(change.tx, change.actor, thread_id)
    need(seen.abilities, "reopen_thread")
    return set_resolved(change, thread, seen, None) if thread.resolved_at else queries.thread_record(thread)


def set_resolved(change: Change, thread: Any, seen: Any, at: str | None) -> dict[str, Any]:
    change.tx.update(Thread, thread.id, resolved_at=at, resolved_by=change.actor.member_id if at else None)
    put = {"threads": [{"id": thread.id, "resolved_at": at}]}
    was = {"threads": [{"id": thread.id, "resolved_at": thread.resolved_at}]}
    _tell(change, thread, seen, "thread.resolved" if at else "thread.reopened", put=put, was=was)
    return {**queries.thread_record(thread), "resolved_at": at}


def mark_read(change: Change, thread_id: int, body: ReadUpTo) -> dict[str, Any]:
    """How far the actor has read; for nobody else to see, so no room hears of it. A mark never goes back."""
    tx, actor = change.tx, change.actor
    queries.thread_seen(tx, actor, thread_id)
    newest = tx.scalar(select(func.max(comments.c.id)).where(comments.c.thread_id == thread_id)) or 0
    up_to = min(body.up_to, newest)
    row = {"thread_id": thread_id, "member_id": actor.member_id, "school_id": actor.school_id, "up_to": up_to}
    tx.upsert(read_marks, row, change=["up_to"], only=read_marks.c.up_to < up_to)
    mine = (read_marks.c.thread_id == thread_id, read_marks.c.member_id == actor.member_id)
    return {"id": thread_id, "up_to": tx.scalar(select(read_marks.c.up_to).where(*mine))}


def _parent(change: Change, thread_id: int, reply_to: int | None) -> int | None:
    if reply_to is None:
        return None
    parent = change.tx.first(select(comments).where(comments.c.id == reply_to, comments.c.thread_id == thread_id))
    if parent is None:
        raise NotSeen(_("There is no such comment in this thread."))
    return parent.reply_to or parent.id


def _check_mentions(change: Change, thread: Any, ids: frozenset[int]) -> None:
    """Raises Invalid: one of them does not see this, or is not there; the answer does not say which of the two."""
    if not ids:
        return
    seen = queries.may_mention(change.tx, change.actor, thread)
    there = change.tx.scalar(
        select(func.count()).where(members.c.id.in_(ids), members.c.school_id == change.actor.school_id, seen)
    )
    if there < len(ids):
        raise Invalid.field(
            "body", _("Somebody you mention cannot see this. Take the mention out, or share the board first.")
        )


def _check_emoji(emoji: str) -> None:
    kinds = {unicodedata.category(c) for c in emoji if c not in _INSIDE_EMOJI and not "\U000e0020" <= c <= "\U000e007f"}
    if len(emoji) > LONGEST_EMOJI or not kinds & {"So", "Me"} or kinds - _EMOJI:
        raise Invalid.field("emoji", _("React with one emoji."))


def _tell_reactions(
    change: Change, row: Any, thread: Any, seen: Any, before: dict[str, list[int]], type: str
) -> dict[str, Any]:
    record = queries.one(change.tx, row.id)
    put = {"comments": [{"id": row.id, "reactions": record["reactions"]}]}
    _tell(change, thread, seen, type, put=put, was={"comments": [{"id": row.id, "reactions": before}]})
    return record


def _tell(
    change: Change, thread: Any, seen: Any, type: str, *, put: dict[str, Any], was: Any = None, count: int = 0
) -> None:
    if count:
        put = {**put, **subjects.of(thread.subject_type).touched(change, thread.subject_id, {"comments": count})}
    change.record(type, seen.rooms, put=put, subject=(thread.subject_type, thread.subject_id), was=was)
