"""Who is looking, at which card, typing where. Lives in memory only; told at most once a second a room; shared between processes."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from socketio import Server

from board.sockets import wire
from board.sockets.hall import Client, Hall

if TYPE_CHECKING:
    from board.sockets.push import Sockets

MOST_A_SECOND = 5
MOST_SHOWN = 50
APART_S = 1.0
#: how soon a first change is told, so that several that come together go out together
GATHER_S = 0.15
#: a process that says nothing for so long is gone
SILENT_S = 60.0
_BIGGEST = 2**53

Who = dict[int, dict[str, Any]]


class Presence:
    def __init__(self, hall: Hall, publish: Callable[[dict[str, Any]], None] | None):
        self.hall, self._publish = hall, publish
        #: room → member → her windows, and what she said in each
        self._said: dict[str, dict[int, dict[Client, dict[str, Any]]]] = {}
        #: room → other process → its members
        self._others: dict[str, dict[str, tuple[float, Who]]] = {}
        self._told_at: dict[str, float] = {}
        self._told: dict[str, Who] = {}
        self._dirty: set[str] = set()
        self._pumping = False

    def entered(self, client: Client, room: str) -> None:
        self._said.setdefault(room, {}).setdefault(client.actor.member_id, {}).setdefault(client, {})
        self.changed(room)

    def left(self, client: Client, room: str) -> None:
        self._forget(self._said.get(room, {}), client)
        self.changed(room)

    def says(self, client: Client, room: str, card: int | None, typing: int | None) -> None:
        said = {k: v for k, v in (("card", card), ("typing", typing)) if v is not None}
        self._said[room][client.actor.member_id][client] = said
        self.changed(room)

    def now(self, room: str) -> dict[str, Any]:
        """How many members are here, and up to fifty of them: those at a card first."""
        who = self._everybody(room)
        shown = sorted(who, key=lambda member: (not who[member], member))[:MOST_SHOWN]
        return {"count": len(who), "who": [{"member": member, **who[member]} for member in shown]}

    def changed(self, room: str) -> None:
        self._dirty.add(room)
        if not self._pumping:
            self._pumping = True
            self.hall.start(self._pump)

    def heard(self, host: str, room: str, who: list[dict[str, Any]]) -> None:
        """Another process tells whom it has in a room."""
        theirs = {item["member"]: {k: v for k, v in item.items() if k != "member"} for item in who}
        others = self._others.setdefault(room, {})
        if theirs:
            others[host] = (time.monotonic(), theirs)
        else:
            others.pop(host, None)
            if not others:
                del self._others[room]
        if room in self._said:
            self.changed(room)

    def tell_again(self) -> None:
        """To the other processes: everything we have. Asked for by one that has just come, and every half minute."""
        for room in list(self._said):
            self._share(room)

    def _pump(self) -> None:
        try:
            while self._dirty:
                self.hall.sleep(GATHER_S)
                now = time.monotonic()
                for room in [r for r in self._dirty if now - self._told_at.get(r, 0.0) >= APART_S]:
                    self._dirty.discard(room)
                    self._tell(room, now)
        finally:
            self._pumping = False
            for room in list(self._dirty):  # marked between the last look and now
                self.changed(room)

    def _tell(self, room: str, now: float) -> None:
        here = self._said.get(room)
        if here is not None:
            windows = [client for clients in here.values() for client in clients]
            for client in windows:
                if room not in client.rooms or client.sid not in self.hall.clients:
                    self._forget(here, client)
            self._share(room)
        before, who = self._told.get(room, {}), self._everybody(room)
        if not here:
            for table in (self._said, self._told, self._told_at):
                table.pop(room, None)
            return
        if who != before:
            self._told_at[room], self._told[room] = now, who
            self.hall.deliver(
                room,
                wire.packet("presence", {"room": room, **self.now(room), "gone": sorted(before.keys() - who.keys())}),
            )

    def _forget(self, here: dict[int, dict[Client, dict[str, Any]]], client: Client) -> None:
        windows = here.get(client.actor.member_id, {})
        windows.pop(client, None)
        if not windows:
            here.pop(client.actor.member_id, None)

    def _share(self, room: str) -> None:
        if self._publish:
            self._publish(
                {"do": "presence", "room": room, "who": [{"member": m, **said} for m, said in self._ours(room).items()]}
            )

    def _ours(self, room: str) -> Who:
        # Two windows of one member: what she does in either counts.
        return {
            member: {k: v for said in list(windows.values()) for k, v in said.items()}
            for member, windows in list(self._said.get(room, {}).items())
        }

    def _everybody(self, room: str) -> Who:
        who = self._ours(room)
        now = time.monotonic()
        for heard_at, theirs in list(self._others.get(room, {}).values()):
            if now - heard_at < SILENT_S:
                for member, said in theirs.items():
                    who[member] = {**said, **who.get(member, {})}
        return who


def install(server: Server, push: "Sockets") -> None:
    def presence(sid: str, *args: Any) -> None:
        """Nobody waits for an answer: what is not right, or too often, is left aside."""
        client = push.hall.clients.get(sid)
        payload = args[0] if len(args) == 1 else None
        if client is None or not isinstance(payload, dict) or not _within_budget(client):
            return
        room, card, typing = payload.get("room"), payload.get("card"), payload.get("typing")
        if isinstance(room, str) and room in client.rooms and _is_id(card) and _is_id(typing):
            push.presence.says(client, room, card, typing)

    server.on("presence", presence)


def _within_budget(client: Client) -> bool:
    now = time.monotonic()
    if now - client.said_from >= 1.0:
        client.said_from, client.said = now, 0
    client.said += 1
    return client.said <= MOST_A_SECOND


def _is_id(value: object) -> bool:
    return value is None or (type(value) is int and 0 < value < _BIGGEST)
