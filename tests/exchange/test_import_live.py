"""An import on the real server: everybody else is served while it runs."""

import http.client
import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

from tests.school import PEOPLE
from tests.servers import LiveServer

LIST = {"id": "5c0000010000000000000001", "name": "To do"}
WAIT_S = 60


def multipart(content: bytes, **fields: str) -> tuple[bytes, str]:
    mark = "a-boundary-that-is-nowhere-else"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="b.json"\r\nContent-Type: application/json\r\n\r\n'
    return b"".join(
        parts
    ) + head.encode() + content + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def send(server: LiveServer, content: bytes, **fields: str) -> int:
    body, kind = multipart(content, kind="trello", **fields)
    headers = {"Content-Type": kind, "Authorization": f"Bearer {PEOPLE['Ana'].token}"}
    request = urllib.request.Request(f"{server.url}/api/v1/imports", body, headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 202
        return int(json.loads(answer.read())["data"]["id"])


def until(server: LiveServer, id: int, *states: str, meanwhile: Callable[[], None] = lambda: None) -> dict[str, Any]:
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        data = server.call("Ana", "GET", f"/imports/{id}").json["data"]
        if data["state"] in states:
            return dict(data)
        meanwhile()
    raise AssertionError(f"still {data['state']} at {data['progress']}:\n{server.log.read_text()[-3000:]}")


def large(n: int) -> bytes:
    cards = [
        {
            "id": f"5c01{i:04x}000000000000000b",
            "idList": LIST["id"],
            "name": f"Card {i}",
            "pos": i,
            "desc": "words " * 2_000,
        }
        for i in range(n)
    ]
    return json.dumps({"id": "5c00000000000000000b0a4d", "name": "Large", "lists": [LIST], "cards": cards}).encode()


def test_the_site_answers_meanwhile(start_server: Callable[..., LiveServer]) -> None:
    # She asks as fast as she is answered, which is more often than anybody may within a minute.
    live_server = start_server(BOARD_LIMITS="off")
    group = str(live_server.call("Ana", "POST", "/groups", {"title": "Fair"}).json["data"]["id"])
    waits: list[float] = []

    def ask() -> None:
        began = time.monotonic()
        assert live_server.call("Maya", "POST", "/initiatives", {"title": "Meanwhile"}).status == 201
        waits.append(time.monotonic() - began)

    id = send(live_server, large(1_500), group_id=group)
    done = until(live_server, id, "done", "failed", meanwhile=ask)
    assert done["state"] == "done", done
    assert done["report"]["made"]["cards"] == 1_500
    assert len(waits) >= 10
    assert sorted(waits)[len(waits) * 9 // 10] < 0.5, "nobody waits for the import"


def test_a_hundred_megabytes_that_break_off(live_server: LiveServer, tmp_path: Path) -> None:
    """Streamed through the server to disk, read in another process: its own memory stays as it was, others are answered, nothing is left."""
    group = str(live_server.call("Ana", "POST", "/groups", {"title": "Fair"}).json["data"]["id"])
    card = b'{"id": "5c00000b000000000000000b", "name": "Paint the sign", "desc": "' + b"words " * 2_000 + b'"}'
    begin, end = b'{"lists": [], "cards": [', b",".join([card] * 10)
    times = 100_000_000 // len(end)
    size = len(begin) + times * (len(end) + 1)
    body, kind = multipart(b"@@", kind="trello", group_id=group)
    head, tail = body.split(b"@@")

    def pieces() -> Iterator[bytes]:
        yield head + begin
        for _ in range(times):
            yield end + b","
        yield tail

    assert live_server.process is not None
    server = psutil.Process(live_server.process.pid)
    before = server.memory_info().rss
    connection = http.client.HTTPConnection("127.0.0.1", live_server.port, timeout=60)
    headers = {
        "Content-Type": kind,
        "Content-Length": str(len(head) + size + len(tail)),
        "Authorization": f"Bearer {PEOPLE['Ana'].token}",
    }
    connection.request("POST", "/api/v1/imports", pieces(), headers)
    answer = connection.getresponse()
    assert answer.status == 202, answer.read()
    id = json.loads(answer.read())["data"]["id"]
    connection.close()
    waits: list[float] = []

    def ask() -> None:
        began = time.monotonic()
        assert live_server.call("Maya", "GET", "/me").status == 200
        waits.append(time.monotonic() - began)

    failed = until(live_server, id, "done", "failed", meanwhile=ask)
    assert (failed["state"], failed["error"]["code"], failed["error"]["byte"]) == ("failed", "ends_early", size)
    assert failed["error"]["reading"].startswith("cards[")
    assert server.memory_info().rss - before < 60_000_000
    assert sorted(waits)[len(waits) * 9 // 10] < 0.5
    assert list((live_server.data / "imports").iterdir()) == []
    assert live_server.call("Ana", "GET", "/boards").json["data"] == []
