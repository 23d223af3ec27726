"""What must hold of boards: that they are what their journal tells; counters, positions, numbers; that nothing stands on two boards."""

import contextlib
from collections.abc import Iterator
from typing import Any

import orjson
from sqlalchemy import Integer, and_, case, cast, func, select

from board.boards import queries
from board.boards.models import (
    attachments,
    boards,
    card_fields,
    card_labels,
    cards,
    checklists,
    fields,
    items,
    labels,
    lists,
)
from board.boards.sight import blockers
from board.core import position
from board.core.db import Tx
from board.core.journal import Entry
from board.discussions.models import comments
from board.people.models import School

_schools, _entries = School.__table__, Entry.__table__
_AT_ONCE = 500
#: of a card, which events tell and no snapshot shows
_ON_ITS_PAGE = ("description", "description_html", "measure", "archived", "created_at", "board_id")


def all_counts_are_right(tx: Tx) -> Iterator[str]:
    live_items = items.join(checklists, checklists.c.id == items.c.checklist_id)
    shown = and_(items.c.deleted_at.is_(None), checklists.c.deleted_at.is_(None))
    done = func.sum(case((items.c.done.isnot(None), 1), else_=0))
    yield from _differs(tx, "item_count", _per(items.c.card_id, func.count(), live_items, shown))
    yield from _differs(tx, "item_done", _per(items.c.card_id, done, live_items, shown))
    yield from _differs(
        tx, "attachment_count",
        _per(attachments.c.card_id, func.count(), attachments, attachments.c.deleted_at.is_(None)),
    )  # fmt: skip
    yield from _differs(tx, "blocked_count", _per(*blockers()))
    of_thread = comments.join(cards, cards.c.thread_id == comments.c.thread_id)
    yield from _differs(tx, "comment_count", _per(cards.c.id, func.count(), of_thread, comments.c.deleted_at.is_(None)))


def positions_are_keys(tx: Tx) -> Iterator[str]:
    for table in (lists, cards, checklists, items, fields):
        for id, key in tx.all(select(table.c.id, table.c.position)):
            if not key or key.strip(position.DIGITS) or key.endswith(position.DIGITS[0]):
                yield f"{table.name}: {id} stands at {key!r}, which is no position"


def numbers_are_below_the_next(tx: Tx) -> Iterator[str]:
    highest = select(func.coalesce(func.max(cards.c.number), 0)).where(cards.c.school_id == _schools.c.id)
    query = select(_schools.c.id, _schools.c.card_number, highest.scalar_subquery().label("highest"))
    for id, next, most in tx.all(query):
        if most > next:
            yield f"school {id}: card {most} was numbered, but the counter stands at {next}"


def nothing_stands_on_two_boards(tx: Tx) -> Iterator[str]:
    astray = select(cards.c.id).join(lists, lists.c.id == cards.c.list_id).where(lists.c.board_id != cards.c.board_id)
    for id in tx.scalars(astray):
        yield f"card {id}: its list is on another board"
    source = card_labels.join(cards, cards.c.id == card_labels.c.card_id)
    source = source.join(labels, labels.c.id == card_labels.c.label_id)
    wrong = select(cards.c.id, labels.c.id).select_from(source).where(labels.c.board_id != cards.c.board_id)
    for id, label in tx.all(wrong):
        yield f"card {id}: its label {label} is of another board"
    source = card_fields.join(cards, cards.c.id == card_fields.c.card_id)
    source = source.join(fields, fields.c.id == card_fields.c.field_id)
    wrong = select(cards.c.id, fields.c.id).select_from(source).where(fields.c.board_id != cards.c.board_id)
    for id, field in tx.all(wrong):
        yield f"card {id}: its field {field} is of another board"


def boards_are_what_their_journal_tells(tx: Tx) -> Iterator[str]:
    """The first law, from the beginning: all events of a board, one after the other, make what is read of it now."""
    for id in tx.scalars(select(boards.c.id).order_by(boards.c.id)):
        now = {name: _by_id(rows) for name, rows in queries.snapshot(tx, id).items()}
        told: dict[str, dict[int, dict[str, Any]]] = {name: {} for name in now}
        texts = select(_entries.c.text).where(_entries.c.room == f"board:{id}").order_by(_entries.c.seq)
        for some in tx.execute(texts.execution_options(yield_per=_AT_ONCE)).partitions():
            for (text,) in some:
                # An event that cannot be read is told of where the journal is looked at.
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    _tell(told, orjson.loads(text))
        for name, rows in now.items():
            for row in sorted({*rows} | {*told[name]}):
                if _full(rows.get(row)) != _full(told[name].get(row)):
                    yield f"board {id}: of {name} {row} the journal tells something else than is stored"


def _tell(told: dict[str, dict[int, dict[str, Any]]], event: dict[str, Any]) -> None:
    for name, rows in event["put"].items():
        for row in rows:
            if name in told:
                told[name].setdefault(row["id"], {}).update(row)
    for name, ids in event["drop"].items():
        for id in ids:
            told.get(name, {}).pop(id, None)


def _by_id(rows: Any) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in (rows if isinstance(rows, list) else [rows])}


def _full(row: dict[str, Any] | None) -> dict[str, Any] | None:
    """What a snapshot shows of it; a field at its default may be left out."""
    return row and {k: v for k, v in row.items() if v not in (None, 0, False, [], {}) and k not in _ON_ITS_PAGE}


ALL = (
    boards_are_what_their_journal_tells,
    all_counts_are_right,
    positions_are_keys,
    numbers_are_below_the_next,
    nothing_stands_on_two_boards,
)


def _per(card_id: Any, what: Any, source: Any, shown: Any) -> Any:
    counted = cast(what, Integer).label("counted")
    return select(card_id.label("card_id"), counted).select_from(source).where(shown).group_by(card_id).subquery()


def _differs(tx: Tx, name: str, counted: Any) -> Iterator[str]:
    real = func.coalesce(counted.c.counted, 0)
    query = select(cards.c.id, cards.c[name], real.label("real"))
    query = query.select_from(cards.outerjoin(counted, counted.c.card_id == cards.c.id)).where(cards.c[name] != real)
    for id, said, found in tx.all(query.order_by(cards.c.id)):
        yield f"card {id}: {name} says {said}, there are {found}"
