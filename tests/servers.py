"""The real server as a subprocess: started, stopped, killed and started again on the same port and data."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.callers import Answer, full
from tests.school import ARGON2_COST, PEOPLE

ROOT = Path(__file__).resolve().parent.parent
START_S, STOP_S = 60, 30


class LiveServer:
    def __init__(
        self,
        data: Path,
        database: str | None = None,
        flags: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ):
        self.data, self.database, self.port = data, database, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data.with_name(f"{data.name}.log")
        self.flags = [
            "--port",
            str(self.port),
            "--data",
            str(data),
            *(["--database", database] if database else []),
            *flags,
        ]
        self.environment = {"BOARD_ARGON2_COST": str(ARGON2_COST), **(environment or {})}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "LiveServer":
        """Returns when the server answers that it is ready."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("BOARD_")}
        environment = {**inherited, "PYTHONUNBUFFERED": "1", **self.environment}
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "board.server", *self.flags],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_S
        while not self._ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"The server did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.02)
        return self

    def stop(self) -> int:
        """SIGTERM, as an operator would; returns the exit code."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(
                f"The server did not stop within {STOP_S} s:\n{self.log.read_text()[-4000:]}"
            ) from None
        finally:
            self.process = None

    def kill(self) -> None:
        """kill -9, in the middle of whatever it was doing."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def call(self, person: str | None, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """HTTP over the wire, as one of the school's people (None: nobody)."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if person:
            sent["Authorization"] = f"Bearer {PEOPLE[person].token}"
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            sent["Content-Type"] = "application/json"
        request = urllib.request.Request(self.url + full(path), data, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return Answer(response.status, _json(response.read()))
        except urllib.error.HTTPError as e:
            with e:
                return Answer(e.code, _json(e.read()))

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + "/readyz", timeout=2) as response:
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
