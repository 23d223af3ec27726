"""A browser's socket, spoken by hand over a real connection, so that order, frames and closes are seen as they come."""

import json
import time
from collections import deque
from typing import Any

import websocket

from tests.school import PEOPLE
from tests.servers import LiveServer

WAIT_S = 8.0


class Closed(Exception):
    """The server ended the connection; ``reason`` is what its close frame said."""

    def __init__(self, reason: str = ""):
        super().__init__(reason)
        self.reason = reason


class Screen:
    """``Screen(server, "Maya").join("board:1", 0)``. Everything pushed is kept in order in ``heard``."""

    def __init__(self, server: LiveServer, person: str | None = None, *, timeout: float = WAIT_S, **auth: Any):
        address = server.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        self.heard: list[tuple[str, Any]] = []
        self._acks: dict[int, Any] = {}
        self._ids = 0
        self._next: deque[tuple[str, Any]] = deque()
        self.ws = websocket.create_connection(address, timeout=timeout, suppress_origin=True)
        assert self.ws.recv().startswith("0")
        token = PEOPLE[person].token if person else None
        self.ws.send("40" + json.dumps(auth or {"token": token}))
        answer = self.ws.recv()
        if not answer.startswith("40"):
            self.ws.close()
            raise Closed(answer)

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, *_: object) -> None:
        self.ws.close()

    def call(self, name: str, *payload: Any) -> Any:
        """Emits, and waits for the acknowledgement."""
        self._ids += 1
        mine = self._ids
        self.ws.send(f"42{mine}" + json.dumps([name, *payload]))
        while mine not in self._acks:
            self._read()
        return self._acks.pop(mine)

    def emit(self, name: str, *payload: Any) -> None:
        self.ws.send("42" + json.dumps([name, *payload]))

    def join(self, room: str, since: int = 0, **more: Any) -> Any:
        return self.call("join", {"room": room, "since": since, **more})

    def wait(self, name: str, within: float = WAIT_S) -> Any:
        """The next pushed ``name``; others are passed over."""
        deadline = time.monotonic() + within
        while True:
            while self._next:
                found, payload = self._next.popleft()
                if found == name:
                    return payload
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"No {name!r} within {within} s; heard {self.heard[-5:]}")
            self.ws.settimeout(left)
            try:
                self._read()
            except websocket.WebSocketTimeoutException:
                continue
            finally:
                self.ws.settimeout(WAIT_S)

    def ends(self, within: float = WAIT_S) -> str:
        """Waits until the server has closed the connection; returns why."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            self.ws.settimeout(max(0.05, deadline - time.monotonic()))
            try:
                self._read()
            except Closed as e:
                return e.reason
            except websocket.WebSocketTimeoutException:
                break
        raise AssertionError(f"Still open after {within} s; heard {self.heard[-5:]}")

    def _read(self) -> None:
        try:
            code, data = self.ws.recv_data()
        except (ConnectionError, websocket.WebSocketConnectionClosedException) as e:
            self.ws.shutdown()
            raise Closed() from e
        if code == websocket.ABNF.OPCODE_CLOSE:
            self.ws.shutdown()
            raise Closed(data[2:].decode())
        text = data.decode()
        if text == "2":
            self.ws.send("3")
        elif text.startswith("42"):
            name, payload = json.loads(text[2:])
            self.heard.append((name, payload))
            self._next.append((name, payload))
        elif text.startswith("43"):
            at = text.index("[")
            found = json.loads(text[at:])
            self._acks[int(text[2:at])] = found[0] if found else None


def events(screen: Screen, room: str) -> list[int]:
    """The seqs of the events of a room, in the order in which they came."""
    return [e["seq"] for name, e in screen.heard if name == "event" and e["room"] == room]
