"""How what was done to many cards at once is taken back: as a whole, or not at all where somebody has built upon it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from board.boards import abilities, dates, limits, records, sight
from board.boards.commands import batch
from board.boards.commands.owners import check_owners
from board.boards.models import labels, lists
from board.boards.undo import BACK
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict
from board.core.undo import Past, undoes

_NAMED = 3


@undoes("cards.moved", "cards.dated", "cards.finished", "cards.reopened")
def undo_fields(change: Change, past: Past) -> Any:
    board_id, rows = _begin(change, past)
    old, new = _by_id(past.was), _by_id(past.put)
    _refuse(rows, [id for id in old if not _shown(rows.get(id), board_id) or not _is(rows[id], new[id])])
    back = {id: {name: value for name, value in fields.items() if name != "id"} for id, fields in old.items()}
    _check_lists(change.tx, board_id, rows, back, past.was)
    dates.need_old_orders(change.tx, change.actor.school_id, rows, back)
    leaving = {rows[id].list_id for id, fields in back.items() if "list_id" in fields}
    stood = batch.how_many_stand(change.tx, leaving)
    aside = {"aside": past.was["aside"]} if "aside" in past.was else {}
    batch.set_fields(change, board_id, rows, back, BACK.get(past.type, past.type), **stood, **aside)
    return _record(board_id, old)


@undoes("cards.labelled")
def undo_labels(change: Change, past: Past) -> Any:
    board_id, rows = _begin(change, past)
    old, new = _by_id(past.was), _by_id(past.put)
    now = batch.relations(change.tx, list(old))
    _refuse(
        rows, [id for id in old if not _shown(rows.get(id), board_id) or now[id]["label_ids"] != new[id]["label_ids"]]
    )
    named = sorted({label for fields in old.values() for label in fields["label_ids"]})
    there = set(change.tx.scalars(select(labels.c.id).where(labels.c.id.in_(named), labels.c.deleted_at.is_(None))))
    after = {
        id: {"label_ids": [label for label in fields["label_ids"] if label in there]} for id, fields in old.items()
    }
    batch.set_labels(change, board_id, now, after)
    return _record(board_id, old)


@undoes("cards.owners_changed")
def undo_owners(change: Change, past: Past) -> Any:
    board_id, rows = _begin(change, past)
    old, new = _by_id(past.was), _by_id(past.put)
    now = batch.relations(change.tx, list(old))
    names = ("owner_ids", "asked_ids", "proposals")
    _refuse(
        rows,
        [
            id
            for id in old
            if not _shown(rows.get(id), board_id) or any(now[id][n] != new[id][n] for n in names if n in new[id])
        ],
    )
    check_owners(
        change, board_id, sorted({o for id in old for o in old[id]["owner_ids"] if o not in now[id]["owner_ids"]})
    )
    batch.set_owners(change, board_id, now, {id: {n: old[id][n] for n in names if n in old[id]} for id in old})
    return _record(board_id, old)


@undoes("cards.archived", "cards.binned")
def undo_putting_away(change: Change, past: Past) -> Any:
    """Back to the very places."""
    board_id, rows = _begin(change, past)
    old = _by_id(past.was)
    archived = past.type == "cards.archived"
    column = "archived_at" if archived else "binned_at"
    _refuse(
        rows,
        [
            id
            for id, fields in old.items()
            if id not in rows
            or rows[id].board_id != board_id
            or getattr(rows[id], column) != past.at
            or (archived and rows[id].binned_at)
            or rows[id].list_id != fields["list_id"]
        ],
    )
    back = {id: {"list_id": fields["list_id"]} for id, fields in old.items()}
    _check_lists(change.tx, board_id, {}, back, past.was)
    limits.need_open_cards(change.tx, board_id, len(old))
    batch.bring_back(change, board_id, list(old), "cards.restored" if archived else "cards.unbinned", column)
    return _record(board_id, old)


@undoes("cards.restored")
def undo_restoring(change: Change, past: Past) -> Any:
    board_id, rows = _begin(change, past)
    old = _by_id(past.was)
    _refuse(rows, [id for id in old if not _shown(rows.get(id), board_id)])
    batch.put_away(change, board_id, rows, "cards.archived", "archived_at")
    return _record(board_id, old)


@undoes("cards.added", "cards.unbinned")
def undo_adding(change: Change, past: Past) -> Any:
    board_id, rows = _begin(change, past)
    old = _by_id(past.was)
    worked_on = ("version", "comment_count", "item_count", "attachment_count")
    fresh = past.type == "cards.added"
    _refuse(
        rows,
        [
            id
            for id in old
            if not _shown(rows.get(id), board_id) or (fresh and any(getattr(rows[id], name) for name in worked_on))
        ],
    )
    batch.put_away(change, board_id, rows, "cards.binned", "binned_at")
    return _record(board_id, old)


def _begin(change: Change, past: Past) -> tuple[int, batch.Rows]:
    board = sight.board(change.tx, change.actor, past.subject[1] or 0)
    abilities.need(change.actor, board, "change_cards")
    return board.id, batch.load(change.tx, _by_id(past.was))


def _by_id(entries: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {entry["id"]: entry for entry in entries["cards"]}


def _shown(row: Any, board_id: int) -> bool:
    return bool(row) and row.board_id == board_id and records.is_shown(row)


def _is(row: Any, put: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in put.items())


def _refuse(rows: batch.Rows, ids: list[int]) -> None:
    """Raises Conflict, which names those on which somebody has worked since."""
    if ids:
        titles = ", ".join(f"“{rows[id].title}”" if id in rows else _("one that is gone") for id in ids[:_NAMED])
        more = len(ids) - _NAMED
        if more > 0:
            titles = ngettext("%(titles)s and %(num)s more", "%(titles)s and %(num)s more", more, titles=titles)
        raise Conflict(
            _("Somebody has changed some of these cards since: %(titles)s.", titles=titles), data={"card_ids": ids}
        )


def _check_lists(tx: Tx, board_id: int, rows: batch.Rows, back: batch.Fields, was: dict[str, Any]) -> None:
    """Raises Conflict: a list that they go back to is not there any more, or full."""
    coming: dict[int, int] = {}
    for id, fields in back.items():
        if "list_id" in fields and (id not in rows or rows[id].list_id != fields["list_id"]):
            coming[fields["list_id"]] = coming.get(fields["list_id"], 0) + 1
    found = tx.all(select(lists).where(lists.c.id.in_(list(coming)), lists.c.board_id == board_id))
    if len([row for row in found if not row.archived_at]) < len(coming):
        raise Conflict(_("Their list is not there any more."))
    for row in found:
        if row.wip_hard:
            limits.need_room(tx, row.id, coming[row.id], stood=limits.how_many_stood(was, row.id))


def _record(board_id: int, ids: Iterable[int]) -> dict[str, Any]:
    return {"id": board_id, "card_ids": list(ids)}
