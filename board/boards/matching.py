"""What labels and fields of one board are on another, for cards that go there or are copied there."""

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, select

from board.boards.models import CardField, CardLabel, card_fields, card_labels, fields, labels
from board.core.db import Tx

_IDS: Any = bindparam("ids", expanding=True)
Worn = dict[int, tuple[list[int], dict[str, Any]]]


@dataclass(frozen=True)
class Matched:
    """What labels and fields of one board are on another: label id → label id, field id → (field id, option id → option id)."""

    labels: dict[int, int]
    fields: dict[int, tuple[int, dict[Any, Any] | None]]

    def value(self, field_id: int, value: Any) -> tuple[int, Any] | None:
        """None: it has no place there."""
        if field_id not in self.fields:
            return None
        to, options = self.fields[field_id]
        found = value if options is None else options.get(value)
        return None if found is None else (to, found)


def match(tx: Tx, from_id: int, to_id: int) -> Matched:
    """Labels by title and colour, fields by title and kind, what can be chosen by its title; on one board each is itself. At most four statements."""
    ours = _labels(tx, from_id)
    our_fields = _fields(tx, from_id)
    if from_id == to_id:
        return Matched({label.id: label.id for label in ours}, {f.id: (f.id, None) for f in our_fields})
    by_look = {(label.title, label.colour): label.id for label in reversed(_labels(tx, to_id))}
    their_fields = {(f.title, f.kind): f for f in reversed(_fields(tx, to_id))}
    found = {}
    for f in our_fields:
        same = their_fields.get((f.title, f.kind))
        if same is not None:
            found[f.id] = (same.id, _options(f, same) if f.kind == "choice" else None)
    return Matched(
        {label.id: by_look[label.title, label.colour] for label in ours if (label.title, label.colour) in by_look}, found
    )  # fmt: skip


def _labels(tx: Tx, board_id: int) -> list[Any]:
    there = (labels.c.board_id == board_id, labels.c.deleted_at.is_(None))
    return list(tx.all(select(labels).where(*there).order_by(labels.c.id)))


def _fields(tx: Tx, board_id: int) -> list[Any]:
    there = (fields.c.board_id == board_id, fields.c.deleted_at.is_(None))
    return list(tx.all(select(fields).where(*there).order_by(fields.c.id)))


def _options(old: Any, new: Any) -> dict[Any, Any]:
    by_title = {option["title"]: option["id"] for option in reversed(orjson.loads(new.options))}
    return {o["id"]: by_title[o["title"]] for o in orjson.loads(old.options) if o["title"] in by_title}


def worn(tx: Tx, ids: list[int]) -> Worn:
    """Card id → its labels, and what stands in its fields."""
    found: Worn = {id: ([], {}) for id in ids}
    marks = select(card_labels.c.card_id, card_labels.c.label_id).where(card_labels.c.card_id.in_(_IDS))
    for card_id, label_id in tx.execute(marks.order_by(card_labels.c.label_id), {"ids": ids}):
        found[card_id][0].append(label_id)
    written = select(card_fields.c.card_id, card_fields.c.field_id, card_fields.c.value)
    written = written.where(card_fields.c.card_id.in_(_IDS)).order_by(card_fields.c.field_id)
    for card_id, field_id, value in tx.execute(written, {"ids": ids}):
        found[card_id][1][str(field_id)] = orjson.loads(value)
    return found


def matched_wear(before: Worn, matched: Matched) -> Worn:
    """The same, as it is on another board."""
    after: Worn = {}
    for id, (label_ids, values) in before.items():
        to = [matched.value(int(field_id), value) for field_id, value in reversed(values.items())]
        labelled = sorted({matched.labels[label] for label in label_ids if label in matched.labels})
        after[id] = (labelled, {str(f[0]): f[1] for f in sorted((f for f in to if f), key=lambda f: f[0])})
    return after


def wear(tx: Tx, school: int, after: Worn) -> None:
    """These cards have these labels, and these values in their fields, and no others."""
    ids = list(after)
    if not ids:
        return
    tx.execute(card_labels.delete().where(card_labels.c.card_id.in_(ids)))
    tx.execute(card_fields.delete().where(card_fields.c.card_id.in_(ids)))
    tx.insert_all(
        CardLabel,
        [{"card_id": id, "label_id": label, "school_id": school} for id in ids for label in after[id][0]],
    )
    tx.insert_all(
        CardField,
        [
            {"card_id": id, "field_id": int(field_id), "school_id": school, "value": orjson.dumps(value).decode()}
            for id in ids
            for field_id, value in after[id][1].items()
        ],
    )


def standing(tx: Tx, board_id: int, wanted: Worn) -> Worn:
    """Of these only what the board still has."""
    its_labels = {label.id for label in _labels(tx, board_id)}
    its_fields = {str(f.id): f for f in _fields(tx, board_id)}
    return {
        id: (
            [label for label in label_ids if label in its_labels],
            {field_id: value for field_id, value in values.items() if _may_stand(its_fields.get(field_id), value)},
        )
        for id, (label_ids, values) in wanted.items()
    }


def _may_stand(row: Any, value: Any) -> bool:
    return row is not None and (row.kind != "choice" or any(o["id"] == value for o in orjson.loads(row.options)))
