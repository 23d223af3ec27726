"""How what happened on a board is taken back."""

from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import select

from board.boards import abilities, dates, limits, ordering, records, sight, values
from board.boards.commands import (
    attachments,
    cards,
    checklists,
    fields,
    labels,
    links,
    lists,
    owners,
    proposals,
    recurrences,
)
from board.boards.commands import boards as boards_commands
from board.boards.models import CardLabel, CardOwner, Checklist, Item, card_labels, card_owners
from board.boards.models import attachments as attachment_rows
from board.boards.models import cards as card_rows
from board.boards.models import checklists as checklist_rows
from board.boards.models import fields as field_rows
from board.boards.models import items as item_rows
from board.boards.models import labels as label_rows
from board.boards.models import lists as list_rows
from board.boards.schemas import ChangeBoard
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict, Gone, NotSeen
from board.core.undo import Past, unchanged, undoes
from board.people import school_days

#: what is taken back says what happens now; all other types say it of both directions
BACK = {
    f"{what}.{now}": f"{what}.{then}"
    for what in ("card", "cards", "item")
    for now, then in (("finished", "reopened"), ("reopened", "finished"))
}
#: a copy has some from the beginning
_GROWS = ("item_count", "item_done", "attachment_count")


@undoes("card.changed", "card.finished", "card.reopened")
def undo_card_fields(change: Change, past: Past) -> Any:
    row = _card(change, past, "change_card")
    old = _only(past.was["cards"])
    if past.put:
        unchanged(row._mapping, _only(past.put["cards"]), old)
    given = {k: v for k, v in old.items() if getattr(row, k) != v}
    dates.need_old_order(change.tx, row, given, records.full_card(change.tx, row))
    return cards.write(change, row, given, BACK.get(past.type, past.type))


@undoes("card.moved")
def undo_move(change: Change, past: Past) -> Any:
    row = _card(change, past, "move_card")
    if not records.is_shown(row):
        raise Conflict(_("This card is archived."))
    old = {entry["id"]: entry for entry in past.was["cards"]}
    new = {entry["id"]: entry for entry in past.put["cards"]}
    unchanged(row._mapping, new[row.id], ("list_id", "position", "done"))
    if "board_id" in old[row.id]:
        return _move_back_to_board(change, row, past, old[row.id])
    _list_open(change, old[row.id]["list_id"])
    if row.list_id != old[row.id]["list_id"]:
        _room_there(change, row, past, old[row.id]["list_id"])
    if len(new) == 1:
        return cards.write(change, row, {k: v for k, v in old[row.id].items() if k != "id"}, "card.moved")
    return _unspread(change, row, old, new)


@undoes("list.spread")
def undo_spreading(change: Change, past: Past) -> Any:
    """It made room for a card that came from another board; the order is the same without it."""


@undoes("card.added")
def undo_adding(change: Change, past: Past) -> Any:
    row = _card(change, past, "bin_card")
    then = next(iter(past.put.get("cards", ())), {})
    if row.version or row.comment_count or any(getattr(row, name) != then.get(name, 0) for name in _GROWS):
        raise Conflict(_("Somebody has worked on this card since."), data=records.full_card(change.tx, row))
    return cards.bin_card(change, row.id)


@undoes("card.archived", "card.binned")
def undo_putting_away(change: Change, past: Past) -> Any:
    """Back to the very place."""
    tx, id = change.tx, past.subject[1] or 0
    archived = past.type == "card.archived"
    if tx.first(select(card_rows.c.id).where(card_rows.c.id == id)) is None:
        raise Gone(_("This card was in the bin for 30 days and is gone for good."))
    row = sight.card(tx, change.actor, id, change=True) if archived else sight.binned_card(tx, change.actor, id)
    abilities.need(change.actor, row, "restore_card")
    old = _only(past.was["cards"])
    if (row.archived_at if archived else row.binned_at) != past.at:
        raise Conflict(_("Somebody has restored this card since."))
    if (row.list_archived_at or "") > past.at or row.list_id != old["list_id"]:
        raise Conflict(_("Its list is not there any more."))
    if not (row.archived_at and row.binned_at):
        cards.need_room(tx, row, limits.how_many_stood(past.was, row.list_id))
    state: dict[str, Any] = {"archived_at": None} if archived else {"binned_at": None}
    return cards.bring_back(change, row, old["position"], "card.restored" if archived else "card.unbinned", **state)


@undoes("card.restored")
def undo_restoring(change: Change, past: Past) -> Any:
    row = _card(change, past, "archive_card")
    if not records.is_shown(row):
        raise Conflict(_("This card is archived already."))
    return cards.put_away(change, row, "card.archived", archived_at=change.at)


