"""Starting an import, saying who is who, and how it goes on."""

from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import select

from board.boards.commands.boards import need_place
from board.core import jobs
from board.core.command import Change
from board.core.errors import Conflict
from board.exchange import people, queries
from board.exchange.models import Import, import_seen, imports
from board.exchange.schemas import MapPeople, StartImport


def start_import(change: Change, body: StartImport, file_name: str, stored: str) -> dict[str, Any]:
    """The file lies in our data directory already, as ``stored``; a job reads it."""
    actor, tx = change.actor, change.tx
    need_place(tx, actor, body.group_id, body.initiative_id)
    people.check(tx, actor.school_id, body.mapping)
    id = tx.insert(
        Import, school_id=actor.school_id, member_id=actor.member_id, kind=body.kind, state="reading", progress=0.0, file_name=_shown(file_name),
        stored=stored, group_id=body.group_id, initiative_id=body.initiative_id, hold=body.hold, mapping=orjson.dumps(body.mapping).decode(),
        again=False, created_at=change.at,
    )  # fmt: skip
    _enqueue(change, id)
    return queries.import_record(tx, _row(change, id))


def map_people(change: Change, id: int, body: MapPeople) -> dict[str, Any]:
    """Says who is who, and lets a held import go on. Who is not named stays as proposed."""
    actor, tx = change.actor, change.tx
    row = import_seen(tx, actor, id)
    people.check(tx, actor.school_id, body.mapping)
    if row.state != "waiting":
        raise Conflict(_("This import does not wait for a mapping."), data=queries.import_record(tx, row))
    mapping = orjson.dumps({**orjson.loads(row.mapping), **body.mapping}).decode()
    tx.update(Import, id, state="writing", mapping=mapping)
    _enqueue(change, id)
    return queries.import_record(tx, _row(change, id))


def note(change: Change, id: int, **values: Any) -> None:
    """How an import goes on: progress, state, report."""
    if values.get("state") in ("done", "failed"):
        values["finished_at"] = change.at
    for name in ("header", "report", "broken", "mapping"):
        if values.get(name) is not None:
            values[name] = orjson.dumps(values[name]).decode()
    change.tx.update(Import, id, **values)


def _shown(file_name: str) -> str:
    # Only told to people, never a path of ours: without what cannot be stored or seen.
    return "".join(c for c in file_name if c.isprintable())[:200]


def _enqueue(change: Change, id: int) -> None:
    job = jobs.enqueue(change.tx, "import", {"import_id": id}, school_id=change.actor.school_id)
    change.tx.update(Import, id, job_id=job)


def _row(change: Change, id: int) -> Any:
    return change.tx.one(select(imports).where(imports.c.id == id))
