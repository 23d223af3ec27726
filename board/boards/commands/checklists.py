"""Checklists of a card, and their items."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from board.boards import abilities, ordering, records, sight
from board.boards.commands.cards import is_shown
from board.boards.models import Card, Checklist, Item, checklists, items
from board.boards.schemas import ChangeChecklist, ChangeItem, MakeChecklist, MakeItem
from board.core.command import Change
from board.core.errors import Conflict

MOST_CHECKLISTS = 500
MOST_ITEMS = 200


def make_checklist(change: Change, card_id: int, body: MakeChecklist) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    card = sight.card(tx, actor, card_id, change=True)
    abilities.need(actor, card, "make_checklist")
    if _count(tx, checklists, checklists.c.card_id == card_id) >= MOST_CHECKLISTS:
        raise Conflict(_("A card may have %(most_checklists)s checklists.", most_checklists=MOST_CHECKLISTS))
    values = {"card_id": card_id, "title": body.title, "position": ordering.of_checklists.last(tx, card_id)}
    id = tx.insert(Checklist, school_id=actor.school_id, **values)
    record = records.checklist_record(SimpleNamespace(id=id, **values))
    _tell(change, card, "checklist.added", put={"checklists": [record]}, was={"checklists": [{"id": id}]})
    return record


def change_checklist(change: Change, id: int, body: ChangeChecklist) -> dict[str, Any]:
    row = sight.checklist(change.tx, change.actor, id)
    abilities.need(change.actor, row, "change_checklist")
    return write(
        change,
        row,
        "checklists",
        Checklist,
        {"title": body.title} if body.title != row.title else {},
        "checklist.changed",
    )


def delete_checklist(change: Change, id: int) -> dict[str, Any]:
    row = sight.checklist(change.tx, change.actor, id)
    abilities.need(change.actor, row, "delete_checklist")
    change.tx.update(Checklist, id, deleted_at=change.at)
    inside = change.tx.scalars(
        select(items.c.id).where(items.c.checklist_id == id, items.c.deleted_at.is_(None)).order_by(items.c.id)
    )
    card = _card(change, row.card_id)
    drop = {"checklists": [id], **({"items": inside} if inside else {})}
    _tell(change, card, "checklist.deleted", drop=drop, was={"checklists": [{"id": id}]}, count=True)
    return records.checklist_record(row)


def make_item(change: Change, checklist_id: int, body: MakeItem) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    row = sight.checklist(tx, actor, checklist_id)
    abilities.need(actor, row, "make_item")
    if _count(tx, items, items.c.checklist_id == checklist_id) >= MOST_ITEMS:
        raise Conflict(_("A checklist may have %(most_items)s items.", most_items=MOST_ITEMS))
    card = _card(change, row.card_id)
    values = {
        "checklist_id": checklist_id,
        "title": body.title,
        "position": ordering.of_items.last(tx, checklist_id),
        "done": None,
    }
    id = tx.insert(Item, school_id=actor.school_id, card_id=row.card_id, **values)
    record = records.item_record(SimpleNamespace(id=id, **values))
    _tell(change, card, "item.added", put={"items": [record]}, was={"items": [{"id": id}]}, count=True)
    return record


def change_item(change: Change, id: int, body: ChangeItem) -> dict[str, Any]:
    row = sight.item(change.tx, change.actor, id)
    abilities.need(change.actor, row, "change_item")
    return write(change, row, "items", Item, {"title": body.title} if body.title != row.title else {}, "item.changed")


def finish_item(change: Change, id: int) -> dict[str, Any]:
    row = sight.item(change.tx, change.actor, id)
    abilities.need(change.actor, row, "finish_item")
    return write(change, row, "items", Item, {} if row.done else {"done": change.at}, "item.finished")


def reopen_item(change: Change, id: int) -> dict[str, Any]:
    row = sight.item(change.tx, change.actor, id)
    abilities.need(change.actor, row, "reopen_item")
    return write(change, row, "items", Item, {"done": None} if row.done else {}, "item.reopened")


def delete_item(change: Change, id: int) -> dict[str, Any]:
    row = sight.item(change.tx, change.actor, id)
    abilities.need(change.actor, row, "delete_item")
    change.tx.update(Item, id, deleted_at=change.at)
    _tell(
        change,
        _card(change, row.card_id),
        "item.deleted",
        drop={"items": [id]},
        was={"items": [{"id": id}]},
        count=True,
    )
    return records.item_record(row)


def write(change: Change, row: Any, collection: str, model: Any, given: dict[str, Any], type: str) -> dict[str, Any]:
    """Sets fields of a checklist or an item and says so."""
    record = records.checklist_record(row) if collection == "checklists" else records.item_record(row)
    if not given:
        return record
    card = _card(change, row.card_id)
    change.tx.update(model, row.id, **given)
    was = {collection: [{"id": row.id, **{k: getattr(row, k) for k in given}}]}
    _tell(change, card, type, put={collection: [{"id": row.id, **given}]}, was=was, count="done" in given)
    return {**record, **given}


def bring_back(change: Change, card_id: int, collection: str, id: int) -> dict[str, Any]:
    """Undoes the deletion of a checklist or an item."""
    tx, card = change.tx, _card(change, card_id)
    if collection == "items":
        tx.update(Item, id, deleted_at=None)
        record = records.item_record(tx.one(select(items).where(items.c.id == id)))
        _tell(change, card, "item.restored", put={"items": [record]}, was={"items": [{"id": id}]}, count=True)
        return record
    tx.update(Checklist, id, deleted_at=None)
    record = records.checklist_record(tx.one(select(checklists).where(checklists.c.id == id)))
    inside = tx.all(
        select(items)
        .where(items.c.checklist_id == id, items.c.deleted_at.is_(None))
        .order_by(items.c.position, items.c.id)
    )
    _tell(
        change,
        card,
        "checklist.restored",
        put={"checklists": [record], "items": [records.item_record(i) for i in inside]},
        was={"checklists": [{"id": id}]},
        count=True,
    )
    return record


def _card(change: Change, card_id: int) -> Any:
    return sight.card(change.tx, change.actor, card_id, change=True)


def _tell(
    change: Change,
    card: Any,
    type: str,
    *,
    put: dict[str, Any] | None = None,
    drop: dict[str, list[int]] | None = None,
    was: Any = None,
    count: bool = False,
) -> None:
    fragment = _counted(change, card) if count else {}
    shown = {**(put or {}), **({"cards": [{"id": card.id, **fragment}]} if fragment else {})} if is_shown(card) else {}
    change.record(
        type,
        f"board:{card.board_id}",
        put=shown,
        drop=drop if is_shown(card) else None,
        subject=("card", card.id),
        was=was,
    )


def _counted(change: Change, card: Any) -> dict[str, int]:
    source = items.join(checklists, checklists.c.id == items.c.checklist_id)
    there = (items.c.card_id == card.id, items.c.deleted_at.is_(None), checklists.c.deleted_at.is_(None))
    all_, done = change.tx.one(select(func.count(), func.count(items.c.done)).select_from(source).where(*there))
    now = {k: v for k, v in (("item_count", all_), ("item_done", done)) if getattr(card, k) != v}
    if now:
        change.tx.update(Card, card.id, **now)
    return now


def _count(tx: Any, table: Any, condition: Any) -> int:
    found: int = tx.scalar(select(func.count()).select_from(table).where(condition, table.c.deleted_at.is_(None)))
    return found
