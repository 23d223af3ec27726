"""What must hold of everything that is stored. Core looks at the journal and at references; slices add what they count."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import func, select

from board.core.db import Tx, db
from board.core.journal import Entry, Room

#: tells each fault in one line, with its place
Check = Callable[[Tx], Iterator[str]]
_entries, _rooms = Entry.__table__, Room.__table__
_AT_ONCE = 1000


def register(app: Flask, check: Check) -> None:
    app.extensions.setdefault("checks", []).append(check)


def all_of(app: Flask) -> list[Check]:
    added: list[Check] = app.extensions.get("checks", [])
    return [
        journal_has_no_holes,
        journal_says_where_it_stands,
        references_lead_somewhere,
        nothing_crosses_a_school,
        *added,
    ]


def journal_has_no_holes(tx: Tx) -> Iterator[str]:
    """Every room's events count 1, 2, 3 … to its seq."""
    count, low, high = func.count(_entries.c.seq), func.min(_entries.c.seq), func.max(_entries.c.seq)
    query = select(_rooms.c.room, _rooms.c.seq, count, low, high)
    query = query.select_from(_rooms.outerjoin(_entries, _entries.c.room == _rooms.c.room))
    for room, seq, many, first, last in tx.all(query.group_by(_rooms.c.room, _rooms.c.seq).order_by(_rooms.c.room)):
        if many != seq or (seq and (first, last) != (1, seq)):
            yield f"{room}: stands at {seq}, but the journal has {many} events from {first} to {last}"
    known = select(_rooms.c.room)
    for room in tx.scalars(select(_entries.c.room).where(_entries.c.room.not_in(known)).distinct()):
        yield f"{room}: the journal has events of a room that is not there"


def journal_says_where_it_stands(tx: Tx) -> Iterator[str]:
    """The text of an event, as it is sent, names the row that it is."""
    columns = (_entries.c.room, _entries.c.seq, _entries.c.type, _entries.c.text)
    found = tx.execute(select(*columns).execution_options(yield_per=_AT_ONCE))
    for some in found.partitions():
        for room, seq, type, text in some:
            try:
                event = orjson.loads(text)
                good = (event["room"], event["seq"], event["type"]) == (room, seq, type)
            except (ValueError, KeyError, TypeError):
                good = False
            if not good:
                yield f"{room}: event {seq} is not what its row says"


def references_lead_somewhere(tx: Tx) -> Iterator[str]:
    for table in db.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: str(key.parent)):
            lost = _lost(tx, table, key.parent, key.column)
            if lost:
                yield f"{table.name}: {lost} rows name a {key.column.table.name} in {key.parent.name} that is not there"


def nothing_crosses_a_school(tx: Tx) -> Iterator[str]:
    """Each row is of a school that is there, and of the school of what it hangs on."""
    for table in db.metadata.sorted_tables:
        if "school_id" not in table.c:
            continue
        if not table.c.school_id.foreign_keys:
            lost = _lost(tx, table, table.c.school_id, db.metadata.tables["schools"].c.id)
            if lost:
                yield f"{table.name}: {lost} rows are of a school that is not there"
        for key in sorted(table.foreign_keys, key=lambda key: str(key.parent)):
            other = key.column.table.alias("other")
            if "school_id" not in other.c or key.parent is table.c.school_id:
                continue
            joined = table.join(other, other.c[key.column.name] == key.parent)
            across = select(func.count()).select_from(joined).where(table.c.school_id != other.c.school_id)
            if many := tx.scalar(across):
                yield f"{table.name}: {many} rows are of another school than their {key.parent.name}"


def _lost(tx: Tx, table: Any, here: Any, there: Any) -> int:
    other = there.table.alias("other")
    source = table.outerjoin(other, other.c[there.name] == here)
    query = select(func.count()).select_from(source).where(here.isnot(None), other.c[there.name].is_(None))
    lost: int = tx.scalar(query)
    return lost
