"""Fan-out by direct writes: one frame is encoded per event and written straight to each client's socket, without a queue, a thread and a
timer per client in between.

It rests on internals of the pinned eventlet and engineio. Where one of them is missing, or the process does not run on eventlet, the stock
socket does the work (slower, the same order). ``tests/sockets/test_fanout.py`` holds both to the same promises.
"""

import contextlib
import socket as tcp
from collections import deque
from typing import Any

from engineio import packet as packets
from engineio.exceptions import UnknownPacketError
from engineio.packet import Packet
from engineio.server import Server
from engineio.socket import Socket

#: frames that may wait for one client; a slower one is closed and catches up by seq
MOST_WAITING = 512
_SEND_BUFFER = 256 * 1024
#: WebSocket close code "policy violation": the reason that goes with it is for people who look into it
_POLICY = 1008
_GOING_AWAY = 1001
#: how long a client that we close may take to answer
_GOODBYE_S = 1.0


def install(eio: Server) -> None:
    """Every new connection of this server gets our socket class."""
    kind: type[Socket] = DirectSocket if eio.async_mode == "eventlet" and _mend_eventlet() else BoundedSocket
    stock = eio.handlers["connect"]

    def connected(eio_sid: str, environ: dict[str, Any]) -> Any:
        # engineio names its class inside a function body, so that another one cannot be handed in.
        eio.sockets[eio_sid].__class__ = kind
        return stock(eio_sid, environ)

    eio.on("connect", connected)


class BoundedSocket(Socket):
    """The stock socket with a bound on what may wait."""

    #: why we close it, for the close frame
    goodbye = ""
    connected: bool
    upgraded: bool

    def send(self, pkt: Packet) -> None:
        if self.closed:
            return
        if self.queue.qsize() >= MOST_WAITING:
            self.close(wait=False, abort=True, reason=self.server.reason.SERVER_DISCONNECT)
            return
        super().send(pkt)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        # Waiting for the queue to drain would wait for the slow client.
        super().close(wait=False, abort=abort, reason=reason)


