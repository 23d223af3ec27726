"""New cards made after others, however many, by a fixed number of statements. What was said about a card, and by whom, stays with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, func, insert, select

from board import discussions
from board.boards import audience, matching
from board.boards.commands.batch import set_columns
from board.boards.commands.cards import numbers
from board.boards.models import (
    Attachment,
    CardOwner,
    attachments,
    card_owners,
    cards,
    checklists,
    items,
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


def need_few(count: int) -> None:
    """Raises Conflict: more cards than one command takes."""
    if count > MOST_CARDS:
        told = {"count": format(count, ","), "most": format(MOST_CARDS, ",")}
        raise Conflict(_("These are %(count)s cards; at most %(most)s go at once. Archive some first.", **told))


def copy_cards(
    change: Change, board_id: int, rows: list[Any], places: dict[int, Place], matched: matching.Matched, parts: Iterable[str],
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
        shown = matching.matched_wear(matching.worn(tx, ids), matched)
        matching.wear(
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
