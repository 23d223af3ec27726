"""Runs the reader of a kind of file as a process of its own, and watches it without waiting inside: any server may sit around this."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

_HERE = Path(__file__).parent
_READERS = {"trello": "trello.read"}
_LOOK_EVERY_S = 0.05


def read_plan(kind: str, file: Path, plan: Path, progress: Callable[[float], None]) -> dict[str, Any] | None:
    """Reads ``file`` into ``plan`` (JSON lines). None when it is whole; else why not: ``{"code", "byte", "reading"}``."""
    said = plan.with_suffix(".said")
    with plan.open("wb") as out, said.open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", _READERS[kind], str(file.resolve())],
            cwd=_HERE,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=_environment(),
        )
    try:
        while process.poll() is None:
            time.sleep(_LOOK_EVERY_S)
            progress(_last(said).get("progress", 0.0))
        return _outcome(process.returncode, _last(said))
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        said.unlink(missing_ok=True)


def _environment() -> dict[str, str]:
    # No secrets of the server: what reads a stranger's file needs none.
    kept = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "LANG", "SYSTEMROOT")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _last(said: Path) -> dict[str, Any]:
    for line in reversed(said.read_bytes()[-4096:].splitlines()):
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if isinstance(value, dict):
            return value
    return {}


def _outcome(code: int, last: dict[str, Any]) -> dict[str, Any] | None:
    if code == 0:
        return None
    broken = last.get("broken")
    if isinstance(broken, dict):
        return broken
    used_up = code in (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGSEGV)
    return {"code": "too_much" if used_up else "reader_died", "byte": None, "reading": ""}
