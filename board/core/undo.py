"""Undo by op: the command that carried this Idempotency-Key is taken back, if nobody has built upon it.

A slice registers, per event type, how to take it back. An undo writes ordinary events of its own, so that it can be undone too.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import orjson
from flask import Response
from flask_babel import gettext as _

from board.core import command, journal
from board.core.api import Api
from board.core.command import Change
from board.core.errors import Conflict, NotSeen
from board.core.schemas import Output

api = Api("undo")


@dataclass(frozen=True)
class Past:
    """One event as it was written, over all rooms it went to."""

    type: str
    subject: tuple[str | None, int | None]
    put: dict[str, list[dict[str, Any]]]
    drop: dict[str, list[int]]
    was: dict[str, Any]
    at: str


Undoer = Callable[[Change, Past], Any]
_undoers: dict[str, Undoer] = {}


class Undone(Output):
    data: dict[str, object]
    events: list[dict[str, object]]


def undoes(*types: str) -> Callable[[Undoer], Undoer]:
    """Registers how events of these types are taken back; it raises Conflict when somebody has built upon them."""

    def register(fn: Undoer) -> Undoer:
        for type in types:
            _undoers[type] = fn
        return fn

    return register


@api.put("/ops/<op>/undone", out=Undone)
def undo_op(op: str) -> Response:
    """Undo what you did with this Idempotency-Key."""
    return command.run(undo, op, alone=True)


def undo(change: Change, op: str) -> dict[str, Any]:
    """Raises NotSeen: you did nothing with this key. Conflict: it cannot be taken back, or somebody has built upon it."""
    rows = journal.of_op(change.tx, change.actor.member_id, op)
    if not rows:
        raise NotSeen(_("You did nothing with this key."))
    change.takes_back = True
    record: Any = None
    for past in _events(rows):
        undoer = _undoers.get(past.type)
        if undoer is None:
            raise Conflict(_("This cannot be undone."))
        record = undoer(change, past) or record
    return {"op": op, "record": record}


def _events(rows: list[Any]) -> list[Past]:
    # The same event in k rooms is k rows; the one that kept the old values speaks for all, with what was put in any of them.
    found: dict[tuple[str, Any, Any], Past] = {}
    for row in rows:
        key = (row.type, row.subject_type, row.subject_id)
        text, was = orjson.loads(row.text), orjson.loads(row.was) if row.was else {}
        known = found.get(key)
        put = {**text["put"], **known.put} if known else text["put"]
        if known is None or (was and not known.was):
            known = Past(row.type, (row.subject_type, row.subject_id), put, text["drop"], was, row.at)
        found[key] = replace(known, put=put)
    return list(found.values())


def unchanged(now: dict[str, Any], put: dict[str, Any], names: Any) -> None:
    """Raises Conflict: one of these fields is not what the command put there."""
    for name in names:
        if name in put and now.get(name) != put[name]:
            raise Conflict(_("Somebody has changed this since."), data={field: now.get(field) for field in put})
