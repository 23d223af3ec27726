"""A slow client harms nobody, a rude one is shown the door, and a thousand are served at once."""

import json
import logging
import os
import queue
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator

import engineio
import pytest
import websocket
from engineio.packet import MESSAGE, Packet
from hypothesis import given
from hypothesis import strategies as st

from board.sockets.fanout import MOST_WAITING, DirectSocket, apply_mask, frame_of
from board.sockets.gate import PATH
from tests.school import PEOPLE
from tests.servers import LiveServer
from tests.sockets.conftest import Board, make_board
from tests.sockets.screen import Closed, Screen


def test_a_reader_that_stops_for_a_while_gets_all_in_order_and_holds_up_nobody(board: Board) -> None:
    card = board.add_card()
    seq, many = board.seq(), 14
    with Screen(board.server, "Jon") as stopped, Screen(board.server, "Maya") as maya:
        stopped.ws.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stopped.join(board.room, seq)
        maya.join(board.room, seq)
        for n in range(many):
            text = f"{n} " + "x" * 60_000
            assert board.server.call("Maya", "PATCH", f"/cards/{card}", {"description": text})[0] == 200
            assert maya.wait("event")["seq"] == seq + n + 1
        for n in range(many):
            event = stopped.wait("event")
            assert event["seq"] == seq + n + 1
            assert event["put"]["cards"][0]["description"].startswith(f"{n} ")


class FakeServer:
    """As much of an Engine.IO server as a socket asks for. What would run beside is kept, and run by the test."""

    ping_interval, ping_timeout = 25, 20
    reason = engineio.Server.reason

    def __init__(self) -> None:
        self.beside: list[tuple[Callable[..., None], tuple[object, ...]]] = []
        self.gone: list[str] = []
        self.logger = logging.getLogger("test")

    def create_queue(self) -> queue.Queue[object]:
        return queue.Queue()

    def start_background_task(self, run: Callable[..., None], *args: object) -> None:
        self.beside.append((run, args))

    def _trigger_event(self, name: str, sid: str, *_: object, **__: object) -> None:
        self.gone.append(name)


class Wire:
    """A WebSocket over one end of a pair of real sockets."""

    websocket_closed = False

    def __init__(self, end: socket.socket):
        self.socket = end


