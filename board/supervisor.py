"""Several processes of the server: started together, started again when one ends, stopped together. It serves nothing itself."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from board.core.log import log

#: set for the processes that are started here: their number, and the process id of this one
WORKER, SUPERVISOR = "BOARD_WORKER", "BOARD_SUPERVISOR"
#: a worker that ends is started again after this pause, which doubles with each end; who has lived for so long begins anew
FIRST_PAUSE_S, LONGEST_PAUSE_S, GOOD_LIFE_S = 0.5, 30.0, 60.0
_LOOK_S = 0.2


class Process(Protocol):
    returncode: int | None

    def poll(self) -> int | None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


@dataclass
class Worker:
    """One place among the workers, and the process that fills it now."""

    number: int
    start: Callable[[int], Process]
    pause: float = FIRST_PAUSE_S
    started: float = 0.0
    #: when the next process is started, where there is none
    due: float = 0.0
    process: Process | None = field(default=None)

    def look(self, now: float) -> None:
        """Starts what is due, and notices what has ended."""
        if self.process is None:
            if now >= self.due:
                self.process, self.started = self.start(self.number), now
            return
        code = self.process.poll()
        if code is None:
            return
        self.process, lived = None, now - self.started
        if lived >= GOOD_LIFE_S:
            self.pause = FIRST_PAUSE_S
        self.due = now + self.pause
        said = f"Worker {self.number} ended by itself after {lived:.1f} s ({_how(code)}). It is started again in {self.pause:g} s."
        if lived < GOOD_LIFE_S:
            said += " What it wrote above tells why."
        log("error", "worker ended", worker=self.number, code=code, lived_s=round(lived, 1), message=said)
        self.pause = min(2 * self.pause, LONGEST_PAUSE_S)


def supervise(command: Sequence[str], many: int, stop_within: float) -> int:
    """Runs ``many`` processes of ``command`` until told to stop, and passes that on. Returns the exit code."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda signum, frame: told.append(signum))

    def start(number: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, env={**os.environ, WORKER: str(number), SUPERVISOR: str(os.getpid())})

    workers = [Worker(number, start) for number in range(many)]
    while not told:
        for worker in workers:
            worker.look(time.monotonic())
        time.sleep(_LOOK_S)
    return stop([worker.process for worker in workers if worker.process is not None], stop_within)


def stop(processes: Sequence[Process], within: float) -> int:
    """Ends them in order; who is not done in time is killed, and then the exit code says so."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + within
    good = True
    for process in processes:
        try:
            code = process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            said = f"A worker did not stop within {within:g} s and was killed. What it had answered is saved."
            log("error", "worker killed", message=said)
            process.kill()
            code = process.wait()
        # One that was told to stop while it was still starting ends by the signal itself.
        good = good and code in (0, -signal.SIGTERM, -signal.SIGINT)
    return 0 if good else 1


def _how(code: int) -> str:
    try:
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"
