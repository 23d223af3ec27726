"""Cards: making, changing, moving, finishing, putting away."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from board import discussions
from board.boards import abilities, dates, limits, matching, ordering, records, roster, sight
from board.boards.commands.owners import ask, check_owners
from board.boards.models import Card, CardLabel, cards, labels, lists
from board.boards.schemas import ChangeCard, MakeCard, PlaceCard
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict, NotSeen, Stale
from board.core.hot import Hot
from board.people.models import School

TEXTS = ("title", "description", "measure")
_LIST = Hot(
    select(lists.c.board_id, lists.c.archived_at, lists.c.done, lists.c.wip_hard).where(lists.c.id == bindparam("id"))
)
_NOT_YET = SimpleNamespace(id=0, position="")
_schools = School.__table__
_TAKE_NUMBERS = (
    _schools.update()
    .where(_schools.c.id == bindparam("school"))
    .values(card_number=_schools.c.card_number + bindparam("many"))
    .returning(_schools.c.card_number)
)


def make_card(change: Change, list_id: int, body: MakeCard, after: int | None = None) -> dict[str, Any]:
    """At the end of the list, or right after another card of it. Owners other than the actor are asked."""
    actor, tx = change.actor, change.tx
    row = sight.list_(tx, actor, list_id)
    abilities.need(actor, row, "make_card")
    owner_ids, label_ids = sorted(set(body.owner_ids)), sorted(set(body.label_ids))
    dates.need_order(tx, actor.school_id, {"start": body.start, "due": body.due})
    check_owners(change, row.board_id, owner_ids)
    check_labels(tx, row.board_id, label_ids)
    if row.archived_at:
        raise Conflict(_("This list is archived."))
    limits.need_open_cards(tx, row.board_id)
    if row.wip_hard:
        limits.need_room(tx, list_id, data=records.list_record(row))
    id = tx.insert(
        Card, school_id=actor.school_id, board_id=row.board_id, list_id=list_id, position=_place(tx, list_id, after), title=body.title,
        description=body.description, start=body.start, due=body.due, done=change.at if row.done else None, number=numbers(tx, actor.school_id),
        created_at=change.at, created_by=actor.member_id,
    )  # fmt: skip
    tx.update(Card, id, thread_id=discussions.open_thread(change, "card", id))
    tx.insert_all(CardLabel, [{"card_id": id, "label_id": label, "school_id": actor.school_id} for label in label_ids])
    ask(change, id, owner_ids)
    record = records.full_card(tx, sight.card(tx, actor, id))
    put = {"cards": [records.shown(record)], **roster.shown(tx, row.board_id, owner_ids)}
    change.record("card.added", f"board:{row.board_id}", put=put, subject=("card", id))
    return record


def numbers(tx: Tx, school_id: int, many: int = 1) -> int:
    """The first of so many card numbers in a row, which are used by nobody else."""
    return int(tx.scalar(_TAKE_NUMBERS, {"school": school_id, "many": many})) - many + 1


def _place(tx: Tx, list_id: int, after: int | None) -> str:
    # Where there is no room between the two neighbours, at the end: a new card sets no others out anew.
    last = ordering.of_cards.last(tx, list_id)
    if after is None:
        return last
    return ordering.of_cards.place(tx, list_id, _NOT_YET, None, after, here=False) or last


def change_card(change: Change, id: int, body: ChangeCard, version: int | None = None) -> dict[str, Any]:
    row = sight.card(change.tx, change.actor, id, change=True)
    abilities.need(change.actor, row, "change_card")
    if version is not None and version != row.version:
        raise Stale(data=records.full_card(change.tx, row))
    given = {k: v for k, v in body.given().items() if getattr(row, k) != v}
    dates.need_order(change.tx, row.school_id, given, row)
    return write(change, row, given, "card.changed")


def move_card(change: Change, id: int, body: PlaceCard) -> dict[str, Any]:
    """Next to a neighbour, in this list or another, on this board or another."""
    actor, tx = change.actor, change.tx
    row = sight.card(tx, actor, id, change=True)
    abilities.need(actor, row, "move_card")
    target = _target(change, row, body.list_id)
    if not records.is_shown(row):
        raise Conflict(_("This card is archived."), data=records.full_card(tx, row))
    if target and target.archived_at:
        raise Conflict(_("That list is archived."), data=records.full_card(tx, row))
    try:
        place = ordering.of_cards.place(
            tx, body.list_id, row, body.before_id, body.after_id, here=row.list_id == body.list_id
        )
    except Conflict as e:
        raise Conflict(e.detail, data=records.full_card(tx, row)) from None
    if place is None:
        return records.full_card(tx, row)
    if target and target.wip_hard:
        limits.need_room(tx, body.list_id, data=records.full_card(tx, row))
    ticked = done_by_moving(change.at, row, target.done) if target else {}
    if target and target.board_id != row.board_id:
        place = place or _spread(change, row, body, announce=True)[id]
        return move_to_board(change, row, target.board_id, body.list_id, place, ticked)
    if place:
        return write(change, row, {"list_id": body.list_id, "position": place, **ticked}, "card.moved")
    return _move_and_spread(change, row, body, ticked)


def done_by_moving(at: str, row: Any, into_done: bool) -> dict[str, Any]:
    """A card is finished by being moved into a list that means done, and open again by being moved out of there."""
    if into_done == row.list_done or into_done == bool(row.done):
        return {}
    return {"done": at if into_done else None}


def _target(change: Change, row: Any, list_id: int) -> Any:
    # None: its own list. What the actor sees already is not asked for twice.
    if list_id == row.list_id:
        return None
    target = change.tx.first(_LIST, {"id": list_id})
    if target is None:
        raise NotSeen()
    if target.board_id != row.board_id:
        abilities.need(change.actor, sight.list_(change.tx, change.actor, list_id), "move_card")
    return target


def finish_card(change: Change, id: int) -> dict[str, Any]:
    row = sight.card(change.tx, change.actor, id, change=True)
    abilities.need(change.actor, row, "finish_card")
    return write(change, row, {} if row.done else {"done": change.at}, "card.finished")


def reopen_card(change: Change, id: int) -> dict[str, Any]:
    row = sight.card(change.tx, change.actor, id, change=True)
    abilities.need(change.actor, row, "reopen_card")
    return write(change, row, {"done": None} if row.done else {}, "card.reopened")


def archive_card(change: Change, id: int) -> dict[str, Any]:
    row = sight.card(change.tx, change.actor, id, change=True)
    abilities.need(change.actor, row, "archive_card")
    if not row.archived_at:
        put_away(change, row, "card.archived", archived_at=change.at)
    return records.full_card(change.tx, sight.card(change.tx, change.actor, id))


def restore_card(change: Change, id: int) -> dict[str, Any]:
    """Out of the archive, to the end of its list."""
    tx, actor = change.tx, change.actor
    row = sight.card(tx, actor, id, change=True)
    abilities.need(actor, row, "restore_card")
    if not row.archived_at:
        return records.full_card(tx, row)
    if row.list_archived_at:
        raise Conflict(_("Its list is archived. Restore the list first."), data=records.full_card(tx, row))
    need_room(tx, row)
    return bring_back(change, row, ordering.of_cards.last(tx, row.list_id), "card.restored", archived_at=None)


def bin_card(change: Change, id: int) -> dict[str, Any]:
    """Kept for 30 days, and not to be read meanwhile."""
    row = sight.card(change.tx, change.actor, id, change=True)
    abilities.need(change.actor, row, "bin_card")
    record = records.full_card(change.tx, row)
    put_away(change, row, "card.binned", binned_at=change.at)
    return record


def unbin_card(change: Change, id: int) -> dict[str, Any]:
    """Back to the end of its list, or to the archive if it came from there."""
    tx, actor = change.tx, change.actor
    try:
        row = sight.binned_card(tx, actor, id)
    except NotSeen:
        row = sight.card(tx, actor, id)
        abilities.need(actor, row, "unbin_card")
        return records.full_card(tx, row)
    abilities.need(actor, row, "unbin_card")
    if not row.archived_at:
        need_room(tx, row)
    return bring_back(change, row, ordering.of_cards.last(tx, row.list_id), "card.unbinned", binned_at=None)


def need_room(tx: Tx, row: Any, stood: int = 0) -> None:
    """Raises Conflict: its list has a hard limit, and is full."""
    if row.list_most is not None:
        limits.need_room(tx, row.list_id, stood=stood, data=records.full_card(tx, row))


def write(
    change: Change, row: Any, given: dict[str, Any], type: str, *, source_at: str | None = None, its: dict[str, Any] | None = None
) -> dict[str, Any]:  # fmt: skip
    """Sets columns of a card and says so. Nothing given: nothing happens. ``its``: the card's relations, where they are at hand."""
    if not given:
        return records.full_card(change.tx, row, its)
    now = dict(given)
    if any(name in given for name in TEXTS):
        now["version"] = row.version + 1
    leaves = given.get("list_id", row.list_id) != row.list_id
    stood = limits.stood(change.tx, row.list_id, row.list_most) if leaves else {}
    change.tx.update(Card, row.id, **now)
    now |= records.rendered(now)
    put = {"cards": [{"id": row.id, **now}]} if records.is_shown(row) else {}
    was = {"cards": [{"id": row.id, **{name: getattr(row, name) for name in given}}], **stood}
    record = {**records.full_card(change.tx, row, its), **now}
    room, subject = f"board:{row.board_id}", ("card", row.id)
    change.record(type, room, put=put, subject=subject, was=was, source_at=source_at, known=record)
    return record


