"""The verbs of notices: a member reads hers, and says which kinds she wishes."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from board.core.command import Change
from board.core.errors import Invalid
from board.notifications import queries
from board.notifications.models import REASONS, notices, settings
from board.notifications.schemas import ChangeSettings, ReadNotices


def read_notice(change: Change, id: int) -> dict[str, Any]:
    row = queries.one(change.tx, change.actor, id)
    if not row.read_at:
        mark(change, [row], change.at)
    return {**queries.record(row), "read_at": row.read_at or change.at}


def unread_notice(change: Change, id: int) -> dict[str, Any]:
    row = queries.one(change.tx, change.actor, id)
    if row.read_at:
        mark(change, [row], None)
    return {**queries.record(row), "read_at": None}


def read_notices(change: Change, body: ReadNotices) -> dict[str, Any]:
    """All up to one, or all about one card."""
    if (body.up_to is None) == (body.card_id is None):
        raise Invalid.field("up_to", _("Name either the last notice or the card."))
    which = notices.c.id <= body.up_to if body.up_to is not None else notices.c.card_id == body.card_id
    mine = (notices.c.member_id == change.actor.member_id, notices.c.read_at.is_(None), which)
    rows = change.tx.all(select(notices.c.id, notices.c.card_id, notices.c.read_at).where(*mine).order_by(notices.c.id))
    if rows:
        mark(change, rows, change.at)
    return {"read": len(rows)}


def mark(change: Change, rows: list[Any], at: str | None) -> None:
    """Sets notices of the actor to read or unread, and says so in her room."""
    ids = [row.id for row in rows]
    change.tx.execute(update(notices).where(notices.c.id.in_(ids)).values(read_at=at))
    put: dict[str, Any] = {"notices": [{"id": id, "read_at": at} for id in ids]}
    if at is None:
        put["unread"] = [{"id": row.id, "card_id": row.card_id} for row in rows]
    change.record(
        "notice.read" if at else "notice.unread",
        f"member:{change.actor.member_id}",
        put=put,
        drop={"unread": ids} if at else None,
        subject=("notice", ids[0]),
        was={"notices": [{"id": row.id, "read_at": row.read_at} for row in rows]},
    )


def change_notice_settings(change: Change, body: ChangeSettings) -> dict[str, Any]:
    tx, me = change.tx, change.actor.member_id
    before = queries.settings_of(tx, me)
    off = [reason for reason in REASONS if reason in body.off]
    record = {"id": me, "off": off}
    if record == before:
        return record
    row = {"member_id": me, "school_id": change.actor.school_id, "off": " ".join(off)}
    tx.upsert(settings, row, change=["off"])
    put, was = {"notice_settings": [record]}, {"notice_settings": [before]}
    change.record("notice.settings_changed", f"member:{me}", put=put, subject=("member", me), was=was)
    return record
