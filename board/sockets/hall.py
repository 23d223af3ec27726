"""Who is connected to this process, and which rooms each watches. Tables only; no database."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from engineio.packet import Packet

from board.core.access import Actor

FRESH_S = 2.0


@dataclass(eq=False, slots=True)
class Client:
    """One connected socket and the member behind it."""

    sid: str
    socket: Any
    actor: Actor
    cookie: str | None
    bearer: str | None
    rooms: set[str] = field(default_factory=set)
    joining: dict[str, "Joining"] = field(default_factory=dict)
    known_at: float = field(default_factory=time.monotonic)
    said_from: float = 0.0
    said: int = 0

    def is_fresh(self) -> bool:
        """Whether who she is was read from the database just now; when it changes, ``renew`` is called or the socket closed."""
        return time.monotonic() - self.known_at < FRESH_S

    def renew(self, actor: Actor) -> None:
        self.actor, self.known_at = actor, time.monotonic()

    def send(self, packet: Packet) -> None:
        self.socket.send(packet)


@dataclass(eq=False, slots=True)
class Joining:
    """A join under way: events of the room are kept until it is known that the client may have them."""

    kept: list[Packet] = field(default_factory=list)
    #: rights changed meanwhile: look again
    again: bool = False


class Hall:
    def __init__(self, start: Callable[..., Any], sleep: Callable[[float], None]):
        #: how this process runs something beside, and waits, in its async mode
        self.start, self.sleep = start, sleep
        self.clients: dict[str, Client] = {}
        self._of_member: dict[int, set[Client]] = {}
        self._watchers: dict[str, dict[Client, None]] = {}
        self._joining: dict[str, dict[Client, Joining]] = {}
        self._lock = threading.RLock()

    def add(self, client: Client) -> None:
        with self._lock:
            self.clients[client.sid] = client
            self._of_member.setdefault(client.actor.member_id, set()).add(client)

    def remove(self, sid: str) -> Client | None:
        with self._lock:
            client = self.clients.pop(sid, None)
            if client is None:
                return None
            for room in list(client.joining):
                self.give_up(client, room)
            for room in list(client.rooms):
                self.leave(client, room)
            theirs = self._of_member[client.actor.member_id]
            theirs.discard(client)
            if not theirs:
                del self._of_member[client.actor.member_id]
            return client

    def begin(self, client: Client, room: str) -> Joining:
        with self._lock:
            joining = client.joining[room] = Joining()
            self._joining.setdefault(room, {})[client] = joining
            return joining

    def give_up(self, client: Client, room: str) -> None:
        with self._lock:
            client.joining.pop(room, None)
            _forget(self._joining, room, client)

    def enter(self, client: Client, room: str) -> bool:
        """From joining to watching: what was kept goes out first. False when the client has gone in the meantime."""
        with self._lock:
            joining = client.joining.get(room)
            if joining is None or client.sid not in self.clients:
                return False
            for packet in joining.kept:
                client.send(packet)
            self.give_up(client, room)
            client.rooms.add(room)
            self._watchers.setdefault(room, {})[client] = None
            return True

    def leave(self, client: Client, room: str) -> None:
        with self._lock:
            client.rooms.discard(room)
            _forget(self._watchers, room, client)

    def deliver(self, room: str, packet: Packet) -> None:
        """To everybody who watches the room. Never waits."""
        for joining in list(self._joining.get(room, {}).values()):
            joining.kept.append(packet)
        for client in list(self._watchers.get(room, ())):
            client.send(packet)

    def watching(self, room: str) -> list[Client]:
        return list(self._watchers.get(room, ()))

    def rooms(self) -> list[str]:
        return list(self._watchers)

    def of_members(self, member_ids: Iterable[int]) -> list[Client]:
        return [client for id in member_ids for client in list(self._of_member.get(id, ()))]


def _forget(table: dict[str, dict[Client, Any]], room: str, client: Client) -> None:
    inside = table.get(room)
    if inside is not None:
        inside.pop(client, None)
        if not inside:
            del table[room]
