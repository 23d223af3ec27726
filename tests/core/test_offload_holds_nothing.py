"""Who waits for a thread (to compress, to hash a password) holds no connection: the last one is there for everybody else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask

from board.core import offload
from board.core.db import db
from tests.boards.places import settle
from tests.callers import Caller
from tests.school import PASSWORD, PEOPLE


class Busy:
    """All threads are taken: what is handed to them waits until ``go``."""

    def __init__(self) -> None:
        self.asked, self.go = threading.Semaphore(0), threading.Event()

    def __call__(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.asked.release()
        assert self.go.wait(30)
        return fn(*args, **kwargs)


@pytest.fixture
def one_connection(app: Flask) -> Iterator[None]:
    """Of the pool's connections all but one are in use."""
    with app.app_context(), ExitStack() as stack:
        for _ in range(db.engine.pool.size() - 1):  # type: ignore[attr-defined]
            stack.enter_context(db.engine.connect())
        yield


@pytest.fixture
def busy() -> Iterator[Busy]:
    busy = Busy()
    offload.install(busy)
    yield busy
    busy.go.set()
    offload.install(offload._directly)


def many(busy: Busy, *requests: Callable[[], int]) -> list[int]:
    """All asked at once; while they wait for their threads, ``requests[-1]`` is answered."""
    found: list[int] = []
    threads = [threading.Thread(target=lambda ask=ask: found.append(ask())) for ask in requests[:-1]]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    assert busy.asked.acquire(timeout=10)
    assert requests[-1]() == 200
    assert found == [], "nobody was waiting for a thread any more"
    busy.go.set()
    for thread in threads:
        thread.join(30)
    return found


def test_openers_of_a_board(
    app: Flask, as_: Callable[..., Caller], one_connection: None, busy: Busy, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = settle(as_).open.board
    openers = [lambda: as_("Maya").get(f"/boards/{board}").status] * 3
    assert many(busy, *openers, lambda: as_("Jon").get("/groups").status) == [200] * 3


@pytest.mark.parametrize("path", ["/people", "/me"])
def test_readers_of_a_page(
    app: Flask, as_: Callable[..., Caller], sign_in: Callable[..., Any], one_connection: None, path: str
) -> None:
    client = sign_in("Ana")
    assert client.get(path).status_code == 200  # templates compiled
    busy = Busy()
    offload.install(busy)
    try:
        packed = {"Accept-Encoding": "gzip"}
        found = many(
            busy, lambda: client.get(path, headers=packed).status_code, lambda: as_("Jon").get("/groups").status
        )
        assert found == [200]
    finally:
        busy.go.set()
        offload.install(offload._directly)


def test_who_signs_in(app: Flask, as_: Callable[..., Caller], one_connection: None, busy: Busy) -> None:
    def enter() -> int:
        body = {"email": PEOPLE["Maya"].email, "password": PASSWORD}
        return app.test_client().post("/api/v1/session", json=body).status_code

    assert many(busy, enter, lambda: as_("Jon").get("/groups").status) == [200]
