"""HTTP of notices."""

from flask import Response

from board.core import command, http, journal, paging
from board.core.access import signed_in
from board.core.api import Api
from board.core.db import reading
from board.core.schemas import Page
from board.notifications import commands, queries
from board.notifications.schemas import (
    ChangeSettings,
    NoticeList,
    NoticesWritten,
    NoticeWritten,
    ReadNotices,
    SettingsRead,
    SettingsWritten,
)

api = Api("notifications")


@api.get("/notices", query=Page, out=NoticeList)
def list_notices(query: Page) -> Response:
    """What you were told, newest first."""
    actor = signed_in()
    before = (paging.read(query.after, int) or (None,))[0]
    with reading() as tx:
        data, next = queries.shown(tx, actor, before, query.limit)
        seq, _ = journal.head(tx, f"member:{actor.member_id}")
    return http.json({"room": f"member:{actor.member_id}", "seq": seq, "data": data, "next": next})


@api.put("/notices/<int:notice_id>/read", out=NoticeWritten)
def read_notice(notice_id: int) -> Response:
    """Mark one as read."""
    return command.run(commands.read_notice, notice_id)


@api.delete("/notices/<int:notice_id>/read", out=NoticeWritten)
def unread_notice(notice_id: int) -> Response:
    """Mark one as unread again."""
    return command.run(commands.unread_notice, notice_id)


@api.put("/notices/read", body=ReadNotices, out=NoticesWritten)
def read_notices(body: ReadNotices) -> Response:
    """Mark as read all up to one, or all about one card."""
    return command.run(commands.read_notices, body)


@api.get("/me/notice-settings", out=SettingsRead)
def read_notice_settings() -> Response:
    """Which kinds of notices you have switched off."""
    actor = signed_in()
    with reading() as tx:
        record = queries.settings_of(tx, actor.member_id)
        seq, _ = journal.head(tx, f"member:{actor.member_id}")
    return http.json({"room": f"member:{actor.member_id}", "seq": seq, "data": record})


@api.put("/me/notice-settings", body=ChangeSettings, out=SettingsWritten)
def change_notice_settings(body: ChangeSettings) -> Response:
    """Say which kinds of notices you do not wish."""
    return command.run(commands.change_notice_settings, body)
