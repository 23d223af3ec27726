"""Whose page is asking? On both transports."""

import json
import urllib.error
import urllib.request

import pytest
import websocket

from tests.school import PASSWORD, PEOPLE
from tests.servers import LiveServer

OWN = "own"


def origin_of(server: LiveServer, name: str | None) -> str | None:
    return {OWN: server.url, "other port": "http://127.0.0.1:1", "path": server.url + "/x"}.get(str(name), name)


def test_a_foreign_page_is_refused_before_it_is_asked_who_it_is(live_server: LiveServer) -> None:
    for origin in ("http://evil.example", "null", "other port", "path", "file://", "javascript:1"):
        sent = origin_of(live_server, origin) or ""
        assert polling(live_server, {"Origin": sent}) == 403, origin
        with pytest.raises(websocket.WebSocketBadStatusException) as refused:
            connect(live_server, origin=sent)
        assert refused.value.status_code == 403, origin


def test_our_own_page_may_on_both(live_server: LiveServer) -> None:
    assert polling(live_server, {"Origin": live_server.url}) == 200
    connect(live_server, origin=live_server.url).close()


def test_a_foreign_name_that_points_here_is_refused(live_server: LiveServer) -> None:
    for host in ("evil.example", "evil.example:80"):
        assert polling(live_server, {"Host": host, "Origin": f"http://{host}"}) == 400, host


COOKIE_COUNTS = [
    ({"Origin": OWN}, True),
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "none"}, False),
]


def test_a_cookie_counts_only_from_our_own_page(live_server: LiveServer) -> None:
    cookie = sign_in(live_server)
    for headers, works in COOKIE_COUNTS:
        sent = {name: origin_of(live_server, value) or "" for name, value in headers.items()}
        ws = connect(live_server, origin=sent.pop("Origin", None), cookie=cookie, header=sent)
        assert ws.recv().startswith("0")
        ws.send("40")
        assert ws.recv().startswith("40" if works else "44"), headers
        ws.close()


def test_a_token_needs_no_origin(live_server: LiveServer) -> None:
    ws = connect(live_server, origin=None)
    assert ws.recv().startswith("0")
    ws.send("40" + json.dumps({"token": PEOPLE["Maya"].token}))
    assert ws.recv().startswith("40")
    ws.close()


def test_compression_is_not_agreed_to(live_server: LiveServer) -> None:
    ws = connect(live_server, origin=None, header=["Sec-WebSocket-Extensions: permessage-deflate"])
    assert "sec-websocket-extensions" not in ws.getheaders()
    ws.close()


def test_over_long_polling_it_is_the_same_conversation(live_server: LiveServer) -> None:
    cookie = sign_in(live_server)
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
    opened = ask(live_server, "", headers).decode()
    sid = opened.split('"sid":"')[1].split('"')[0]
    assert ask(live_server, f"&sid={sid}", headers, b"40") == b"OK"
    assert ask(live_server, f"&sid={sid}", headers).startswith(b"40")
    ask(live_server, f"&sid={sid}", headers, b'420["join",{"room":"member:3","since":0}]')
    assert b'"ok":true' in ask(live_server, f"&sid={sid}", headers)
    evil = {**headers, "Origin": "http://evil.example"}
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(live_server, f"&sid={sid}", evil)
    assert refused.value.code == 403


def ask(server: LiveServer, more: str, headers: dict[str, str], data: bytes | None = None) -> bytes:
    url = f"{server.url}/socket.io/?EIO=4&transport=polling{more}"
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as response:
        body: bytes = response.read()
        return body


def polling(server: LiveServer, headers: dict[str, str]) -> int:
    try:
        ask(server, "", headers)
    except urllib.error.HTTPError as e:
        with e:
            return e.code
    return 200


def connect(server: LiveServer, origin: str | None, **options: object) -> websocket.WebSocket:
    url = server.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
    return websocket.create_connection(url, timeout=5, origin=origin, suppress_origin=not origin, **options)


def sign_in(server: LiveServer) -> str:
    body = f'{{"email":"{PEOPLE["Maya"].email}","password":"{PASSWORD}"}}'.encode()
    request = urllib.request.Request(server.url + "/api/v1/session", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        cookie: str = answer.headers["Set-Cookie"].split(";")[0]
        return cookie
