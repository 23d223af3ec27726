"""Rows as they stand on the wire."""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import Select, bindparam, func, literal, select

from board.boards import values
from board.boards.models import card_fields, card_labels, card_owners, card_proposals, cards, recurrences
from board.core import text
from board.core.db import Tx
from board.core.hot import Hot

#: a card in a snapshot, in order; everything at its default is left out there
CARD_FIELDS = (
    "id", "number", "list_id", "position", "title", "start", "due", "done", "cover", "thread_id", "comment_count", "item_count", "item_done",
    "attachment_count", "blocked_count", "help_minutes", "version",
)  # fmt: skip
_ALWAYS = 5
_COLUMNS = tuple(cards.c[name] for name in CARD_FIELDS)


def is_shown(row: Any) -> bool:
    """Whether the board shows this card: only then may its room hear of its fields."""
    return not (row.archived_at or row.binned_at or row.list_archived_at)


def board_record(row: Any) -> dict[str, Any]:
    return {
        "id": row.id, "title": row.title, "group_id": row.group_id, "initiative_id": row.initiative_id,
        "background": row.background, "archived": row.archived_at, "template": row.template,
    }  # fmt: skip


def list_record(row: Any) -> dict[str, Any]:
    return {
        "id": row.id, "title": row.title, "position": row.position, "done": row.done, "wip_limit": row.wip_limit, "wip_hard": row.wip_hard,
        "colour": row.colour,
    }  # fmt: skip


def label_record(row: Any) -> dict[str, Any]:
    return {"id": row.id, "title": row.title, "colour": row.colour}


FIELD_COLUMNS = ("id", "title", "kind", "options", "shown", "position")


def field_record(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELD_COLUMNS} | {"options": orjson.loads(row.options)}


def link_record(row: Any) -> dict[str, Any]:
    return {"id": row.id, "card_id": row.card_id, "other_id": row.other_id, "kind": row.kind}


def checklist_record(row: Any) -> dict[str, Any]:
    return {"id": row.id, "card_id": row.card_id, "title": row.title, "position": row.position}


def item_record(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "checklist_id": row.checklist_id,
        "title": row.title,
        "position": row.position,
        "done": row.done,
        "owner_id": row.owner_id,
        "due": row.due,
        "became_id": row.became_id,
    }


def attachment_record(row: Any) -> dict[str, Any]:
    return {"id": row.id, "card_id": row.card_id, "title": row.title, "url": row.url, "by": row.by, "at": row.at}


def proposal_record(member_id: int, due: str, note: str) -> dict[str, Any]:
    return {"member_id": member_id, "due": due, "note": note}


def recurrence_record(rule: str, list_id: int, next_day: str | None) -> dict[str, Any]:
    """``next_day``: none when it has ended."""
    return {**orjson.loads(rule), "list_id": list_id, "next_day": next_day or None}