@undoes("card.unbinned")
def undo_unbinning(change: Change, past: Past) -> Any:
    return cards.bin_card(change, past.subject[1] or 0)


@undoes("card.labelled", "card.unlabelled")
def undo_labels(change: Change, past: Past) -> Any:
    row = _card(change, past, "set_label")
    before = records.relations(change.tx, row.id)["label_ids"]
    old = _only(past.was["cards"])["label_ids"]
    if past.put:
        unchanged({"label_ids": before}, _only(past.put["cards"]), ("label_ids",))
    _set_labels(change, row, old)
    labels.tell(change, row, before, "card.labelled" if len(old) > len(before) else "card.unlabelled")
    return records.full_card(change.tx, row)


@undoes("card.owner_asked", "card.owner_accepted", "card.owner_left")
def undo_owners(change: Change, past: Past) -> Any:
    row = sight.card(change.tx, change.actor, past.subject[1] or 0, change=True)
    before = records.relations(change.tx, row.id)
    old = _only(past.was["cards"])
    concerned = {id for name in ("owner_ids", "asked_ids") for id in set(old[name]) ^ set(before[name])}
    abilities.need_open(row)
    if concerned != {change.actor.member_id}:
        abilities.need(change.actor, row, "set_owner")
    if past.put:
        unchanged(before, _only(past.put["cards"]), ("owner_ids", "asked_ids", "proposals"))
    owners.check_owners(change, row.board_id, [id for id in old["owner_ids"] if id not in before["owner_ids"]])
    change.tx.delete(CardOwner, card_owners.c.card_id == row.id)
    change.tx.insert_all(
        CardOwner,
        [
            {
                "card_id": row.id,
                "member_id": id,
                "school_id": row.school_id,
                "asked": id in old["asked_ids"],
                "at": change.at,
            }
            for id in old["owner_ids"]
        ],
    )
    type = (
        "card.owner_left"
        if len(old["owner_ids"]) < len(before["owner_ids"])
        else "card.owner_asked"
        if old["asked_ids"]
        else "card.owner_accepted"
    )
    return owners.tell(change, row, before, type, proposals=old.get("proposals"))


@undoes("card.date_proposed", "card.date_dropped", "card.date_accepted")
def undo_dates(change: Change, past: Past) -> Any:
    row = sight.card(change.tx, change.actor, past.subject[1] or 0, change=True)
    old = _only(past.was["cards"])
    abilities.need_open(row)
    if past.type == "card.date_accepted":
        abilities.need(change.actor, row, "accept_date")
    now = {**records.relations(change.tx, row.id), "due": row.due}
    if past.put:
        unchanged(now, _only(past.put["cards"]), [name for name in old if name != "id"])
    type = "card.date_proposed" if len(old["proposals"]) > len(now["proposals"]) else "card.date_dropped"
    return proposals.put_back(change, row, old, type)


@undoes("list.changed", "list.moved")
def undo_list(change: Change, past: Past) -> Any:
    row = sight.list_(change.tx, change.actor, past.subject[1] or 0)
    abilities.need(change.actor, row, "change_list")
    old = {entry["id"]: entry for entry in past.was["lists"]}
    if len(old) > 1:
        raise Conflict(_("The lists have been set out anew; move it by hand."))
    if past.put:
        unchanged(row._mapping, _only(past.put["lists"]), old[row.id])
    return lists.write(change, row, {k: v for k, v in old[row.id].items() if k != "id"}, past.type)


@undoes("list.added")
def undo_adding_list(change: Change, past: Past) -> Any:
    row = sight.list_(change.tx, change.actor, past.subject[1] or 0)
    if change.tx.first(select(card_rows.c.id).where(card_rows.c.list_id == row.id, card_rows.c.binned_at.is_(None))):
        raise Conflict(_("There are cards in this list."))
    return _archive_list(change, row.id)


@undoes("list.archived")
def undo_archiving_list(change: Change, past: Past) -> Any:
    row = sight.list_(change.tx, change.actor, past.subject[1] or 0)
    abilities.need(change.actor, row, "restore_list")
    if row.archived_at != past.at:
        raise Conflict(_("Somebody has restored this list since."))
    return lists.bring_back(change, row, _only(past.was["lists"])["position"])


@undoes("list.restored")
def undo_restoring_list(change: Change, past: Past) -> Any:
    return _archive_list(change, past.subject[1] or 0)


def _archive_list(change: Change, id: int) -> Any:
    if sight.list_(change.tx, change.actor, id).archived_at:
        raise Conflict(_("This list is archived already."))
    return lists.archive_list(change, id)


