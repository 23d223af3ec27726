"""Rooms are named ``kind:id``. A slice registers each kind: who may watch it, and what stands in it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from board.core.access import Actor
from board.core.db import Tx
from board.core.errors import Invalid, NotSeen

_ROOM = re.compile(r"([a-z]{3,20}):([1-9][0-9]{0,15})\Z")


@dataclass(frozen=True)
class Kind:
    may_watch: Callable[[Tx, Actor, int], bool]
    #: the collections that are the same for every viewer
    snapshot: Callable[[Tx, int], dict[str, Any]]
    #: what the viewer may do there, by kind of record
    can: Callable[[Tx, Actor, int], dict[str, Any]]


_kinds: dict[str, Kind] = {}


def register(
    kind: str,
    *,
    may_watch: Callable[[Tx, Actor, int], bool],
    snapshot: Callable[[Tx, int], dict[str, Any]],
    can: Callable[[Tx, Actor, int], dict[str, Any]],
) -> None:
    _kinds[kind] = Kind(may_watch, snapshot, can)


def parse(room: object) -> tuple[str, int]:
    """Kind and id.

    Raises:
        Invalid: not the name of a room.
    """
    match = _ROOM.match(room) if isinstance(room, str) else None
    if not match:
        raise Invalid.field("room", _("A room is named kind:id, as in board:12."))
    return match[1], int(match[2])


def may_watch(tx: Tx, actor: Actor, room: object) -> bool:
    """Whether the actor may see this room now; false as well for what is not there.

    Raises:
        Invalid: not the name of a room.
    """
    kind, id = parse(room)
    return kind in _kinds and _kinds[kind].may_watch(tx, actor, id)


def seen(tx: Tx, actor: Actor, room: str) -> tuple[Kind, int]:
    """The kind and id of a room that the actor may watch.

    Raises:
        NotSeen: unknown, or hidden from her.
    """
    kind, id = parse(room)
    if kind not in _kinds or not _kinds[kind].may_watch(tx, actor, id):
        raise NotSeen()
    return _kinds[kind], id
