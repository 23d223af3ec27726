"""Who watches over the workers: patient with one that cannot start, and never stuck with one that does not stop."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from board import supervisor
from board.supervisor import Worker
from tests.servers import ROOT

pytestmark = pytest.mark.once


class Fake:
    """A process that ends when it is told to by the test."""

    def __init__(self) -> None:
        self.returncode: int | None = None
        self.signals: list[str] = []

    def poll(self) -> int | None:
        return self.returncode

    def terminate(self) -> None:
        self.signals.append("terminate")

    def kill(self) -> None:
        self.signals.append("kill")
        self.returncode = -signal.SIGKILL

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            raise subprocess.TimeoutExpired("worker", timeout or 0)
        return self.returncode


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def lives(worker: Worker, now: float, seconds: float, code: int) -> float:
    """Starts it, lets it live, and returns the pause before the next start."""
    worker.look(now)
    assert worker.process is not None
    worker.process.returncode = code
    worker.look(now + seconds)
    assert worker.process is None
    pause = worker.due - (now + seconds)
    worker.look(worker.due - 0.01)
    assert worker.process is None, "started before its time"
    return pause


def test_one_that_ends_at_once_is_started_ever_more_seldom(capsys: pytest.CaptureFixture[str]) -> None:
    worker, now, pauses = Worker(0, lambda number: Fake()), 1000.0, list[float]()
    for _ in range(9):
        pauses.append(lives(worker, now, 0.1, 3))
        now = worker.due
    assert pauses == pytest.approx([0.5, 1, 2, 4, 8, 16, 30, 30, 30])
    lines = said(capsys)
    assert len(lines) == 9
    assert lines[1]["message"].startswith(
        "Worker 0 ended by itself after 0.1 s (exit code 3). It is started again in 1 s."
    )


def test_after_a_minute_of_life_it_is_started_soon_again(capsys: pytest.CaptureFixture[str]) -> None:
    worker = Worker(1, lambda number: Fake())
    for _ in range(5):
        lives(worker, worker.due, 0.1, 3)
    assert lives(worker, worker.due, 61, -signal.SIGKILL) == pytest.approx(0.5)
    assert "signal SIGKILL" in said(capsys)[-1]["message"]


def test_one_that_does_not_stop_is_killed_and_the_others_are_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    stuck, good = Fake(), Fake()
    good.returncode = 0
    assert supervisor.stop([stuck, good], 0.05) == 1
    assert stuck.signals == ["terminate", "kill"] and good.signals == ["terminate"]
    assert "did not stop within" in said(capsys)[-1]["message"]


@pytest.mark.parametrize(("codes", "code"), [([0, 0], 0), ([0, -15], 0), ([0, 1], 1), ([-9, 0], 1), ([], 0)])
def test_its_exit_code_is_that_of_all(codes: list[int], code: int) -> None:
    processes = [Fake() for _ in codes]
    for process, ended in zip(processes, codes, strict=True):
        process.returncode = ended
    assert supervisor.stop(processes, 1) == code


SUPERVISED = "import sys; from board import supervisor; sys.exit(supervisor.supervise(sys.argv[1:], 2, {within}))"
STARTS = "open({file!r}, 'a').write('x')"


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_real_processes_that_crash_do_not_keep_the_machine_busy(tmp_path: Path) -> None:
    file = tmp_path / "starts"
    crash = f"{STARTS.format(file=str(file))}; raise SystemExit(3)"
    command = [sys.executable, "-c", SUPERVISED.format(within=5), sys.executable, "-c", crash]
    began = time.monotonic()
    watcher = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    until(lambda: file.exists() and len(file.read_text()) >= 6)  # each the third time: after half a second and one more
    took = time.monotonic() - began
    watcher.terminate()
    _, error = watcher.communicate(timeout=20)
    assert took > 1.4
    assert "Traceback" not in error and "started again in 1 s" in error


def test_a_real_process_that_is_deaf_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "starts"
    deaf = f"import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); {STARTS.format(file=str(file))}; time.sleep(60)"
    command = [sys.executable, "-c", SUPERVISED.format(within=0.3), sys.executable, "-c", deaf]
    watcher = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    until(lambda: file.exists() and len(file.read_text()) == 2)
    watcher.terminate()
    _, error = watcher.communicate(timeout=20)
    assert watcher.returncode == 1 and "Traceback" not in error and "was killed" in error
