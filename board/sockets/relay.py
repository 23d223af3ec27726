"""Between the processes of one installation: a Redis channel. What is lost here is healed by the hole in seq."""

import uuid
from collections.abc import Callable
from typing import Any

import orjson
from redis import Redis, RedisError

from board.core.log import log

CHANNEL = "staffroom"
RETRY_S = 1.0


class Relay:
    def __init__(self, url: str, server: Any, take: Callable[[dict[str, Any], str], None]):
        self.redis, self.server, self.take = Redis.from_url(url), server, take
        self.host = uuid.uuid4().hex
        server.start_background_task(self._listen)

    def publish(self, message: dict[str, Any]) -> None:
        try:
            self.redis.publish(CHANNEL, orjson.dumps([self.host, message]))
        except RedisError as e:
            log("error", "relay", error=repr(e)[:200])

    def _listen(self) -> None:
        while True:
            try:
                with self.redis.pubsub(ignore_subscribe_messages=True) as channel:
                    channel.subscribe(CHANNEL)
                    for found in channel.listen():
                        self._read(found["data"])
            except (RedisError, OSError) as e:
                log("error", "relay", error=repr(e)[:200])
                self.server.sleep(RETRY_S)

    def _read(self, data: bytes) -> None:
        host, message = orjson.loads(data)
        if host == self.host:
            return
        try:
            self.take(message, host)
        except Exception as e:  # one bad message must not end the listening
            log("error", "relay", error=repr(e)[:500])
