"""Delivery: who is connected, which rooms they watch, and what is pushed to them. Nothing is written here."""

from typing import Any

import orjson
from flask import Flask
from flask_socketio import SocketIO

from board.sockets import gate, handlers
from board.sockets.clients import Clients
from board.sockets.delivery import Delivery

MOST_BYTES = 256 * 1024


class Json:
    """What Socket.IO reads and writes JSON with; a ``Fragment`` goes out as it stands."""

    @staticmethod
    def dumps(value: Any, **options: Any) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, **options: Any) -> Any:
        return orjson.loads(text)


def init_app(app: Flask) -> SocketIO:
    """Attaches Socket.IO to the application, and gives core the way out: ``app.extensions["push"]``."""
    config = app.config["BOARD"]
    socketio = SocketIO(
        app,
        async_mode=config.async_mode,
        json=Json,
        logger=False,
        engineio_logger=False,
        manage_session=False,
        max_http_buffer_size=MOST_BYTES,
        ping_interval=25,
        ping_timeout=20,
        cors_allowed_origins=[],
        always_connect=False,
    )
    clients = Clients()
    delivery = Delivery(app, socketio.server, clients, config.redis if config.workers > 1 else None)
    handlers.register(socketio, clients, delivery)
    app.extensions["push"] = delivery
    gate.init_app(app)
    return socketio
