"""How what was said is taken back."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from board.core.access import need
from board.core.command import Change
from board.core.errors import Conflict
from board.core.undo import Past, unchanged, undoes
from board.discussions import commands, queries
from board.discussions.abilities import need_on
from board.discussions.models import reactions


@undoes("comment.added", "comment.restored")
def undo_adding(change: Change, past: Past) -> Any:
    return commands.delete_comment(change, past.put["comments"][0]["id"])


@undoes("comment.edited")
def undo_editing(change: Change, past: Past) -> Any:
    old = past.was["comments"][0]
    row, thread, seen = queries.comment_seen(change.tx, change.actor, old["id"], change=True)
    need_on(change.actor, row, seen.abilities, "edit_comment")
    unchanged(row._mapping, past.put["comments"][0], ("body",))
    return commands.rewrite(change, row, thread, seen, old["body"])


@undoes("comment.deleted")
def undo_deleting(change: Change, past: Past) -> Any:
    row, thread, seen = queries.comment_seen(change.tx, change.actor, past.was["comments"][0]["id"], change=True)
    need_on(change.actor, row, seen.abilities, "delete_comment")
    if not row.deleted_at:
        raise Conflict(_("This comment is back already."))
    return commands.bring_back(change, row, thread, seen)


@undoes("comment.reacted", "comment.unreacted")
def undo_reacting(change: Change, past: Past) -> Any:
    id, me = past.put["comments"][0]["id"], change.actor.member_id
    now, then = (_mine(r["reactions"], me) for r in (past.put["comments"][0], past.was["comments"][0]))
    present = set(
        change.tx.scalars(select(reactions.c.emoji).where(reactions.c.comment_id == id, reactions.c.member_id == me))
    )
    for emoji in sorted(now - then):
        if emoji not in present:
            raise Conflict(_("This is taken back already."))
        record = commands.unreact_to_comment(change, id, emoji)
    for emoji in sorted(then - now):
        record = commands.react_to_comment(change, id, emoji)
    return record


@undoes("thread.resolved", "thread.reopened")
def undo_resolving(change: Change, past: Past) -> Any:
    old = past.was["threads"][0]
    thread, seen = queries.thread_seen(change.tx, change.actor, old["id"])
    need(seen.abilities, "resolve_thread")
    unchanged(thread._mapping, past.put["threads"][0], ("resolved_at",))
    return commands.set_resolved(change, thread, seen, old["resolved_at"])


def _mine(found: dict[str, list[int]], member_id: int) -> set[str]:
    return {emoji for emoji, members in found.items() if member_id in members}
