"""Many cards at once: one command, one event in the room, taken back as a whole."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, func, insert, select, update

from board import discussions
from board.boards import abilities, dates, limits, ordering, records, roster, sight
from board.boards.commands.cards import check_labels, done_by_moving, numbers
from board.boards.commands.owners import check_owners
from board.boards.models import (
    CardLabel,
    CardOwner,
    CardProposal,
    card_labels,
    card_owners,
    card_proposals,
    cards,
    lists,
)
from board.boards.schemas import MOST_OWNERS, ChangeCards, MakeCards, More, Placing
from board.core import position
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict, NotSeen

Rows = dict[int, Any]
Fields = dict[int, dict[str, Any]]
_FROM_LISTS = cards.join(lists, lists.c.id == cards.c.list_id)
_IDS: Any = bindparam("ids", expanding=True)
_ROWS = select(
    cards, lists.c.archived_at.label("list_archived_at"), lists.c.done.label("list_done")
).select_from(_FROM_LISTS).where(cards.c.id.in_(_IDS)).order_by(cards.c.id)  # fmt: skip
_OURS = select(cards.c.id).where(cards.c.id.in_(_IDS)).order_by(cards.c.id).with_for_update()


def make_cards(change: Change, list_id: int, body: MakeCards) -> dict[str, Any]:
    """At the end of the list, in the order given."""
    actor, tx, many = change.actor, change.tx, len(body.titles)
    row = sight.list_(tx, actor, list_id)
    abilities.need(actor, row, "make_cards")
    if row.archived_at:
        raise Conflict(_("This list is archived."))
    limits.need_open_cards(tx, row.board_id, many)
    if row.wip_hard:
        limits.need_room(tx, list_id, many, data=records.list_record(row))
    place, places = ordering.of_cards.last(tx, list_id), []
    for _title in body.titles:
        places.append(place)
        place = position.between(place, None)
    first = numbers(tx, actor.school_id, many)
    blank = {"school_id": actor.school_id, "board_id": row.board_id, "list_id": list_id, "created_at": change.at}
    blank |= {"created_by": actor.member_id, "done": change.at if row.done else None}
    rows = [
        {**blank, "title": title, "position": places[i], "number": first + i} for i, title in enumerate(body.titles)
    ]
    made = tx.execute(insert(cards).returning(cards.c.id, cards.c.number), rows)
    ids = [card.id for card in sorted(made, key=lambda card: card.number)]
    threads = discussions.open_threads(change, "card", ids)
    set_columns(tx, {id: {"thread_id": thread} for id, thread in threads.items()})
    found = sorted(records.sparse_cards(tx, cards.c.id.in_(ids)), key=lambda card: card["number"])
    tell(change, row.board_id, "cards.added", put=found, was=[{"id": id} for id in ids])
    return {"id": list_id, "cards": found}


def change_cards(change: Change, board_id: int, body: ChangeCards) -> dict[str, Any]:
    """One thing, done to all of these cards that the board still shows; the others are named in the answer."""
    actor, tx = change.actor, change.tx
    board = sight.board(tx, actor, board_id)
    abilities.need(actor, board, "change_cards")
    ids = list(dict.fromkeys(body.card_ids))
    there = load(tx, ids)
    skipped, rows = [], {}
    for id in ids:
        row = there.get(id)
        if row is None or row.board_id != board_id or row.binned_at:
            skipped.append({"id": id, "why": "gone"})
        elif row.archived_at or row.list_archived_at:
            skipped.append({"id": id, "why": "archived"})
        else:
            rows[id] = row
    (what,) = body.model_fields_set - {"card_ids"}
    full: list[int] = []
    match what:
        case "position":
            changed = _move(change, board_id, rows, body.position)
        case "label_ids":
            changed = _label(change, board_id, rows, body.label_ids)
        case "owner_ids":
            changed, full = _hand_out(change, board_id, rows, body.owner_ids)
        case "due":
            late = dates.late(tx, actor.school_id, {id: (row.start, body.due) for id, row in rows.items()})
            skipped += [{"id": id, "why": "start"} for id in rows if id in late]
            new: Fields = {id: {"due": body.due} for id, row in rows.items() if row.due != body.due and id not in late}
            changed = set_fields(change, board_id, rows, new, "cards.dated")
        case "done":
            at, type = (change.at, "cards.finished") if body.done else (None, "cards.reopened")
            new = {id: {"done": at} for id, row in rows.items() if bool(row.done) != body.done}
            changed = set_fields(change, board_id, rows, new, type)
        case _:
            changed = put_away(change, board_id, rows, "cards.archived", "archived_at")
    skipped += [{"id": id, "why": "full"} for id in full]
    return {"id": board_id, "card_ids": changed, "skipped": skipped}


def load(tx: Tx, ids: Iterable[int]) -> Rows:
    """These cards, wherever they are, with what their lists are; ours until the transaction ends."""
    bound = {"ids": list(ids)}
    if tx.dialect == "postgresql":
        # By themselves: of a card that another moves while we wait for it, the join with its list would find nothing.
        tx.execute(_OURS, bound)
    return {row.id: row for row in tx.all(_ROWS, bound)}


def set_fields(change: Change, board_id: int, rows: Rows, new: Fields, type: str, **more: Any) -> list[int]:
    """Sets columns of cards that the board shows, each to its own values, and says so once. Returns which."""
    if new:
        set_columns(change.tx, new, rows)
        put = [{"id": id, **fields} for id, fields in new.items()]
        was = [{"id": id, **{name: getattr(rows[id], name) for name in fields}} for id, fields in new.items()]
        tell(change, board_id, type, put=put, was=was, more=more)
    return list(new)


def put_away(change: Change, board_id: int, rows: Rows, type: str, column: str) -> list[int]:
    """Into the archive or the bin: the board drops them, and who is listed only for them."""
    tx, ids = change.tx, sorted(rows)
    if not ids:
        return []
    stood = how_many_stand(tx, {row.list_id for row in rows.values()})
    tx.execute(update(cards).where(cards.c.id.in_(ids)).values({column: change.at}))
    named = roster.named_on(tx, cards.c.id.in_(ids))
    was = [{"id": row.id, "list_id": row.list_id, "position": row.position} for row in rows.values()]
    change.record(
        type, f"board:{board_id}", drop={"cards": ids, **roster.gone(tx, board_id, named)}, subject=("board", board_id),
        was={"cards": was, **stood},
    )  # fmt: skip
    return list(rows)


def bring_back(change: Change, board_id: int, ids: list[int], type: str, column: str) -> None:
    """Undoes ``put_away``: each to the very place that it kept."""
    tx = change.tx
    tx.execute(update(cards).where(cards.c.id.in_(ids)).values({column: None}))
    there = cards.c.id.in_(ids)
    listed = roster.shown(tx, board_id, roster.named_on(tx, there))
    tell(change, board_id, type, put=records.sparse_cards(tx, there), was=[{"id": id} for id in ids], also=listed)


def set_columns(tx: Tx, new: Fields, rows: Rows | None = None) -> None:
    """One statement for all: what a card does not change it keeps, as in its row."""
    names = sorted({name for fields in new.values() for name in fields})
    values = [
        {"of": id, **{f"to_{name}": fields[name] if name in fields else getattr((rows or {})[id], name) for name in names}}
        for id, fields in new.items()
    ]  # fmt: skip
    if len({tuple(value.items())[1:] for value in values}) == 1:
        tx.execute(update(cards).where(cards.c.id.in_(list(new))).values(next(iter(new.values()))))
    elif values:
        statement = update(cards).where(cards.c.id == bindparam("of"))
        tx.execute(statement.values({name: bindparam(f"to_{name}") for name in names}), values)


def relations(tx: Tx, ids: list[int]) -> Fields:
    """Owners, who of them is asked, other dates that these propose, and labels of each card."""
    found: Fields = {id: {"owner_ids": [], "asked_ids": [], "label_ids": [], "proposals": []} for id in ids}
    columns = card_owners.c.card_id, card_owners.c.member_id, card_owners.c.asked
    for card_id, member_id, asked in tx.execute(
        select(*columns).where(card_owners.c.card_id.in_(_IDS)).order_by(card_owners.c.member_id), {"ids": ids}
    ):
        found[card_id]["owner_ids"].append(member_id)
        if asked:
            found[card_id]["asked_ids"].append(member_id)
    marks = select(card_labels.c.card_id, card_labels.c.label_id).where(card_labels.c.card_id.in_(_IDS))
    for card_id, label_id in tx.execute(marks.order_by(card_labels.c.label_id), {"ids": ids}):
        found[card_id]["label_ids"].append(label_id)
    of = card_proposals.c
    others = select(of.card_id, of.member_id, of.due, of.note).where(of.card_id.in_(_IDS)).order_by(of.member_id)
    for card_id, *proposal in tx.execute(others, {"ids": ids}):
        found[card_id]["proposals"].append(records.proposal_record(*proposal))
    return found


def set_labels(change: Change, board_id: int, before: Fields, after: Fields) -> list[int]:
    """``label_ids`` of each card as in ``after``; says so for those that had others. Returns which."""
    tx, school = change.tx, change.actor.school_id
    changed = [id for id in after if after[id]["label_ids"] != before[id]["label_ids"]]
    if changed:
        tx.execute(delete(card_labels).where(card_labels.c.card_id.in_(changed)))
        tx.insert_all(
            CardLabel,
            [{"card_id": id, "label_id": label, "school_id": school} for id in changed for label in after[id]["label_ids"]],
        )  # fmt: skip
        put, was = ([{"id": id, "label_ids": state[id]["label_ids"]} for id in changed] for state in (after, before))
        tell(change, board_id, "cards.labelled", put=put, was=was)
    return changed


def set_owners(change: Change, board_id: int, before: Fields, after: Fields) -> list[int]:
    """``owner_ids`` and ``asked_ids`` of each card as in ``after``; says so for those that had others. Who is asked no longer, or anew, has
    proposed no other date, but where ``proposals`` stand again. Returns which."""
    tx, names = change.tx, ("owner_ids", "asked_ids")
    changed = [id for id in after if any(after[id][name] != before[id][name] for name in names)]
    if not changed:
        return []
    since = {
        (row.card_id, row.member_id): row.at
        for row in tx.all(select(card_owners).where(card_owners.c.card_id.in_(_IDS)), {"ids": changed})
    }
    tx.execute(delete(card_owners).where(card_owners.c.card_id.in_(changed)))
    blank = {"school_id": change.actor.school_id}
    tx.insert_all(
        CardOwner,
        [
            {**blank, "card_id": id, "member_id": owner, "asked": owner in after[id]["asked_ids"], "at": since.get((id, owner), change.at)}
            for id in changed
            for owner in after[id]["owner_ids"]
        ],
    )  # fmt: skip
    put, was = (
        [{"id": id, **{name: state[id][name] for name in names}} for id in changed] for state in (after, before)
    )
    dropped = {}
    for id, told, had in zip(changed, put, was, strict=True):
        still = set(after[id]["asked_ids"]) & set(before[id]["asked_ids"])
        kept = after[id].get("proposals", [p for p in before[id]["proposals"] if p["member_id"] in still])
        if kept != before[id]["proposals"]:
            dropped[id] = told["proposals"] = kept
            had["proposals"] = before[id]["proposals"]
    if dropped:
        tx.execute(delete(card_proposals).where(card_proposals.c.card_id.in_(list(dropped))))
        tx.insert_all(
            CardProposal, [{**blank, "card_id": id, **p, "at": change.at} for id, kept in dropped.items() for p in kept]
        )
    old = {owner for id in changed for owner in before[id]["owner_ids"]}
    new = {owner for id in changed for owner in after[id]["owner_ids"]}
    came = roster.shown(tx, board_id, sorted(new - old))
    left = roster.gone(tx, board_id, sorted(old - new))
    tell(change, board_id, "cards.owners_changed", put=put, was=was, also=came, drop=left)
    return changed


def tell(
    change: Change, board_id: int, type: str, *, put: list[dict[str, Any]], was: list[dict[str, Any]],
    also: dict[str, Any] | None = None, drop: dict[str, list[int]] | None = None, more: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    change.record(
        type, f"board:{board_id}", put={"cards": put, **(also or {})}, drop=drop, subject=("board", board_id),
        was={"cards": was, **(more or {})},
    )  # fmt: skip


def _move(change: Change, board_id: int, rows: Rows, to: Placing) -> list[int]:
    tx = change.tx
    target = tx.first(select(lists).where(lists.c.id == to.list_id, lists.c.board_id == board_id))
    if target is None:
        raise NotSeen(_("There is no such list on this board."))
    if target.archived_at:
        raise Conflict(_("That list is archived."), data=records.list_record(target))
    if not rows:
        return []
    coming = [id for id, row in rows.items() if row.list_id != to.list_id]
    if coming and target.wip_hard:
        limits.need_room(tx, to.list_id, len(coming), data=records.list_record(target))
    places = ordering.of_cards.place_many(tx, to.list_id, list(rows), to.before_id, to.after_id)
    new: Fields = {}
    there = {**load(tx, [id for id in places if id not in rows]), **rows}
    for id, place in places.items():
        row = there[id]
        fields: dict[str, Any] = {} if row.position == place else {"position": place}
        if row.list_id != to.list_id:
            fields |= {"list_id": to.list_id, "position": place, **done_by_moving(change.at, row, target.done)}
        if fields:
            new[id] = fields
    stood = how_many_stand(tx, {rows[id].list_id for id in coming})
    # That others were set out anew is no news of them.
    aside = {"aside": [id for id in new if id not in rows]} if new.keys() - rows.keys() else {}
    set_fields(change, board_id, there, new, "cards.moved", **stood, **aside)
    return [id for id in rows if id in new]


def _label(change: Change, board_id: int, rows: Rows, labels: More) -> list[int]:
    check_labels(change.tx, board_id, sorted({*labels.add, *labels.remove}))
    before = relations(change.tx, list(rows))
    after: Fields = {
        id: {"label_ids": sorted({*found["label_ids"], *labels.add} - {*labels.remove})} for id, found in before.items()
    }
    return set_labels(change, board_id, before, after)


def _hand_out(change: Change, board_id: int, rows: Rows, people: More) -> tuple[list[int], list[int]]:
    # As one by one: all but the actor are asked, and what she hands to herself she has said yes to.
    me, add = change.actor.member_id, set(people.add)
    check_owners(change, board_id, sorted(add))
    before = relations(change.tx, list(rows))
    after: Fields = {}
    full = []
    for id, found in before.items():
        old = set(found["owner_ids"])
        owners = (old | add) - set(people.remove)
        asked = (set(found["asked_ids"]) | (add - old)) & owners - ({me} & add)
        if len(owners) > MOST_OWNERS and owners - old:
            full.append(id)
        else:
            after[id] = {"owner_ids": sorted(owners), "asked_ids": sorted(asked)}
    return set_owners(change, board_id, before, after), full


def how_many_stand(tx: Tx, list_ids: Iterable[int]) -> dict[str, Any]:
    """In each of these lists that has a hard limit, before cards leave it: what ``was`` keeps, so that they may come back."""
    ids = sorted(list_ids)
    open_ = (cards.c.archived_at.is_(None), cards.c.binned_at.is_(None))
    query = (
        select(cards.c.list_id, func.count()).select_from(_FROM_LISTS).where(lists.c.wip_hard, cards.c.list_id.in_(ids))
    )
    found = tx.all(query.where(*open_).group_by(cards.c.list_id)) if ids else ()
    return {"stood": {str(id): many for id, many in found}} if found else {}
