"""When a way of signing in ends, the screens that were opened with it close at once, over real sockets."""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest
import websocket

from tests.people.conftest import NEW_PASSWORD
from tests.school import PASSWORD, PEOPLE
from tests.servers import LiveServer

AT_ONCE_S = 1.0


class Screen:
    """One person's browser: her cookie, and a socket opened with it."""

    def __init__(self, server: LiveServer, person: str, password: str = PASSWORD):
        self.server = server
        _, answer = self._send("POST", "/session", {"email": PEOPLE[person].email, "password": password})
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        self.socket = open_socket(server, cookie=self.cookie)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        found, answer = self._send(method, path, body)
        if "Set-Cookie" in answer.headers:
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return found["data"]

    def _send(self, method: str, path: str, body: Any) -> Any:
        headers = {"Content-Type": "application/json", "Cookie": getattr(self, "cookie", "")}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.server.url}/api/v1{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer), answer


def open_socket(server: LiveServer, cookie: str | None = None, token: str | None = None) -> websocket.WebSocket:
    address = server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    origin = server.url if cookie else None
    socket = websocket.create_connection(
        address, timeout=5, cookie=cookie, origin=origin, suppress_origin=origin is None
    )
    assert socket.recv().startswith("0")
    socket.send("40" + (json.dumps({"token": token}) if token else ""))
    assert socket.recv().startswith("40")
    return socket


def closes(socket: websocket.WebSocket) -> bool:
    """Within a second it is told that it is disconnected, or the connection ends."""
    deadline = time.monotonic() + AT_ONCE_S
    socket.settimeout(AT_ONCE_S)
    try:
        while time.monotonic() < deadline:
            if socket.recv() in ("", "41"):
                return True
    except websocket.WebSocketTimeoutException:
        return False
    except (websocket.WebSocketConnectionClosedException, ConnectionError):
        return True
    return False


def is_open(socket: websocket.WebSocket) -> bool:
    """It answers when it is asked something."""
    socket.settimeout(5)
    socket.send('420["join",{"room":"member:999999"}]')
    try:
        while not (text := socket.recv()).startswith("430"):
            if text in ("", "41"):
                return False
    except (websocket.WebSocketConnectionClosedException, ConnectionError):
        return False
    return True


@pytest.fixture
def screen(live_server: LiveServer) -> Iterator[Callable[..., Screen]]:
    with ExitStack() as stack:

        def opened(person: str, **more: Any) -> Screen:
            made = Screen(live_server, person, **more)
            stack.enter_context(closing(made.socket))
            return made

        yield opened


def test_screens_close_with_what_opened_them(screen: Callable[..., Screen], live_server: LiveServer) -> None:
    ana, jon = screen("Ana"), screen("Jon")

    out = screen("Maya")
    out.call("DELETE", "/session")
    assert closes(out.socket)

    here, elsewhere = screen("Maya"), screen("Maya")
    here.call("DELETE", "/sessions")
    assert closes(elsewhere.socket)
    assert is_open(here.socket)

    elsewhere = screen("Maya")
    here.call("PUT", "/me/password", {"password": PASSWORD, "new_password": NEW_PASSWORD})
    assert closes(elsewhere.socket)
    assert is_open(here.socket)

    made = here.call("POST", "/tokens", {"name": "Timetable"})
    with closing(open_socket(live_server, token=made["token"])) as program:
        here.call("DELETE", f"/tokens/{made['id']}")
        assert closes(program)

    with closing(open_socket(live_server, token=PEOPLE["Maya"].token)) as program:
        ana.call("DELETE", f"/members/{PEOPLE['Maya'].member_id}/active")
        assert closes(here.socket)
        assert closes(program)

    assert is_open(ana.socket)
    assert is_open(jon.socket)
