"""What clients say: connect, join, leave, presence. Everything else they do over HTTP."""

from typing import Any, TypeGuard

import orjson
from flask import request
from flask_socketio import SocketIO

from board.core import access, journal, rooms
from board.core.db import reading
from board.core.errors import Invalid
from board.core.schemas import MOST_SAFE
from board.sockets.clients import Client, Clients
from board.sockets.delivery import Delivery
from board.sockets.gate import same_host


def register(socketio: SocketIO, clients: Clients, delivery: Delivery) -> None:
    presence = delivery.presence
    build = delivery.app.config["BUILD"]

    def current() -> Client | None:
        """The client that speaks; one that speaks too much is cut off."""
        client = clients.by_sid.get(request.sid)  # type: ignore[attr-defined]
        if client is None:
            return None
        if delivery.app.config["BOARD"].limits and not client.spend():
            delivery.tell(client, "refused", {"status": 429, "detail": "Too many messages."})
            delivery.close(client)
            return None
        return client

    @socketio.on("connect")
    def connect(auth: Any = None) -> bool | None:
        bearer = auth.get("token") if isinstance(auth, dict) else None
        if not isinstance(bearer, str):
            bearer = None
        cookie = None if bearer else request.cookies.get(access.cookie_name())
        if not _ours(bearer is not None):
            return False
        actor = access.identify(cookie, bearer)
        if actor is None:
            return False
        sid = request.sid  # type: ignore[attr-defined]
        eio_sid = delivery.server.manager.eio_sid_from_sid(sid, "/")
        clients.add(Client(sid, delivery.server.eio.sockets[eio_sid], actor, cookie, bearer))
        return None

    @socketio.on("disconnect")
    def disconnect(reason: Any = None) -> None:
        client = clients.by_sid.get(request.sid)  # type: ignore[attr-defined]
        if client is not None:
            watched = list(client.rooms)
            clients.remove(client.sid)
            for room in watched:
                presence.forget(client, room)

    @socketio.on("join")
    def join(data: Any = None) -> dict[str, Any]:
        client = current()
        if client is None:
            return {"ok": False, "status": 401}
        asked = data if isinstance(data, dict) else {}
        room, since, epoch = asked.get("room"), asked.get("since"), asked.get("epoch")
        if not isinstance(room, str) or not _whole(since) or not isinstance(epoch, str | None):
            return {"ok": False, "status": 422}
        actor = access.identify(client.cookie, client.bearer)
        if actor is None:
            delivery.close(client)
            return {"ok": False, "status": 401}
        client.actor = actor
        try:
            with reading() as tx:
                sees = rooms.may_watch(tx, actor, room)
        except Invalid:
            return {"ok": False, "status": 422}
        if not sees:
            return {"ok": False, "status": 404}
        # First into the room, then read: an event in between comes by itself, perhaps before this answer.
        clients.enter(client, room)
        with reading() as tx:
            if not rooms.may_watch(tx, actor, room):  # access ended while we entered
                clients.leave(client, room)
                return {"ok": False, "status": 404}
            texts = journal.catch_up(tx, room, since, epoch)
            seq, ours = journal.head(tx, room)
        presence.changed(room)
        if texts is None:
            return {"ok": True, "stale": True, "seq": seq, "epoch": ours, "build": build}
        return {
            "ok": True,
            "seq": seq,
            "epoch": ours,
            "build": build,
            "events": [orjson.Fragment(text) for text in texts],
            "presence": presence.seen_in(room),
        }

    @socketio.on("leave")
    def leave(data: Any = None) -> dict[str, Any]:
        client = current()
        room = data.get("room") if isinstance(data, dict) else None
        if client is not None and isinstance(room, str) and room in client.rooms:
            clients.leave(client, room)
            presence.forget(client, room)
        return {"ok": True}

    @socketio.on("presence")
    def be_present(data: Any = None) -> None:
        client = current()
        if client is None or not isinstance(data, dict) or data.get("room") not in client.rooms:
            return
        card, typing = (data.get(name) if _whole(data.get(name)) else None for name in ("card", "typing"))
        presence.set(client, data["room"], card, typing)


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_SAFE


def _ours(with_token: bool) -> bool:
    """Whether the handshake comes from a page of ours, or from a program with a token of its own."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return same_host(origin, request.host)
    return with_token or request.headers.get("Sec-Fetch-Site") == "same-origin"