@undoes("label.added", "label.restored")
def undo_adding_label(change: Change, past: Past) -> Any:
    return labels.delete_label(change, past.subject[1] or 0)


@undoes("label.changed")
def undo_label(change: Change, past: Past) -> Any:
    row = sight.label(change.tx, change.actor, past.subject[1] or 0)
    abilities.need(change.actor, row, "change_label")
    old = _only(past.was["labels"])
    unchanged(row._mapping, _only(past.put["labels"]), old)
    return labels.write(change, row, {k: v for k, v in old.items() if k != "id"})


@undoes("label.deleted")
def undo_deleting_label(change: Change, past: Past) -> Any:
    row = change.tx.one(
        select(label_rows).where(label_rows.c.id == past.subject[1], label_rows.c.school_id == change.actor.school_id)
    )
    abilities.need(change.actor, sight.board(change.tx, change.actor, row.board_id), "make_label")
    if row.deleted_at != past.at:
        raise Conflict(_("This label is back already."))
    return labels.bring_back(change, row, past.was["had"])


@undoes("checklist.changed", "item.changed", "item.finished", "item.reopened", "item.became_card")
def undo_part(change: Change, past: Past) -> Any:
    collection, old = _one_collection(past.was)
    row = (sight.checklist if collection == "checklists" else sight.item)(change.tx, change.actor, old["id"])
    abilities.need(change.actor, row, "change_item")
    if past.put:
        unchanged(row._mapping, _only(past.put[collection]), old)
    fields = {k: v for k, v in old.items() if k != "id"}
    model = Checklist if collection == "checklists" else Item
    return checklists.write(change, row, collection, model, fields, BACK.get(past.type, past.type))


@undoes("checklist.moved", "item.moved")
def undo_moving_part(change: Change, past: Past) -> Any:
    collection, old = _one_collection(past.was)
    if "checklist_id" in old:
        sight.checklist(change.tx, change.actor, old["checklist_id"])
    if len(past.was[collection]) == 1:
        return undo_part(change, past)
    tx, is_item = change.tx, collection == "items"
    row = (sight.item if is_item else sight.checklist)(tx, change.actor, old["id"])
    abilities.need(change.actor, row, "move_item")
    if past.put:
        unchanged(row._mapping, past.put[collection][0], old)
    parent = old.get("checklist_id", row.checklist_id) if is_item else row.card_id
    order = ordering.of_items if is_item else ordering.of_checklists
    place = _beside_its_old_neighbour(tx, order, parent, row, {e["id"]: e for e in past.was[collection]})
    given = {**({"checklist_id": parent} if "checklist_id" in old else {}), "position": place}
    return checklists.write(change, row, collection, Item if is_item else Checklist, given, past.type)


@undoes("checklist.added", "checklist.restored")
def undo_adding_checklist(change: Change, past: Past) -> Any:
    id = _only(past.was["checklists"])["id"]
    if past.type == "checklist.added" and change.tx.first(
        select(item_rows.c.id).where(item_rows.c.checklist_id == id, item_rows.c.deleted_at.is_(None))
    ):
        raise Conflict(_("Somebody has added to this checklist since."))
    return checklists.delete_checklist(change, id)


@undoes("item.added", "item.restored")
def undo_adding_item(change: Change, past: Past) -> Any:
    row = _card(change, past, "delete_item")
    ids = [entry["id"] for entry in past.was["items"]]
    there = (item_rows.c.id.in_(ids), item_rows.c.card_id == row.id, item_rows.c.deleted_at.is_(None))
    rows = change.tx.all(select(item_rows).where(*there).order_by(item_rows.c.position, item_rows.c.id))
    if not rows:
        raise NotSeen(_("This is gone already."))
    return checklists.take_away(change, row.id, rows)


@undoes("checklist.deleted", "item.deleted")
def undo_deleting_part(change: Change, past: Past) -> Any:
    collection, _first = _one_collection(past.was)
    row = _card(change, past, "change_item")
    table = checklist_rows if collection == "checklists" else item_rows
    ids = [entry["id"] for entry in past.was[collection]]
    parts = change.tx.all(
        select(table).where(table.c.id.in_(ids), table.c.card_id == row.id, table.c.deleted_at == past.at)
    )
    if not parts:
        raise Conflict(_("This is back already."))
    if collection == "checklists":
        return checklists.bring_back(change, row.id, parts[0].id)
    for checklist_id in {part.checklist_id for part in parts}:
        sight.checklist(change.tx, change.actor, checklist_id)
    return checklists.bring_back_items(change, row.id, [part.id for part in parts])


