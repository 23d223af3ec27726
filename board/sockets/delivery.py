"""What core hands out after a commit, brought to the sockets of this process, and through Redis to those of the others."""

from typing import Any

import orjson
from engineio.exceptions import SocketIsClosedError
from engineio.packet import MESSAGE, Packet
from flask import Flask

from board.core import access, rooms
from board.core.db import reading
from board.core.log import log
from board.sockets.clients import Client, Clients
from board.sockets.presence import Presence
from board.sockets.relay import Relay


class Delivery:
    """Stands as ``app.extensions["push"]``; see ``core.push.Push``."""

    def __init__(self, app: Flask, server: Any, clients: Clients, redis: str | None):
        self.app, self.server, self.clients = app, server, clients
        self.relay = Relay(redis, server, self._from_elsewhere) if redis else None
        self.presence = Presence(clients, server, self.tell_all, self._share)

    # ── what core calls ──────────────────────────────────────────────────────────────────────────

    def deliver(self, events: list[tuple[str, str]]) -> None:
        self._deliver(events)
        self._share({"events": events})

    def recheck(self, member_ids: list[int]) -> None:
        self._recheck(member_ids)
        self._share({"recheck": member_ids})

    def end_sessions(self, session_ids: list[int]) -> None:
        self._end("session_id", session_ids)
        self._share({"end": ["session_id", session_ids]})

    def end_tokens(self, token_ids: list[int]) -> None:
        self._end("token_id", token_ids)
        self._share({"end": ["token_id", token_ids]})

    def count(self) -> int:
        return len(self.clients.by_sid)

    # ── what the handlers call ───────────────────────────────────────────────────────────────────

    def tell(self, client: Client, name: str, payload: Any) -> None:
        self.tell_all([client], name, payload)

    def tell_all(self, watchers: list[Client], name: str, payload: Any) -> None:
        self._send(watchers, _packet(name, orjson.dumps(payload).decode()))

    def restarting(self, retry_ms: int) -> None:
        self.tell_all(list(self.clients.by_sid.values()), "restarting", {"retry_ms": retry_ms})

    def close(self, client: Client) -> None:
        """Ends a connection: what it has not been sent is lost to it, and caught up with by whoever comes back."""
        self.clients.remove(client.sid)
        try:
            self.server.disconnect(client.sid)
        except KeyError:
            log("info", "socket was gone", sid=client.sid)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    def _deliver(self, events: list[tuple[str, str]]) -> None:
        # One packet per event, the same for all who watch: its frame is made once.
        for room, text in events:
            watchers = self.clients.in_room(room)
            if watchers:
                self._send(watchers, _packet("event", text))

    def _send(self, watchers: list[Client], packet: Packet) -> None:
        for client in watchers:
            try:
                client.socket.send(packet)
            except SocketIsClosedError:
                self.clients.remove(client.sid)

    def _recheck(self, member_ids: list[int]) -> None:
        concerned = set(member_ids)
        for client in [c for c in self.clients.by_sid.values() if c.actor.member_id in concerned]:
            actor = access.identify(client.cookie, client.bearer)
            if actor is None:
                self.close(client)
                continue
            client.actor = actor
            for room in sorted(client.rooms):
                with reading() as tx:
                    sees = rooms.may_watch(tx, actor, room)
                if not sees:
                    self.clients.leave(client, room)
                    self.presence.changed(room)
                self.tell(client, "rights" if sees else "revoked", {"room": room})

    def _end(self, kind: str, ids: list[int]) -> None:
        over = set(ids)
        for client in [c for c in self.clients.by_sid.values() if getattr(c.actor, kind) in over]:
            self.close(client)

    def _share(self, message: dict[str, Any]) -> None:
        if self.relay is not None:
            self.relay.publish(message)

    def _from_elsewhere(self, message: dict[str, Any], host: str) -> None:
        with self.app.app_context():
            if "events" in message:
                self._deliver([(room, text) for room, text in message["events"]])
            elif "recheck" in message:
                self._recheck(message["recheck"])
            elif "end" in message:
                self._end(*message["end"])
            elif "presence" in message:
                self.presence.elsewhere(host, message["presence"], message["who"])


def _packet(name: str, payload: str) -> Packet:
    # Socket.IO's EVENT on the default namespace, made of the text as it stands: nothing is parsed, nothing is encoded again.
    return Packet(MESSAGE, data=f'2["{name}",{payload}]')
