"""The texts of the guide: questions, steps, smaller starts."""

from functools import cache
from pathlib import Path
from typing import Any

import orjson

FILE = Path(__file__).parent.parent / "content" / "guide.json"
#: ways to begin that bring no board of ours, or all nine steps; the others are the smaller starts
NINE_STEPS, BRING = "nine-steps", "bring"


@cache
def texts() -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(FILE.read_bytes())
    return found


def smaller(id: str) -> dict[str, Any] | None:
    """One of the smaller starts, by its id."""
    return next((start for start in texts()["smaller_starts"] if start["id"] == id), None)
