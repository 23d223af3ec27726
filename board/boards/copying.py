"""New cards made after others, however many, by a fixed number of statements. What was said about a card, and by whom, stays with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import bindparam, func, insert, select

from board import discussions
from board.boards import audience
from board.boards.commands.batch import numbers, set_columns
from board.boards.models import (
    Attachment,
    CardField,
    CardLabel,
    CardOwner,
    attachments,
    card_fields,
    card_labels,
    card_owners,
    cards,
    checklists,
    fields,
    items,
    labels,
)
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict
from board.people.models import Member

#: in one command
MOST_CARDS = 1_000
MOST_PARTS = 20_000
_KEPT = ("title", "description", "measure", "start", "due", "cover")
_IDS: Any = bindparam("ids", expanding=True)
_IN_LISTS = items.join(checklists, checklists.c.id == items.c.checklist_id)
members = Member.__table__


@dataclass(frozen=True)
class Place:
    """Where a copy stands, and what is another there than on the card it is made after."""

    list_id: int
    position: str
    done: str | None = None
    given: dict[str, Any] = field(default_factory=dict)


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


def need_few(count: int) -> None:
    """Raises Conflict: more cards than one command takes."""
    if count > MOST_CARDS:
        told = {"count": format(count, ","), "most": format(MOST_CARDS, ",")}
        raise Conflict(_("These are %(count)s cards; at most %(most)s go at once. Archive some first.", **told))


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


def copy_cards(
    change: Change, board_id: int, rows: list[Any], places: dict[int, Place], matched: Matched, parts: Iterable[str],
    *, answered: bool = False,
) -> dict[int, int]:  # fmt: skip
    """Makes a card after each of these, in their order; returns which after which. The caller sees to rights and room, and says so.

    Args:
        parts: "checklists" (unticked), "labels", "attachments", "owners", "fields".
        answered: owners who said yes have said it for the new card too; else all but the actor are asked.
    """
    tx, school, wanted = change.tx, change.actor.school_id, frozenset(parts)
    ids = [row.id for row in rows]
    if not ids:
        return {}
    its_lists, its_items = _checklists(tx, ids) if "checklists" in wanted else ([], [])
    its_links = _attachments(tx, ids) if "attachments" in wanted else []
    if len(its_items) + len(its_lists) + len(its_links) > MOST_PARTS:
        raise Conflict(_("There is too much on these cards to copy it at once. Copy fewer, or without checklists."))
    owners = _owners(tx, ids, board_id) if "owners" in wanted else []
    first = numbers(tx, school, len(rows))
    blank = {
        "school_id": school,
        "board_id": board_id,
        "created_at": change.at,
        "created_by": change.actor.member_id,
        "item_count": 0,
        "attachment_count": 0,
    }
    counts = {id: {"item_count": 0, "attachment_count": 0} for id in ids}
    for item in its_items:
        counts[item.card_id]["item_count"] += 1
    for link in its_links:
        counts[link.card_id]["attachment_count"] += 1
    values = []
    for i, row in enumerate(rows):
        place = places[row.id]
        there = {"list_id": place.list_id, "position": place.position, "done": place.done, "number": first + i}
        kept = {name: getattr(row, name) for name in _KEPT}
        values.append({**blank, **kept, **there, **counts[row.id], "recurrence_id": None, **place.given})
    made = tx.execute(insert(cards).returning(cards.c.id, cards.c.number), values)
    new = {ids[card.number - first]: card.id for card in made}
    threads = discussions.open_threads(change, "card", [new[id] for id in ids])
    set_columns(tx, {id: {"thread_id": thread} for id, thread in threads.items()})
    seen = {owner.member_id for owner in owners if owner.sees}
    _copy_checklists(
        tx, school, new, its_lists, its_items, _who_see(tx, its_items, board_id) if "owners" in wanted else set()
    )
    tx.insert_all(
        Attachment,
        [
            {"school_id": school, "card_id": new[a.card_id], "title": a.title, "url": a.url, "by": change.actor.member_id, "at": change.at}
            for a in its_links
        ],
    )  # fmt: skip
    if wanted & {"labels", "fields"}:
        shown = matched_wear(worn(tx, ids), matched)
        wear(
            tx,
            school,
            {
                new[id]: (a if "labels" in wanted else [], b if "fields" in wanted else {})
                for id, (a, b) in shown.items()
            },
        )
    me = change.actor.member_id
    tx.insert_all(
        CardOwner,
        [
            {
                "card_id": new[o.card_id], "member_id": o.member_id, "school_id": school, "at": change.at,
                "asked": o.asked if answered else o.member_id != me,
            }
            for o in owners
            if o.member_id in seen
        ],
    )  # fmt: skip
    return new


def _checklists(tx: Tx, ids: list[int]) -> tuple[list[Any], list[Any]]:
    of = checklists.c
    its_lists = tx.all(
        select(checklists).where(of.card_id.in_(_IDS), of.deleted_at.is_(None)).order_by(of.id), {"ids": ids}
    )
    query = select(items).select_from(_IN_LISTS).where(items.c.card_id.in_(_IDS), items.c.deleted_at.is_(None))
    query = query.where(of.deleted_at.is_(None)).order_by(items.c.id).limit(MOST_PARTS + 1)
    return list(its_lists), list(tx.all(query, {"ids": ids}))


def _attachments(tx: Tx, ids: list[int]) -> list[Any]:
    of = attachments.c
    there = (of.card_id.in_(_IDS), of.deleted_at.is_(None))
    return list(tx.all(select(attachments).where(*there).order_by(of.id).limit(MOST_PARTS + 1), {"ids": ids}))


def _owners(tx: Tx, ids: list[int], board_id: int) -> list[Any]:
    # Who left the school, or does not see the board where the copy stands, is not asked for it.
    sees = audience.sees_board(card_owners.c.member_id, board_id).label("sees")
    query = select(card_owners.c.card_id, card_owners.c.member_id, card_owners.c.asked, sees)
    query = query.where(card_owners.c.card_id.in_(_IDS))
    return list(tx.all(query.order_by(card_owners.c.card_id, card_owners.c.member_id), {"ids": ids}))


def _who_see(tx: Tx, its_items: list[Any], board_id: int) -> set[int]:
    ids = sorted({item.owner_id for item in its_items if item.owner_id})
    query = select(members.c.id).where(members.c.id.in_(ids), audience.sees_board(members.c.id, board_id))
    return set(tx.scalars(query)) if ids else set()


def _copy_checklists(
    tx: Tx, school: int, new: dict[int, int], its_lists: list[Any], its_items: list[Any], seen: set[int]
) -> None:
    if not its_lists:
        return
    statement = insert(checklists).returning(checklists.c.id, sort_by_parameter_order=True)
    values = [
        {"school_id": school, "card_id": new[r.card_id], "title": r.title, "position": r.position} for r in its_lists
    ]
    made = {r.id: row.id for r, row in zip(its_lists, tx.execute(statement, values), strict=True)}
    rows = [
        {
            "school_id": school, "card_id": new[i.card_id], "checklist_id": made[i.checklist_id], "title": i.title, "position": i.position,
            "due": i.due, "owner_id": i.owner_id if i.owner_id in seen else None,
        }
        for i in its_items
    ]  # fmt: skip
    if rows:
        tx.execute(insert(items), rows)


def open_cards(tx: Tx, *conditions: Any) -> list[Any]:
    """Cards in their order, at most one more than a command takes, so that too many are seen to be too many."""
    there = (cards.c.archived_at.is_(None), cards.c.binned_at.is_(None))
    query = select(cards).where(*conditions, *there).order_by(cards.c.list_id, cards.c.position, cards.c.id)
    rows = list(tx.all(query.limit(MOST_CARDS + 1)))
    if len(rows) > MOST_CARDS:
        need_few(tx.scalar(select(func.count()).select_from(cards).where(*conditions, *there)))
    return rows


Worn = dict[int, tuple[list[int], dict[str, Any]]]


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
