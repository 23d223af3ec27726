"""Twenty who open a board at the same moment cost what one costs."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from board.core import snapshots
from tests.boards.places import settle
from tests.callers import Caller


def test_twenty_at_once_build_it_once(as_: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch) -> None:
    board = settle(as_).open.board
    build, built = snapshots._build, list[str]()

    def counted(room: str, *rest: Any) -> Any:
        built.append(room)
        return build(room, *rest)

    monkeypatch.setattr(snapshots, "_build", counted)
    start, found = threading.Barrier(20), list[bytes]()

    def get(caller: Caller) -> None:
        start.wait(20)
        caller.get(f"/boards/{board}")
        assert caller.last is not None
        found.append(caller.last.data)

    threads = [threading.Thread(target=get, args=(as_("Maya"),)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert built == [f"board:{board}"]
    assert len(found) == 20 and len(set(found)) == 1


def test_a_build_that_fails_leaves_no_lock_behind(
    app: Flask, as_: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    board = settle(as_).open.board
    app.config["RAISE_UNEXPECTED"] = False

    def broken(*args: Any) -> Any:
        raise ValueError("cannot be built")

    with monkeypatch.context() as patch:
        patch.setattr(snapshots, "_build", broken)
        assert as_("Maya").get(f"/boards/{board}").status == 500
    assert app.extensions["snapshots"].building == {}
    assert as_("Maya").get(f"/boards/{board}").status == 200
    assert app.extensions["snapshots"].building == {}


def test_what_she_has_already_is_not_sent_again_and_caches_are_told_what_it_hangs_on(
    as_: Callable[..., Caller],
) -> None:
    board = settle(as_).open.board
    maya = as_("Maya")
    maya.get(f"/boards/{board}")
    assert maya.last is not None
    first = maya.last
    known = {"If-None-Match": first.headers["ETag"]}
    assert maya.call("GET", f"/boards/{board}", headers=known).status == 304
    assert maya.last.headers["Vary"] == first.headers["Vary"] == "Accept-Encoding, Cookie, Authorization"


def test_no_more_is_kept_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "_KEPT_BYTES", 100)
    kept = snapshots.Kept()
    for n in range(50):
        kept.put(f"board:{n}", (b"x" * 30, b"y" * 10))
    assert list(kept.bodies) == ["board:48", "board:49"] and kept.size == 80