def sparse_cards(tx: Tx, *conditions: Any, more: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    """Cards without their fields at default, with owners, labels and what stands in the board's fields: few statements, however many cards."""
    condition = conditions
    owners, asked = _owners(tx, condition)
    marks = _labels(tx, condition)
    fields_of = values.on_cards(tx, *condition)
    proposals = _proposals(tx, condition)
    rhythms = _rhythms(tx, condition)
    names = CARD_FIELDS + tuple(c.key for c in more)
    optional = list(enumerate(names))[_ALWAYS:]
    found = []
    for row in tx.execute(select(*_COLUMNS, *more).where(*condition).order_by(cards.c.id)):
        id = row[0]
        record = {"id": id, "number": row[1], "list_id": row[2], "position": row[3], "title": row[4]}
        for i, name in optional:
            value = row[i]
            if value:
                record[name] = value
        if id in owners:
            record["owner_ids"] = owners[id]
            if id in asked:
                record["asked_ids"] = asked[id]
        if id in marks:
            record["label_ids"] = marks[id]
        if id in proposals:
            record["proposals"] = proposals[id]
        if id in fields_of:
            record["field_values"] = fields_of[id]
        if id in rhythms:
            record["recurrence"] = rhythms[id]
        found.append(record)
    return found


def full_card(tx: Tx, row: Any, its: dict[str, Any] | None = None) -> dict[str, Any]:
    """One card with every field, description and measure too. ``its``: its relations, where they are at hand."""
    record = {name: getattr(row, name) for name in CARD_FIELDS}
    record["description"], record["measure"] = row.description, row.measure
    record |= rendered(record)
    record |= relations(tx, row.id) if its is None else its
    record |= {"archived": row.archived_at, "created_at": row.created_at, "board_id": row.board_id}
    return record


def rendered(fields: dict[str, Any]) -> dict[str, str]:
    """The HTML of what is shown as such, beside its text."""
    return {"description_html": text.html(fields["description"])} if "description" in fields else {}


_OWNER, _LABEL, _PROPOSAL, _VALUE, _RHYTHM = range(5)
_CARD: Any = bindparam("card")
_RELATIONS = Hot(
    select(
        literal(_PROPOSAL).label("kind"), card_proposals.c.member_id.label("id"), literal(False).label("asked"),
        card_proposals.c.due.label("due"), card_proposals.c.note.label("note"),
    )
    .where(card_proposals.c.card_id == _CARD)
    .union_all(
        select(literal(_OWNER), card_owners.c.member_id, card_owners.c.asked, literal(""), literal("")).where(card_owners.c.card_id == _CARD),
        select(literal(_LABEL), card_labels.c.label_id, literal(False), literal(""), literal("")).where(card_labels.c.card_id == _CARD),
        select(literal(_VALUE), card_fields.c.field_id, literal(False), literal(""), card_fields.c.value).where(card_fields.c.card_id == _CARD),
        select(literal(_RHYTHM), recurrences.c.list_id, literal(False), func.coalesce(recurrences.c.next_day, ""), recurrences.c.rule)
        .where(recurrences.c.card_id == _CARD, recurrences.c.deleted_at.is_(None)),
    )
    .order_by("id")
)  # fmt: skip


def relations(tx: Tx, card_id: int) -> dict[str, Any]:
    """Owners, those of them who are asked, labels, and other dates that were proposed, each sorted; what stands in the board's fields, and when it comes again."""
    rows = tx.all(_RELATIONS, {"card": card_id})
    return {
        "owner_ids": [r.id for r in rows if r.kind == _OWNER],
        "asked_ids": [r.id for r in rows if r.kind == _OWNER and r.asked],
        "label_ids": [r.id for r in rows if r.kind == _LABEL],
        "proposals": [proposal_record(r.id, r.due, r.note) for r in rows if r.kind == _PROPOSAL],
        "field_values": {str(r.id): orjson.loads(r.note) for r in rows if r.kind == _VALUE},
        "recurrence": next((recurrence_record(r.note, r.id, r.due) for r in rows if r.kind == _RHYTHM), None),
    }


def relations_of(tx: Tx, ids: list[int]) -> dict[int, dict[str, Any]]:
    """The same of many cards: so many statements, however many cards."""
    if not ids:
        return {}
    condition = (cards.c.id.in_(ids),)
    owners, asked = _owners(tx, condition)
    marks, proposals = _labels(tx, condition), _proposals(tx, condition)
    fields_of, rhythms = values.on_cards(tx, *condition), _rhythms(tx, condition)
    return {
        id: {
            "owner_ids": owners.get(id, []), "asked_ids": asked.get(id, []), "label_ids": marks.get(id, []),
            "proposals": proposals.get(id, []), "field_values": fields_of.get(id, {}), "recurrence": rhythms.get(id),
        }
        for id in ids
    }  # fmt: skip


def shown(record: dict[str, Any]) -> dict[str, Any]:
    """A full card as a `put` of a record that the room did not show: what is at its default is left out, and what only the card's page has."""
    own = {"description", "description_html", "measure", "archived", "created_at", "board_id"}
    return {k: v for k, v in record.items() if k not in own and (v or k in CARD_FIELDS[:_ALWAYS])}


def _owners(tx: Tx, condition: Iterable[Any]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    query: Select[Any] = select(card_owners.c.card_id, card_owners.c.member_id, card_owners.c.asked)
    query = query.select_from(card_owners.join(cards, cards.c.id == card_owners.c.card_id)).where(*condition)
    owners: dict[int, list[int]] = {}
    asked: dict[int, list[int]] = {}
    for card_id, member_id, is_asked in tx.execute(query.order_by(card_owners.c.card_id, card_owners.c.member_id)):
        owners.setdefault(card_id, []).append(member_id)
        if is_asked:
            asked.setdefault(card_id, []).append(member_id)
    return owners, asked


def _labels(tx: Tx, condition: Iterable[Any]) -> dict[int, list[int]]:
    query = select(card_labels.c.card_id, card_labels.c.label_id).select_from(
        card_labels.join(cards, cards.c.id == card_labels.c.card_id)
    )
    marks: dict[int, list[int]] = {}
    for card_id, label_id in tx.execute(
        query.where(*condition).order_by(card_labels.c.card_id, card_labels.c.label_id)
    ):
        marks.setdefault(card_id, []).append(label_id)
    return marks


def _proposals(tx: Tx, condition: Iterable[Any]) -> dict[int, list[dict[str, Any]]]:
    of = card_proposals.c
    query = select(of.card_id, of.member_id, of.due, of.note)
    query = query.select_from(card_proposals.join(cards, cards.c.id == of.card_id)).where(*condition)
    found: dict[int, list[dict[str, Any]]] = {}
    for card_id, *proposal in tx.execute(query.order_by(of.card_id, of.member_id)):
        found.setdefault(card_id, []).append(proposal_record(*proposal))
    return found


def _rhythms(tx: Tx, condition: Iterable[Any]) -> dict[int, dict[str, Any]]:
    of = recurrences.c
    query = select(of.card_id, of.rule, of.list_id, of.next_day)
    query = query.select_from(recurrences.join(cards, cards.c.id == of.card_id)).where(*condition)
    return {card_id: recurrence_record(*found) for card_id, *found in tx.execute(query.where(of.deleted_at.is_(None)))}
