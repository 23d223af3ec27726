"""Copies of cards, lists and boards; and lists that go to another board with all that is in them."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from board.boards import abilities, copying, limits, matching, ordering, queries, records, roster, sight
from board.boards.commands.boards import make_board
from board.boards.commands.filling import tell_filled
from board.boards.commands.lists import move_list, need_room_for_list
from board.boards.models import Field, Label, List, cards, fields, labels, lists
from board.boards.records import is_shown
from board.boards.schemas import CopyBoard, CopyCard, CopyList, MakeBoard, PlaceList, PlaceListOnBoard
from board.core.command import Change
from board.core.errors import Conflict

_NOT_YET = SimpleNamespace(id=0, position="")
_ALL_OF_A_LIST = ("checklists", "labels", "attachments", "fields")


def copy_card(change: Change, id: int, body: CopyCard) -> dict[str, Any]:
    """Right after the card, or at the end of another list, on this board or another."""
    actor, tx = change.actor, change.tx
    row = sight.card(tx, actor, id)
    there = sight.list_(tx, actor, body.list_id)
    abilities.need(actor, there, "copy_card")
    if there.archived_at:
        raise Conflict(_("That list is archived."))
    limits.need_open_cards(tx, there.board_id, 1)
    if there.wip_hard:
        limits.need_room(tx, there.id, data=records.list_record(there))
    last = ordering.of_cards.last(tx, there.id)
    beside = row.list_id == there.id and is_shown(row)
    position = (beside and ordering.of_cards.place(tx, there.id, _NOT_YET, None, id, here=False)) or last
    given = {} if body.title is None else {"title": body.title}
    place = copying.Place(there.id, position, change.at if there.done else None, given)
    matched = matching.match(tx, row.board_id, there.board_id)
    new = copying.copy_cards(change, there.board_id, [row], {id: place}, matched, body.parts)[id]
    record = records.full_card(tx, sight.card(tx, actor, new))
    named = roster.named_on(tx, cards.c.id == new)
    put = {"cards": [records.shown(record)], **roster.shown(tx, there.board_id, named)}
    change.record("card.added", f"board:{there.board_id}", put=put, subject=("card", new))
    return record


def copy_list(change: Change, id: int, body: CopyList) -> dict[str, Any]:
    """With its open cards: right after it, or at the end of another board."""
    actor, tx = change.actor, change.tx
    row = sight.list_(tx, actor, id)
    if row.archived_at:
        raise Conflict(_("This list is archived."), data=records.list_record(row))
    board_id = row.board_id if body.board_id is None else body.board_id
    abilities.need(actor, sight.board(tx, actor, board_id), "copy_list")
    need_room_for_list(tx, board_id)
    its_cards = copying.open_cards(tx, cards.c.list_id == id)
    limits.need_open_cards(tx, board_id, len(its_cards))
    last = ordering.of_lists.last(tx, board_id)
    beside = board_id == row.board_id
    values = {**records.list_record(row), "title": body.title or row.title}
    values["position"] = (beside and ordering.of_lists.place(tx, board_id, _NOT_YET, None, id, here=False)) or last
    del values["id"]
    new = tx.insert(List, school_id=actor.school_id, board_id=board_id, **values)
    matched = matching.match(tx, row.board_id, board_id)
    done = change.at if row.done else None
    places = {card.id: copying.Place(new, card.position, done) for card in its_cards}
    made = copying.copy_cards(change, board_id, its_cards, places, matched, _ALL_OF_A_LIST)
    put: dict[str, Any] = {"lists": [{"id": new, **values}]}
    if made:
        put["cards"] = records.sparse_cards(tx, cards.c.list_id == new)
    was = {"lists": [{"id": new}], "cards": [{"id": card} for card in made.values()]}
    change.record("list.copied", f"board:{board_id}", put=put, subject=("list", new), was=was)
    return {"id": new, "cards": put.get("cards", [])}


def move_list_to_board(change: Change, id: int, body: PlaceListOnBoard) -> dict[str, Any]:
    """With all its cards: next to a list there, at the end when none is named."""
    actor, tx = change.actor, change.tx
    row = sight.list_(tx, actor, id)
    abilities.need(actor, row, "move_list_to_board")
    if row.board_id == body.board_id:
        return move_list(change, id, PlaceList(before_id=body.before_id, after_id=body.after_id))
    abilities.need(actor, sight.board(tx, actor, body.board_id), "move_list_to_board")
    if row.archived_at:
        raise Conflict(_("This list is archived."), data=records.list_record(row))
    try:
        place = ordering.of_lists.place(tx, body.board_id, _NOT_YET, body.before_id, body.after_id, here=False)
    except Conflict as e:
        raise Conflict(e.detail, data=records.list_record(row)) from None
    return relocate(change, row, body.board_id, place or ordering.of_lists.last(tx, body.board_id))


def relocate(
    change: Change, row: Any, board_id: int, position: str, *, back: matching.Worn | None = None, since: matching.Worn | None = None,
    listed: list[int] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Two events with one op: the old room drops the list, the new one gets it whole.

    Args:
        back: what labels and fields of cards were there before, for those that have since what stands in ``since``.
        listed: who was listed on the old board because the list came there.
    """
    tx, old = change.tx, row.board_id
    all_of_it = tx.all(
        select(cards.c.id, cards.c.binned_at, cards.c.archived_at).where(cards.c.list_id == row.id).order_by(cards.c.id)
    )
    copying.need_few(len(all_of_it))
    shown = (cards.c.list_id == row.id, cards.c.archived_at.is_(None), cards.c.binned_at.is_(None))
    need_room_for_list(tx, board_id, records.list_record(row))
    limits.need_open_cards(tx, board_id, sum(1 for card in all_of_it if not (card.archived_at or card.binned_at)))
    ids = [card.id for card in all_of_it]
    named = roster.named_on(tx, *shown)
    before = matching.worn(tx, ids)
    after = matching.matched_wear(before, matching.match(tx, old, board_id))
    if back and since:
        after |= matching.standing(
            tx, board_id, {id: back[id] for id in ids if id in back and before[id] == since.get(id)}
        )
    matching.wear(tx, row.school_id, after)
    if ids:
        tx.execute(update(cards).where(cards.c.list_id == row.id).values(board_id=board_id))
    tx.update(List, row.id, board_id=board_id, position=position)
    readable = [card.id for card in all_of_it if not card.binned_at]
    came, went = roster.commenters_came(tx, board_id, ids), roster.commenters_went(tx, old, listed or [])
    gone = roster.gone(tx, old, sorted({*named, *went}))
    drop = {"lists": [row.id], **({"cards": readable} if readable else {}), **gone}
    was = {
        "lists": [{"id": row.id, "board_id": old, "position": row.position}],
        "to": board_id,
        "cards": [{"id": id, "label_ids": a, "field_values": b} for id, (a, b) in before.items()],
        "since": [{"id": id, "label_ids": a, "field_values": b} for id, (a, b) in after.items()],
        "listed": came,
    }
    change.record("list.moved_over", f"board:{old}", drop=drop, subject=("list", row.id), was=was)
    record = {**records.list_record(row), "position": position}
    put: dict[str, Any] = {"lists": [record], **roster.shown(tx, board_id, sorted({*named, *came}))}
    inside = records.sparse_cards(tx, *shown)
    if inside:
        put["cards"] = inside
    change.record("list.moved_over", f"board:{board_id}", put=put, subject=("list", row.id))
    return record


