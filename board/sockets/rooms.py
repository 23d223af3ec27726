"""``join`` and ``leave``: the database is asked at each join, and no event falls between what is caught up and what is pushed."""

from typing import TYPE_CHECKING, Any

from flask import Flask
from socketio import Server

from board.core import access, journal, rooms
from board.core.db import reading
from board.core.errors import Invalid, NotSeen, NotSignedIn
from board.sockets import wire
from board.sockets.connect import answered
from board.sockets.hall import Client

if TYPE_CHECKING:
    from board.sockets.push import Sockets

MOST_ROOMS = 50
_JOIN_FIELDS = {"room", "since", "epoch"}


def install(app: Flask, server: Server, push: "Sockets") -> None:
    hall = push.hall

    @answered
    def join(sid: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        client = hall.clients.get(sid)
        if client is None:
            return None
        room, since, epoch = _asked(payload)
        if len(client.rooms) >= MOST_ROOMS and room not in client.rooms:
            raise Invalid.field("room", f"A socket may watch {MOST_ROOMS} rooms.")
        with app.app_context():
            return _join(push, client, room, since, epoch, app.config["BUILD"])

    @answered
    def leave(sid: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        room = payload.get("room")
        rooms.parse(room)
        client = hall.clients.get(sid)
        if client is not None and room in client.rooms:
            hall.leave(client, str(room))
            push.presence.left(client, str(room))
        return {"ok": True}

    server.on("join", join)
    server.on("leave", leave)


def _asked(payload: dict[str, Any]) -> tuple[str, int, str | None]:
    """Room, since, epoch.

    Raises:
        Invalid
    """
    room, since, epoch = payload.get("room"), payload.get("since"), payload.get("epoch")
    rooms.parse(room)
    if type(since) is not int or since < 0:
        raise Invalid.field("since", "The last seq that you have.")
    if epoch is not None and not isinstance(epoch, str):
        raise Invalid.field("epoch", "A text.")
    if payload.keys() - _JOIN_FIELDS:
        raise Invalid.field("body", "There is no such field.")
    return str(room), since, epoch


def _join(push: "Sockets", client: Client, room: str, since: int, epoch: str | None, build: str) -> dict[str, Any]:
    hall = push.hall
    joining = hall.begin(client, room)
    try:
        while True:
            joining.again = False
            if not client.is_fresh():
                actor = access.identify(client.cookie, client.bearer)
                if actor is None:
                    raise NotSignedIn()
                client.renew(actor)
            with reading() as tx:
                if not rooms.may_watch(tx, client.actor, room):
                    raise NotSeen()
                newest, ours = journal.head(tx, room)
                events = journal.catch_up(tx, room, since, epoch)
            if not joining.again:
                break
    except BaseException as e:
        hall.give_up(client, room)
        if isinstance(e, NotSeen):
            # She may have watched it until now, under a right that ended while nobody told us.
            hall.leave(client, room)
        raise
    if not hall.enter(client, room):
        raise NotSignedIn()
    push.presence.entered(client, room)
    if events is None:
        return {"ok": True, "stale": True}
    return {
        "ok": True, "seq": newest, "epoch": ours, "build": build, "events": [wire.as_it_stands(text) for text in events],
        "presence": push.presence.now(room),
    }  # fmt: skip
