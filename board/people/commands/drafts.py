"""What somebody typed and did not send. It is hers alone, so no room hears of it; the answer does not repeat the text, since answers are kept."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from board.core.command import Change
from board.core.errors import Conflict
from board.people.models import Draft
from board.people.schemas import KeepDraft

drafts = Draft.__table__
MOST = 200


def keep_draft(change: Change, body: KeepDraft) -> dict[str, Any]:
    """One text a place: the newest. An empty one is none."""
    tx, actor = change.tx, change.actor
    if not body.text and body.base is None:
        return drop_drafts(change, body.place)
    others = (drafts.c.member_id == actor.member_id, drafts.c.place != body.place)
    if tx.scalar(select(func.count()).select_from(drafts).where(*others)) >= MOST:
        raise Conflict(_("You have %(n)s texts that are not sent. Send or discard one of them first.", n=MOST))
    values = {**body.model_dump(), "member_id": actor.member_id, "school_id": actor.school_id, "at": change.at}
    tx.upsert(Draft, values, change=["text", "base", "version", "path", "at"])
    return {"place": body.place, "at": change.at}


def drop_drafts(change: Change, place: str | None) -> dict[str, Any]:
    """That of one place, or all of them."""
    hers = [drafts.c.member_id == change.actor.member_id]
    change.tx.delete(Draft, *hers, *([drafts.c.place == place] if place is not None else []))
    return {"place": place, "at": None}
