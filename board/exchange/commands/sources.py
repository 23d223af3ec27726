"""What each imported thing is called where it came from, and what it said when it was last read."""

import hashlib
from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import bindparam, select

from board.core.db import Tx
from board.exchange.models import ImportSource, import_sources

Seen = dict[str, Any]
#: (kind, id there) → (id here, what it said)
Known = dict[tuple[str, str], tuple[int, Seen]]
_AT_ONCE = 500
_KEEP_AGAIN = (
    import_sources.update()
    .where(import_sources.c.board_id == bindparam("board"), import_sources.c.kind == bindparam("what"))
    .where(import_sources.c.source_id == bindparam("of"))
    .values(seen=bindparam("now"))
)


def known(tx: Tx, board_id: int, kind: str, ids: Iterable[str]) -> Known:
    wanted, found = list(dict.fromkeys(ids)), {}
    columns = (import_sources.c.source_id, import_sources.c.our_id, import_sources.c.seen)
    for start in range(0, len(wanted), _AT_ONCE):
        part = import_sources.c.source_id.in_(wanted[start : start + _AT_ONCE])
        of = (import_sources.c.board_id == board_id, import_sources.c.kind == kind, part)
        for source_id, our_id, seen in tx.all(select(*columns).where(*of)):
            found[kind, source_id] = (our_id, orjson.loads(seen))
    return found


def keep(tx: Tx, board_id: int, rows: Iterable[tuple[str, str, int, Seen]]) -> None:
    """(kind, id there, id here, what it said) of what is new."""
    tx.insert_all(
        ImportSource,
        [
            {
                "board_id": board_id,
                "kind": kind,
                "source_id": there,
                "our_id": here,
                "seen": orjson.dumps(seen).decode(),
            }
            for kind, there, here, seen in rows
        ],
    )


def keep_again(tx: Tx, board_id: int, kind: str, source_id: str, seen: Seen) -> None:
    t = import_sources
    of = (t.c.board_id == board_id, t.c.kind == kind, t.c.source_id == source_id)
    tx.execute(t.update().where(*of).values(seen=orjson.dumps(seen).decode()))


def keep_all_again(tx: Tx, board_id: int, kind: str, rows: list[tuple[str, Seen]]) -> None:
    """The same for many, in one statement."""
    values = [{"of": there, "now": orjson.dumps(seen).decode()} for there, seen in rows]
    if values:
        tx.execute(_KEEP_AGAIN, [{**value, "board": board_id, "what": kind} for value in values])


def mark(value: Any) -> str:
    """A value as a few letters: enough to see whether it changed."""
    return hashlib.blake2b(orjson.dumps(value), digest_size=6).hexdigest()


def marks(values: dict[str, Any]) -> Seen:
    return {name: mark(value) for name, value in values.items()}