@undoes("link.added", "link.restored")
def undo_linking(change: Change, past: Past) -> Any:
    return links.remove_link(change, _only(past.was["links"])["id"])


@undoes("link.removed")
def undo_unlinking(change: Change, past: Past) -> Any:
    link, card = links.end_of(change, _only(past.was["links"])["id"], removed=True)
    if link.deleted_at != past.at:
        raise Conflict(_("This is back already."))
    return links.bring_back(change, link, card)


@undoes("card.linked", "card.unlinked", "card.blocked", "card.unblocked", "cards.blocked", "card.rhythm_shifted")
def undo_what_follows(change: Change, past: Past) -> Any:
    """It follows from what is taken back."""


@undoes("field.added", "field.restored")
def undo_adding_field(change: Change, past: Past) -> Any:
    return fields.delete_field(change, past.subject[1] or 0)


@undoes("field.changed", "field.moved")
def undo_field(change: Change, past: Past) -> Any:
    row = sight.field(change.tx, change.actor, past.subject[1] or 0)
    abilities.need(change.actor, row, "change_field")
    old = {entry["id"]: entry for entry in past.was["fields"]}
    new = {entry["id"]: entry for entry in past.put["fields"]}
    if len(old) > 1:
        unchanged(row._mapping, new[row.id], ("position",))
        place = _beside_its_old_neighbour(change.tx, ordering.of_fields, row.board_id, row, old)
        return fields.write(change, row, {"position": place})
    unchanged(records.field_record(row), new[row.id], old[row.id])
    given = {k: v for k, v in old[row.id].items() if k != "id"}
    if "options" in given:
        given["options"] = orjson.dumps(given["options"]).decode()
    return fields.write(change, row, given, {int(id): value for id, value in past.was.get("had", {}).items()})


@undoes("field.deleted")
def undo_deleting_field(change: Change, past: Past) -> Any:
    there = (field_rows.c.id == past.subject[1], field_rows.c.school_id == change.actor.school_id)
    row = change.tx.one(select(field_rows).where(*there))
    abilities.need(change.actor, sight.board(change.tx, change.actor, row.board_id), "make_field")
    if row.deleted_at != past.at:
        raise Conflict(_("This field is back already."))
    return fields.bring_back(change, row, {int(id): value for id, value in past.was["had"].items()})


@undoes("card.field_changed")
def undo_value(change: Change, past: Past) -> Any:
    row = _card(change, past, "set_field")
    before = records.relations(change.tx, row.id)["field_values"]
    if past.put:
        unchanged({"field_values": before}, _only(past.put["cards"]), ("field_values",))
    values.replace(change.tx, row, _only(past.was["cards"])["field_values"])
    fields.tell(change, row, before)
    return records.full_card(change.tx, row)


@undoes("attachment.added", "attachment.restored")
def undo_attaching(change: Change, past: Past) -> Any:
    return attachments.remove_attachment(change, _only(past.was["attachments"])["id"])


@undoes("attachment.removed")
def undo_removing_attachment(change: Change, past: Past) -> Any:
    row = _card(change, past, "add_attachment")
    id = _only(past.was["attachments"])["id"]
    part = change.tx.one(select(attachment_rows).where(attachment_rows.c.id == id, attachment_rows.c.card_id == row.id))
    if part.deleted_at != past.at:
        raise Conflict(_("This is back already."))
    return attachments.bring_back(change, row.id, id)


@undoes("board.changed")
def undo_board(change: Change, past: Past) -> Any:
    from_then = past.was["board"][0]
    row = sight.board(change.tx, change.actor, from_then["id"])
    given = {k: v for k, v in from_then.items() if k != "id"}
    unchanged(row._mapping, past.put["board"][0], given)
    return boards_commands.change_board(change, row.id, ChangeBoard(**given))


@undoes("board.withdrawn", "board.returned")
def undo_going_along(change: Change, past: Past) -> Any:
    """It followed its group or initiative, and follows it back."""


@undoes("board.archived", "board.restored")
def undo_archiving_board(change: Change, past: Past) -> Any:
    row = sight.board(change.tx, change.actor, past.subject[1] or 0)
    abilities.need(change.actor, row, "restore_board")
    now, before = past.put["board"][0]["archived"], past.was["board"][0]["archived"]
    if row.archived_at != now:
        raise Conflict(_("Somebody has changed this since."))
    return boards_commands.set_archived(change, row, before)


