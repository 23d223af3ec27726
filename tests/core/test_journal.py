"""How far behind one may be: 500 events or 256 kB, of this epoch, and never ahead."""

from typing import Any

import pytest
from flask import Flask

from board.core import journal, times
from board.core.db import writing

ROOM = "group:4711"


def fill(app: Flask, many: int, text: str = "") -> None:
    event = {
        "room": ROOM, "type": "group.changed", "at": times.now(), "by": None, "op": None, "put": {"group": [{"id": 1, "title": text}]},
        "drop": {}, "subject": ("group", 1), "was": None, "source_at": None, "school_id": 1,
    }  # fmt: skip
    with app.app_context(), writing(1) as tx:
        journal.open_room(tx, ROOM, 1)
        written = journal.append(tx, [event] * many)
        assert [seq for _room, seq, _text in written] == list(range(1, many + 1))


@pytest.mark.parametrize(("since", "many"), [(0, None), (99, None), (100, 500), (599, 1), (600, 0), (601, None)])
def test_events_one_may_miss(app: Flask, look: Any, since: int, many: int | None) -> None:
    fill(app, 600)
    with look() as tx:
        found = journal.catch_up(tx, ROOM, since, journal.epoch(tx))
        assert (None if found is None else len(found)) == many
        assert journal.catch_up(tx, ROOM, since, "another") is None


def test_bytes_one_may_miss(app: Flask, look: Any) -> None:
    fill(app, 5, "x" * 60_000)
    with look() as tx:
        assert journal.catch_up(tx, ROOM, 0, None) is None
        missed = journal.catch_up(tx, ROOM, 1, None)
        assert missed is not None and len(missed) == 4
        assert missed == journal.since(tx, ROOM, 1)