@pytest.fixture
def direct() -> Iterator[tuple[DirectSocket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    made = DirectSocket(FakeServer(), "sid")
    made.last_ping = None
    made.ws, made._raw, made.waiting = Wire(ours), ours, deque()
    yield made, theirs
    ours.close()
    theirs.close()


def test_frames_behind_a_partial_write_wait_and_come_whole_and_in_order(
    direct: tuple[DirectSocket, socket.socket],
) -> None:
    made, theirs = direct
    packets = [Packet(MESSAGE, f"{n:04}" + "x" * 50_000) for n in range(30)]
    for packet in packets:
        made.send(packet)
    assert made.waiting, "the kernel took thirty large frames at once: the test proves nothing"
    (send_rest, _), *more = made.server.beside
    assert not more, "one green thread sends what waits, however much comes meanwhile"
    got = bytearray()
    reader = threading.Thread(target=lambda: got.extend(read_all(theirs)))
    reader.start()
    made.ws.socket.setblocking(True)
    send_rest()
    made._raw.shutdown(socket.SHUT_WR)
    reader.join(5)
    assert bytes(got) == b"".join(frame_of(packet) for packet in packets)


def test_who_never_reads_is_dropped_before_memory_grows(direct: tuple[DirectSocket, socket.socket]) -> None:
    made, _ = direct
    packet, sent = Packet(MESSAGE, "x" * 50_000), 0
    while not made.closed:
        made.send(packet)
        sent += 1
        assert len(made.waiting) <= MOST_WAITING
        assert sent < MOST_WAITING + 1000
    assert sent > MOST_WAITING and not made.waiting
    assert made.server.gone == ["disconnect"]
    made.send(packet)
    assert not made.waiting, "nothing more is kept for it"


def test_a_frame_is_made_once_for_everybody() -> None:
    packet = Packet(MESSAGE, "x")
    assert frame_of(packet) is frame_of(packet)
    for size in (0, 1, 122, 123, 124, 125, 126, 65_533, 65_534, 65_535, 70_000):
        frame = frame_of(Packet(MESSAGE, "x" * size))
        head = 2 if size + 1 < 126 else 4 if size + 1 < 65_536 else 10
        assert len(frame) == head + size + 1 and frame[0] == 0x81


def read_all(end: socket.socket) -> bytes:
    parts = []
    while part := end.recv(65_536):
        parts.append(part)
    return b"".join(parts)


def test_floods_and_nonsense_end_the_connection_with_a_reason(board: Board) -> None:
    with Screen(board.server, "Jon") as flooding, Screen(board.server, "Maya") as maya:
        maya.join(board.room, 0)
        for _ in range(40):
            flooding.emit("presence", {"room": board.room})
        assert flooding.ends() == "too many messages"
        for nonsense in (
            '451-["x",{"_placeholder":true,"num":0}]',
            "4",
            "42",
            "42{",
            '42["join"',
            "49",
            "4" + "[" * 5000,
        ):
            with Screen(board.server, "Jon") as rude:
                rude.ws.send(nonsense)
                assert rude.ends() == "not understood", nonsense
        with Screen(board.server, "Jon") as rude:
            rude.ws.send_binary(b"\x04abc")
            assert rude.ends() == "not understood"
        with Screen(board.server, "Jon") as huge:
            try:
                huge.ws.send("42" + json.dumps(["presence", "x" * 300_000]))
                huge.ends()
            except (Closed, ConnectionError):
                pass
            else:
                huge.ws.close()
        with Screen(board.server, "Jon") as pieces:
            try:
                for n in range(30):
                    opcode = websocket.ABNF.OPCODE_TEXT if n == 0 else websocket.ABNF.OPCODE_CONT
                    pieces.ws.send_frame(websocket.ABNF(0, 0, 0, 0, opcode, 1, "x" * 20_000))
                pieces.ends()
            except (Closed, ConnectionError):
                pass
        board.add_card()
        assert maya.wait("event"), "others are unaffected"


def test_an_unknown_message_is_passed_over(board: Board) -> None:
    with Screen(board.server, "Maya") as maya:
        maya.emit("no such thing", {"a": 1})
        assert maya.join(board.room, 0)["ok"]


def test_a_thousand_screens_hear_every_event_once_and_in_order(start_server: Callable[..., LiveServer]) -> None:
    board = make_board(start_server(BOARD_LIMITS="off"), "Maya")
    card = board.add_card()
    seq, many, written = board.seq(), 1000, 5
    crowd = []
    try:
        began = time.monotonic()
        for _ in range(many):
            crowd.append(raw_screen(board, seq))
        connected = time.monotonic() - began
        for n in range(written):
            board.rename(card, f"Title {n}")
        want = [seq + n + 1 for n in range(written)]
        for one in crowd:
            heard: list[int] = []
            while len(heard) < written:
                text = one.recv()
                if text.startswith('42["event"'):
                    heard.append(json.loads(text[2:])[1]["seq"])
            assert heard == want
        assert connected < 60, f"{many} screens took {connected:.1f} s to come in"
    finally:
        for one in crowd:
            one.sock.close()


def raw_screen(board: Board, seq: int) -> websocket.WebSocket:
    address = board.server.url.replace("http", "ws", 1) + f"{PATH}/?EIO=4&transport=websocket"
    ws = websocket.create_connection(address, timeout=30, suppress_origin=True)
    ws.send("40" + json.dumps({"token": PEOPLE["Maya"].token}))
    ws.send("420" + json.dumps(["join", {"room": board.room, "since": seq}]))
    while not ws.recv().startswith("430"):
        pass
    return ws


@given(st.binary(max_size=300), st.binary(min_size=4, max_size=4), st.integers(0, 7))
def test_the_mask_is_applied_as_the_standard_says(data: bytes, mask: bytes, offset: int) -> None:
    plain = bytes(byte ^ mask[(offset + i) % 4] for i, byte in enumerate(data))
    assert apply_mask(data, tuple(mask), len(data), offset) == plain


def test_a_large_message_is_unmasked_in_no_time() -> None:
    data, mask = os.urandom(250_000), (1, 2, 3, 4)
    began = time.perf_counter()
    apply_mask(data, mask)
    assert time.perf_counter() - began < 0.05