def put_away(change: Change, row: Any, type: str, **state: Any) -> None:
    """Into the archive or the bin: the board drops it, and who is listed only for it."""
    tx = change.tx
    stood = limits.stood(tx, row.list_id, row.list_most) if records.is_shown(row) else {}
    tx.update(Card, row.id, **state)
    drop: dict[str, list[int]] = {}
    if records.is_shown(row):
        drop = {"cards": [row.id], **roster.gone(tx, row.board_id, roster.named_on(tx, cards.c.id == row.id))}
    was = {"cards": [{"id": row.id, "list_id": row.list_id, "position": row.position}], **stood}
    change.record(type, f"board:{row.board_id}", drop=drop, subject=("card", row.id), was=was)


def bring_back(change: Change, row: Any, position: str, type: str, **state: Any) -> dict[str, Any]:
    tx = change.tx
    limits.need_open_cards(tx, row.board_id, data=records.full_card(tx, row))
    tx.update(Card, row.id, position=position, **state)
    now = sight.card(tx, change.actor, row.id)
    record = records.full_card(tx, now)
    put = (
        {"cards": [records.shown(record)], **roster.shown(tx, row.board_id, roster.named_on(tx, cards.c.id == row.id))}
        if records.is_shown(now)
        else {}
    )
    change.record(type, f"board:{row.board_id}", put=put, subject=("card", row.id))
    return record


