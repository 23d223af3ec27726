"""A job runs once, is tried again when it failed, and is taken up by another when its worker died."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from board.core import jobs, times
from board.core.db import reading, writing


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """What ran, in order; a job with ``fail`` raises that many times before it is done."""
    ran: list[int] = []
    lock = threading.Lock()

    def count(arguments: dict[str, Any]) -> None:
        with lock:
            ran.append(arguments["n"])
            if ran.count(arguments["n"]) <= arguments.get("fail", 0):
                raise ValueError("not yet")

    monkeypatch.setitem(jobs._handlers, "count", count)
    yield ran


def enqueue(app: Flask, *many: dict[str, Any], run_at: str | None = None) -> None:
    with app.app_context(), writing() as tx:
        for arguments in many:
            jobs.enqueue(tx, "count", arguments, school_id=1, run_at=run_at)


def states(app: Flask) -> list[tuple[str, int]]:
    with app.app_context(), reading() as tx:
        return [
            (row.state, row.tries) for row in tx.all(sa.select(jobs.Job.state, jobs.Job.tries).order_by(jobs.Job.id))
        ]


def test_each_runs_once_in_the_order_given(app: Flask, ran: list[int]) -> None:
    enqueue(app, *({"n": n} for n in range(5)))
    while jobs.work_once(app):
        pass
    assert ran == [0, 1, 2, 3, 4] and states(app) == [("done", 1)] * 5


def test_a_job_of_a_change_that_failed_does_not_exist(app: Flask, ran: list[int]) -> None:
    with app.app_context(), pytest.raises(ZeroDivisionError), writing() as tx:
        jobs.enqueue(tx, "count", {"n": 1})
        raise ZeroDivisionError
    assert not jobs.work_once(app) and states(app) == []


def test_four_workers_do_each_job_once(app: Flask, ran: list[int]) -> None:
    enqueue(app, *({"n": n} for n in range(60)))

    def work() -> None:
        while jobs.work_once(app):
            pass

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    while jobs.work_once(app):  # a worker may find nothing while another holds the row it looked at
        pass
    assert sorted(ran) == list(range(60))


def test_a_failing_job_is_tried_again_later_and_then_given_up(
    app: Flask, ran: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueue(app, {"n": 1, "fail": 2}, {"n": 2, "fail": 99})
    begin = times.clock()
    for minute in range(jobs.MOST_TRIES + 3):
        monkeypatch.setattr(times, "clock", lambda at=begin + timedelta(minutes=minute): at)
        while jobs.work_once(app):
            pass
    assert ran.count(1) == 3 and ran.count(2) == jobs.MOST_TRIES
    assert states(app) == [("done", 3), ("failed", jobs.MOST_TRIES)]


def test_not_before_its_time(app: Flask, ran: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    enqueue(app, {"n": 1}, run_at=times.later(60))
    assert not jobs.work_once(app)
    begin = times.clock()
    monkeypatch.setattr(times, "clock", lambda: begin + timedelta(seconds=61))
    assert jobs.work_once(app) and ran == [1]


def test_what_a_dead_worker_held_is_taken_up_after_its_lease(
    app: Flask, ran: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueue(app, {"n": 1})
    with app.app_context():
        assert jobs._claim() is not None  # and then its process was killed
    assert not jobs.work_once(app)
    begin = times.clock()
    monkeypatch.setattr(times, "clock", lambda: begin + timedelta(seconds=jobs.LEASE_S + 1))
    assert jobs.work_once(app) and ran == [1]
