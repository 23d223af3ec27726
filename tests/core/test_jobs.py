"""A job runs once, is tried again when it failed, and is taken up by another when its worker died."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from board.core import jobs, times
from board.core.db import reading, writing
from tests.databases import Database
from tests.servers import ROOT


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


def test_what_kills_its_process_at_each_try_is_given_up_and_says_so(
    app: Flask, ran: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setitem(jobs._gave_up, "count", told.append)
    enqueue(app, {"n": 1}, {"n": 2})
    begin = times.clock()
    with app.app_context():
        for death in range(jobs.MOST_TRIES):
            monkeypatch.setattr(times, "clock", lambda at=begin + timedelta(seconds=death * (jobs.LEASE_S + 1)): at)
            assert jobs._claim() is not None  # the first, or, while that is leased, the second; its process is killed
            assert jobs._claim() is not None
            assert jobs._claim() is None
    monkeypatch.setattr(times, "clock", lambda: begin + timedelta(days=1))
    while jobs.work_once(app):
        pass
    assert ran == [] and told == [{"n": 1}, {"n": 2}]
    with app.app_context(), reading() as tx:
        for row in tx.all(sa.select(jobs.Job.state, jobs.Job.error)):
            assert row.state == "failed" and "killed" in row.error and "5 times" in row.error
    monkeypatch.setattr(times, "clock", lambda: begin + timedelta(days=2))
    assert not jobs.work_once(app)


WORKER = """
import sys, threading
from pathlib import Path
from board import create_app
from board.config import Config
from board.core import jobs

app = create_app(Config.load(data=Path(sys.argv[1]), database=sys.argv[2] or None, testing=True))
done, lock = open(sys.argv[3], "a"), threading.Lock()

@jobs.handler("count")
def count(arguments):
    with lock:
        print(arguments["n"], file=done, flush=True)

def work():
    while jobs.work_once(app):
        pass

print("ready", flush=True)
sys.stdin.readline()
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_two_processes_of_four_threads_do_each_job_once(app: Flask, database: Database, tmp_path: Path) -> None:
    many = 120
    enqueue(app, *({"n": n} for n in range(many)))
    files = [tmp_path / "first", tmp_path / "second"]
    command = [sys.executable, "-c", WORKER, str(app.config["BOARD"].data), database.url or ""]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("BOARD_")}
    while "waiting" in {
        state for state, _ in states(app)
    }:  # a worker may find nothing while another holds the row it looked at
        workers = [
            subprocess.Popen(
                [*command, str(file)], cwd=ROOT, env=inherited, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for file in files
        ]
        for worker in workers:
            assert worker.stdout is not None and worker.stdout.readline() == "ready\n"
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()
        for worker in workers:
            worker.communicate(timeout=60)
            assert worker.returncode == 0
    assert sorted(int(n) for file in files for n in file.read_text().split()) == list(range(many))
    assert all(file.read_text() for file in files), "one of the two did all of it"
    assert states(app) == [("done", 1)] * many
