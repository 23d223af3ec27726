"""Fields that a board adds to its cards, and what stands in them."""

import math
from types import SimpleNamespace
from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import func, select

from board.boards import abilities, ordering, queries, records, sight, values
from board.boards.models import CardField, Field, card_fields, cards, fields
from board.boards.records import is_shown
from board.boards.schemas import MOST_VALUE, ChangeField, FieldOption, MakeField, PlaceField, SetField
from board.core import times
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict, Invalid, NotSeen

MOST_FIELDS = 50
#: on the front of a card; more would hide its title
MOST_SHOWN = 2
LARGEST = 10**15


def make_field(change: Change, board_id: int, body: MakeField) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    row = sight.board(tx, actor, board_id)
    abilities.need(actor, row, "make_field")
    there = (fields.c.board_id == board_id, fields.c.deleted_at.is_(None))
    if tx.scalar(select(func.count()).select_from(fields).where(*there)) >= MOST_FIELDS:
        raise Conflict(_("A board may have %(most_fields)s fields.", most_fields=MOST_FIELDS))
    _room_on_front(tx, board_id, body.shown)
    given = {
        "board_id": board_id,
        "title": body.title,
        "kind": body.kind,
        "options": _options(body.kind, body.options, []),
        "shown": body.shown,
        "position": ordering.of_fields.last(tx, board_id),
    }
    id = tx.insert(Field, school_id=actor.school_id, **given)
    record = records.field_record(SimpleNamespace(id=id, **given))
    change.record("field.added", f"board:{board_id}", put={"fields": [record]}, subject=("field", id))
    return record


def change_field(change: Change, id: int, body: ChangeField) -> dict[str, Any]:
    """A choice that is taken away leaves the cards that had it."""
    row = sight.field(change.tx, change.actor, id)
    abilities.need(change.actor, row, "change_field")
    given = body.given()
    if "options" in given:
        given["options"] = _options(row.kind, body.options, orjson.loads(row.options))
    given = {k: v for k, v in given.items() if getattr(row, k) != v}
    return write(change, row, given)


def _room_on_front(tx: Tx, board_id: int, shown: bool) -> None:
    there = (fields.c.board_id == board_id, fields.c.deleted_at.is_(None), fields.c.shown)
    if shown and tx.scalar(select(func.count()).select_from(fields).where(*there)) >= MOST_SHOWN:
        raise Conflict(_("%(most)s fields may be shown on the front of cards.", most=MOST_SHOWN))


def _options(kind: str, wanted: list[FieldOption], had: list[dict[str, Any]]) -> str:
    if kind != "choice":
        if wanted:
            raise Invalid.field("options", _("Only a choice has options."))
        return "[]"
    known = {option["id"] for option in had}
    if any(o.id is not None and o.id not in known for o in wanted) or len({o.id for o in wanted if o.id}) < sum(
        o.id is not None for o in wanted
    ):
        raise Invalid.field("options", _("An option keeps the id it has, and a new one has none."))
    newest, found = max(known, default=0), []
    for option in wanted:
        if option.id is None:
            newest += 1
        found.append({"id": option.id or newest, "title": option.title, "colour": option.colour})
    return orjson.dumps(found).decode()


def write(change: Change, row: Any, given: dict[str, Any], had: dict[int, Any] | None = None) -> dict[str, Any]:
    """Sets columns of a field and says so; ``had``: values that come back to their cards."""
    now = {**row._mapping, **given}
    record = records.field_record(SimpleNamespace(**{k: now[k] for k in records.FIELD_COLUMNS}))
    if not given:
        return record
    tx, left = change.tx, {}
    _room_on_front(tx, row.board_id, given.get("shown", False))
    tx.update(Field, row.id, **given)
    if "options" in given:
        still = {option["id"] for option in record["options"]}
        left = {
            id: value for id, value in _values_of(tx, row.id).items() if row.kind == "choice" and value not in still
        }
        tx.delete(CardField, card_fields.c.field_id == row.id, card_fields.c.card_id.in_(left))
    back = _bring_back_values(tx, row, had or {})
    put = {"fields": [{"id": row.id, **{k: record[k] for k in given}}], **cards_put(tx, row.board_id, [*left, *back])}
    before = records.field_record(row)
    was = {"fields": [{"id": row.id, **{k: before[k] for k in given}}], "had": {str(id): v for id, v in left.items()}}
    type = "field.moved" if set(given) == {"position"} else "field.changed"
    change.record(type, f"board:{row.board_id}", put=put, subject=("field", row.id), was=was)
    return record


def move_field(change: Change, id: int, body: PlaceField) -> dict[str, Any]:
    tx = change.tx
    row = sight.field(tx, change.actor, id)
    abilities.need(change.actor, row, "move_field")
    record = records.field_record(row)
    try:
        place = ordering.of_fields.place(tx, row.board_id, row, body.before_id, body.after_id, here=True)
    except Conflict as e:
        raise Conflict(e.detail, data=record) from None
    if place is None:
        return record
    if place:
        return write(change, row, {"position": place})
    old = ordering.of_fields.positions(tx, row.board_id)
    new = ordering.of_fields.spread(tx, row.board_id, id, body.before_id, body.after_id)
    put, was = ([{"id": i, "position": p} for i, p in places.items()] for places in (new, old))
    change.record(
        "field.moved", f"board:{row.board_id}", put={"fields": put}, subject=("field", id), was={"fields": was}
    )
    return {**record, "position": new[id]}


