"""An import as it is read."""

from typing import Any

import orjson
from sqlalchemy import select

from board.core.access import Actor
from board.core.db import Tx
from board.exchange import report
from board.exchange.models import import_seen, import_sources


def import_page(tx: Tx, actor: Actor, id: int) -> dict[str, Any]:
    row = import_seen(tx, actor, id)
    return {"data": import_record(tx, row), "can": ["map_people"] if row.state == "waiting" else []}


def import_record(tx: Tx, row: Any) -> dict[str, Any]:
    """``people`` and ``mapping`` while it waits, ``report`` when it is done, ``error`` when it failed."""
    record = {
        "id": row.id, "kind": row.kind, "state": row.state, "progress": round(row.progress, 3), "file_name": row.file_name,
        "group_id": row.group_id, "initiative_id": row.initiative_id, "hold": row.hold, "created_at": row.created_at,
        "finished_at": row.finished_at, "board_ids": [row.board_id] if row.board_id and row.state == "done" else [],
    }  # fmt: skip
    header = orjson.loads(row.header) if row.header else None
    if header:
        record["title"] = header["title"]
    if header and row.state == "waiting":
        record |= {"people": header["people"], "mapping": orjson.loads(row.mapping), "found": header["found"]}
    if row.state == "done":
        record["report"] = report.told(_with_our_ids(tx, row.board_id, orjson.loads(row.report)))
    if row.state == "failed":
        kept = orjson.loads(row.broken)
        where = {"code": kept["code"], "byte": kept.get("byte"), "reading": kept.get("reading", "")}
        record["error"] = {"message": report.broken(kept, row.file_name), **where}
    return record


def _with_our_ids(tx: Tx, board_id: int, kept: dict[str, Any]) -> dict[str, Any]:
    rows = kept["missing"]["by_card"]
    t = import_sources.c
    there = [id for id, _, _ in rows]
    query = select(t.source_id, t.our_id).where(t.board_id == board_id, t.kind == "card", t.source_id.in_(there))
    ours = dict(tx.all(query))
    by_card = [(ours.get(id), title, n) for id, title, n in rows]
    return {**kept, "missing": {**kept["missing"], "by_card": by_card}}
