"""One JSON line per event on standard error; control characters are escaped by JSON itself. Never secrets, never bodies."""

import sys
from typing import Any

import orjson

from board.core import times


def log(level: str, event: str, **fields: Any) -> None:
    line = orjson.dumps({"at": times.now(), "level": level, "event": event, **fields}, default=str)
    sys.stderr.write(line.decode() + "\n")
    sys.stderr.flush()
