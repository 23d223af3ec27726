"""Who is in a room now, and at which card or thread. Lives here only; gathered, and told at most once a second."""

import time
from collections.abc import Callable
from typing import Any

from board.sockets.clients import Client, Clients

EVERY_S = 1.0
MOST_NAMED = 50
Doing = dict[str, int]


class Presence:
    def __init__(
        self,
        clients: Clients,
        server: Any,
        tell_all: Callable[[list[Client], str, Any], None],
        share: Callable[[dict[str, Any]], None],
    ):
        self.clients, self.server, self.tell_all, self.share = clients, server, tell_all, share
        #: room → sid → {"card": …, "typing": …}
        self.doing: dict[str, dict[str, Doing]] = {}
        #: room → other process → member id → what she does there
        self.others: dict[str, dict[str, dict[str, Doing]]] = {}
        self.told: dict[str, tuple[set[int], list[dict[str, int]]]] = {}
        self.due: set[str] = set()
        self.last: dict[str, float] = {}

    def set(self, client: Client, room: str, card: int | None, typing: int | None) -> None:
        found = {k: v for k, v in (("card", card), ("typing", typing)) if v is not None}
        self.doing.setdefault(room, {})[client.sid] = found
        self.changed(room)

    def forget(self, client: Client, room: str) -> None:
        self.doing.get(room, {}).pop(client.sid, None)
        self.changed(room)

    def changed(self, room: str) -> None:
        """Somebody came, left or turned to something else: told soon."""
        if room not in self.due:
            self.due.add(room)
            self.server.start_background_task(self._soon, room)

    def elsewhere(self, host: str, room: str, who: dict[str, Doing]) -> None:
        """What another process says of a room; an empty ``who``: nobody is there any more."""
        here = self.others.setdefault(room, {})
        if who:
            here[host] = who
        else:
            here.pop(host, None)
        self._tell(room)

    def seen_in(self, room: str) -> dict[str, Any]:
        """{room, count, who} as a new watcher is told in the answer to ``join``."""
        who = self._who(room)
        return {"room": room, "count": len(who), "who": self._named(who), "gone": []}

    def _soon(self, room: str) -> None:
        wait = self.last.get(room, 0.0) + EVERY_S - time.monotonic()
        self.server.sleep(max(wait, 0.05))
        self.due.discard(room)
        self.last[room] = time.monotonic()
        if room not in self.clients.watching:
            self.doing.pop(room, None)
            self.last.pop(room, None)
        self.share({"presence": room, "who": {str(k): v for k, v in self._here(room).items()}})
        self._tell(room)

    def _tell(self, room: str) -> None:
        watchers = self.clients.in_room(room)
        if not watchers:
            self.told.pop(room, None)
            return
        who, before = self._who(room), self.told.get(room, (set(), []))
        gone, named = sorted(before[0] - who.keys()), self._named(who)
        if (set(who), named) == before:
            return
        self.told[room] = (set(who), named)
        self.tell_all(watchers, "presence", {"room": room, "count": len(who), "who": named, "gone": gone})

    def _here(self, room: str) -> dict[int, Doing]:
        doing = self.doing.get(room, {})
        who: dict[int, Doing] = {}
        for client in self.clients.in_room(room):
            who.setdefault(client.actor.member_id, {}).update(doing.get(client.sid, {}))
        return who

    def _who(self, room: str) -> dict[int, Doing]:
        who = self._here(room)
        for members in self.others.get(room, {}).values():
            for member, doing in members.items():
                who.setdefault(int(member), {}).update(doing)
        return who

    def _named(self, who: dict[int, Doing]) -> list[dict[str, int]]:
        # Who does something comes first: there may be more people than are named.
        order = sorted(who, key=lambda member: (not who[member], member))
        return [{"member": member, **who[member]} for member in order[:MOST_NAMED]]
