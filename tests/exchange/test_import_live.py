"""An import on the real server: everybody else is served while it runs."""

import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any

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


def test_the_site_answers_meanwhile(live_server: LiveServer) -> None:
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
