"""A socket comes, speaks, goes: who it is, how much it may say, and what happens to one that says nothing good."""

import time
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engineio.packet import MESSAGE, Packet
from flask import Flask
from flask_babel import gettext as _
from socketio import Server
from socketio.exceptions import ConnectionRefusedError
from werkzeug.http import parse_cookie

from board.core import access, language
from board.core.errors import Problem
from board.core.log import log
from board.sockets.gate import COOKIE_COUNTS
from board.sockets.hall import Client

if TYPE_CHECKING:
    from board.sockets.push import Sockets

MOST_A_SECOND = 30
MOST_OF_A_MEMBER = 200
#: a socket that has not said who it is by then is closed
NAMELESS_S = 10.0
_SWEEP_S = 5.0


def install(app: Flask, server: Server, push: "Sockets") -> None:
    hall, limited = push.hall, app.config["BOARD"].limits

    def connected(sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Who is it? Raises ConnectionRefusedError with the status that HTTP would give."""
        bearer = auth.get("token") if isinstance(auth, dict) else None
        bearer = bearer if isinstance(bearer, str) and bearer else None
        with app.app_context():
            cookie = None
            if bearer is None and environ.get(COOKIE_COUNTS):
                cookie = parse_cookie(environ).get(access.cookie_name())
            actor = access.identify(cookie, bearer)
        if actor is None:
            with language.answering(app, environ):
                raise ConnectionRefusedError(_("Sign in, or send a personal token."), {"status": 401})
        if limited and len(hall.of_members([actor.member_id])) >= MOST_OF_A_MEMBER:
            with language.answering(app, environ):
                raise ConnectionRefusedError(_("Too many open windows."), {"status": 429})
        hall.add(Client(sid, server.eio.sockets[server.manager.eio_sid_from_sid(sid, "/")], actor, cookie, bearer))

    def gone(sid: str, reason: str) -> None:
        client = hall.clients.get(sid)
        rooms = set(client.rooms) if client else set()
        hall.remove(sid)
        for room in rooms:
            push.presence.changed(room)

    def spoke(eio_sid: str, data: str | bytes) -> None:
        """Every message of every client passes here first."""
        socket = server.eio.sockets.get(eio_sid)
        if socket is None:
            return
        if limited and not _within_budget(socket):
            push.close(socket, "too many messages")
            return
        # Binary messages ("5…", "6…") come with the documents; until then they would only be kept in memory.
        if not isinstance(data, str) or data[:1] not in ("0", "1", "2", "3"):
            push.close(socket, "not understood")
            return
        try:
            server._handle_eio_message(eio_sid, data)
        except Exception as e:
            # What a handler does wrong is caught there (``answered``): most likely this message is no Socket.IO.
            if not isinstance(e, (ValueError, TypeError, KeyError, IndexError, AttributeError)):
                log("error", "unexpected", socket=True, error=repr(e)[:500], trace=traceback.format_exc()[-4000:])
            push.close(socket, "not understood")

    server.on("connect", connected)
    server.on("disconnect", gone)
    server.eio.on("message", spoke)
    hall.start(_sweep, server, push)


def answered(fn: Callable[..., dict[str, Any] | None]) -> Callable[..., dict[str, Any] | None]:
    """A handler ``(sid, payload) -> acknowledgement`` that nothing a client sends can break."""

    def handler(sid: str, *args: Any) -> dict[str, Any] | None:
        payload = args[0] if len(args) == 1 and isinstance(args[0], dict) else None
        if payload is None:
            return {"ok": False, "status": 422}
        try:
            return fn(sid, payload)
        except Problem as e:
            return {"ok": False, "status": e.status}
        except Exception as e:  # the same promise as over HTTP: a clear answer, the trace in the log
            log(
                "error",
                "unexpected",
                socket=True,
                handler=fn.__name__,
                error=repr(e)[:500],
                trace=traceback.format_exc()[-4000:],
            )
            return {"ok": False, "status": 500}

    return handler


def _within_budget(socket: Any) -> bool:
    now = time.monotonic()
    if now - getattr(socket, "counted_from", 0.0) >= 1.0:
        socket.counted_from, socket.counted = now, 0
    socket.counted += 1
    return bool(socket.counted <= MOST_A_SECOND)


def _sweep(server: Server, push: "Sockets") -> None:
    """Closes who never said a name. (What ends by itself, a session or a token, is ended by the people slice.)"""
    nameless: dict[str, float] = {}
    while True:
        push.hall.sleep(_SWEEP_S)
        now = time.monotonic()
        named = {id(client.socket) for client in list(push.hall.clients.values())}
        unnamed = {sid: s for sid, s in list(server.eio.sockets.items()) if id(s) not in named and not s.closed}
        nameless = {sid: nameless.get(sid, now) for sid in unnamed}
        for sid, since in list(nameless.items()):
            if now - since > NAMELESS_S:
                push.close(unnamed[sid], "no name")


def disconnect_packet() -> Packet:
    """Socket.IO's own goodbye: the browser's client does not come back by itself after it."""
    return Packet(MESSAGE, "1")
