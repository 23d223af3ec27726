"""Checklists of a card, and their items."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from board.boards import abilities, ordering, records, roster, sight
from board.boards.commands.cards import make_card
from board.boards.commands.owners import check_owners
from board.boards.models import Card, Checklist, Item, cards, checklists, items, lists
from board.boards.records import is_shown
from board.boards.schemas import (
    MOST_ITEMS,
    ChangeChecklist,
    ChangeItem,
    MakeCard,
    MakeCardOfItem,
    MakeChecklist,
    MakeItem,
    MakeItems,
    PlaceChecklist,
    PlaceItem,
)
from board.core import position
from board.core.command import Change
from board.core.errors import Conflict, NotSeen

MOST_CHECKLISTS = 500


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


def move_checklist(change: Change, id: int, body: PlaceChecklist) -> dict[str, Any]:
    tx = change.tx
    row = sight.checklist(tx, change.actor, id)
    abilities.need(change.actor, row, "move_checklist")
    card, record = _card(change, row.card_id), records.checklist_record(row)
    place = _place(change, ordering.of_checklists, card.id, row, body, record, here=True)
    if place is None:
        return record
    if place:
        return write(change, row, "checklists", Checklist, {"position": place}, "checklist.moved")
    old = ordering.of_checklists.positions(tx, card.id)
    new = ordering.of_checklists.spread(tx, card.id, id, body.before_id, body.after_id)
    put, was = ({"checklists": _moved_first(id, places)} for places in (new, old))
    _tell(change, card, "checklist.moved", put=put, was=was)
    return {**record, "position": new[id]}


def delete_checklist(change: Change, id: int) -> dict[str, Any]:
    row = sight.checklist(change.tx, change.actor, id)
    abilities.need(change.actor, row, "delete_checklist")
    card = _card(change, row.card_id)
    change.tx.update(Checklist, id, deleted_at=change.at)
    inside = _inside(change, id)
    drop = {"checklists": [id], **({"items": [i.id for i in inside]} if inside else {})}
    was = {"checklists": [{"id": id}]}
    _tell(
        change,
        card,
        "checklist.deleted",
        drop=drop,
        was=was,
        count=True,
        left=_named(inside),
        known=_of_somebody(inside),
    )
    return records.checklist_record(row)


def _inside(change: Change, checklist_id: int) -> list[Any]:
    there = (items.c.checklist_id == checklist_id, items.c.deleted_at.is_(None))
    return list(change.tx.all(select(items).where(*there).order_by(items.c.position, items.c.id)))


def _named(rows: list[Any]) -> list[int]:
    return sorted({row.owner_id for row in rows if row.owner_id})


def _of_somebody(rows: list[Any]) -> dict[str, list[int]]:
    return {"named": [row.id for row in rows if row.owner_id]}


def make_item(change: Change, checklist_id: int, body: MakeItem) -> dict[str, Any]:
    row = sight.checklist(change.tx, change.actor, checklist_id)
    abilities.need(change.actor, row, "make_item")
    return _add(change, row, [body.title])[0]


def make_items(change: Change, checklist_id: int, body: MakeItems) -> dict[str, Any]:
    """Many at once, in their order; all of them or none."""
    row = sight.checklist(change.tx, change.actor, checklist_id)
    abilities.need(change.actor, row, "make_items")
    return {"id": checklist_id, "items": _add(change, row, body.titles)}


def _add(change: Change, row: Any, titles: list[str]) -> list[dict[str, Any]]:
    tx = change.tx
    card = _card(change, row.card_id)
    _room_for(change, row.id, len(titles))
    place, found = ordering.of_items.last(tx, row.id), []
    for title in titles:
        values = {"checklist_id": row.id, "title": title, "position": place}
        id = tx.insert(Item, school_id=change.actor.school_id, card_id=card.id, **values)
        found.append(records.item_record(SimpleNamespace(id=id, **_NOTHING_SAID, **values)))
        place = position.between(place, None)
    was = {"items": [{"id": record["id"]} for record in found]}
    _tell(change, card, "item.added", put={"items": found}, was=was, count=True)
    return found


_NOTHING_SAID = {"done": None, "owner_id": None, "due": None, "became_id": None}


def _room_for(change: Change, checklist_id: int, more: int) -> None:
    if _count(change.tx, items, items.c.checklist_id == checklist_id) + more > MOST_ITEMS:
        raise Conflict(_("A checklist may have %(most_items)s items.", most_items=MOST_ITEMS))


def change_item(change: Change, id: int, body: ChangeItem) -> dict[str, Any]:
    row = sight.item(change.tx, change.actor, id)
    abilities.need(change.actor, row, "change_item")
    given = {k: v for k, v in body.given().items() if getattr(row, k) != v}
    return write(change, row, "items", Item, given, "item.changed")


def move_item(change: Change, id: int, body: PlaceItem) -> dict[str, Any]:
    """In its checklist, or into another one of the same card."""
    tx = change.tx
    row = sight.item(tx, change.actor, id)
    abilities.need(change.actor, row, "move_item")
    card, record = _card(change, row.card_id), records.item_record(row)
    here = row.checklist_id == body.checklist_id
    if not here:
        if not _on_card(change, card.id, body.checklist_id):
            raise NotSeen(_("There is no such checklist on this card."))
        _room_for(change, body.checklist_id, 1)
    place = _place(change, ordering.of_items, body.checklist_id, row, body, record, here=here)
    if place is None:
        return record
    given = {} if here else {"checklist_id": body.checklist_id}
    if place:
        return write(change, row, "items", Item, {**given, "position": place}, "item.moved")
    old = ordering.of_items.positions(tx, body.checklist_id) | {id: row.position}
    tx.update(Item, id, checklist_id=body.checklist_id)
    new = ordering.of_items.spread(tx, body.checklist_id, id, body.before_id, body.after_id)
    put, was = ({"items": _moved_first(id, places)} for places in (new, old))
    if not here:
        put["items"][0] |= given
        was["items"][0] |= {"checklist_id": row.checklist_id}
    _tell(change, card, "item.moved", put=put, was=was)
    return {**record, **given, "position": new[id]}


def _moved_first(id: int, places: dict[int, str]) -> list[dict[str, Any]]:
    # All were set out anew for the sake of one: an undo asks which.
    return [{"id": i, "position": places[i]} for i in sorted(places, key=lambda i: (i != id, places[i], i))]


def _on_card(change: Change, card_id: int, checklist_id: int) -> bool:
    there = (checklists.c.id == checklist_id, checklists.c.card_id == card_id, checklists.c.deleted_at.is_(None))
    return change.tx.first(select(checklists.c.id).where(*there)) is not None


def _place(
    change: Change,
    order: ordering.Order,
    parent: int,
    row: Any,
    body: PlaceChecklist | PlaceItem,
    record: dict[str, Any],
    *,
    here: bool,
) -> str | None:
    try:
        return order.place(change.tx, parent, row, body.before_id, body.after_id, here=here)
    except Conflict as e:
        raise Conflict(e.detail, data=record) from None


def make_card_of_item(change: Change, id: int, body: MakeCardOfItem) -> dict[str, Any]:
    """Right after the item's own card, or at the end of another list of the board. Nothing is ticked: that work is still to do."""
    actor, tx = change.actor, change.tx
    row = sight.item(tx, actor, id)
    abilities.need(actor, row, "make_card_of_item")
    card = _card(change, row.card_id)
    list_id = body.list_id or card.list_id
    if tx.first(select(lists.c.id).where(lists.c.id == list_id, lists.c.board_id == card.board_id)) is None:
        raise NotSeen(_("There is no such list on this board."))
    there = (cards.c.id == row.became_id, cards.c.binned_at.is_(None))
    if row.became_id and tx.first(select(cards.c.id).where(*there)):
        raise Conflict(_("This item is a card already."), data=records.item_record(row))
    owner_ids = [row.owner_id] if row.owner_id else []
    after = card.id if is_shown(card) and list_id == card.list_id else None
    made = make_card(change, list_id, MakeCard(title=row.title, due=row.due, owner_ids=owner_ids), after)
    write(change, row, "items", Item, {"became_id": made["id"]}, "item.became_card")
    return made


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
    take_away(change, row.card_id, [row])
    return records.item_record(row)