@undoes("card.rhythm_set", "card.rhythm_ended", "card.rhythm_went_on")
def undo_rhythm(change: Change, past: Past) -> Any:
    row = _card(change, past, "set_recurrence")
    now = records.relations(change.tx, row.id)["recurrence"]
    wanted = _only(past.was["cards"])["recurrence"]
    put = next(iter(past.put.get("cards", ())), None)
    if put is not None and _rule(now) != _rule(put["recurrence"]):
        raise Conflict(_("Somebody has changed this since."), data={"recurrence": now})
    if wanted is not None and (wanted["next_day"] or "") <= school_days.today(change.tx, row.school_id).isoformat():
        today = school_days.today(change.tx, row.school_id)
        wanted = {**wanted, "next_day": recurrences.next_day(change.tx, row.school_id, wanted, today, today)}
    return recurrences.write(change, row, wanted, past.was["at"])


def _rule(recurrence: dict[str, Any] | None) -> dict[str, Any]:
    # Its next day may have come meanwhile.
    return {**(recurrence or {}), "next_day": None}


def _card(change: Change, past: Past, ability: str) -> Any:
    row = sight.card(change.tx, change.actor, past.subject[1] or 0, change=True)
    abilities.need(change.actor, row, ability)
    return row


def _only(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return entries[0]


def _one_collection(was: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    collection = next(iter(was))
    return collection, _only(was[collection])


def _list_open(change: Change, list_id: int) -> None:
    if (
        change.tx.first(select(list_rows.c.id).where(list_rows.c.id == list_id, list_rows.c.archived_at.is_(None)))
        is None
    ):
        raise Conflict(_("Its list is not there any more."))


def _room_there(change: Change, row: Any, past: Past, list_id: int) -> None:
    stood = limits.how_many_stood(past.was, list_id)
    limits.need_room(change.tx, list_id, stood=stood, data=records.full_card(change.tx, row))


def _move_back_to_board(change: Change, row: Any, past: Past, old: dict[str, Any]) -> Any:
    there = sight.list_(change.tx, change.actor, old["list_id"])
    abilities.need(change.actor, there, "move_card")
    if there.archived_at or there.board_id != old["board_id"]:
        raise Conflict(_("Its list is not there any more."))
    _room_there(change, row, past, old["list_id"])
    ticked = {"done": old["done"]} if "done" in old else {}
    cards.move_to_board(change, row, old["board_id"], old["list_id"], old["position"], ticked, past.was.get("listed"))
    now = sight.card(change.tx, change.actor, row.id)
    back = records.relations(change.tx, row.id)["label_ids"]
    still = change.tx.scalars(
        select(label_rows.c.id).where(label_rows.c.id.in_(old["label_ids"]), label_rows.c.deleted_at.is_(None))
    )
    if sorted(still) != back:
        _set_labels(change, now, still)
        labels.tell(change, now, back, "card.labelled")
    before = records.relations(change.tx, row.id)["field_values"]
    if values.replace(change.tx, now, old.get("field_values", {})) != before:
        fields.tell(change, now, before)
    return records.full_card(change.tx, now)


def _set_labels(change: Change, row: Any, ids: list[int]) -> None:
    tx = change.tx
    there = tx.scalars(
        select(label_rows.c.id).where(
            label_rows.c.id.in_(ids), label_rows.c.board_id == row.board_id, label_rows.c.deleted_at.is_(None)
        )
    )
    tx.delete(CardLabel, card_labels.c.card_id == row.id)
    tx.insert_all(CardLabel, [{"card_id": row.id, "label_id": id, "school_id": row.school_id} for id in sorted(there)])


def _unspread(change: Change, row: Any, old: dict[int, Any], new: dict[int, Any]) -> Any:
    # The list had been set out anew to make room. Its present order is right; only this card goes back, to the same neighbours.
    target = old[row.id]["list_id"]
    place = _beside_its_old_neighbour(change.tx, ordering.of_cards, target, row, old)
    ticked = {"done": old[row.id]["done"]} if "done" in old[row.id] else {}
    return cards.write(change, row, {"list_id": target, "position": place, **ticked}, "card.moved")


def _beside_its_old_neighbour(tx: Tx, order: ordering.Order, parent: int, row: Any, old: dict[int, Any]) -> str:
    there = order.positions(tx, parent)
    before = next(
        (
            id
            for id, entry in sorted(old.items(), key=lambda e: e[1]["position"])
            if id in there and entry["position"] > old[row.id]["position"]
        ),
        None,
    )
    place = order.place(tx, parent, row, before, None, here=row.id in there)
    if not place:
        raise Conflict(_("There is no room at its old place; move it by hand."))
    return place
