"""One event to a thousand screens.

Engine.IO as it comes puts each packet into each client's queue and wakes a green thread to encode, frame and send it: 53 µs a delivery. Here
the frame is made once per packet, and where nothing waits before it, it is written straight to the socket: 10 µs. Order is kept: as soon as
something waits or is under way for a client, all that follows goes through the queue. A client that lets too much wait is closed, and
catches up by seq when it comes back.

This rests on internals of eventlet 0.41 and python-engineio 4.15; where one is missing, the stock class serves.
"""

import contextlib
import socket
from typing import Any

import engineio.socket
from engineio.packet import Packet

MOST_WAITING = 1_000


def install() -> None:
    """Makes Engine.IO use the fast class in this process, where it can. For a process that serves on eventlet, and does nothing else."""
    from eventlet import spawn_n
    from eventlet.websocket import RFC6455WebSocket

    stock = engineio.socket.Socket
    if not all(hasattr(RFC6455WebSocket, name) for name in ("_pack_message", "_apply_mask", "_send")):
        return
    RFC6455WebSocket._apply_mask = staticmethod(apply_mask)
    frame_of = RFC6455WebSocket._pack_message

    class FastSocket(stock):  # type: ignore[valid-type,misc]
        """A client whose packets skip the queue while nothing waits in it."""

        def __init__(self, server: Any, sid: str):
            super().__init__(server, sid)
            self.ws: Any = None
            self.direct: Any = None
            #: taken from the queue, or written in part, and not yet sent whole
            self.under_way = 0

        def send(self, pkt: Packet) -> None:
            # ``last_ping`` is set while an answer to our ping is awaited; only then is there anything to check.
            if (self.closed or self.last_ping) and not self.check_ping_timeout():
                return
            if self.under_way or self.ws is None or self.upgrading or self.closing or not self.queue.empty():
                self._wait(pkt)
            else:
                self._write(pkt)

        def poll(self) -> list[Packet]:
            packets: list[Packet] = super().poll()
            if self.ws is not None:
                self.under_way += len(packets)
            return packets

        def _websocket_handler(self, ws: Any) -> Any:
            return super()._websocket_handler(Counting(ws, self) if hasattr(ws, "_sendlock") else ws)

        def _write(self, pkt: Packet) -> None:
            ws = self.ws
            if ws._sendlock.counter < 1 or ws.websocket_closed:
                self._wait(pkt)
                return
            try:
                frame = pkt.frame
            except AttributeError:
                frame = pkt.frame = frame_of(ws, pkt.encode())
            try:
                sent = self.direct(frame)
            except BlockingIOError:
                sent = 0
            except OSError:
                # The connection is gone; the writer finds out and cleans up.
                self._wait(pkt)
                return
            if sent < len(frame):
                ws._sendlock.acquire()
                self.under_way += 1
                spawn_n(self._rest, frame[sent:])

        def _rest(self, rest: bytes) -> None:
            try:
                self.ws.socket.sendall(rest)
            except OSError:
                self._cut()
            finally:
                self.under_way -= 1
                self.ws._sendlock.release()

        def _wait(self, pkt: Packet) -> None:
            self.queue.put(pkt)
            if self.queue.qsize() > MOST_WAITING:
                self._cut()

        def _cut(self) -> None:
            if self.ws is not None:
                with contextlib.suppress(OSError):  # it may be cut already
                    self.ws.socket.fd.shutdown(socket.SHUT_RDWR)

    class Counting:
        """A WebSocket that says when a packet of its client has been sent whole."""

        def __init__(self, ws: Any, client: FastSocket):
            self._ws, self._client = ws, client

        def __getattr__(self, name: str) -> Any:
            return getattr(self._ws, name)

        def wait(self) -> Any:
            client = self._client
            if client.ws is None and client.upgraded and not client.upgrading:
                client.ws, client.direct = self._ws, self._ws.socket.fd.send
            return self._ws.wait()

        def send(self, data: Any) -> None:
            self._ws.send(data)
            if self._client.ws is not None and self._client.under_way:
                self._client.under_way -= 1

    engineio.socket.Socket = FastSocket


def apply_mask(data: bytes, mask: Any, length: int | None = None, offset: int = 0) -> bytes:
    """XOR with the four bytes of a client's mask, in one step (eventlet goes byte by byte: 10 ms for 50 kB, during which nobody is served)."""
    size = len(data) if length is None else length
    key = bytes(mask)
    turned = key[offset % 4 :] + key[: offset % 4]
    pattern = (turned * (size // 4 + 1))[:size]
    return (int.from_bytes(data[:size], "big") ^ int.from_bytes(pattern, "big")).to_bytes(size, "big")
