"""Boards to start with that come along in the box: their texts stand in ``board/content``, one file each."""

from pathlib import Path
from typing import Any

import orjson

_FOLDER = Path(__file__).parent.parent / "content" / "starts"
#: in the order in which they are offered
KEYS = ("meetings", "project", "nine-steps")


def _read(key: str) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads((_FOLDER / f"{key}.json").read_bytes())
    return found


#: key → title, text, lists, labels, cards
BOX = {key: _read(key) for key in KEYS}


def offered() -> list[dict[str, str]]:
    return [{"key": key, "title": start["title"], "text": start["text"]} for key, start in BOX.items()]
