"""A room's history in the order in which things happened, also of what came from elsewhere: read along an index, not sorted."""

from typing import Any

import sqlalchemy as sa
from flask import Flask

from board.core import journal
from board.core.db import db, reading, writing
from board.core.journal import Entry


def fill(app: Flask, *when: tuple[str, str | None]) -> None:
    with app.app_context(), writing() as tx:
        rows = [
            {
                "room": "board:7", "seq": n, "school_id": 1, "type": "card.changed", "at": at, "by": 1, "op": None, "text": "{}",
                "subject_type": "card", "subject_id": 1, "was": None, "source_at": source_at,
            }
            for n, (at, source_at) in enumerate(when, 1)
        ]  # fmt: skip
        tx.insert_all(Entry, rows)


def of_room(tx: Any, before: tuple[str, int] | None = None, limit: int = 2) -> list[tuple[str, int]]:
    rows = journal.activity(tx, Entry.__table__.c.room == "board:7", before=before, limit=limit)
    return [(row.at, row.seq) for row in rows]


def test_page_by_page_every_event_once_newest_first(app: Flask) -> None:
    fill(app, ("5", None), ("5", "1"), ("5", None), ("6", "5"), ("7", None))
    with app.app_context(), reading() as tx:
        first = of_room(tx)
        second = of_room(tx, first[-1])
        third = of_room(tx, second[-1])
        assert first + second + third == [("7", 5), ("5", 4), ("5", 3), ("5", 1), ("1", 2)]
        assert of_room(tx, third[-1]) == []


def test_it_is_read_along_an_index(app: Flask) -> None:
    fill(app, *((f"2026-01-01T00:00:{n % 60:02}.000Z", None) for n in range(200)))
    seen: list[Any] = []
    with app.app_context(), reading() as tx:
        if tx.dialect == "postgresql":
            # So few rows are faster sorted; the question is whether it could do without.
            tx.execute(sa.text("SET LOCAL enable_seqscan = off"))
            tx.execute(sa.text("SET LOCAL enable_bitmapscan = off"))
            tx.execute(sa.text("SET LOCAL enable_sort = off"))
        sa.event.listen(
            db.engine, "before_cursor_execute", lambda c, cursor, text, given, *_: seen.append((text, given))
        )
        assert len(of_room(tx, ("2026-01-01T00:00:30.000Z", 50), limit=50)) == 50
        text, given = seen[-1]
        how = "EXPLAIN " if tx.dialect == "postgresql" else "EXPLAIN QUERY PLAN "
        plan = "\n".join(row[-1] for row in tx.connection.exec_driver_sql(how + text, given))
    assert "journal_by_time" in plan, plan
    assert "TEMP B-TREE" not in plan and "Sort" not in plan, plan