def take_away(change: Change, card_id: int, rows: list[Any]) -> None:
    """Items of one card, all at once."""
    card, ids = _card(change, card_id), [row.id for row in rows]
    for id in ids:
        change.tx.update(Item, id, deleted_at=change.at)
    was = {"items": [{"id": id} for id in ids]}
    _tell(
        change,
        card,
        "item.deleted",
        drop={"items": ids},
        was=was,
        count=True,
        left=_named(rows),
        known=_of_somebody(rows),
    )


def write(
    change: Change,
    row: Any,
    collection: str,
    model: Any,
    given: dict[str, Any],
    type: str,
    *,
    source_at: str | None = None,
) -> dict[str, Any]:
    """Sets fields of a checklist or an item and says so."""
    record = records.checklist_record(row) if collection == "checklists" else records.item_record(row)
    if not given:
        return record
    card = _card(change, row.card_id)
    came, left, known = [], [], None
    if "owner_id" in given:
        known = {**record, **given}
        came, left = ([id] if id else [] for id in (given["owner_id"], row.owner_id))
        check_owners(change, card.board_id, came, "owner_id")
    change.tx.update(model, row.id, **given)
    put = {collection: [{"id": row.id, **given}]}
    was = {collection: [{"id": row.id, **{k: getattr(row, k) for k in given}}]}
    _tell(
        change,
        card,
        type,
        put=put,
        was=was,
        count="done" in given,
        came=came,
        left=left,
        source_at=source_at,
        known=known,
    )
    return {**record, **given}


