"""Run `python -m board.server` and start it again whenever a source file changes: reload.py ROOT [flags of bin/serve]."""

import contextlib
import subprocess
import sys
import time
from pathlib import Path

WATCHED = {".py", ".html", ".txt", ".toml"}


def main(root: Path, flags: list[str]) -> None:
    while True:
        server = subprocess.Popen([sys.executable, "-m", "board.server", *flags])
        try:
            wait_for_change(root / "board")
            print("A file has changed: starting again.", flush=True)
        finally:
            server.terminate()
            server.wait()


def wait_for_change(folder: Path) -> None:
    before = stamps(folder)
    while stamps(folder) == before:
        time.sleep(0.7)


def stamps(folder: Path) -> dict[str, int]:
    return {str(f): f.stat().st_mtime_ns for f in folder.rglob("*") if f.suffix in WATCHED and f.is_file()}


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(Path(sys.argv[1]), sys.argv[2:])
