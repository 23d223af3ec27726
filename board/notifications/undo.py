"""How notices are taken back. What somebody was told follows what it is about: the feed takes it back with its cause, so here is nothing to do."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from board.core.command import Change
from board.core.errors import Conflict
from board.core.undo import Past, unchanged, undoes
from board.notifications import commands, queries
from board.notifications.models import notices
from board.notifications.schemas import ChangeSettings


@undoes("notice.added", "notice.merged", "notice.moved", "notice.withdrawn", "notice.answered")
def leave_to_the_feed(change: Change, past: Past) -> None:
    return None


@undoes("notice.read", "notice.unread")
def undo_reading(change: Change, past: Past) -> Any:
    then = {entry["id"]: entry["read_at"] for entry in past.was["notices"]}
    mine = (notices.c.member_id == change.actor.member_id, notices.c.id.in_(list(then)))
    rows = change.tx.all(select(notices).where(*mine).order_by(notices.c.id))
    differing = [r for r in rows if (r.read_at is None) != (then[r.id] is None)]
    if not differing:
        raise Conflict(_("This is taken back already."))
    commands.mark(change, differing, then[differing[0].id])
    return {"read": len(differing)}


@undoes("notice.settings_changed")
def undo_settings(change: Change, past: Past) -> Any:
    now = queries.settings_of(change.tx, change.actor.member_id)
    unchanged(now, past.put["notice_settings"][0], ("off",))
    return commands.change_notice_settings(change, ChangeSettings(off=past.was["notice_settings"][0]["off"]))