def bring_back_items(change: Change, card_id: int, ids: list[int]) -> dict[str, Any]:
    """Undoes the deletion of items."""
    tx, card = change.tx, _card(change, card_id)
    for id in ids:
        tx.update(Item, id, deleted_at=None)
    rows = tx.all(select(items).where(items.c.id.in_(ids)).order_by(items.c.position, items.c.id))
    found = [records.item_record(row) for row in rows]
    was = {"items": [{"id": id} for id in ids]}
    _tell(change, card, "item.restored", put={"items": found}, was=was, count=True, came=_named(rows))
    return found[0]


def bring_back(change: Change, card_id: int, id: int) -> dict[str, Any]:
    """Undoes the deletion of a checklist."""
    tx, card = change.tx, _card(change, card_id)
    tx.update(Checklist, id, deleted_at=None)
    record = records.checklist_record(tx.one(select(checklists).where(checklists.c.id == id)))
    inside = _inside(change, id)
    _tell(
        change,
        card,
        "checklist.restored",
        put={"checklists": [record], "items": [records.item_record(i) for i in inside]},
        was={"checklists": [{"id": id}]},
        count=True,
        came=_named(inside),
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
    came: list[int] | None = None,
    left: list[int] | None = None,
    source_at: str | None = None,
    known: dict[str, Any] | None = None,
) -> None:
    # ``came`` and ``left``: who is named by an item now, and who was.
    fragment = _counted(change, card) if count else {}
    shown, gone = {**(put or {})}, {**(drop or {})}
    if fragment:
        shown["cards"] = [{"id": card.id, **fragment}]
    if is_shown(card):
        shown |= roster.shown(change.tx, card.board_id, came or [])
        gone |= roster.gone(change.tx, card.board_id, left or [])
    else:
        shown, gone = {}, {}
    room, subject = f"board:{card.board_id}", ("card", card.id)
    change.record(type, room, put=shown, drop=gone, subject=subject, was=was, source_at=source_at, known=known)


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
