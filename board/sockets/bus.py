"""Between the processes of one installation: a Redis channel. What one process tells its own sockets, the others tell theirs."""

import time
import uuid
from collections.abc import Callable
from typing import Any

import orjson

from board.core.log import log

CHANNEL = "staffroom"
_SLOWEST_S = 10.0


class Bus:
    def __init__(self, url: str, start: Callable[..., Any]):
        from redis import Redis  # only where it is used

        self._start = start
        self.host = uuid.uuid4().hex
        self._out = Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5, health_check_interval=30)
        self._in = Redis.from_url(url, socket_connect_timeout=5, socket_keepalive=True)

    def publish(self, message: dict[str, Any]) -> None:
        """Never raises: what is committed stays committed, and a lost push is healed by the hole in seq."""
        try:
            self._out.publish(CHANNEL, orjson.dumps({"host": self.host, **message}))
        except Exception as e:
            log("error", "queue away", error=repr(e)[:300])

    def listen(self, heard: Callable[[str, dict[str, Any]], None], again: Callable[[], None]) -> None:
        """``heard(host, message)`` for each message of another process; ``again()`` whenever we are back after an interruption."""
        self._start(self._listen, heard, again)

    def _listen(self, heard: Callable[[str, dict[str, Any]], None], again: Callable[[], None]) -> None:
        wait = 0.2
        while True:
            try:
                channel = self._in.pubsub(ignore_subscribe_messages=False)
                channel.subscribe(CHANNEL)
                for item in channel.listen():
                    if item["type"] == "subscribe":
                        wait = 0.2
                        again()
                    elif item["type"] == "message":
                        self._pass_on(item["data"], heard)
            except Exception as e:
                log("error", "queue away", error=repr(e)[:300])
            time.sleep(wait)
            wait = min(_SLOWEST_S, wait * 2)

    def _pass_on(self, data: bytes, heard: Callable[[str, dict[str, Any]], None]) -> None:
        try:
            message = orjson.loads(data)
            if message["host"] != self.host:
                heard(message["host"], message)
        except Exception as e:
            log("error", "message of another process", error=repr(e)[:500])
