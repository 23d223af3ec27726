"""Who is connected to this process, and which rooms each one watches."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from board.core.access import Actor

#: Socket.IO events a client may send, per second and in a burst
EVENTS_A_SECOND, BURST = 30, 60


@dataclass(eq=False)
class Client:
    sid: str
    #: the Engine.IO connection below
    socket: Any
    actor: Actor
    cookie: str | None
    bearer: str | None
    rooms: set[str] = field(default_factory=set)
    _budget: float = BURST
    _asked: float = field(default_factory=time.monotonic)

    def spend(self) -> bool:
        """Counts one event; False when there were too many."""
        now = time.monotonic()
        self._budget = min(BURST, self._budget + (now - self._asked) * EVENTS_A_SECOND)
        self._asked = now
        self._budget -= 1
        return self._budget >= 0


class Clients:
    def __init__(self) -> None:
        self.by_sid: dict[str, Client] = {}
        self.watching: dict[str, dict[str, Client]] = {}

    def add(self, client: Client) -> None:
        self.by_sid[client.sid] = client

    def remove(self, sid: str) -> Client | None:
        client = self.by_sid.pop(sid, None)
        if client is not None:
            for room in list(client.rooms):
                self.leave(client, room)
        return client

    def enter(self, client: Client, room: str) -> None:
        client.rooms.add(room)
        self.watching.setdefault(room, {})[client.sid] = client

    def leave(self, client: Client, room: str) -> None:
        client.rooms.discard(room)
        watchers = self.watching.get(room)
        if watchers is not None:
            watchers.pop(client.sid, None)
            if not watchers:
                del self.watching[room]

    def in_room(self, room: str) -> list[Client]:
        return list(self.watching.get(room, {}).values())

    def people_in(self, room: str) -> Counter[int]:
        """Member id → number of her connections."""
        return Counter(client.actor.member_id for client in self.watching.get(room, {}).values())