def delete_field(change: Change, id: int) -> dict[str, Any]:
    """From the board, with what stands in it on each card."""
    tx = change.tx
    row = sight.field(tx, change.actor, id)
    abilities.need(change.actor, row, "delete_field")
    record, had = records.field_record(row), _values_of(tx, id)
    tx.delete(CardField, card_fields.c.field_id == id)
    tx.update(Field, id, deleted_at=change.at)
    was = {"fields": [record], "had": {str(card): value for card, value in had.items()}}
    put = cards_put(tx, row.board_id, list(had))
    change.record(
        "field.deleted", f"board:{row.board_id}", put=put, drop={"fields": [id]}, subject=("field", id), was=was
    )
    return record


def bring_back(change: Change, row: Any, had: dict[int, Any]) -> dict[str, Any]:
    """Undoes a deletion: the field, and what stood in it on the cards."""
    tx = change.tx
    _room_on_front(tx, row.board_id, row.shown)
    tx.update(Field, row.id, deleted_at=None)
    record = records.field_record(row)
    put = {"fields": [record], **cards_put(tx, row.board_id, _bring_back_values(tx, row, had))}
    change.record("field.restored", f"board:{row.board_id}", put=put, subject=("field", row.id))
    return record


def set_field(change: Change, card_id: int, field_id: int, body: SetField) -> dict[str, Any]:
    row, field = _both(change, card_id, field_id, "set_field")
    return _set(change, row, field_id, _fitting(field, body.value))


def clear_field(change: Change, card_id: int, field_id: int) -> dict[str, Any]:
    row, _field = _both(change, card_id, field_id, "clear_field")
    return _set(change, row, field_id, None)


def _both(change: Change, card_id: int, field_id: int, ability: str) -> tuple[Any, Any]:
    tx, actor = change.tx, change.actor
    row = sight.card(tx, actor, card_id, change=True)
    abilities.need(actor, row, ability)
    there = (fields.c.id == field_id, fields.c.board_id == row.board_id, fields.c.deleted_at.is_(None))
    field = tx.first(select(fields).where(*there))
    if field is None:
        raise NotSeen(_("There is no such field on this board."))
    return row, field


def _fitting(field: Any, value: Any) -> Any:
    """The value as it is kept; None for a tick that is off and for no text: then nothing stands there."""
    kind, number = field.kind, isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "text" and isinstance(value, str):
        return value.strip()[:MOST_VALUE] or None
    if kind == "tick" and isinstance(value, bool):
        return value or None
    if kind == "number" and number and math.isfinite(value) and abs(value) < LARGEST:
        # 15 digits are what a decimal keeps: the sum of 0.1 and 0.2 is 0.3.
        value = float(f"{value:.15g}")
        return int(value) if value == int(value) else value
    if kind == "choice" and number and value in {option["id"] for option in orjson.loads(field.options)}:
        return int(value)
    if kind == "date" and isinstance(value, str):
        try:
            return times.when(value)
        except ValueError as e:
            raise Invalid.field("value", str(e)) from None
    said = {
        "text": _("Write a text."),
        "tick": _("Say true or false."),
        "number": _("Give a number, with at most 15 digits before the point."),
        "choice": _("Choose one of the options, by its id."),
        "date": _("Give a day, as in 2026-11-27."),
    }
    raise Invalid.field("value", said[kind])


def _set(change: Change, row: Any, field_id: int, value: Any) -> dict[str, Any]:
    tx = change.tx
    before = records.relations(tx, row.id)["field_values"]
    if before.get(str(field_id)) == value:
        return records.full_card(tx, row)
    values.put(tx, row, field_id, value)
    tell(change, row, before)
    return records.full_card(tx, row)


def tell(change: Change, row: Any, before: values.Values) -> None:
    now = records.relations(change.tx, row.id)["field_values"]
    put = {"cards": [{"id": row.id, "field_values": now}]} if is_shown(row) else {}
    was = {"cards": [{"id": row.id, "field_values": before}]}
    change.record("card.field_changed", f"board:{row.board_id}", put=put, subject=("card", row.id), was=was)


def cards_put(tx: Tx, board_id: int, ids: list[int]) -> dict[str, Any]:
    """What stands in the fields of these cards now, of those that the board shows."""
    if not ids:
        return {}
    shown = tx.scalars(select(cards.c.id).where(cards.c.id.in_(ids), *queries.shown_on(board_id)).order_by(cards.c.id))
    now = values.on_cards(tx, cards.c.id.in_(shown))
    return {"cards": [{"id": id, "field_values": now.get(id, {})} for id in shown]} if shown else {}


def _values_of(tx: Tx, field_id: int) -> dict[int, Any]:
    query = select(card_fields.c.card_id, card_fields.c.value).where(card_fields.c.field_id == field_id)
    return {card: orjson.loads(value) for card, value in tx.all(query.order_by(card_fields.c.card_id))}


def _bring_back_values(tx: Tx, row: Any, had: dict[int, Any]) -> list[int]:
    # Only to cards that are still of this board, and where nothing else was said meanwhile.
    if not had:
        return []
    of_field = select(card_fields.c.card_id).where(card_fields.c.field_id == row.id)
    there = (cards.c.id.in_(had), cards.c.board_id == row.board_id, cards.c.id.not_in(of_field))
    still = tx.all(select(cards.c.id, cards.c.school_id).where(*there).order_by(cards.c.id))
    values.put_on_many(tx, still, row.id, had)
    return [card.id for card in still]
