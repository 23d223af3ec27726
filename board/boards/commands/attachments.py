"""Links on a card."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from board.boards import abilities, records, sight
from board.boards.models import Attachment, Card, attachments
from board.boards.records import is_shown
from board.boards.schemas import AddAttachment
from board.core.command import Change
from board.core.errors import Conflict

MOST_ATTACHMENTS = 1_000


def add_attachment(change: Change, card_id: int, body: AddAttachment) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    card = sight.card(tx, actor, card_id, change=True)
    abilities.need(actor, card, "add_attachment")
    if card.attachment_count >= MOST_ATTACHMENTS:
        raise Conflict(
            _("A card may have %(most_attachments)s attachments.", most_attachments=format(MOST_ATTACHMENTS, ","))
        )
    values = {
        "card_id": card_id,
        "title": body.title or body.url[:100],
        "url": body.url,
        "by": actor.member_id,
        "at": change.at,
    }
    id = tx.insert(Attachment, school_id=actor.school_id, **values)
    record = records.attachment_record(SimpleNamespace(id=id, **values))
    _tell(change, card, "attachment.added", put={"attachments": [record]}, was={"attachments": [{"id": id}]})
    return record


def remove_attachment(change: Change, id: int) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    row = sight.attachment(tx, actor, id)
    abilities.need(actor, row, "remove_attachment")
    tx.update(Attachment, id, deleted_at=change.at)
    card = sight.card(tx, actor, row.card_id, change=True)
    _tell(change, card, "attachment.removed", drop={"attachments": [id]}, was={"attachments": [{"id": id}]})
    return records.attachment_record(row)


def bring_back(change: Change, card_id: int, id: int) -> dict[str, Any]:
    """Undoes a removal."""
    tx = change.tx
    tx.update(Attachment, id, deleted_at=None)
    record = records.attachment_record(tx.one(select(attachments).where(attachments.c.id == id)))
    card = sight.card(tx, change.actor, card_id, change=True)
    _tell(change, card, "attachment.restored", put={"attachments": [record]}, was={"attachments": [{"id": id}]})
    return record


def _tell(change: Change, card: Any, type: str, *, put: Any = None, drop: Any = None, was: Any = None) -> None:
    there = (attachments.c.card_id == card.id, attachments.c.deleted_at.is_(None))
    count = change.tx.scalar(select(func.count()).select_from(attachments).where(*there))
    change.tx.update(Card, card.id, attachment_count=count)
    shown = {**(put or {}), "cards": [{"id": card.id, "attachment_count": count}]} if is_shown(card) else {}
    change.record(
        type,
        f"board:{card.board_id}",
        put=shown,
        drop=drop if is_shown(card) else None,
        subject=("card", card.id),
        was=was,
    )
