"""What stands in a board's own fields on its cards, by card: ``{"3": "Hall"}``, the field's id as text."""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import select

from board.boards.models import CardField, card_fields, cards, fields
from board.core.db import Tx

Values = dict[str, Any]


def on_cards(tx: Tx, *conditions: Any) -> dict[int, Values]:
    source = card_fields.join(cards, cards.c.id == card_fields.c.card_id)
    query = select(card_fields.c.card_id, card_fields.c.field_id, card_fields.c.value).select_from(source)
    found: dict[int, Values] = {}
    for card_id, field_id, value in tx.execute(query.where(*conditions).order_by(card_fields.c.field_id)):
        found.setdefault(card_id, {})[str(field_id)] = orjson.loads(value)
    return found


def replace(tx: Tx, row: Any, wanted: Values) -> Values:
    """Only what stands there now, of fields that its board still has; returns what that is."""
    ids = [int(id) for id in wanted]
    there = set(tx.scalars(_living(row.board_id, ids))) if ids else set()
    kept = {id: value for id, value in wanted.items() if int(id) in there}
    tx.delete(CardField, card_fields.c.card_id == row.id)
    tx.insert_all(CardField, [_row(row, int(id), value) for id, value in kept.items()])
    return kept


def put(tx: Tx, row: Any, field_id: int, value: Any) -> None:
    """Sets one value; None takes it away."""
    tx.delete(CardField, card_fields.c.card_id == row.id, card_fields.c.field_id == field_id)
    if value is not None:
        tx.insert(CardField, **_row(row, field_id, value))


def put_on_many(tx: Tx, rows: Iterable[Any], field_id: int, of: dict[int, Any]) -> None:
    """One field's value on each of these cards, in which nothing stands yet."""
    tx.insert_all(CardField, [_row(row, field_id, of[row.id]) for row in rows])


def _living(board_id: int, ids: list[int]) -> Any:
    return select(fields.c.id).where(fields.c.id.in_(ids), fields.c.board_id == board_id, fields.c.deleted_at.is_(None))


def _row(row: Any, field_id: int, value: Any) -> dict[str, Any]:
    return {"card_id": row.id, "field_id": field_id, "school_id": row.school_id, "value": orjson.dumps(value).decode()}
