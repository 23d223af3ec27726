"""An import that was interrupted goes on where it stopped: after a crash, and when the database did not answer for a while."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from board.core import jobs, times
from board.core.db import reading
from board.exchange import job
from board.exchange.commands import bring, update_cards
from tests import laws
from tests.exchange.test_import_hidden import between_pieces, big
from tests.exchange.test_start_import import left


@pytest.fixture
def ana(importer: Callable[..., Any]) -> Any:
    return importer("Ana")


class Killed(BaseException):
    """As a process ends by ``kill -9``: nothing after it runs."""


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    begin = times.clock()
    monkeypatch.setattr(times, "clock", lambda: begin + timedelta(seconds=seconds))


def fails_in(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, pieces: set[int]) -> list[list[str]]:
    """The database refuses at the end of these pieces, when all is written but nothing committed. Returns the cards of each call."""
    real, calls = getattr(module, name), []

    def sometimes(change: Any, place: Any, found: Any, *more: Any) -> Any:
        calls.append([f.card["title"] for f in found])
        made = real(change, place, found, *more)
        if len(calls) in pieces:
            raise OperationalError("INSERT", {}, Exception("server closed the connection unexpectedly"))
        return made

    monkeypatch.setattr(module, name, sometimes)
    return calls


def whole(ana: Any, done: dict[str, Any], cards: int) -> None:
    assert done["state"] == "done", done
    room = f"board:{done['board_ids'][0]}"
    board = laws.read(ana.caller, f"/rooms/{room}")
    assert [c["title"] for c in sorted(board["cards"], key=lambda c: c["position"])] == [
        f"Card {i}" for i in range(cards)
    ]
    nothing = {"room": room, "seq": 0, "board": [], "lists": [], "cards": [], "labels": [], "fields": [], "members": []}
    laws.check(nothing, board, laws.events_since(ana.caller, room, 0), f"/rooms/{room}")


def test_a_database_that_fails_once_only_delays_it(ana: Any, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = fails_in(monkeypatch, bring, "make_cards", {2})
    id = ana.start(big(60))[1]["data"]["id"]
    ana.work()
    assert ana.read(id)["state"] == "writing"
    later(monkeypatch, 3)
    ana.work()
    done = ana.read(id)
    whole(ana, done, 60)
    assert done["report"]["made"] == done["report"]["found"], "what the first try made is counted too"
    assert [len(titles) for titles in calls] == [25, 25, 0, 25, 10], "what is written is not written again"
    assert len(ana.caller.get("/boards")[1]["data"]) == 1
    assert left(app) == []


def test_an_import_again_goes_on_too(ana: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ana(big(60))
    newer = big(60)
    for card in newer["cards"]:
        card["desc"] = "Newer"
    calls = fails_in(monkeypatch, update_cards, "cards_again", {2})
    room = f"board:{first['board_ids'][0]}"
    with laws.kept(ana.caller, room):
        id = ana.start(newer)[1]["data"]["id"]
        ana.work()
        later(monkeypatch, 3)
        ana.work()
    done = ana.read(id)
    whole(ana, done, 60)
    assert len(calls) == 5
    told = [e for e in laws.events_since(ana.caller, room, 0) if e["type"] == "card.changed"]
    assert len(told) == 60, "each change is told once"


def test_one_that_never_answers_ends_it(
    ana: Any, app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails_in(monkeypatch, bring, "make_cards", set(range(2, 99)))
    id = ana.start(big(60))[1]["data"]["id"]
    for _ in range(jobs.MOST_TRIES + 1):
        ana.work()
        later(monkeypatch, 3_600)
    failed = ana.read(id)
    assert (failed["state"], failed["error"]["code"], failed["board_ids"]) == ("failed", "unexpected", [])
    assert left(app) == []


@pytest.mark.parametrize("again", [False, True])
def test_after_a_kill_it_goes_on_within_seconds(again: bool, ana: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if again:
        ana(big(60))

    def kill(piece: int) -> None:
        # A slow machine: each piece takes longer than the lease lasts, and renews it.
        later(monkeypatch, job.LEASE_S * 0.8)
        if piece == 2:
            raise Killed

    pieces: list[int] = []
    monkeypatch.setattr(job.time, "sleep", lambda s: kill(pieces[-1]) if pieces else None)
    module, name = (update_cards, "cards_again") if again else (bring, "make_cards")
    real = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *args: (pieces.append(len(pieces) + 1), real(*args))[1])
    id = ana.start(big(60))[1]["data"]["id"]
    with pytest.raises(Killed):
        ana.work()
    monkeypatch.setattr(job.time, "sleep", lambda s: None)
    later(monkeypatch, 1)
    assert not jobs.work_once(ana.app), "as far as anybody can tell, it is still at work"
    later(monkeypatch, 20)
    ana.work()
    whole(ana, ana.read(id), 60)


def test_a_worker_that_was_taken_for_dead_writes_nothing_more(
    ana: Any, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It only slept for long; another has gone on meanwhile."""
    slept: list[int] = []

    def sleeps(piece: int) -> None:
        if piece == 2 and not slept:
            slept.append(piece)
            later(monkeypatch, job.LEASE_S + 1)
            other = threading.Thread(target=ana.work)
            other.start()
            other.join(60)

    between_pieces(monkeypatch, sleeps)
    id = ana.start(big(60))[1]["data"]["id"]
    ana.work()
    assert slept
    whole(ana, ana.read(id), 60)
    with app.app_context(), reading() as tx:
        assert [(r.state, r.tries) for r in tx.all(sa.select(jobs.Job.state, jobs.Job.tries))] == [("done", 2)]


def test_two_that_start_together_never_refuse_each_other(ana: Any, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read their file before either begins to write."""
    both = threading.Barrier(2, timeout=30)
    real = job._begin

    def together(*args: Any) -> Any:
        both.wait()
        return real(*args)

    monkeypatch.setattr(job, "_begin", together)
    ids = [ana.start(big(30))[1]["data"]["id"] for _ in range(2)]
    workers = [threading.Thread(target=jobs.work_once, args=(app,)) for _ in ids]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    first, second = (ana.read(id) for id in ids)
    assert (first["state"], second["state"]) == ("done", "failed"), (first, second)
    assert "being imported already" in second["error"]["message"]
    whole(ana, first, 30)
    assert len(ana.caller.get("/boards")[1]["data"]) == 1
