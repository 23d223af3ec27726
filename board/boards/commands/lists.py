"""Lists of a board."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from board.boards import abilities, ordering, queries, records, roster, sight
from board.boards.models import List, cards, lists
from board.boards.schemas import ChangeList, MakeList, PlaceList
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict

MOST_LISTS = 500


def make_list(change: Change, board_id: int, body: MakeList) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    row = sight.board(tx, actor, board_id)
    abilities.need(actor, row, "make_list")
    need_room_for_list(tx, board_id)
    values = {
        "title": body.title,
        "done": body.done,
        "wip_limit": None,
        "wip_hard": False,
        "colour": None,
        "position": ordering.of_lists.last(tx, board_id),
    }
    id = tx.insert(List, school_id=actor.school_id, board_id=board_id, **values)
    record = records.list_record(SimpleNamespace(id=id, **values))
    change.record("list.added", f"board:{board_id}", put={"lists": [record]}, subject=("list", id))
    return record


def need_room_for_list(tx: Tx, board_id: int, data: dict[str, Any] | None = None) -> None:
    """Raises Conflict: the board has as many lists as it takes."""
    there = (lists.c.board_id == board_id, lists.c.archived_at.is_(None))
    if tx.scalar(select(func.count()).select_from(lists).where(*there)) >= MOST_LISTS:
        raise Conflict(
            _("A board may have %(most_lists)s lists. Archive some first.", most_lists=MOST_LISTS), data=data
        )


def change_list(change: Change, id: int, body: ChangeList) -> dict[str, Any]:
    row = sight.list_(change.tx, change.actor, id)
    abilities.need(change.actor, row, "change_list")
    given = {k: v for k, v in body.given().items() if getattr(row, k) != v}
    return write(change, row, given, "list.changed")


def move_list(change: Change, id: int, body: PlaceList) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    row = sight.list_(tx, actor, id)
    abilities.need(actor, row, "move_list")
    if row.archived_at:
        raise Conflict(_("This list is archived."), data=records.list_record(row))
    try:
        place = ordering.of_lists.place(tx, row.board_id, row, body.before_id, body.after_id, here=True)
    except Conflict as e:
        raise Conflict(e.detail, data=records.list_record(row)) from None
    if place is None:
        return records.list_record(row)
    if place:
        return write(change, row, {"position": place}, "list.moved")
    old = ordering.of_lists.positions(tx, row.board_id)
    new = ordering.of_lists.spread(tx, row.board_id, id, body.before_id, body.after_id)
    put, was = ([{"id": i, "position": p} for i, p in places.items()] for places in (new, old))
    change.record("list.moved", f"board:{row.board_id}", put={"lists": put}, subject=("list", id), was={"lists": was})
    return {**records.list_record(row), "position": new[id]}


def archive_list(change: Change, id: int) -> dict[str, Any]:
    """With its open cards, which then stand in the archive."""
    row = sight.list_(change.tx, change.actor, id)
    abilities.need(change.actor, row, "archive_list")
    if row.archived_at:
        return records.list_record(row)
    return put_away(change, row)


def restore_list(change: Change, id: int) -> dict[str, Any]:
    row = sight.list_(change.tx, change.actor, id)
    abilities.need(change.actor, row, "restore_list")
    if not row.archived_at:
        return records.list_record(row)
    return bring_back(change, row, ordering.of_lists.last(change.tx, row.board_id))


def write(change: Change, row: Any, given: dict[str, Any], type: str) -> dict[str, Any]:
    """Sets fields of a list and says so; an archived one is not shown, so nothing is put for it."""
    now = {**records.list_record(row), **given}
    if not given:
        return now
    change.tx.update(List, row.id, **given)
    put = {} if row.archived_at else {"lists": [{"id": row.id, **given}]}
    was = {"lists": [{"id": row.id, **{k: getattr(row, k) for k in given}}]}
    change.record(type, f"board:{row.board_id}", put=put, subject=("list", row.id), was=was)
    return now


def put_away(change: Change, row: Any) -> dict[str, Any]:
    tx = change.tx
    shown = tx.scalars(
        select(cards.c.id)
        .where(cards.c.list_id == row.id, cards.c.archived_at.is_(None), cards.c.binned_at.is_(None))
        .order_by(cards.c.id)
    )
    owners = roster.named_on(tx, cards.c.list_id == row.id)
    tx.update(List, row.id, archived_at=change.at)
    drop = {"lists": [row.id], **({"cards": shown} if shown else {}), **roster.gone(tx, row.board_id, owners)}
    was = {"lists": [{"id": row.id, "position": row.position}]}
    change.record("list.archived", f"board:{row.board_id}", drop=drop, subject=("list", row.id), was=was)
    return records.list_record(row)


def bring_back(change: Change, row: Any, position: str) -> dict[str, Any]:
    tx = change.tx
    need_room_for_list(tx, row.board_id, records.list_record(row))
    tx.update(List, row.id, archived_at=None, position=position)
    record = {**records.list_record(row), "position": position}
    inside = records.sparse_cards(tx, *queries.shown_on(row.board_id), cards.c.list_id == row.id)
    named = roster.named_on(tx, *queries.shown_on(row.board_id), cards.c.list_id == row.id)
    put = {"lists": [record], **({"cards": inside} if inside else {}), **roster.shown(tx, row.board_id, named)}
    change.record("list.restored", f"board:{row.board_id}", put=put, subject=("list", row.id))
    return record