def move_to_board(
    change: Change, row: Any, board_id: int, list_id: int, position: str, ticked: dict[str, Any] | None = None, listed: list[int] | None = None
) -> dict[str, Any]:  # fmt: skip
    """Two events with one op: the old room drops it, the new one gets it whole. Labels are matched by title and colour, else fall away.

    Args:
        listed: who was listed on the old board because the card came there.
    """
    tx, actor = change.tx, change.actor
    limits.need_open_cards(tx, board_id, data=records.full_card(tx, row))
    before = records.relations(tx, row.id)
    worn = {row.id: (before["label_ids"], before["field_values"])}
    if any(worn[row.id]):
        matching.wear(tx, actor.school_id, matching.matched_wear(worn, matching.match(tx, row.board_id, board_id)))
    ticked = ticked or {}
    stood = limits.stood(tx, row.list_id, row.list_most)
    tx.update(Card, row.id, board_id=board_id, list_id=list_id, position=position, **ticked)
    subject = ("card", row.id)
    came = roster.commenters_came(tx, board_id, [row.id])
    was = {
        "cards": [
            {
                "id": row.id,
                "board_id": row.board_id,
                "list_id": row.list_id,
                "position": row.position,
                "label_ids": before["label_ids"],
                "field_values": before["field_values"],
                **{name: getattr(row, name) for name in ticked},
            }
        ],
        **stood,
        "listed": came,
    }
    named = roster.named_on(tx, cards.c.id == row.id)
    went = roster.commenters_went(tx, row.board_id, listed or [])
    gone = roster.gone(tx, row.board_id, sorted({*named, *went}))
    change.record("card.moved", f"board:{row.board_id}", drop={"cards": [row.id], **gone}, subject=subject, was=was)
    record = records.full_card(tx, sight.card(tx, actor, row.id))
    put = {"cards": [records.shown(record)], **roster.shown(tx, board_id, sorted({*named, *came}))}
    change.record("card.moved", f"board:{board_id}", put=put, subject=subject)
    return record


def _move_and_spread(change: Change, row: Any, body: PlaceCard, ticked: dict[str, Any]) -> dict[str, Any]:
    tx = change.tx
    stood = limits.stood(tx, row.list_id, row.list_most) if row.list_id != body.list_id else {}
    old = ordering.of_cards.positions(tx, body.list_id)
    new = _spread(change, row, body, announce=False)
    put = [{"id": i, "position": p} for i, p in new.items() if i != row.id] + [
        {"id": row.id, "list_id": body.list_id, "position": new[row.id], **ticked}
    ]
    if ticked:
        tx.update(Card, row.id, **ticked)
    was = [{"id": i, "position": p} for i, p in old.items() if i != row.id] + [
        {
            "id": row.id,
            "list_id": row.list_id,
            "position": row.position,
            **{name: getattr(row, name) for name in ticked},
        }
    ]
    change.record(
        "card.moved", f"board:{row.board_id}", put={"cards": put}, subject=("card", row.id), was={"cards": was, **stood}
    )
    return {**records.full_card(tx, row), "list_id": body.list_id, "position": new[row.id], **ticked}


def _spread(change: Change, row: Any, body: PlaceCard, *, announce: bool) -> dict[int, str]:
    tx = change.tx
    tx.update(Card, row.id, list_id=body.list_id)  # so that it is among those that are set out
    places = ordering.of_cards.spread(tx, body.list_id, row.id, body.before_id, body.after_id)
    if announce:
        board_id = tx.one(_LIST, {"id": body.list_id}).board_id
        put = [{"id": i, "position": p} for i, p in places.items() if i != row.id]
        change.record("list.spread", f"board:{board_id}", put={"cards": put}, subject=("list", body.list_id))
    return places


def check_labels(tx: Tx, board_id: int, ids: list[int]) -> None:
    found = (
        set(
            tx.scalars(
                select(labels.c.id).where(
                    labels.c.board_id == board_id, labels.c.deleted_at.is_(None), labels.c.id.in_(ids)
                )
            )
        )
        if ids
        else set()
    )
    if set(ids) - found:
        raise NotSeen(_("There is no such label on this board."))
