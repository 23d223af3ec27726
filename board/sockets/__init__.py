"""Socket.IO: delivery of the journal, catch-up, presence. Nothing is written here; writes go over HTTP.

``init_app`` attaches it to the application and hands ``app.extensions["push"]`` to the core.
"""

from typing import Any

from flask import Flask
from flask_socketio import SocketIO

from board.sockets import connect, fanout, gate, presence, rooms, wire
from board.sockets.bus import Bus
from board.sockets.hall import Hall
from board.sockets.push import Sockets

MOST_BYTES = 256 * 1024


def init_app(app: Flask, **options: Any) -> Sockets:
    """Attaches Socket.IO to the application, in the async mode of its configuration. ``options`` go to Socket.IO (a test's shorter pings)."""
    config = app.config["BOARD"]
    # Long-polling comes back to the same process only where something in front keeps it there; workers on one port have nobody who does.
    transports = ["websocket"] if config.workers > 1 else ["websocket", "polling"]
    settings = {
        "async_mode": config.async_mode, "async_handlers": False, "json": wire, "max_http_buffer_size": MOST_BYTES, "transports": transports,
        "cors_allowed_origins": [], "manage_session": False, "monitor_clients": True, **options,
    }  # fmt: skip
    sio = SocketIO()
    sio.init_app(app, **settings)
    hall = Hall(start=sio.start_background_task, sleep=sio.sleep)
    push = Sockets(app, sio.server, hall, Bus(config.redis, sio.start_background_task) if config.redis else None)
    fanout.install(sio.server.eio)
    connect.install(app, sio.server, push)
    rooms.install(app, sio.server, push)
    presence.install(sio.server, push)
    app.wsgi_app = gate.Gate(app)  # type: ignore[method-assign]
    app.extensions["push"] = push
    return push
