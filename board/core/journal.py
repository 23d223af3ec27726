"""The journal: every change, in order, per room. A row's ``text`` is what is pushed, replayed and caught up with: the same bytes."""

from typing import Any

import orjson
from sqlalchemy import CheckConstraint, Index, Text, bindparam, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from board.core.db import CodeUnits, Model, Tx
from board.core.hot import Hot


class Room(Model):
    __tablename__ = "rooms"
    room: Mapped[str] = mapped_column(CodeUnits, primary_key=True)
    school_id: Mapped[int] = mapped_column(index=True)
    seq: Mapped[int] = mapped_column(default=0)


class Entry(Model):
    """One event in one room."""

    __tablename__ = "journal"
    room: Mapped[str] = mapped_column(CodeUnits, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int]
    type: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
    by: Mapped[int | None]
    op: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    subject_type: Mapped[str | None] = mapped_column(Text)
    subject_id: Mapped[int | None]
    #: the old values of what was put, and whole records of what was dropped: JSON
    was: Mapped[str | None] = mapped_column(Text)
    #: for what came from elsewhere: when it happened there
    source_at: Mapped[str | None] = mapped_column(Text)
    #: its number in its command, over all rooms (none: written when commands did not count)
    step: Mapped[int | None]
    __table_args__ = (
        Index("journal_by_subject", "subject_type", "subject_id", "at"),
        Index("journal_by_time", "room", func.coalesce(source_at, at), "seq"),
        Index("journal_by_op", "by", "op", postgresql_where=op.isnot(None), sqlite_where=op.isnot(None)),
    )


class Epoch(Model):
    """One row: the life of this database. A restore makes a new epoch, so that no client goes on from a seq that no longer exists."""

    __tablename__ = "epoch"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[str] = mapped_column(Text)
    __table_args__ = (CheckConstraint("id = 1"),)


_rooms, _entries = Room.__table__, Entry.__table__
_TAKE = Hot(
    update(_rooms)
    .where(_rooms.c.room == bindparam("of"))
    .values(seq=_rooms.c.seq + bindparam("many"))
    .returning(_rooms.c.seq)
)
_HEAD = Hot(
    select(_rooms.c.seq, select(Epoch.__table__.c.epoch).scalar_subquery().label("epoch")).where(
        _rooms.c.room == bindparam("of")
    )
)
_SINCE = Hot(
    select(_entries.c.text)
    .where(_entries.c.room == bindparam("of"), _entries.c.seq > bindparam("since"))
    .order_by(_entries.c.seq)
    .limit(bindparam("most"))
)
_WRITE = Hot(insert(_entries).values({column.name: bindparam(column.name, type_=column.type) for column in _entries.c}))


#: more rows than these cost less in one statement of many
_FEW = 4


def open_room(tx: Tx, room: str, school_id: int) -> None:
    tx.insert(Room, room=room, school_id=school_id, seq=0)


def append(tx: Tx, pending: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    """Gives each pending event its seq and writes it; returns (room, seq, text) in the order given.

    The rooms are taken in one sorted order: two commands over the same rooms then never wait for each other crosswise.
    """
    many: dict[str, int] = {}
    for event in pending:
        many[event["room"]] = many.get(event["room"], 0) + 1
    following = {room: tx.scalar(_TAKE, {"of": room, "many": many[room]}) - many[room] + 1 for room in sorted(many)}
    rows, written = [], []
    for step, event in enumerate(pending):
        seq = following[event["room"]]
        following[event["room"]] += 1
        text = wire(event, seq)
        written.append((event["room"], seq, text))
        rows.append(
            {
                "room": event["room"], "seq": seq, "school_id": event["school_id"], "type": event["type"], "at": event["at"], "by": event["by"],
                "op": event["op"], "text": text, "subject_type": event["subject"][0], "subject_id": event["subject"][1],
                "was": orjson.dumps(event["was"]).decode() if event["was"] else None, "source_at": event["source_at"], "step": step,
            }
        )  # fmt: skip
    if len(rows) > _FEW:
        tx.insert_all(Entry, rows)
    else:
        for row in rows:
            tx.later(_WRITE, row)
    return written


def wire(event: dict[str, Any], seq: int) -> str:
    return orjson.dumps(
        {"room": event["room"], "seq": seq, "type": event["type"], "at": event["at"], "by": event["by"], "op": event["op"],
         "put": event["put"], "drop": event["drop"]}
    ).decode()  # fmt: skip


def head(tx: Tx, room: str) -> tuple[int, str]:
    """The newest seq of a room (0 where nothing happened yet), and the epoch."""
    row = tx.first(_HEAD, {"of": room})
    return (row[0], row[1]) if row else (0, epoch(tx))


def epoch(tx: Tx) -> str:
    found: str = tx.scalar(select(Epoch.__table__.c.epoch))
    return found


def since(tx: Tx, room: str, seq: int, limit: int = 500) -> list[str]:
    """The texts of the events after ``seq``, oldest first."""
    return tx.scalars(_SINCE, {"of": room, "since": seq, "most": limit})


def catch_up(
    tx: Tx, room: str, seq: int, its_epoch: str | None, *, most_events: int = 500, most_bytes: int = 256 * 1024
) -> list[str] | None:
    """What a client at ``seq`` missed; None when it is too far behind, ahead of us, or of another epoch, and must fetch the snapshot."""
    newest, ours = head(tx, room)
    if seq > newest or (its_epoch is not None and its_epoch != ours) or newest - seq > most_events:
        return None
    texts = since(tx, room, seq, most_events) if newest > seq else []
    return texts if sum(map(len, texts)) <= most_bytes else None


def of_op(tx: Tx, by: int, op: str) -> list[Any]:
    """The rows that one command of a member wrote, the last one first."""
    j = _entries
    query = select(j.c.room, j.c.seq, j.c.type, j.c.text, j.c.subject_type, j.c.subject_id, j.c.was, j.c.at)
    last_first = (j.c.at.desc(), func.coalesce(j.c.step, 0).desc(), j.c.room, j.c.seq.desc())
    return list(tx.all(query.where(j.c.by == by, j.c.op == op).order_by(*last_first)))


def activity(tx: Tx, *conditions: Any, before: tuple[str, int] | None, limit: int) -> list[Any]:
    """Newest events first, for people: rows (seq, type, at, by, op, subject_type, subject_id, text, was)."""
    j = _entries
    shown = func.coalesce(j.c.source_at, j.c.at)
    query = select(
        j.c.seq, j.c.type, shown.label("at"), j.c.by, j.c.op, j.c.subject_type, j.c.subject_id, j.c.text, j.c.was
    ).where(*conditions)
    if before:
        # The first half says nothing new: it is where an index can begin.
        query = query.where(shown <= before[0], (shown < before[0]) | (j.c.seq < before[1]))
    return list(tx.all(query.order_by(shown.desc(), j.c.seq.desc()).limit(limit)))


def for_people(row: Any) -> dict[str, Any]:
    """A row of ``activity`` as it is read: what happened, to what, by whom, and what was there before."""
    text = orjson.loads(row.text)
    was = orjson.loads(row.was) if row.was else {}
    return {
        "seq": row.seq, "type": row.type, "at": row.at, "by": row.by, "op": row.op, "subject": {"type": row.subject_type, "id": row.subject_id},
        "put": text["put"], "drop": text["drop"], "was": was,
    }  # fmt: skip