class DirectSocket(BoundedSocket):
    #: eventlet's WebSocket once it carries this client; until then (long-polling, upgrade) packets wait in the stock queue
    ws: Any = None
    #: frames behind a write that the kernel did not take whole; a green thread is sending while there are any
    waiting: deque[bytes]
    _raw: Any = None

    def send(self, pkt: Packet) -> None:
        if self.ws is None:
            super().send(pkt)
        elif not self.closed and self.check_ping_timeout():
            self._write(frame_of(pkt))

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        if self.closed or self.closing:
            return
        super().close(wait=False, abort=abort, reason=reason)
        if self.ws is not None and not self.waiting:
            self._hang_up()

    def _write(self, frame: bytes) -> None:
        if self.waiting:
            if len(self.waiting) < MOST_WAITING:
                self.waiting.append(frame)
            else:
                self._drop("too slow")
            return
        try:
            sent = self._raw.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._drop("lost")
            return
        if sent < len(frame):
            self.waiting.append(frame[sent:])
            self.server.start_background_task(self._send_rest)

    def _send_rest(self) -> None:
        try:
            while self.waiting:
                self.ws.socket.sendall(self.waiting[0])
                if self.waiting:
                    self.waiting.popleft()
        except OSError:  # gone, or nothing taken within the ping's time
            self._drop("lost")
            return
        if self.closed:
            self._hang_up()

    def _drop(self, why: str) -> None:
        """At once, with all that waits: nobody is listening, or too slowly."""
        self.waiting.clear()
        self.goodbye = self.goodbye or why
        if not self.closed and not self.closing:
            super().close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)
        self.ws.websocket_closed = True
        self._shut()

    def _hang_up(self) -> None:
        why = self.goodbye
        code = _GOING_AWAY if why == "restarting" else _POLICY if why else 1000
        self.ws._send_closing_frame(True, close_data=(code, why))
        # Our side only: to close with unread data in the kernel would reset the connection, and the reason might never arrive.
        with contextlib.suppress(OSError):
            self._raw.shutdown(tcp.SHUT_WR)
        self.server.start_background_task(self._shut_later)

    def _shut_later(self) -> None:
        self.server.sleep(_GOODBYE_S)
        self._shut()

    def _shut(self) -> None:
        # Wakes our reader, which ends the connection.
        with contextlib.suppress(OSError):
            self._raw.shutdown(tcp.SHUT_RDWR)

    def _websocket_handler(self, ws: Any) -> list[bytes]:
        """In place of the stock handler: the same dialogue without its writer thread."""
        self._raw = getattr(getattr(ws, "socket", None), "fd", None)
        if self._raw is None or not hasattr(ws, "_send"):
            self.__class__ = BoundedSocket
            result: list[bytes] = Socket._websocket_handler(self, ws)
            return result
        ws.socket.settimeout(self.server.ping_interval + self.server.ping_timeout)
        self._raw.setsockopt(tcp.IPPROTO_TCP, tcp.TCP_NODELAY, 1)
        self._raw.setsockopt(tcp.SOL_SOCKET, tcp.SO_SNDBUF, _SEND_BUFFER)
        if self.connected and not self._upgrade(ws):
            return []
        self.connected = self.upgraded = True
        self.waiting = deque()
        self.ws, ws._send = ws, self._write
        while not self.queue.empty():
            queued = self.queue.get(block=False)
            if queued is not None:
                self._write(frame_of(queued))
        try:
            while (text := ws.wait()) is not None:
                if not self.closed:
                    self._take(text)
        except (OSError, ValueError):  # cut, timed out, or no Engine.IO
            pass
        self.close(abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        return []

    def _take(self, text: str | bytes) -> None:
        if len(text) > self.server.max_http_buffer_size:
            raise ValueError("packet is too large")
        with contextlib.suppress(UnknownPacketError):
            self.receive(Packet(encoded_packet=text))

    def _upgrade(self, ws: Any) -> bool:
        """From long-polling: probe, answer, upgrade. Packets wait in the queue meanwhile."""
        self.upgrading = True
        try:
            probe = Packet(encoded_packet=ws.wait() or "6")
            if probe.packet_type != packets.PING or probe.data != "probe":
                return False
            ws.send(Packet(packets.PONG, data="probe").encode())
            self.queue.put(Packet(packets.NOOP))  # ends the poll that waits
            return bool(Packet(encoded_packet=ws.wait() or "6").packet_type == packets.UPGRADE)
        except (OSError, ValueError):
            return False
        finally:
            self.upgrading = False


def frame_of(pkt: Packet) -> bytes:
    """The packet as one WebSocket frame, made once however many clients get it."""
    frame: bytes | None = getattr(pkt, "frame", None)
    if frame is None:
        text = pkt.encode()
        body, first = (text.encode(), 0x81) if isinstance(text, str) else (bytes(text), 0x82)
        size = len(body)
        if size < 126:
            head = bytes((first, size))
        elif size < 65_536:
            head = bytes((first, 126)) + size.to_bytes(2, "big")
        else:
            head = bytes((first, 127)) + size.to_bytes(8, "big")
        frame = pkt.frame = head + body
    return frame


def apply_mask(data: bytes, mask: Any, length: int | None = None, offset: int = 0) -> bytes:
    """XOR with a repeated 4-byte mask, as one operation on two big integers."""
    size = len(data) if length is None else length
    key = (bytes(mask) * 2)[offset % 4 : offset % 4 + 4]
    if key == b"\0\0\0\0":
        return bytes(data[:size])
    pad = (key * (size // 4 + 1))[:size]
    return (int.from_bytes(data[:size], "little") ^ int.from_bytes(pad, "little")).to_bytes(size, "little")


def _mend_eventlet() -> bool:
    """Replaces what is slow or unbounded in eventlet's WebSocket; False when it is not as we know it."""
    try:
        from eventlet.websocket import FailedConnectionError, RFC6455WebSocket

        stock: Any = RFC6455WebSocket.Message
        known = all(hasattr(RFC6455WebSocket, name) for name in ("_send", "_apply_mask", "_send_closing_frame", "wait"))
    except (ImportError, AttributeError):
        return False
    if not known or not hasattr(stock, "push"):
        return False

    class Message(stock):
        """The stock limit is per frame; a message in many pieces has the same limit as a whole."""

        size = 0

        def push(self, data: bytes, final: bool = False) -> None:
            self.size += len(data)
            if self.size > self.max_frame_length:
                raise FailedConnectionError(1009, "too large")
            super().push(data, final)

    RFC6455WebSocket._apply_mask = staticmethod(apply_mask)
    RFC6455WebSocket.Message = Message
    return True