def copy_board(change: Change, id: int, body: CopyBoard) -> dict[str, Any]:
    """Its lists, labels and fields, in a group or an initiative; with its open cards, where they are wanted."""
    actor, tx = change.actor, change.tx
    row = sight.board(tx, actor, id)
    its_cards = copying.open_cards(tx, *queries.shown_on(id)) if body.with_cards else []
    place = MakeBoard(title=body.title, group_id=body.group_id, initiative_id=body.initiative_id)
    record = make_board(change, place, background=row.background)
    new, blank = record["id"], {"school_id": actor.school_id, "board_id": record["id"]}
    open_lists = tx.all(select(lists).where(lists.c.board_id == id, lists.c.archived_at.is_(None)).order_by(lists.c.id))
    new_lists = _again(tx, List, open_lists, blank)
    marks = tx.all(select(labels).where(labels.c.board_id == id, labels.c.deleted_at.is_(None)).order_by(labels.c.id))
    its_fields = tx.all(
        select(fields).where(fields.c.board_id == id, fields.c.deleted_at.is_(None)).order_by(fields.c.id)
    )
    matched = matching.Matched(
        _again(tx, Label, marks, blank), {of: (to, None) for of, to in _again(tx, Field, its_fields, blank).items()}
    )
    finished = {row.id: row.done for row in open_lists}
    places = {
        card.id: copying.Place(new_lists[card.list_id], card.position, change.at if finished[card.list_id] else None)
        for card in its_cards
    }
    copying.copy_cards(change, new, its_cards, places, matched, _ALL_OF_A_LIST)
    tell_filled(change, new)
    return record


def _again(tx: Any, model: Any, rows: list[Any], blank: dict[str, Any]) -> dict[int, int]:
    """The same rows under other ids: old id → new id."""
    table = model.__table__
    values = [{**{k: v for k, v in row._mapping.items() if k != "id"}, **blank} for row in rows]
    made = tx.execute(table.insert().returning(table.c.id, sort_by_parameter_order=True), values) if values else ()
    return {row.id: new.id for row, new in zip(rows, made, strict=True)}
