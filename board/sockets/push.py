"""What the core calls after a commit: events out, rights looked at again, sockets of ended sessions closed; here and in the other processes."""

import random
import traceback
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from socketio import Server

from board.core import access, journal, rooms
from board.core.db import reading
from board.core.log import log
from board.sockets import wire
from board.sockets.bus import Bus
from board.sockets.connect import disconnect_packet
from board.sockets.hall import Client, Hall
from board.sockets.presence import Presence

TELL_AGAIN_S = 30.0


class Sockets:
    """The ``core.push.Push`` of a serving process."""

    def __init__(self, app: Flask, server: Server, hall: Hall, bus: Bus | None):
        self.app, self.server, self.hall, self.bus = app, server, hall, bus
        self.presence = Presence(hall, self._publish if bus else None)
        if bus:
            bus.listen(self._heard, self._heal)
            hall.start(self._keep_telling)

    def deliver(self, events: list[tuple[str, str]]) -> None:
        self._deliver(events)
        self._publish({"do": "deliver", "events": events})

    def recheck(self, member_ids: list[int]) -> None:
        self._publish({"do": "recheck", "ids": member_ids})
        self._recheck(member_ids)

    def end_sessions(self, session_ids: list[int]) -> None:
        self._publish({"do": "end_sessions", "ids": session_ids})
        self._end(lambda client: client.actor.session_id in session_ids)

    def end_tokens(self, token_ids: list[int]) -> None:
        self._publish({"do": "end_tokens", "ids": token_ids})
        self._end(lambda client: client.actor.token_id in token_ids)

    def count(self) -> int:
        return len(self.hall.clients)

    def restarting(self) -> None:
        """To everybody here: we stop on purpose. Each is given another moment to come back, so that they do not come all at once."""
        spread = 500 + 2 * len(self.hall.clients)
        for client in list(self.hall.clients.values()):
            client.send(wire.packet("restarting", {"retry_ms": 500 + random.randrange(spread)}))

    def close_all(self) -> None:
        for socket in list(self.server.eio.sockets.values()):
            self.close(socket, "restarting")

    def close(self, socket: Any, why: str) -> None:
        """Closes one connection from our side; a browser's client comes back by itself."""
        socket.goodbye = why
        socket.close(wait=False, reason=self.server.reason.SERVER_DISCONNECT)

    def _deliver(self, events: Iterable[tuple[str, str]]) -> None:
        for room, text in events:
            self.hall.deliver(room, wire.event_packet(text))

    def _recheck(self, member_ids: Iterable[int]) -> None:
        with self.app.app_context():
            for client in self.hall.of_members(member_ids):
                try:
                    self._recheck_one(client)
                except Exception as e:  # one that cannot be looked at must not keep the others in
                    log(
                        "error",
                        "recheck failed",
                        member=client.actor.member_id,
                        error=repr(e)[:500],
                        trace=traceback.format_exc()[-4000:],
                    )
                    self.close(client.socket, "look again")

    def _recheck_one(self, client: Client) -> None:
        for joining in list(client.joining.values()):
            joining.again = True
        actor = access.identify(client.cookie, client.bearer)
        if actor is None:
            self._end(lambda other: other is client)
            return
        client.renew(actor)
        with reading() as tx:
            may = {room: rooms.may_watch(tx, actor, room) for room in list(client.rooms)}
        for room, still in may.items():
            if still:
                client.send(wire.packet("rights", {"room": room}))
            else:
                self.hall.leave(client, room)
                self.presence.left(client, room)
                client.send(wire.packet("revoked", {"room": room}))

    def _end(self, which: Callable[[Client], bool]) -> None:
        for client in list(self.hall.clients.values()):
            if which(client):
                client.send(disconnect_packet())
                self.close(client.socket, "signed out")

    def _publish(self, message: dict[str, Any]) -> None:
        if self.bus:
            self.bus.publish(message)

    def _heard(self, host: str, message: dict[str, Any]) -> None:
        match message["do"]:
            case "deliver":
                self._deliver(message["events"])
            case "recheck":
                self._recheck(message["ids"])
            case "end_sessions":
                self._end(lambda client: client.actor.session_id in message["ids"])
            case "end_tokens":
                self._end(lambda client: client.actor.token_id in message["ids"])
            case "presence":
                self.presence.heard(host, message["room"], message["who"])
            case "hello":
                self.presence.tell_again()

    def _heal(self) -> None:
        """The queue was away: what was said meanwhile is lost. Rights are looked at again, and each room hears its newest event, whose seq
        shows a client the hole."""
        self._publish({"do": "hello"})
        self._recheck({client.actor.member_id for client in list(self.hall.clients.values())})
        with self.app.app_context(), reading() as tx:
            for room in self.hall.rooms():
                newest, _ = journal.head(tx, room)
                self._deliver((room, text) for text in journal.since(tx, room, newest - 1, 1))

    def _keep_telling(self) -> None:
        while True:
            self.hall.sleep(TELL_AGAIN_S)
            self.presence.tell_again()
